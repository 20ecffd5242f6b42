# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/instances.py: servers in a database."""

from oslo_serialization import jsonutils

from nova_lite import conf, exception, objects
from nova_lite.compute import startup
from nova_lite.db import engine
from nova_lite.db.stores import instances
from nova_lite.states import power, task, vm
from tests import base
from tests.fixtures import database, records


class ServersOfAHostTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        records.compute_host(self.context)

    def test_pages_follow_each_other_by_id(self):
        made = [records.active_server(self.context)['id'] for _number in range(3)]
        found, marker = [], 0
        while page := objects.InstanceList.get_by_host(self.context, 'cmp1', marker, 2):
            found += [server.id for server in page]
            marker = page[-1].id
        self.assertEqual(made, found)

    def test_page_fits_into_a_message_whatever_the_user_data(self):
        records.active_server(self.context, user_data='x' * 65535, metadata={'role': 'web' * 80})
        page = objects.InstanceList.get_by_host(self.context, 'cmp1', 0, startup.PAGE)
        size = len(jsonutils.dumps(page.obj_to_primitive()))
        self.assertLess(size * startup.PAGE, conf.CONF.rpc.max_message_bytes)


class ServersTest(base.TestCase):
    """One server that is active on cmp1."""

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller()
        self.admin = records.caller(is_admin=True)
        records.compute_host(self.admin)
        self.server = records.active_server(self.context, metadata={'role': 'db'})
        self.uuid = self.server['uuid']

    def row(self):
        return instances.get_by_uuid(self.admin, self.uuid, read_deleted=True)

    def set(self, **values):
        with engine.writer() as connection:
            connection.execute(instances.instances.update().values(**values))

    def observe(self, power_state, fence=None):
        return instances.observe_power(
            self.admin, self.uuid, fence or self.server['fence'], power_state)

    def test_server_is_visible_in_its_project_and_to_admins(self):
        found = instances.get_by_uuid(records.caller('anna'), self.uuid)
        self.assertEqual({'role': 'db'}, found['metadata'])
        self.assertEqual(self.uuid, self.row()['uuid'])
        self.assertRaises(exception.InstanceNotFound, instances.get_by_uuid,
                          records.caller('fred', 'other'), self.uuid)

    def test_deleted_server_is_found_only_by_who_asks_for_deleted_ones(self):
        self.set(deleted=True)
        self.assertRaises(
            exception.InstanceNotFound, instances.get_by_uuid, self.context, self.uuid)
        self.assertEqual(self.uuid, self.row()['uuid'])
        self.assertEqual([], instances.get_by_host(self.admin, 'cmp1'))

    def test_servers_of_a_reservation_come_in_their_order_and_to_their_project_only(self):
        rows, _operation_id = records.servers(self.context, min_count=3, max_count=3)
        reservation = rows[0]['reservation_id']
        found = instances.get_by_reservation(self.context, reservation)
        self.assertEqual([row['uuid'] for row in rows], [row['uuid'] for row in found])
        self.assertEqual([], instances.get_by_reservation(
            records.caller('anna', 'other'), reservation))

    def test_update_leaves_a_deleted_server_alone(self):
        instances.update(self.context, self.uuid, {'display_name': 'new'})
        self.set(deleted=True)
        instances.update(self.context, self.uuid, {'display_name': 'newer'})
        self.assertEqual('new', self.row()['display_name'])

    def test_guest_that_ended_by_itself_is_a_stopped_server(self):
        self.assertEqual(vm.STOPPED, self.observe(power.SHUTDOWN))
        self.assertEqual((vm.STOPPED, power.SHUTDOWN),
                         (self.row()['vm_state'], self.row()['power_state']))

    def test_server_in_an_operation_is_left_to_that(self):
        self.set(task_state=task.DELETING)
        self.assertIsNone(self.observe(power.SHUTDOWN))
        self.assertEqual(power.RUNNING, self.row()['power_state'])

    def test_host_that_has_lost_the_server_is_not_believed(self):
        self.assertIsNone(self.observe(power.SHUTDOWN, fence=self.server['fence'] + 1))
        self.assertEqual((vm.ACTIVE, power.RUNNING),
                         (self.row()['vm_state'], self.row()['power_state']))
