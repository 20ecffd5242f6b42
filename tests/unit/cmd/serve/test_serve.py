# SPDX-License-Identifier: Apache-2.0
"""What the daemons have in common when they start."""

from nova_lite import service
from nova_lite.cmd import serve
from nova_lite.cmd.serve import conductor, scheduler
from nova_lite.conductor import manager as conductor_manager
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
