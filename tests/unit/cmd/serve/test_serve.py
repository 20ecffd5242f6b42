# SPDX-License-Identifier: Apache-2.0
"""What the daemons have in common when they start."""

from nova_lite import process, service
from nova_lite.cmd import serve
from nova_lite.cmd.serve import conductor, scheduler
from nova_lite.conductor import manager as conductor_manager
from nova_lite.metrics import service as metrics_service
from nova_lite.scheduler import manager as scheduler_manager
from tests import base


class ControllerTest(base.TestCase):
    """Conductor and scheduler differ in their managers and in their workers."""

    def setUp(self):
        super().setUp()
        self.made = []
        self.patch(serve, 'configure', lambda *given: self.made.append(given))
        self.patch(service, 'Service', lambda **given: given)
        self.patch(serve, 'run', lambda binary, services: (binary, services))

    def test_a_conductor_serves_its_manager_with_a_database(self):
        self.override('conductor', workers=3)
        binary, [(made, workers)] = conductor.run(['--debug'], ['/file'])
        self.assertEqual(('nova-lite-conductor', 3, 'conductor'), (binary, workers, made['topic']))
        self.assertIs(conductor_manager.ConductorManager, made['make_manager'])
        self.assertIs(serve.use_database, made['prepare'])
        self.assertEqual([('nova-lite-conductor', ['--debug'], ['/file'])], self.made)

    def test_a_scheduler_is_no_different(self):
        binary, [(made, workers)] = scheduler.run([], [])
        self.assertEqual(('nova-lite-scheduler', 1, 'scheduler'), (binary, workers, made['topic']))
        self.assertIs(scheduler_manager.SchedulerManager, made['make_manager'])


class MeasuringTest(base.TestCase):
    """A daemon that is to tell figures has one more service, before the others."""

    def setUp(self):
        super().setUp()
        self.ran = []
        self.patch(process, 'run', lambda services, **given: self.ran.extend(services))

    def test_there_is_none_unless_it_is_wanted(self):
        serve.run('nova-lite-api', [('a', 1)])
        self.assertEqual([('a', 1)], self.ran)

    def test_it_is_in_each_process_and_the_first(self):
        self.override('metrics', enabled=True)
        serve.run('nova-lite-api', [('a', 1), ('b', 3)])
        self.assertIsInstance(self.ran[0][0], metrics_service.Service)
        self.assertEqual([3, 1, 3], [workers for _service, workers in self.ran])
