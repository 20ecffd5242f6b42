# SPDX-License-Identifier: Apache-2.0
"""What the processes of the controllers do."""

from nova_lite import service
from nova_lite.cmd import serve
from nova_lite.cmd.serve import conductor, scheduler
from nova_lite.conductor import manager as conductor_manager
from nova_lite.scheduler import manager as scheduler_manager
from tests import base


class ControllerTest(base.TestCase):
    """Conductor and scheduler differ in their managers; one is in each process of its daemon."""

    def setUp(self):
        super().setUp()
        self.patch(service, 'Service', lambda **given: given)

    def test_a_conductor_serves_its_manager_with_a_database(self):
        [(made, workers)] = conductor.services([])
        self.assertEqual(('nova-lite-conductor', None, 'conductor'),
                         (made['binary'], workers, made['topic']))
        self.assertIs(conductor_manager.ConductorManager, made['make_manager'])
        self.assertIs(serve.use_database, made['prepare'])

    def test_a_scheduler_is_no_different(self):
        [(made, workers)] = scheduler.services([])
        self.assertEqual(('nova-lite-scheduler', None, 'scheduler'),
                         (made['binary'], workers, made['topic']))
        self.assertIs(scheduler_manager.SchedulerManager, made['make_manager'])
