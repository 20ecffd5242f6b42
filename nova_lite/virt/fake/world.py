# SPDX-License-Identifier: Apache-2.0
"""What exists on a host that has no hypervisor: guests, disks, config drives, images.

Things are kept by kind and key, in memory or as files. With files, they outlive
the process as real ones would; they are not synced, for they need not outlive
the machine.
"""

import contextlib
import json
import os
import pathlib
import threading

GUESTS = 'guests'
DISKS = 'disks'
CONFIG_DRIVES = 'config_drives'
IMAGES = 'images'
KINDS = (GUESTS, DISKS, CONFIG_DRIVES, IMAGES)


class MemoryWorld:
    """Things that end with the process."""

    def __init__(self):
        self._things = {kind: {} for kind in KINDS}

    def put(self, kind, key, thing):
        """Make a thing, or replace it. ``thing`` is a dict of plain values."""
        self._things[kind][key] = dict(thing)

    def get(self, kind, key):
        """Answer a thing; None if it is not there."""
        thing = self._things[kind].get(key)
        return None if thing is None else dict(thing)

    def remove(self, kind, key):
        """Remove a thing; fine if it is not there."""
        self._things[kind].pop(key, None)

    def keys(self, kind):
        """Answer the keys of all things of a kind."""
        return sorted(self._things[kind])


class DirectoryWorld:
    """Things that are files, ``<directory>/<kind>/<key>.json``.

    :param directory: is made if it is not there
    """

    def __init__(self, directory):
        self._directory = pathlib.Path(directory)
        for kind in KINDS:
            (self._directory / kind).mkdir(parents=True, exist_ok=True)

    def put(self, kind, key, thing):
        """Make a thing, or replace it; a reader sees the old one or the new one."""
        aside = self._directory / kind / f'.{key}.{os.getpid()}.{threading.get_ident()}'
        aside.write_text(json.dumps(thing), encoding='utf-8')
        os.replace(aside, self._path(kind, key))

    def get(self, kind, key):
        """Answer a thing; None if it is not there."""
        try:
            return json.loads(self._path(kind, key).read_text(encoding='utf-8'))
        except FileNotFoundError:
            return None

    def remove(self, kind, key):
        """Remove a thing; fine if it is not there."""
        with contextlib.suppress(FileNotFoundError):
            self._path(kind, key).unlink()

    def keys(self, kind):
        """Answer the keys of all things of a kind."""
        return sorted(path.stem for path in (self._directory / kind).glob('[!.]*.json'))

    def _path(self, kind, key):
        return self._directory / kind / f'{key}.json'


def create(directory):
    """Make the world of a host.

    :param directory: where it outlives the process; None: in memory
    """
    return DirectoryWorld(directory) if directory else MemoryWorld()
