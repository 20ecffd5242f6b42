# SPDX-License-Identifier: Apache-2.0
"""Files that are whole whatever crashes: written aside, synced, renamed."""

import contextlib
import os


@contextlib.contextmanager
def replaced_file(path, mode=0o640):
    """Give a new binary file that takes the place of ``path`` when the block ends well.

    It is on disk before it has the name, so a crash leaves the old file or the
    whole new one. One writer at a time: the caller holds a lock for the path.
    """
    aside = f'{os.fspath(path)}.part'
    with contextlib.suppress(FileNotFoundError):
        os.unlink(aside)
    try:
        with open(aside, 'xb') as new:
            os.fchmod(new.fileno(), mode)
            yield new
            new.flush()
            os.fsync(new.fileno())
        os.replace(aside, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(aside)
        raise
    sync_directory(os.path.dirname(os.path.abspath(path)))


def sync_directory(path):
    """Make sure that names that were added or changed in a directory are on disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
