# SPDX-License-Identifier: Apache-2.0
"""The master and its workers: real processes, on both kinds of threads."""

import json
import os
import re
import signal
import subprocess
import sys
import textwrap

from nova_lite import concurrency
from tests import base

PROGRAM = textwrap.dedent("""
    import json, os, signal, sys
    from nova_lite import parts
    part, given = parts.taken()
    from nova_lite import workers
    _, kind, behaviour, mark = sys.argv

    def say(*words):
        os.write(1, (' '.join(map(str, words)) + '\\n').encode())

    if part == parts.MASTER:
        workers.START_AGAIN_AFTER = 0.1
        sys.exit(workers.Master(**given).run())
    if part == parts.SCRIBE:
        if behaviour == 'mute':
            sys.exit(5)
        say('log', json.dumps(given))
        sys.exit()

    from nova_lite import concurrency
    concurrency.choose(kind)
    from nova_lite import nursery, process
    from nova_lite.conf import CONF

    if part is None:
        signal.pthread_sigmask(signal.SIG_BLOCK, workers.SIGNALS)
        nursery.adopt_orphans()
        parts.become(parts.MASTER, count=2, patience=5, given={},
                     replaced_on_reload=behaviour != 'keeps')

    class Sample:
        def start(self):
            pass
        def stop(self):
            say('stop', os.getpid())
        def wait(self):
            if behaviour == 'waits':
                with open(mark + '.end', 'rb', buffering=0) as end:
                    end.read(1)
        def reset(self):
            say('reset', os.getpid())

    class Told(process.Alone):
        def _wait(self, wakes):
            say('start', os.getpid())
            super()._wait(wakes)

    def load():
        if behaviour == 'fails' and os.path.exists(mark):
            os._exit(3)
        with open(mark, 'w'):
            return lambda number, ready, orphaned: Told(
                [Sample()], ready=ready, orphaned=orphaned).run()

    CONF([], project='nova_lite', default_config_files=[], default_config_dirs=[])
    CONF.set_override('graceful_shutdown_timeout', 5)
    nursery.run(load, **given)
""")


class MasterTest(base.TestCase):
    """Two workers."""

    def started(self, behaviour='works', kind=concurrency.THREADING):
        """Answer the master and the processes of its workers."""
        mark = self.temporary_directory() / 'mark'
        os.mkfifo(f'{mark}.end')
        self.end = os.open(f'{mark}.end', os.O_RDWR)
        self.addCleanup(os.close, self.end)
        master = subprocess.Popen(
            [sys.executable, '-W', 'ignore', '-c', PROGRAM, kind, behaviour, str(mark)], text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=base.TOP)
        self.addCleanup(master.stdout.close)
        self.addCleanup(master.stderr.close)
        self.addCleanup(master.wait)
        self.addCleanup(master.kill)
        return master, self.said(master, 'start', 'start')

    def told(self, master):
        """Read a line for the scribe; answer what it was given."""
        word, _, given = master.stdout.readline().partition(' ')
        self.assertEqual('log', word)
        return json.loads(given)

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
        self.assertRegex(self.told(master)['text'],
                         rf'Worker [01] \(process {first[0]}\) ended with -9$')
        [new] = self.said(master, 'start')
        self.assertNotIn(new, first)

    def test_sighup_replaces_one_after_another(self):
        master, first = self.started()
        master.send_signal(signal.SIGHUP)
        self.assertIn('Replacing the workers', self.told(master)['text'])
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
        self.assertIn('Replacing the workers', self.told(master)['text'])
        self.assertRegex(self.told(master)['text'], r'Worker [01] can not be started \(3\)')
        master.send_signal(signal.SIGTERM)
        self.assertEqual(set(first), set(self.said(master, 'stop', 'stop')))

    def test_workers_end_with_their_master(self):
        master, first = self.started()
        master.kill()
        self.assertEqual(set(first), set(self.said(master, 'stop', 'stop')))

    def test_a_stop_waits_for_a_worker_that_was_leaving_already(self):
        master, _first = self.started('waits')
        master.send_signal(signal.SIGHUP)
        self.told(master)
        self.said(master, 'start')
        [leaving] = self.said(master, 'stop')
        master.send_signal(signal.SIGTERM)
        self.assertNotIn(leaving, self.said(master, 'stop', 'stop'))
        os.write(self.end, b'...')
        self.assertEqual(0, master.wait(20))

    def test_it_reports_its_workers(self):
        master, first = self.started()
        master.send_signal(signal.SIGUSR2)
        report = self.told(master)['report']
        self.assertEqual({'worker 0', 'worker 1'}, set(report))
        self.assertEqual(set(first), {int(re.search(r'\d+', text).group())
                                      for text in report.values()})

    def test_what_nobody_can_log_is_said_as_it_is(self):
        master, first = self.started('mute')
        subprocess.run(['kill', '-KILL', str(first[0])], check=True)
        self.assertIn(f'(process {first[0]}) ended with -9', master.stderr.readline())
        self.said(master, 'start')
