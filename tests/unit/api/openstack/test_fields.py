# SPDX-License-Identifier: Apache-2.0
"""All fields of answers, in each microversion, as the API reference lists them: no more, no less.

The lists are written from the reference, not taken from the schemas of the product.
"""

import datetime

from oslo_utils import fixture as time_fixture

from nova_lite.db import engine
from nova_lite.objects.base import store
from tests.fixtures import records
from tests.unit import test_keypairs
from tests.unit.api.openstack import case

NEWEST = 104
STRIDE = 29
NOW = datetime.datetime(2030, 1, 31, 12)
AGO = datetime.timedelta(hours=2)


class FieldsCase(case.ApiTestCase):
    """Compares the fields of an answer in each microversion."""

    def check(self, ask, *steps, first=1):
        """Ask in the microversions around each step, in the last, and in some between.

        :param ask: answers what has the fields to look at, for the number of a microversion
        :param steps: (first microversion, names that came, names that went) with blanks between
        """
        expected = set()
        steps = {minor: (came.split(), went.split()) for minor, came, went in steps}
        asked = {*steps, *(minor - 1 for minor in steps), *range(first, NEWEST, STRIDE), NEWEST}
        for minor in range(1, NEWEST + 1):
            came, went = steps.get(minor, ((), ()))
            self.assertLessEqual(set(went), expected)
            expected = (expected - set(went)) | set(came)
            if minor in asked and minor >= first:
                self.assertEqual(sorted(expected), sorted(ask(minor)), f'2.{minor}')

    def at(self, path, *keys, api=None):
        """Answer a function that gets a part of an answer; 0 is the first of a list."""
        def ask(minor):
            part = (api or self.api).get(path, version=f'2.{minor}').json
            for key in keys:
                part = part[key]
            return part
        return ask

    def after(self, method, path, body, *keys):
        """Answer a function that changes something as an admin; ``body`` is called each time."""
        def ask(minor):
            part = self.admin.send(method, path, body(minor), version=f'2.{minor}')
            self.assertLess(part.status, 300, part.text)
            part = part.json
            for key in keys:
                part = part[key]
            return part
        return ask


class FlavorsTest(FieldsCase):

    SHORT = ((1, 'id name links', ''), (55, 'description', ''))
    WHOLE = (
        (1, 'id name ram disk vcpus swap rxtx_factor OS-FLV-EXT-DATA:ephemeral '
            'OS-FLV-DISABLED:disabled os-flavor-access:is_public links', ''),
        (55, 'description', ''),
        (61, 'extra_specs', ''),
        (102, '', 'rxtx_factor OS-FLV-DISABLED:disabled'))

    def setUp(self):
        super().setUp()
        self.flavor = self.make_flavor()

    def test_in_lists(self):
        self.check(self.at('/flavors', 'flavors', 0), *self.SHORT)
        self.check(self.at('/flavors/detail', 'flavors', 0), *self.WHOLE)
        for path in ('/flavors?limit=1', '/flavors/detail?limit=1'):
            self.check(self.at(path), (1, 'flavors flavors_links', ''))

    def test_alone(self):
        self.check(self.at(f'/flavors/{self.flavor}', 'flavor'), *self.WHOLE)
        self.check(self.at(f'/flavors/{self.flavor}/os-extra_specs'), (1, 'extra_specs', ''))

    def test_when_made(self):
        def body(minor):
            return {'flavor': {'name': f'n{minor}', 'id': f'n{minor}', 'ram': 64, 'vcpus': 1,
                               'disk': 1}}
        self.check(self.after('POST', '/flavors', body, 'flavor'), *self.WHOLE)

    def test_when_changed(self):
        self.check(self.after(
            'PUT', f'/flavors/{self.flavor}', lambda minor: {'flavor': {'description': str(minor)}},
            'flavor'), *self.WHOLE, first=55)

    def test_swap_that_is_not_there_was_a_text_until_2_75(self):
        flavor = self.make_flavor(flavorid='none', name='none', swap=0)
        paths = ((f'/flavors/{flavor}', ('flavor',)), ('/flavors/detail', ('flavors', 0)))
        for minor, swap in ((1, ''), (74, ''), (75, 0), (NEWEST, 0)):
            for path, keys in paths:
                self.assertEqual(swap, self.at(path, *keys)(minor)['swap'], (path, minor))

    def test_access(self):
        flavor = self.make_flavor(flavorid='own', name='own', is_public=False)
        self.admin.post(f'/flavors/{flavor}/action', {'addTenantAccess': {'tenant': 'demo'}})
        self.check(self.at(f'/flavors/{flavor}/os-flavor-access', 'flavor_access', 0,
                           api=self.admin), (1, 'flavor_id tenant_id', ''))


