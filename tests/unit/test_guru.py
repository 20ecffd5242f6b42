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

    def test_it_does_so_on_green_threads(self):
        self.check(concurrency.EVENTLET)
