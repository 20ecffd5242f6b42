# SPDX-License-Identifier: Apache-2.0
"""Locks that hold between threads and between processes of a host, and end with their holder."""

import contextlib
import fcntl
import os


@contextlib.contextmanager
def held(directory, name):
    """Hold the lock of a name; waits for it as long as it takes.

    Each caller opens the file anew, so threads exclude each other as processes do.

    :param directory: where the lock files are; must be there
    """
    path = os.path.join(directory, f'{name}.lock')
    descriptor = _locked(path)
    try:
        yield
    finally:
        os.close(descriptor)


def forget(directory, name):
    """Remove a lock file that the caller holds."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(os.path.join(directory, f'{name}.lock'))


def _locked(path):
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            # Whoever held it may have removed the file; then others lock another one.
            with contextlib.suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(descriptor), os.stat(path)):
                    return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
