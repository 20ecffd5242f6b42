# SPDX-License-Identifier: Apache-2.0
"""The number of a process among those of one program on the host, by a lock on a file.

nova_lite/service.py records a daemon's start under it, nova_lite/rpc/broker.py names
queues with it. The kernel gives a number back however the process ends.
"""

import fcntl
import os


class WorkerNumber:
    """The lowest number that no other living process has.

    :param directory: where the lock files are; made if need be
    :param name: of the program, and whatever else tells it from others
    """

    def __init__(self, directory, name):
        os.makedirs(directory, mode=0o750, exist_ok=True)
        self.number = 0
        while not self._take(os.path.join(directory, f'{name}.{self.number}')):
            self.number += 1

    def _take(self, path):
        try:
            self._file = open(path, 'a', encoding='ascii')  # noqa: SIM115 - open as long as we live
        except PermissionError:
            if not os.path.exists(path):
                raise
            # Another user's, root's say: as good as taken.
            return False
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.close()
            return False
        return True

    def give_back(self):
        """Let another process have it."""
        self._file.close()
