# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/notifications/instance.py: servers in notifications."""

import datetime

from nova_lite.notifications import instance
from nova_lite.states import power, task, vm
from tests import base
from tests.unit.notifications import rows

NIC = {'id': '44444444-4444-4444-8444-444444444444', 'address': 'fa:16:3e:00:00:01',
       'network': {'label': 'private'}, 'fixed_ips': [{'address': '10.0.0.5', 'version': 4}]}
PERIOD = instance.Period(datetime.datetime(2026, 1, 1), datetime.datetime(2026, 2, 1))


class InstanceTest(base.TestCase):

    def told(self, **changes):
        return instance.action(rows.server(**changes), rows.INITIATOR)['nova_object.data']

    def test_states_and_moments_have_the_published_form(self):
        told = self.told(vm_state=vm.STOPPED, task_state=task.DELETING,
                         power_state=power.SHUTDOWN, auto_disk_config=False)
        self.assertEqual(
            ('stopped', 'deleting', 'shutdown', 'MANUAL', '2026-01-02T03:04:05Z', None),
            (told['state'], told['task_state'], told['power_state'], told['auto_disk_config'],
             told['created_at'], told['deleted_at']))

    def test_owner_and_initiator_are_told_apart(self):
        told = self.told()
        self.assertEqual(('fred', 'demo', 'anna', 'ops', 'req-1'), (
            told['user_id'], told['tenant_id'], told['action_initiator_user'],
            told['action_initiator_project'], told['request_id']))

    def test_each_address_is_an_object(self):
        [address] = self.told(network_info=[NIC])['ip_addresses']
        self.assertEqual(('IpPayload', '10.0.0.5', 'tap44444444-44'), (
            address['nova_object.name'], address['nova_object.data']['address'],
            address['nova_object.data']['device_name']))

    def test_key_and_tags_go_with_a_creation(self):
        key = {'user_id': 'fred', 'name': 'mine', 'public_key': 'ssh-rsa A', 'fingerprint': '00',
               'type': 'ssh', 'id': 7}
        told = instance.create(rows.server(tags=['blue']), rows.INITIATOR, key=key)
        data = told['nova_object.data']
        self.assertEqual(('instance-000000ff', ['blue'], 'mine'), (
            data['instance_name'], data['tags'],
            data['keypairs'][0]['nova_object.data']['name']))

    def test_update_tells_the_old_name_only_if_it_changed(self):
        server = rows.server()
        for old, shown in (('web', None), ('db', 'db')):
            told = instance.update(server, rows.INITIATOR, rows.server(display_name=old), PERIOD)
            self.assertEqual(shown, told['nova_object.data']['old_display_name'])

    def test_existence_names_its_period(self):
        told = instance.exists(rows.server(), rows.INITIATOR, PERIOD)['nova_object.data']
        self.assertEqual(
            {'audit_period_beginning': '2026-01-01T00:00:00Z',
             'audit_period_ending': '2026-02-01T00:00:00Z'},
            told['audit_period']['nova_object.data'])
