# SPDX-License-Identifier: Apache-2.0
"""The guru meditation report of a real process, on both kinds of threads."""

import subprocess
import sys

from nova_lite import concurrency
from tests import base

PROGRAM = """
import os, signal, sys
from nova_lite import concurrency
concurrency.choose(sys.argv[1])
from oslo_log import log
from nova_lite import guru
from nova_lite.conf import CONF
log.register_options(CONF)
CONF([], project='nova_lite', default_config_files=[], default_config_dirs=[])
CONF.set_override('connection', 'mysql://user:hidden@host/db', group='database')
guru.set_up(CONF, 'nova-lite-sample')
guru.add('Sample', lambda: {'running': 'operation 17'})
guru.add('Broken', lambda: 1 / 0)
os.kill(os.getpid(), signal.SIGUSR2)
"""

TOUCH = """
import threading
CONF.set_override('file_event_handler_interval', 0.05, group='oslo_reports')
while not threading.Event().wait(0.05):
    os.utime(sys.argv[2])
"""


UNASKED = PROGRAM.replace('os.kill(os.getpid(), signal.SIGUSR2)', """
loaded = {'jinja2', 'nova_lite.meditation'} & set(sys.modules)
sys.exit(f'{loaded} loaded' if loaded else 0)
""")


class ReportTest(base.TestCase):

    def check(self, kind):
        done = subprocess.run([sys.executable, '-W', 'ignore', '-c', PROGRAM, kind], cwd=base.TOP,
                              capture_output=True, text=True, check=False, timeout=60)
        self.assertEqual(0, done.returncode, done.stderr)
        for word in ('Threads', 'Configuration', 'running = operation 17', 'ZeroDivisionError'):
            self.assertIn(word, done.stderr)
        self.assertNotIn('hidden', done.stderr)

    def test_it_tells_what_the_process_does_and_no_secret(self):
        self.check(concurrency.THREADING)

    def test_nothing_of_it_is_loaded_before_it_is_asked_for(self):
        done = subprocess.run(
            [sys.executable, '-W', 'ignore', '-c', UNASKED, concurrency.THREADING], cwd=base.TOP,
            capture_output=True, text=True, check=False, timeout=60)
        self.assertEqual((0, ''), (done.returncode, done.stderr))

    def test_it_does_so_on_green_threads(self):
        self.check(concurrency.EVENTLET)

    def test_it_watches_a_file_where_signals_are_somebody_elses(self):
        path = self.temporary_directory() / 'report'
        program = PROGRAM.replace("'nova-lite-sample')", f"'sample', trigger_file='{path}')")
        program = program.replace('os.kill(os.getpid(), signal.SIGUSR2)', TOUCH)
        running = subprocess.Popen(
            [sys.executable, '-W', 'ignore', '-c', program, concurrency.THREADING, path],
            cwd=base.TOP, stderr=subprocess.PIPE, text=True)
        self.addCleanup(running.stderr.close)
        self.addCleanup(running.wait)
        self.addCleanup(running.kill)
        self.assertTrue(any('running = operation 17' in line for line in running.stderr))
