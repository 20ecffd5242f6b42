# SPDX-License-Identifier: Apache-2.0
"""Guests that are still here: which are dealt with, and how."""

from nova_lite import exception, objects
from nova_lite.compute import host as hosts
from nova_lite.compute.periodics import deleted_guests
from nova_lite.states import power
from nova_lite.virt.fake import driver as fake_driver
from nova_lite.virt.fake import world
from tests import base
from tests.fixtures import records

DELETED, ELSEWHERE, ALIVE = (f'0000000{n}-0000-4000-8000-000000000000' for n in range(3))


class Server:
    """The record: one server is gone, one is on another host, one is here."""

    @staticmethod
    def get_by_uuid(context, uuid):
        if uuid == DELETED:
            raise exception.InstanceNotFound(instance_id=uuid)
        if uuid == ELSEWHERE:
            raise exception.NotAllowed(host='cmp1', what='Instance.get_by_uuid')
        return uuid


class DeletedGuestsTest(base.TestCase):
    """A host with three guests."""

    def setUp(self):
        super().setUp()
        self.patch(objects, 'Instance', Server)
        self.driver = fake_driver.FakeDriver('cmp1', None)
        self.host = hosts.Host(name='cmp1', driver=self.driver, network=None, images=None)
        # The one that is elsewhere comes before the last one in the list.
        for uuid in (DELETED, ELSEWHERE, ALIVE):
            self.add_guest(uuid)

    def add_guest(self, uuid):
        self.driver.world.put(world.GUESTS, uuid, {
            'name': f'guest-{uuid[7]}', 'node': 'cmp1', 'fence': 1, 'memory_mb': 64,
            'power_state': power.RUNNING, 'devices': []})

    def clean_up(self, action):
        self.override(running_deleted_instance_action=action)
        deleted_guests.clean_up(records.caller(), self.host)

    def running(self):
        return [guest.uuid for guest in self.driver.list_guests()
                if guest.power_state == power.RUNNING]

    def all_guests(self):
        return [guest.uuid for guest in self.driver.list_guests()]

    def test_guest_of_a_deleted_server_is_destroyed_and_others_are_not(self):
        self.clean_up('reap')
        self.assertEqual([ELSEWHERE, ALIVE], self.running())
        self.assertEqual([ELSEWHERE, ALIVE], self.all_guests())

    def test_guest_of_a_deleted_server_is_powered_off(self):
        self.clean_up('shutdown')
        self.assertEqual([ELSEWHERE, ALIVE], self.running())
        self.assertEqual([DELETED, ELSEWHERE, ALIVE], self.all_guests())

    def test_log_only_touches_nothing(self):
        self.clean_up('log')
        self.assertEqual([DELETED, ELSEWHERE, ALIVE], self.running())
        self.assertIn('Guest guest-0 of the deleted server is still here',
                      self.logs.output)

    def test_noop_does_not_even_look(self):
        self.driver.list_guests = self.fail
        self.clean_up('noop')

    def test_guest_whose_server_is_elsewhere_is_named_and_left_alone(self):
        self.clean_up('reap')
        self.assertIn('Guest guest-1 is here although the server is on another host',
                      self.logs.output)

    def test_guest_that_can_not_be_removed_does_not_keep_others(self):
        second = DELETED.replace('-4000-', '-4001-')
        self.add_guest(second)
        self.patch(Server, 'get_by_uuid', staticmethod(self.everything_is_deleted))
        destroy = self.driver.destroy_guest
        self.driver.destroy_guest = lambda context, uuid: (
            self.refuse(uuid) if uuid == DELETED else destroy(context, uuid))
        self.clean_up('reap')
        self.assertEqual([DELETED], self.all_guests())
        self.assertIn('could not be dealt with', self.logs.output)

    @staticmethod
    def everything_is_deleted(context, uuid):
        raise exception.InstanceNotFound(instance_id=uuid)

    @staticmethod
    def refuse(uuid):
        raise exception.GuestStartFailed(instance_uuid=uuid, reason='busy')

    def test_without_an_answer_nothing_is_touched(self):
        def away(context, uuid):
            raise exception.MessagingTimeout(method='m', recipient='conductor', timeout=5)
        self.patch(Server, 'get_by_uuid', staticmethod(away))
        self.assertRaises(exception.MessagingTimeout, self.clean_up, 'reap')
        self.assertEqual([DELETED, ELSEWHERE, ALIVE], self.running())
