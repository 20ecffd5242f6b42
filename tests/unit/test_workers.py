# SPDX-License-Identifier: Apache-2.0
"""The master and its workers: real processes, on both kinds of threads."""

import re
import signal
import subprocess
import sys
import textwrap

from nova_lite import concurrency
from tests import base

PROGRAM = textwrap.dedent("""
    import os, sys
    from nova_lite import concurrency
    concurrency.choose(sys.argv[1])
    from nova_lite import process, workers
    from nova_lite.conf import CONF

    def say(*words):
        os.write(1, (' '.join(map(str, words)) + '\\n').encode())

    class Sample:
        def start(self):
            if sys.argv[2] == 'fails' and 'AGAIN' in os.environ:
                os._exit(3)
        def stop(self):
            say('stop', os.getpid())
        def wait(self):
            pass
        def reset(self):
            say('reset', os.getpid())

    class Told(process.Alone):
        def _wait(self, wakes):
            say('start', os.getpid())
            super()._wait(wakes)

    process.Alone = Told
    CONF([], project='nova_lite', default_config_files=[], default_config_dirs=[])
    CONF.set_override('graceful_shutdown_timeout', 5)
    CONF.mutate_config_files = lambda: os.environ.update(AGAIN='yes')
    CONF.reload_config_files = lambda: say('reload')
    workers.START_AGAIN_AFTER = 0.1
    process.run(lambda: [(Sample(), 2)], count=2, replaced_on_reload=sys.argv[2] != 'keeps')
""")


class MasterTest(base.TestCase):
    """Two workers."""

    def started(self, behaviour='works', kind=concurrency.THREADING):
        """Answer the master and the processes of its workers."""
        master = subprocess.Popen(
            [sys.executable, '-W', 'ignore', '-c', PROGRAM, kind, behaviour], text=True,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=base.TOP)
        self.addCleanup(master.stdout.close)
        self.addCleanup(master.wait)
        self.addCleanup(master.kill)
        return master, self.said(master, 'start', 'start')

    def said(self, master, *words):
        """Read as many lines as words; answer the processes of these lines, in their order."""
        lines = [master.stdout.readline() for _word in words]
        self.assertEqual(sorted(words), sorted(line.split()[0] for line in lines))
        return [int(found.group()) for line in lines if (found := re.search(r'\d+', line))]

    def test_sigterm_ends_all_of_them(self):
        master, first = self.started()
        master.send_signal(signal.SIGTERM)
        self.assertEqual(set(first), set(self.said(master, 'stop', 'stop')))
        self.assertEqual(0, master.wait(20))

    def test_on_green_threads_too(self):
        master, first = self.started(kind=concurrency.EVENTLET)
        master.send_signal(signal.SIGTERM)
        self.assertEqual(set(first), set(self.said(master, 'stop', 'stop')))
        self.assertEqual(0, master.wait(20))

    def test_a_worker_that_dies_is_replaced(self):
        master, first = self.started()
        subprocess.run(['kill', '-KILL', str(first[0])], check=True)
        [new] = self.said(master, 'start')
        self.assertNotIn(new, first)

    def test_sighup_replaces_one_after_another(self):
        master, first = self.started()
        master.send_signal(signal.SIGHUP)
        self.said(master, 'reload')
        for _worker in range(2):
            [new] = self.said(master, 'start')
            [old] = self.said(master, 'stop')
            self.assertNotIn(new, first)
            first.remove(old)
        self.assertEqual([], first)

    def test_sighup_is_passed_on_to_workers_that_stay(self):
        master, first = self.started('keeps')
        master.send_signal(signal.SIGHUP)
        self.assertEqual(set(first), set(self.said(master, 'reset', 'reset')))

    def test_old_workers_go_on_if_new_ones_can_not_start(self):
        master, first = self.started('fails')
        master.send_signal(signal.SIGHUP)
        self.said(master, 'reload')
        master.send_signal(signal.SIGTERM)
        self.assertEqual(set(first), set(self.said(master, 'stop', 'stop')))

    def test_workers_end_with_their_master(self):
        master, first = self.started()
        master.kill()
        self.assertEqual(set(first), set(self.said(master, 'stop', 'stop')))
