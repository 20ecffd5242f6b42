# SPDX-License-Identifier: Apache-2.0
"""Samples of running processes: who held the interpreter, time after time.

py-spy stops a process for a moment and reads its stacks from outside, so the
daemons are those of production, with all their processes and threads. Only the
thread that holds the interpreter's lock counts: the others wait, or are in the
kernel, whose time the processes' own counters tell.
"""

import collections
import contextlib
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

from tests.live import own_servers, services

PROGRAM = pathlib.Path(sys.executable).parent / 'py-spy'
RATE = 100
PATIENCE = 60
PLACE = re.compile(r'^(?P<name>.*) \((?P<file>.*?)(:\d+)?\)$')
ROOT = re.compile(r'^.*/(site-packages|python\d\.\d+)/')
PRODUCT = 'nova_lite/'
NOBODY = ('nobody in the product', '')
TOP = f'{pathlib.Path(__file__).parents[2]}/'


class Samples:
    """Stacks and how often each was seen.

    :ivar stacks: tuple of frames, the outermost first -> number; a frame is
        (name, file), the file as it is called inside its package's directory
    """

    def __init__(self):
        self.stacks = collections.Counter()

    @property
    def total(self):
        """The number of samples."""
        return self.stacks.total()

    def read(self, text):
        """Add what py-spy has written."""
        for line in text.splitlines():
            stack, _, number = line.rpartition(' ')
            frames = tuple(_frame(part) for part in stack.split(';')
                           if not part.startswith('process '))
            self.stacks[frames] += int(number)

    def own(self):
        """Answer frame -> number of samples in which it ran itself."""
        found = collections.Counter()
        for stack, number in self.stacks.items():
            found[stack[-1]] += number
        return found

    def cumulative(self):
        """Answer frame -> number of samples in which it, or what it called, ran."""
        found = collections.Counter()
        for stack, number in self.stacks.items():
            found.update(dict.fromkeys(stack, number))
        return found

    def for_whom(self):
        """Answer frame -> number of samples, of the product's innermost function.

        What runs in a library runs for who called it.
        """
        return self.by(lambda stack: next(
            (frame for frame in reversed(stack) if frame[1].startswith(PRODUCT)), NOBODY))

    def by(self, kind_of):
        """Answer kind -> number of samples.

        :param kind_of: function of a stack
        """
        found = collections.Counter()
        for stack, number in self.stacks.items():
            found[kind_of(stack)] += number
        return found


def _frame(text):
    place = PLACE.match(text)
    if place is None:
        return text, ''
    return place['name'], ROOT.sub('', place['file'].removeprefix(TOP))


@contextlib.contextmanager
def of(pids):
    """Sample processes and what they have started, while the block runs.

    :param pids: name -> process id
    :returns: name -> Samples, filled at the end of the block
    """
    if not PROGRAM.exists():
        raise services.Unavailable('py-spy is not installed (the package of the same name)')
    found = {name: Samples() for name in pids}
    with tempfile.TemporaryDirectory() as directory, contextlib.ExitStack() as running:
        paths = {name: pathlib.Path(directory) / name for name in pids}
        for name, pid in pids.items():
            running.enter_context(_running(pid, paths[name]))
        yield found
        running.close()
        for name, path in paths.items():
            found[name].read(path.read_text(encoding='utf-8'))


@contextlib.contextmanager
def _running(pid, path):
    """Have py-spy write to a file what it sees until the block ends."""
    log = path.with_suffix('.log')
    with open(log, 'wb') as output:
        process = subprocess.Popen(
            [PROGRAM, 'record', '--pid', str(pid), '--subprocesses', '--gil', '--function',
             '--full-filenames', '--format', 'raw', '--rate', str(RATE), '--output', path],
            stdout=output, stderr=output)
    try:
        own_servers.wait_until(lambda: b'Sampling' in log.read_bytes(), 'py-spy')
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)