class KeypairsTest(FieldsCase):

    def setUp(self):
        super().setUp()
        self.override('quota', key_pairs=-1)
        self.api.post('/os-keypairs', self.imported('mine'))

    @staticmethod
    def imported(name):
        return {'keypair': {'name': name, 'public_key': test_keypairs.ED25519}}

    def test_in_lists(self):
        self.check(self.at('/os-keypairs', 'keypairs', 0, 'keypair'),
                   (1, 'name public_key fingerprint', ''), (2, 'type', ''))
        self.check(self.at('/os-keypairs?limit=1'), (1, 'keypairs', ''), (35, 'keypairs_links', ''))

    def test_alone(self):
        self.check(self.at('/os-keypairs/mine', 'keypair'),
                   (1, 'name public_key fingerprint user_id id created_at updated_at deleted '
                       'deleted_at', ''), (2, 'type', ''))

    def test_when_imported(self):
        self.check(self.after('POST', '/os-keypairs', lambda minor: self.imported(f'k{minor}'),
                              'keypair'),
                   (1, 'name public_key fingerprint user_id', ''), (2, 'type', ''))

    def test_when_generated(self):
        ask = self.after('POST', '/os-keypairs', lambda minor: {'keypair': {'name': f'g{minor}'}},
                         'keypair')
        made = {'name', 'public_key', 'fingerprint', 'user_id', 'private_key'}
        for minor, names in ((1, made), (2, {*made, 'type'}), (91, {*made, 'type'})):
            self.assertEqual(names, set(ask(minor)))


class LimitsTest(FieldsCase):

    SERVERS = 'instances cores ram metadata_items key_pairs '
    FILES = 'injected_files injected_file_content_bytes injected_file_path_bytes'
    GROUPS = 'server_groups server_group_members'
    NETWORKS = 'fixed_ips floating_ips security_groups security_group_rules'
    OF_PROJECT = ((1, f'{SERVERS} {FILES} {GROUPS} {NETWORKS}', ''),
                  (36, '', NETWORKS), (57, '', FILES))
    OF_CLASS = ((1, f'{SERVERS} {FILES} {NETWORKS}', ''), (50, GROUPS, NETWORKS), (57, '', FILES))

    @staticmethod
    def with_id(steps):
        (first, came, went), *others = steps
        return ((first, f'{came} id', went), *others)

    def test_summary(self):
        self.check(
            self.at('/limits', 'limits', 'absolute'),
            (1, 'maxTotalInstances maxTotalCores maxTotalRAMSize maxServerMeta maxTotalKeypairs '
                'maxServerGroups maxServerGroupMembers maxPersonality maxPersonalitySize '
                'maxImageMeta maxSecurityGroups maxSecurityGroupRules maxTotalFloatingIps '
                'totalInstancesUsed totalCoresUsed totalRAMUsed totalServerGroupsUsed '
                'totalSecurityGroupsUsed totalFloatingIpsUsed', ''),
            (36, '', 'maxSecurityGroups maxSecurityGroupRules maxTotalFloatingIps '
                     'totalSecurityGroupsUsed totalFloatingIpsUsed'),
            (39, '', 'maxImageMeta'),
            (57, '', 'maxPersonality maxPersonalitySize'))
        self.check(self.at('/limits', 'limits'), (1, 'rate absolute', ''))

    def test_quotas(self):
        for path in ('', '/defaults'):
            self.check(self.at(f'/os-quota-sets/demo{path}', 'quota_set'),
                       *self.with_id(self.OF_PROJECT))
        self.check(self.at('/os-quota-sets/demo?user_id=fred', 'quota_set', api=self.admin),
                   *self.with_id(self.OF_PROJECT))

    def test_quotas_in_detail(self):
        ask = self.at('/os-quota-sets/demo/detail', 'quota_set')
        self.check(ask, *self.with_id(self.OF_PROJECT))
        for name, value in ask(1).items():
            if name != 'id':
                self.assertEqual({'limit', 'in_use', 'reserved'}, set(value), name)

    def test_quotas_when_changed(self):
        self.check(self.after(
            'PUT', '/os-quota-sets/demo', lambda _minor: {'quota_set': {'cores': 21}},
            'quota_set'), *self.OF_PROJECT)

    def test_classes(self):
        path = '/os-quota-class-sets/default'
        self.check(self.at(path, 'quota_class_set', api=self.admin), *self.with_id(self.OF_CLASS))
        self.check(self.after('PUT', path, lambda _minor: {'quota_class_set': {'cores': 21}},
                              'quota_class_set'), *self.OF_CLASS)

    def test_what_the_network_limits_has_no_limit_here(self):
        quotas = self.at('/os-quota-sets/demo', 'quota_set')(35)
        self.assertEqual({-1}, {quotas[name] for name in self.NETWORKS.split()})


class ServerGroupsTest(FieldsCase):

    GROUP = ((1, 'id name policies members metadata', ''), (13, 'project_id user_id', ''),
             (64, 'policy rules', 'policies metadata'))

    @staticmethod
    def body(minor):
        policy = {'policies': ['affinity']} if minor < 64 else {'policy': 'affinity'}
        return {'server_group': {'name': 'together', **policy}}

    def setUp(self):
        super().setUp()
        self.override('quota', server_groups=-1)
        made = self.api.post('/os-server-groups', self.body(1))
        self.path = f'/os-server-groups/{made.json["server_group"]["id"]}'

    def test_each_way(self):
        self.check(self.at('/os-server-groups', 'server_groups', 0), *self.GROUP)
        self.check(self.at(self.path, 'server_group'), *self.GROUP)
        self.check(self.after('POST', '/os-server-groups', self.body, 'server_group'), *self.GROUP)


