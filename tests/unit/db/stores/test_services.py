# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/services.py: who lives, and who may be forgotten."""

import sqlalchemy as sa
from oslo_utils import fixture as utils_fixture

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.stores import instances, inventories, services
from nova_lite.objects import base as objects_base
from nova_lite.states import vm
from tests import base
from tests.fixtures import database, records

COMPUTE = 'nova-lite-compute'


class ServicesCase(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.clock = self.useFixture(utils_fixture.TimeFixture())
        self.context = records.caller(is_admin=True)

    def register(self, host='cmp1', binary=COMPUTE, worker=0, version=1, zone=None):
        return services.register(
            self.context, host=host, binary=binary, topic='compute', worker=worker,
            version=version, availability_zone=zone)

    def service(self, host='cmp1', binary=COMPUTE):
        return services.get_by_host(self.context, host, binary)

    def living(self):
        with engine.reader() as connection:
            return set(connection.execute(services.living_incarnations()).scalars())


class LifeTest(ServicesCase):
    """Starts, heartbeats and what follows of them."""

    def test_restart_keeps_the_service_and_voids_the_start_before(self):
        first = self.register(version=1)
        before = self.service()
        second = self.register(version=2)
        after = self.service()
        self.assertEqual((before['id'], before['uuid'], 2), (
            after['id'], after['uuid'], after['version']))
        self.assertEqual({second}, self.living())
        self.assertRaises(exception.IncarnationVoid, services.heartbeat, self.context, first)

    def test_workers_of_one_service_live_side_by_side(self):
        both = {self.register('ctl', 'nova-lite-conductor', worker=number) for number in (0, 1)}
        self.assertEqual(both, self.living())
        self.assertEqual(1, len(services.list_services(self.context)))

    def test_service_that_is_silent_is_down_and_a_heartbeat_brings_it_back(self):
        incarnation = self.register()
        self.clock.advance_time_seconds(services.CONF.service_down_time + 1)
        self.assertFalse(self.service()['is_up'])
        self.assertEqual(set(), self.living())
        services.heartbeat(self.context, incarnation)
        self.assertTrue(self.service()['is_up'])
        self.assertEqual(1, self.service()['report_count'])

    def test_service_that_was_forced_down_is_down_although_it_is_seen(self):
        self.register()
        row = services.update(self.context, self.service()['id'], {'forced_down': True})
        self.assertFalse(row['is_up'])
        self.assertFalse(services.is_host_up(self.context, 'cmp1'))

    def test_host_is_up_by_its_compute_service_alone(self):
        self.register(binary='nova-lite-conductor')
        self.assertFalse(services.is_host_up(self.context, 'cmp1'))
        self.register()
        self.assertTrue(services.is_host_up(self.context, 'cmp1'))

    def test_disabled_service_is_still_up(self):
        self.register()
        services.update(self.context, self.service()['id'], {'disabled': True})
        self.assertTrue(services.is_host_up(self.context, 'cmp1'))


class NewServiceTest(ServicesCase):
    """Whether servers may come to a host from its first start on."""

    def test_new_host_takes_servers_unless_it_is_to_be_enabled_first(self):
        self.register()
        self.assertFalse(self.service()['disabled'])
        self.override(enable_new_services=False)
        self.register('cmp2')
        row = self.service('cmp2')
        self.assertEqual((True, services.NOT_ENABLED), (row['disabled'], row['disabled_reason']))

    def test_only_the_first_start_counts(self):
        self.register()
        self.override(enable_new_services=False)
        self.register()
        self.assertFalse(self.service()['disabled'])
        self.register('cmp2')
        services.update(self.context, self.service('cmp2')['id'], {
            'disabled': False, 'disabled_reason': None})
        self.register('cmp2')
        self.assertFalse(self.service('cmp2')['disabled'])

    def test_controllers_are_always_enabled(self):
        self.override(enable_new_services=False)
        self.register('ctl', 'nova-lite-conductor')
        self.assertFalse(self.service('ctl', 'nova-lite-conductor')['disabled'])


class AskTest(ServicesCase):

    def test_service_is_found_by_number_and_by_uuid(self):
        self.register()
        row = self.service()
        for known in (row['id'], row['uuid']):
            self.assertEqual('cmp1', services.get(self.context, known)['host'])
        for unknown in (4711, '99999999-9999-4999-8999-999999999999'):
            self.assertRaises(
                exception.ServiceNotFound, services.get, self.context, unknown)

    def test_binary_that_a_host_does_not_have_is_not_found(self):
        self.register()
        self.assertRaises(exception.HostBinaryNotFound, self.service, 'cmp1', 'nova-lite-api')

    def test_list_has_what_was_asked_for(self):
        self.register('cmp1')
        self.register('cmp2')
        self.register('ctl', 'nova-lite-conductor')
        services.update(self.context, self.service('cmp2')['id'], {'disabled': True})
        for wanted, hosts in (({}, ['cmp1', 'cmp2', 'ctl']),
                              ({'binary': COMPUTE}, ['cmp1', 'cmp2']),
                              ({'disabled': True}, ['cmp2']), ({'host': 'ctl'}, ['ctl']),
                              ({'disabled': False, 'binary': COMPUTE}, ['cmp1'])):
            self.assertEqual(hosts, [row['host'] for row in services.list_services(
                self.context, **wanted)], wanted)

    def test_oldest_version_among_the_living_counts(self):
        self.register('cmp1', version=3)
        self.clock.advance_time_seconds(services.CONF.service_down_time + 1)
        self.assertEqual(0, services.minimum_version(self.context, COMPUTE))
        self.register('cmp2', version=5)
        self.register('cmp3', version=4)
        self.assertEqual(4, services.minimum_version(self.context, COMPUTE))

    def test_zone_of_a_host_is_its_own_or_the_clouds(self):
        self.override(default_availability_zone='cloud')
        self.register('cmp1', zone='east')
        self.register('cmp2')
        with engine.reader() as connection:
            self.assertEqual(['east', 'cloud'], [
                connection.execute(sa.select(services.zone_of(host))).scalar()
                for host in ('cmp1', 'cmp2')])


class DeleteTest(ServicesCase):

    def setUp(self):
        super().setUp()
        records.compute_host(self.context)

    def delete(self):
        services.delete(self.context, self.service())

    def test_service_goes_with_its_incarnations_and_nodes(self):
        self.delete()
        self.assertRaises(exception.HostBinaryNotFound, self.service)
        self.assertEqual(set(), self.living())
        with engine.reader() as connection:
            self.assertEqual([], connection.execute(services.nodes.select()).all())

    def test_service_of_a_host_with_servers_stays(self):
        records.active_server(self.context)
        self.assertRaises(exception.ServiceInUse, self.delete)
        self.assertEqual('cmp1', self.service()['host'])

    def test_service_of_a_host_that_is_about_to_get_a_server_stays(self):
        (row,), _operation_id = records.servers(self.context)
        with engine.reader() as connection:
            node_id = connection.execute(sa.select(services.nodes.c.id)).scalar()
        inventories.claim(self.context, [inventories.Claim(
            row['uuid'], node_id, {'VCPU': 1})], replaced={})
        self.assertRaises(exception.ServiceInUse, self.delete)

    def test_service_of_a_host_that_has_to_clean_up_stays(self):
        server = records.active_server(self.context)
        objects_base.store('operations').begin(self.context, [{
            'kind': 'clean_up', 'phase': 'remove_leftovers', 'host': 'cmp1',
            'instance_uuid': server['uuid']}])
        with engine.writer() as connection:
            connection.execute(instances.instances.update().values(
                deleted=True, vm_state=vm.DELETED))
        self.assertRaises(exception.ServiceInUse, self.delete)

    def test_controllers_service_goes_although_a_host_of_its_name_has_servers(self):
        records.active_server(self.context)
        self.register('cmp1', 'nova-lite-conductor')
        services.delete(self.context, self.service(binary='nova-lite-conductor'))
        self.assertEqual([COMPUTE], [row['binary'] for row in services.list_services(
            self.context, host='cmp1')])
