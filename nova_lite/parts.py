# SPDX-License-Identifier: Apache-2.0
"""The parts that a daemon's program plays, each in a process that has loaded what it needs.

A daemon of several processes begins as the program that was called, which reads the
options and binds the sockets. It becomes the master (workers.py) by running itself
again in the same process, because memory that Python has filled is not given back. The
master starts the program again as the nursery (nursery.py), which loads what workers
run and forks them, and as the scribe, for a line in the log or a report.
The environment of a process says which part it plays, and hands over what it needs.
Loaded by each of them first, so loads little itself.
"""

import json
import os
import sys

ENVIRONMENT = 'NOVA_LITE_PART'

MASTER = 'master'
NURSERY = 'nursery'
SCRIBE = 'scribe'

COMMAND_NAME = '/proc/self/comm'
"""What ps and top call a process: python, once an interpreter was named to run it."""


def taken():
    """Answer which part this process plays, and what it was given; None and {} if it was called.

    What this process starts is not told again.
    """
    told = os.environ.pop(ENVIRONMENT, None)
    if told is None:
        return None, {}
    part, command_name, given = json.loads(told)
    with open(COMMAND_NAME, 'w', encoding='utf-8') as file:
        file.write(command_name)
    return part, given


def become(part, **given):
    """Play another part in this process; nothing comes back.

    :param given: what JSON can say; of files, the numbers of inheritable ones
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(sys.executable, _command(), _environment(part, given))


def start(part, **given):
    """Start a process that plays a part; answer its number. It has our inheritable files."""
    return os.posix_spawn(sys.executable, _command(), _environment(part, given))


def _command():
    return [sys.executable, *sys.orig_argv[1:]]


def _environment(part, given):
    with open(COMMAND_NAME, encoding='utf-8') as file:
        command_name = file.read().strip()
    return {**os.environ, ENVIRONMENT: json.dumps([part, command_name, given])}