class HostsTest(FieldsCase):
    """Aggregates and availability zones."""

    MADE = 'id name availability_zone created_at updated_at deleted deleted_at'
    AGGREGATE = ((1, f'{MADE} hosts metadata', ''), (41, 'uuid', ''))

    def setUp(self):
        super().setUp()
        records.compute_host(records.caller(is_admin=True))
        made = self.admin.post('/os-aggregates', {'aggregate': {'name': 'rack'}})
        self.path = f'/os-aggregates/{made.json["aggregate"]["id"]}'

    def test_aggregates(self):
        self.check(self.at('/os-aggregates', 'aggregates', 0, api=self.admin), *self.AGGREGATE)
        self.check(self.at(self.path, 'aggregate', api=self.admin), *self.AGGREGATE)
        self.check(self.after('POST', '/os-aggregates',
                              lambda minor: {'aggregate': {'name': f'a{minor}'}}, 'aggregate'),
                   (1, self.MADE, ''), (41, 'uuid', ''))
        self.check(self.after('PUT', self.path,
                              lambda minor: {'aggregate': {'name': f'rack {minor}'}}, 'aggregate'),
                   *self.AGGREGATE)

    def test_actions_of_aggregates(self):
        for minor in (1, 40, 41, NEWEST):
            for body in ({'add_host': {'host': 'cmp1'}},
                         {'set_metadata': {'metadata': {'fast': str(minor)}}},
                         {'remove_host': {'host': 'cmp1'}}):
                shown = self.after('POST', f'{self.path}/action', lambda _minor, body=body: body,
                                   'aggregate')(minor)
                uuid = ['uuid'] if minor >= 41 else []
                self.assertEqual(sorted([*self.MADE.split(), 'hosts', 'metadata', *uuid]),
                                 sorted(shown))

    def test_zones(self):
        zone = (1, 'zoneName zoneState hosts', '')
        self.check(self.at('/os-availability-zone', 'availabilityZoneInfo', 0), zone)
        detail = '/os-availability-zone/detail', 'availabilityZoneInfo', 0
        self.check(self.at(*detail, api=self.admin), zone)
        self.check(self.at(*detail, 'hosts', 'cmp1', 'nova-compute', api=self.admin),
                   (1, 'active available updated_at', ''))


class UsageTest(FieldsCase):

    PROJECT = ('tenant_id start stop total_hours total_local_gb_usage total_memory_mb_usage '
               'total_vcpus_usage')
    SERVER = ('instance_id name tenant_id flavor hours memory_mb local_gb vcpus started_at '
              'ended_at state uptime')
    QUERY = 'start=2030-01-31T00:00:00&end=2030-01-31T12:00:00'

    def setUp(self):
        super().setUp()
        self.useFixture(time_fixture.TimeFixture(NOW))
        records.compute_host(records.caller(is_admin=True))
        row = records.active_server(self.context)
        servers = store('instances').instances
        with engine.writer() as connection:
            connection.execute(servers.update().where(
                servers.c.uuid == row['uuid']).values(launched_at=NOW - AGO))

    def test_of_all_projects(self):
        path = f'/os-simple-tenant-usage?{self.QUERY}'
        self.check(self.at(path, 'tenant_usages', 0, api=self.admin), (1, self.PROJECT, ''))
        detailed = f'{path}&detailed=1', 'tenant_usages', 0
        self.check(self.at(*detailed, api=self.admin),
                   (1, f'{self.PROJECT} server_usages', ''))
        self.check(self.at(*detailed, 'server_usages', 0, api=self.admin), (1, self.SERVER, ''))
        self.check(self.at(f'{path}&limit=1', api=self.admin),
                   (1, 'tenant_usages', ''), (40, 'tenant_usages_links', ''))

    def test_of_a_project(self):
        path = f'/os-simple-tenant-usage/demo?{self.QUERY}'
        self.check(self.at(path, 'tenant_usage'), (1, f'{self.PROJECT} server_usages', ''))
        self.check(self.at(path, 'tenant_usage', 'server_usages', 0), (1, self.SERVER, ''))
        self.check(self.at(f'{path}&limit=1'),
                   (1, 'tenant_usage', ''), (40, 'tenant_usage_links', ''))

    def test_audits(self):
        log = (1, 'period_beginning period_ending num_hosts num_hosts_done num_hosts_running '
                  'num_hosts_not_run hosts_not_run total_instances total_errors overall_status '
                  'log', '')
        path = '/os-instance_usage_audit_log'
        self.check(self.at(path, 'instance_usage_audit_logs', api=self.admin), log)
        self.check(self.at(f'{path}/2030-01-31 11:00:00', 'instance_usage_audit_log',
                           api=self.admin), log)
