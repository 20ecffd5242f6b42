# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/wake.py: the hint that there is work."""

from oslo_config import cfg

from nova_lite import manager, rpc, wake
from tests import base
from tests.fixtures import bus, records

SERVER = '00000000-0000-4000-8000-000000000001'


class Worker(manager.Manager):
    """Notes what it is woken for."""

    def __init__(self):
        self.woken = []

    def run_operation(self, context, operation_id, instance_uuid):
        """Note it."""
        self.woken.append((operation_id, instance_uuid))


class WakeTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.bus = self.useFixture(bus.Bus(cfg.CONF))
        self.conductor = self.serve(self.bus.controller('ctl'), 'conductor', 'ctl')
        self.host = self.serve(self.bus.compute('cmp1'), 'compute', 'cmp1')
        self.bus.be(self.bus.controller('api', 'nova-lite-api'))

    def serve(self, who, topic, host):
        worker = Worker()
        with self.bus.acting_as(who):
            rpc.Server(topic, host, [worker]).start()
        return worker

    def wake(self, host, uuid=SERVER):
        wake.owner_of_phase(records.caller(), 7, uuid, host)
        self.bus.run_until_quiet()
        return self.conductor.woken, self.host.woken

    def test_phase_of_a_host_wakes_that_host(self):
        self.assertEqual(([], [(7, SERVER)]), self.wake('cmp1'))

    def test_phase_of_a_controller_wakes_a_conductor(self):
        self.assertEqual(([(7, SERVER)], []), self.wake(None))

    def test_work_that_concerns_no_server_wakes_too(self):
        self.assertEqual(([(7, None)], []), self.wake(None, uuid=None))

    def test_broker_that_is_away_is_left_to_the_sweeper(self):
        self.bus.is_down = True
        self.assertEqual(([], []), self.wake(None))
        self.assertIn('Could not wake the owner of operation 7', self.logs.output)

    def test_host_that_has_never_listened_is_left_to_the_sweeper(self):
        self.assertEqual(([], []), self.wake('cmp9'))
        self.assertIn('Could not wake the owner of operation 7', self.logs.output)
