# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/host_removal.py: what goes with a host, what keeps it."""

import sqlalchemy as sa
from oslo_utils import fixture as utils_fixture

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.stores import aggregates, host_removal, inventories, networks, services
from nova_lite.network import definition
from nova_lite.objects import base as objects_base
from nova_lite.states import operation as op
from nova_lite.states import transitions, vm
from tests import base
from tests.fixtures import database, records


class HostRemovalTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.clock = self.useFixture(utils_fixture.TimeFixture())
        self.context = records.caller(is_admin=True)
        networks.create(self.context, definition.define(
            {'label': 'private', 'cidr': '10.0.0.0/24', 'bridge': 'br0', 'mtu': 1500}))
        records.compute_host(self.context)
        records.compute_host(self.context, 'cmp2')

    def delete(self, host='cmp1'):
        services.delete(self.context, services.get_by_host(
            self.context, host, 'nova-lite-compute'))

    def rows(self, query):
        with engine.reader() as connection:
            return connection.execute(query).all()

    def hold(self, uuid, host='cmp1'):
        """Claim room for a server on a host."""
        (node,) = self.rows(sa.select(services.nodes.c.id).where(services.nodes.c.host == host))
        inventories.claim(self.context, [inventories.Claim(uuid, node.id, {'VCPU': 1})])

    def lost_server(self):
        """Delete a server without its host, which is to clean up; answer its uuid."""
        server = records.active_server(self.context, networks='auto')
        self.hold(server['uuid'])
        self.change(server['uuid'], deleted=True, vm_state=vm.DELETED)
        objects_base.store('operations').begin(self.context, [{
            'kind': transitions.CLEAN_UP, 'phase': transitions.REMOVE_LEFTOVERS, 'host': 'cmp1',
            'instance_uuid': server['uuid']}])
        return server['uuid']

    def change(self, uuid, **values):
        with engine.writer() as connection:
            connection.execute(host_removal.servers.update().where(
                host_removal.servers.c.uuid == uuid).values(**values))

    def taken_addresses(self):
        return self.rows(sa.select(host_removal.addresses.c.id).where(
            host_removal.addresses.c.instance_uuid.is_not(None)))

    def clean_ups(self):
        return [(row.state, row.message) for row in self.rows(sa.select(
            host_removal.operations).where(
                host_removal.operations.c.kind == transitions.CLEAN_UP))]

    def test_host_leaves_its_aggregates_and_others_stay(self):
        made = aggregates.create(self.context, 'fast')['id']
        other = aggregates.create(self.context, 'slow')['id']
        for number, host in ((made, 'cmp1'), (made, 'cmp2'), (other, 'cmp2')):
            aggregates.add_host(self.context, number, host)
        before = aggregates.list_aggregates(self.context)
        self.clock.advance_time_seconds(1)
        self.delete()
        fast, slow = aggregates.list_aggregates(self.context)
        self.assertEqual((['cmp2'], ['cmp2']), (fast['hosts'], slow['hosts']))
        self.assertGreater(fast['updated_at'], before[0]['updated_at'])
        self.assertEqual(slow['updated_at'], before[1]['updated_at'])

    def test_refused_removal_changes_nothing(self):
        made = aggregates.create(self.context, 'fast')['id']
        aggregates.add_host(self.context, made, 'cmp1')
        records.active_server(self.context)
        self.assertRaises(exception.ServiceInUse, self.delete)
        self.assertEqual(['cmp1'], aggregates.get(self.context, made)['hosts'])

    def test_host_that_works_has_to_clean_up_first(self):
        self.lost_server()
        self.assertRaises(exception.ServiceInUse, self.delete)
        self.assertEqual([(op.PENDING, None)], self.clean_ups())
        self.assertEqual(1, len(self.taken_addresses()))

    def test_host_that_is_down_has_nothing_more_to_clean_up(self):
        uuid = self.lost_server()
        self.clock.advance_time_seconds(services.CONF.service_down_time + 1)
        self.delete()
        self.assertEqual([(op.FAILED, 'The compute service of the host was deleted.')],
                         self.clean_ups())
        self.assertEqual([], self.taken_addresses())
        self.assertEqual([], self.rows(host_removal.interfaces.select()))
        self.assertEqual([], self.rows(host_removal.allocations.select()))
        row = objects_base.store('instances').get_by_uuid(self.context, uuid, read_deleted=True)
        self.assertEqual([], row['network_info'])

    def test_host_that_is_down_and_has_servers_stays(self):
        self.lost_server()
        records.active_server(self.context)
        self.clock.advance_time_seconds(services.CONF.service_down_time + 1)
        self.assertRaises(exception.ServiceInUse, self.delete)
        self.assertEqual([(op.PENDING, None)], self.clean_ups())

    def test_room_that_nobody_holds_any_more_is_no_reason_to_stay(self):
        gone, elsewhere = (records.active_server(self.context)['uuid'] for _number in range(2))
        self.hold(gone)
        self.hold(elsewhere, 'cmp2')
        self.change(gone, deleted=True)
        self.change(elsewhere, host='cmp2')
        self.delete()
        self.assertEqual([elsewhere], [row.consumer_uuid for row in self.rows(
            host_removal.allocations.select())])
