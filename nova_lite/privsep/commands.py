# SPDX-License-Identifier: Apache-2.0
"""Running a system's command as root: fixed search path, no shell, a time limit."""

import os
import subprocess

from nova_lite import exception

ENVIRONMENT = {'PATH': '/usr/sbin:/usr/bin:/sbin:/bin', 'LC_ALL': 'C'}
TIME_LIMIT = 30


def run(*argv, text=''):
    """Run a command and answer what it wrote.

    :param text: what it reads from its standard input
    :raises NetworkHostFailed: with what it said, if it fails or is missing
    """
    done = attempt(*argv, text=text)
    if done.returncode:
        reason = done.stderr.strip() or f'exit status {done.returncode}'
        raise exception.NetworkHostFailed(reason=f'"{" ".join(argv)}" failed: {reason}')
    return done.stdout


def attempt(*argv, text=''):
    """Run a command whose failure is an answer; answer the finished process."""
    try:
        return subprocess.run(
            argv, input=text, capture_output=True, text=True, check=False,
            env=ENVIRONMENT, timeout=TIME_LIMIT)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise exception.NetworkHostFailed(reason=f'"{argv[0]}" can not be run: {error}') from error


def is_installed(name):
    """Answer whether a command is there."""
    return any(os.access(os.path.join(directory, name), os.X_OK)
               for directory in ENVIRONMENT['PATH'].split(':'))
