# SPDX-License-Identifier: Apache-2.0
"""Signals of a daemon that is one process, sent to a real one."""

import signal
import subprocess
import sys

from tests import base

PROGRAM = """
import sys, threading
from nova_lite import process
from nova_lite.conf import CONF

class Sample:
    def start(self):
        print('starting', flush=True)
        if sys.argv[1] == 'waits':
            threading.Event().wait()
    def stop(self):
        print('stop', flush=True)
        if sys.argv[1] == 'hangs':
            threading.Event().wait()
    def wait(self):
        print('wait', flush=True)

    def reset(self):
        print('reset', flush=True)

class Told(process.Alone):
    def _wait(self, wakes):
        print('started', flush=True)
        super()._wait(wakes)

CONF([], project='nova_lite', default_config_files=[], default_config_dirs=[])
CONF.set_override('graceful_shutdown_timeout', 1)
process.SECONDS_TO_GIVE_BACK = int(sys.argv[2])
Told([Sample()]).run()
"""


class AloneTestCase(base.TestCase):
    """What a signal does."""

    def process(self, behaviour, until, patience=0):
        started = subprocess.Popen(
            [sys.executable, '-W', 'ignore', '-c', PROGRAM, behaviour, str(patience)], text=True,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.addCleanup(started.stdout.close)
        self.addCleanup(started.wait)
        self.addCleanup(started.kill)
        while started.stdout.readline().strip() != until:
            self.assertIsNone(started.poll())
        return started

    def test_sigterm_stops_and_waits(self):
        running = self.process('works', 'started')
        running.send_signal(signal.SIGTERM)
        self.assertEqual(0, running.wait(20))
        self.assertEqual(['stop', 'wait'], running.stdout.read().split())

    def test_sighup_reads_the_options_again_and_goes_on(self):
        running = self.process('works', 'started')
        running.send_signal(signal.SIGHUP)
        self.assertEqual('reset', running.stdout.readline().strip())
        running.send_signal(signal.SIGTERM)
        self.assertEqual(0, running.wait(20))

    def test_sigterm_ends_a_start_that_waits_for_others(self):
        running = self.process('waits', 'starting')
        running.send_signal(signal.SIGTERM)
        self.assertEqual(0, running.wait(20))

    def test_a_second_sigterm_ends_at_once(self):
        running = self.process('hangs', 'started', patience=1000)
        running.send_signal(signal.SIGTERM)
        self.assertEqual('stop', running.stdout.readline().strip())
        running.send_signal(signal.SIGTERM)
        self.assertEqual(1, running.wait(20))

    def test_work_that_does_not_end_is_left(self):
        running = self.process('hangs', 'started')
        running.send_signal(signal.SIGTERM)
        self.assertEqual(1, running.wait(20))
