# SPDX-License-Identifier: Apache-2.0
"""Key files that commands write: readable for root and for the daemons' group, nobody else."""

import os
import pathlib
import shutil
import sys

OWNER = 'root'
GROUP = 'nova-lite'
DIRECTORY_MODE = 0o750


def create(path, write):
    """Make a key that all controllers share, unless it is there.

    :param write: called with a path, writes a new file of mode 0640
    """
    path = pathlib.Path(path)
    if path.exists():
        print(f'{path} is there already; nothing changed.')
        return
    if not path.parent.exists():
        path.parent.mkdir(mode=DIRECTORY_MODE, parents=True)
        give_to_group(path.parent)
    write(path)
    give_to_group(path)
    print(f'Wrote {path}. Copy it to every controller; compute hosts must not have it.')


def give_to_group(path):
    """Let the daemons read what root has written, where they have their group."""
    if os.geteuid() != 0:
        return
    try:
        shutil.chown(path, OWNER, GROUP)
    except LookupError:
        print(f'There is no group {GROUP} here; only root can read {path}.', file=sys.stderr)
