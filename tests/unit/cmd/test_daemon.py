# SPDX-License-Identifier: Apache-2.0
"""What the daemons have in common when they start."""

import os
import signal
import socket
import types

from nova_lite import exception, guru, nursery, parts, process
from nova_lite.api import listeners
from nova_lite.cmd import daemon
from nova_lite.metrics import address
from nova_lite.metrics import service as metrics_service
from tests import base

LISTENER = listeners.Listener('osapi_compute', '127.0.0.1', 8774, 3)


class RunTest(base.TestCase):
    """From the options to the processes."""

    def setUp(self):
        super().setUp()
        self.patch(daemon, 'configure', lambda *given: None)
        self.left = []
        self.patch(process, 'leave', self.left.append)
        self.sock = socket.socket()
        self.addCleanup(self.sock.close)
        self.patch(listeners, 'opened', lambda: [(LISTENER, self.sock)])
        self.patch(daemon.importlib, 'import_module', lambda name: types.SimpleNamespace(
            services=self.services, Service=metrics_service.Service))
        self.ran = []
        self.patch(process, 'Alone', lambda services, **given: types.SimpleNamespace(
            run=lambda: self.ran.append(services)))
        self.became = []
        self.patch(parts, 'become', lambda part, **given: self.became.append((part, given)))
        self.patch(nursery, 'adopt_orphans', lambda: None)
        self.patch(signal, 'pthread_sigmask', lambda *given: None)

    @staticmethod
    def services(listening):
        return [('everywhere', None), ('in three', 3),
                *((listener, 2) for listener, _sock in listening)]

    def born(self, name, **given):
        """Answer what runs in a worker of a number."""
        loaded = []
        self.patch(nursery, 'run', lambda load, **pipes: loaded.append((load(), pipes)))
        daemon.run(name, [], [], part=parts.NURSERY,
                   given={'orders': 1, 'tell': 2, 'orphaned': 3, **given})
        [(run_worker, pipes)] = loaded
        self.assertEqual({'orders': 1, 'tell': 2, 'orphaned': 3}, pipes)

        def of(number):
            run_worker(number, len, 3)
            return self.ran.pop()
        return of

    def test_one_process_runs_all_itself(self):
        for name in ('conductor', 'scheduler', 'compute'):
            daemon.run(name, [], [])
            self.assertEqual(['everywhere', 'in three'], self.ran.pop())
        self.assertEqual([], self.became)

    def test_the_master_of_the_api_hands_over_what_was_bound_and_replaces_its_workers(self):
        self.override(osapi_compute_workers=3, metadata_workers=1)
        daemon.run('api', [], [])
        [(part, given)] = self.became
        self.assertEqual(parts.MASTER, part)
        self.assertEqual((3, True), (given['count'], given['replaced_on_reload']))
        self.assertEqual(
            {'listening': [['osapi_compute', '127.0.0.1', 8774, 3, self.sock.fileno()]],
             'page': None, 'count': 3}, given['given'])
        self.assertTrue(self.sock.get_inheritable())

    def test_others_bind_nothing_and_are_told_of_new_options(self):
        self.override('conductor', workers=2)
        self.override(graceful_shutdown_timeout=7)
        daemon.run('conductor', [], [])
        self.assertEqual([(parts.MASTER, {
            'count': 2, 'patience': 7, 'replaced_on_reload': False,
            'given': {'listening': [], 'page': None, 'count': 2}})], self.became)

    def test_workers_have_the_sockets_and_those_services_that_have_so_many(self):
        file = os.dup(self.sock.fileno())
        of = self.born('api', page=None, count=4, listening=[
            ['osapi_compute', '127.0.0.1', 8774, 3, file]])
        self.assertEqual(['everywhere', 'in three', LISTENER], of(1))
        self.assertEqual(['everywhere', 'in three'], of(2))
        self.assertEqual(['everywhere'], of(3))

    def test_what_measures_is_in_each_process_and_the_first(self):
        self.override('metrics', enabled=True)
        of = self.born('conductor', listening=[], page=os.dup(self.sock.fileno()), count=4)
        for number in (0, 3):
            self.assertIsInstance(of(number)[0], metrics_service.Service)

    def test_the_scribe_writes_a_line(self):
        lines = []
        self.patch(daemon.LOG, 'log', lambda *given: lines.append(given))
        daemon.run('api', [], [], part=parts.SCRIBE, given={'level': 40, 'text': 'a word'})
        self.assertEqual([(40, 'a word')], lines)
        self.assertEqual([0], self.left)

    def test_the_scribe_writes_a_report_of_the_processes(self):
        reports = []
        self.patch(guru, '_sections', {})
        self.patch(guru, 'write', lambda conf, binary, frame: reports.append(
            (binary, guru._sections['Processes']())))
        daemon.run('api', [], [], part=parts.SCRIBE, given={'report': {'worker 0': 'serves'}})
        self.assertEqual([('nova-lite-api', {'worker 0': 'serves'})], reports)

    def test_an_error_of_the_start_is_the_exit_code(self):
        def fail(_binary, _count):
            raise exception.PasteConfigNotFound(path='/nowhere')
        self.patch(address, 'claim', fail)
        daemon.run('api', [], [])
        self.assertEqual([daemon.FAILED], self.left)
