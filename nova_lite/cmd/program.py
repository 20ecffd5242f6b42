# SPDX-License-Identifier: Apache-2.0
"""The start of every daemon: as the part that its process plays (nova_lite/parts.py).

Loads what that part needs, by name; a master needs next to nothing. All others
begin in launch.py.
"""

import importlib

from nova_lite import parts

LAUNCH = 'nova_lite.cmd.launch'
MASTER = 'nova_lite.workers'


def daemon(name):
    """Run a daemon until it is told to stop; answer its exit code.

    :param name: api, conductor, scheduler or compute
    """
    part, given = parts.taken()
    if part == parts.MASTER:
        return importlib.import_module(MASTER).Master(**given).run()
    return importlib.import_module(LAUNCH).daemon(name, part, given)
