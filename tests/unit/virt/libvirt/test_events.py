# SPDX-License-Identifier: Apache-2.0
"""Events are told unless we caused them, and a failing listener hears the next one."""

import libvirt

from nova_lite.states import power
from nova_lite.virt.libvirt import events
from tests import base

UUID = '5b6a4e6e-0000-4000-8000-000000000001'


class Domain:
    def UUIDString(self):
        return UUID


class ExpectationsTestCase(base.TestCase):

    def setUp(self):
        super().setUp()
        self.now = 0
        self.expectations = events.Expectations(clock=lambda: self.now)

    def test_own_action_is_expected_while_it_lasts_and_shortly_after(self):
        with self.expectations.expecting(UUID, power.RUNNING):
            self.now = 1000
            self.assertTrue(self.expectations.is_expected(UUID, power.RUNNING))
        self.now += events.GRACE - 1
        self.assertTrue(self.expectations.is_expected(UUID, power.RUNNING))
        self.now += 2
        self.assertFalse(self.expectations.is_expected(UUID, power.RUNNING))

    def test_other_transitions_and_other_guests_are_not_expected(self):
        with self.expectations.expecting(UUID, power.RUNNING):
            self.assertFalse(self.expectations.is_expected(UUID, power.SHUTDOWN))
            self.assertFalse(self.expectations.is_expected('other', power.RUNNING))


class DelivererTestCase(base.TestCase):

    def setUp(self):
        super().setUp()
        self.told, self.broken = [], []
        self.deliverer = events.Deliverer(self.broken.append)

    def hear(self, event):
        self.deliverer._hear(None, Domain(), event, 0, None)

    def run_listener(self, listener=None):
        self.deliverer.start(listener or self.told.append)
        self.deliverer.stop()

    def test_what_a_guest_does_is_told_as_its_power_state(self):
        for event in (libvirt.VIR_DOMAIN_EVENT_STOPPED, libvirt.VIR_DOMAIN_EVENT_DEFINED,
                      libvirt.VIR_DOMAIN_EVENT_SUSPENDED, libvirt.VIR_DOMAIN_EVENT_CRASHED):
            self.hear(event)
        self.run_listener()
        self.assertEqual([(UUID, power.SHUTDOWN), (UUID, power.PAUSED), (UUID, power.CRASHED)],
                         [(event.uuid, event.transition) for event in self.told])

    def test_what_we_do_is_not_told(self):
        with self.deliverer.expecting(UUID, power.SHUTDOWN):
            self.hear(libvirt.VIR_DOMAIN_EVENT_STOPPED)
        self.run_listener()
        self.assertEqual([], self.told)

    def test_listener_that_fails_hears_the_next_event(self):
        def listener(event):
            self.told.append(event)
            raise ValueError('broken listener')
        self.hear(libvirt.VIR_DOMAIN_EVENT_STOPPED)
        self.hear(libvirt.VIR_DOMAIN_EVENT_STARTED)
        self.run_listener(listener)
        self.assertEqual(2, len(self.told))
        self.assertIn('broken listener', self.logs.output)

    def test_end_of_a_connection_is_told_to_who_makes_it_anew(self):
        connection = object()
        self.deliverer._hear_the_end(connection, 1, None)
        self.run_listener()
        self.assertEqual([connection], self.broken)
