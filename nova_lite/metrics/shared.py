# SPDX-License-Identifier: Apache-2.0
"""Figures of a daemon with several processes: in files, so that each can tell those of all.

The files are the library's (its "multiprocess mode"), one set a process. They are
named by the process's number and not by its id: a worker that takes a dead one's
place goes on with its sums. So nothing that was counted is lost, and there are never
more files than there were workers at a time. What is only true of living processes
goes with them.
"""

import contextlib
import fcntl
import os
import pathlib

from prometheus_client import multiprocess, values

from nova_lite import worker_number

PLACE = 'PROMETHEUS_MULTIPROC_DIR'
"""Environment variable by which the library knows the directory."""

NUMBER = 'worker'
PROCESS = 'process'


class Figures:
    """The files of one daemon.

    :param directory: its own
    """

    def __init__(self, directory):
        self._directory = pathlib.Path(directory)
        self._number = None

    def _make_directory(self):
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)

    def join(self):
        """Write this process's figures here from now on; before the first is made."""
        self._make_directory()
        self._number = worker_number.WorkerNumber(self._directory, NUMBER)
        number = self._number.number
        self._remove_momentary(number)
        self._path(PROCESS, number).write_text(str(os.getpid()), encoding='ascii')
        os.environ[PLACE] = str(self._directory)
        values.ValueClass = values.MultiProcessValue(lambda: number)

    def leave(self):
        """Let another process go on with the sums."""
        if self._number is not None:
            self._number.give_back()

    def processes(self):
        """Answer number -> process id of those that live."""
        found = {}
        for path in self._directory.glob(f'{PROCESS}.*'):
            number = int(path.suffix[1:])
            if self._lives(number):
                with contextlib.suppress(FileNotFoundError, ValueError):
                    found[number] = int(path.read_text(encoding='ascii'))
            else:
                self._remove_momentary(number)
        return dict(sorted(found.items()))

    def _lives(self, number):
        """Whether a process has the number, which is a lock."""
        with open(self._path(NUMBER, number), 'a', encoding='ascii') as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    def _remove_momentary(self, number):
        """Remove what was true of a process that is gone."""
        for path in self._directory.glob(f'gauge_*_{number}.db'):
            path.unlink(missing_ok=True)
        self._path(PROCESS, number).unlink(missing_ok=True)

    def _path(self, kind, number):
        return self._directory / f'{kind}.{number}'

    def collect(self):
        """Answer the figures of all processes together, as the library wants them."""
        return multiprocess.MultiProcessCollector(None, path=str(self._directory)).collect()
