# SPDX-License-Identifier: Apache-2.0
"""Running qemu-img and the makers of file systems.

A command dies with this process and reads strangers' images with bounded memory.
"""

import subprocess

from nova_lite import exception

ENVIRONMENT = {'PATH': '/usr/sbin:/usr/bin:/sbin:/bin', 'LC_ALL': 'C'}
MEMORY_LIMIT = 4 << 30
TIME_LIMIT = 3600

# The kernel ends the command when the thread that started it ends.
_BOUND = ('setpriv', '--pdeathsig', 'KILL', 'prlimit', f'--as={MEMORY_LIMIT}')


class CommandFailed(exception.NovaLiteException):
    """A command failed or could not be run; wrapped by those who know what it was for."""

    msg_fmt = '"%(command)s" failed: %(reason)s'


def run(*argv):
    """Run a command to its end.

    :raises CommandFailed: with what it said
    """
    command = ' '.join(str(word) for word in argv)
    try:
        done = subprocess.run(
            [*_BOUND, *argv], stdin=subprocess.DEVNULL, capture_output=True, text=True,
            env=ENVIRONMENT, timeout=TIME_LIMIT, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CommandFailed(command=command, reason=str(error)) from error
    if done.returncode:
        reason = done.stderr.strip() or f'exit status {done.returncode}'
        raise CommandFailed(command=command, reason=reason)
