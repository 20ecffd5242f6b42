# SPDX-License-Identifier: Apache-2.0
"""Tests of the API of what projects have used: sums, servers, times, pages, who may see what."""

import datetime

from oslo_utils import fixture as time_fixture

from nova_lite.db import engine
from nova_lite.objects.base import store
from nova_lite.states import vm
from tests.fixtures import records
from tests.unit.api.openstack import case

NOW = datetime.datetime(2030, 1, 31, 12)
PERIOD = 'start=2030-01-31T00:00:00&end=2030-01-31T10:00:00'
PROJECT = {'tenant_id', 'start', 'stop', 'total_hours', 'total_local_gb_usage',
           'total_memory_mb_usage', 'total_vcpus_usage'}
SERVER = {'instance_id', 'name', 'tenant_id', 'flavor', 'hours', 'memory_mb', 'local_gb', 'vcpus',
          'started_at', 'ended_at', 'state', 'uptime'}


def at(hour, minute=0, second=0):
    return datetime.datetime(2030, 1, 31, hour, minute, second)


class UsageTestCase(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        self.clock = self.useFixture(time_fixture.TimeFixture(NOW))
        records.compute_host(records.caller(is_admin=True))

    def ran(self, first, last=None, *, context=None, **flavor):
        """Record a server that ran from one time to another."""
        context = context or self.context
        row = records.active_server(context, flavor=records.flavor(**flavor))
        gone = {} if last is None else {
            'terminated_at': last, 'deleted_at': last, 'deleted': True, 'vm_state': vm.DELETED}
        servers = store('instances').instances
        with engine.writer() as connection:
            connection.execute(servers.update().where(servers.c.uuid == row['uuid']).values(
                launched_at=first, **gone))
        return row['uuid']

    def list(self, query=PERIOD, version='2.39'):
        return self.admin.get(f'/os-simple-tenant-usage?{query}', version=version).json[
            'tenant_usages']

    def show(self, query=PERIOD, version='2.39', project='demo', api=None):
        return (api or self.api).get(
            f'/os-simple-tenant-usage/{project}?{query}', version=version).json['tenant_usage']


class SumTest(UsageTestCase):

    def test_hours_are_those_within_the_period_with_their_fraction(self):
        self.ran(at(9, 20), vcpus=2, memory_mb=512, root_gb=10, ephemeral_gb=5)
        self.ran(at(1), at(1, 0, 36), vcpus=1, memory_mb=64, root_gb=1)
        (shown,) = self.list()
        hours = 40 / 60, 36 / 3600
        self.assertAlmostEqual(sum(hours), shown['total_hours'], 12)
        self.assertAlmostEqual(2 * hours[0] + hours[1], shown['total_vcpus_usage'], 12)
        self.assertAlmostEqual(
            512 * hours[0] + 64 * hours[1], shown['total_memory_mb_usage'], 9)
        self.assertAlmostEqual(15 * hours[0] + hours[1], shown['total_local_gb_usage'], 12)
        self.assertEqual(('2030-01-31T00:00:00.000000', '2030-01-31T10:00:00.000000'),
                         (shown['start'], shown['stop']))

    def test_servers_of_other_times_do_not_count(self):
        self.ran(at(10))
        self.ran(datetime.datetime(2030, 1, 1), at(0))
        records.servers(self.context)
        self.assertEqual([], self.list())
        self.assertEqual({}, self.show())

    def test_server_that_was_there_all_the_time_counts_whole(self):
        self.ran(datetime.datetime(2029, 1, 1), at(11))
        self.ran(datetime.datetime(2029, 1, 1))
        self.assertEqual(20.0, self.list()[0]['total_hours'])

    def test_projects_are_told_apart(self):
        self.ran(at(8))
        self.ran(at(9), context=records.caller('eve', 'other'))
        self.assertEqual({'demo': 2.0, 'other': 1.0}, {
            one['tenant_id']: one['total_hours'] for one in self.list()})
        self.assertEqual(1.0, self.show(project='other', api=self.stranger)['total_hours'])

    def test_servers_are_listed_if_wanted(self):
        uuid = self.ran(at(9))
        gone = self.ran(at(1), at(3), name='gone')
        self.assertNotIn('server_usages', self.list(f'{PERIOD}&detailed=0')[0])
        (shown,) = self.list(f'{PERIOD}&detailed=1')
        self.assertEqual(shown, self.show())
        first, second = shown['server_usages']
        self.assertEqual(SERVER, set(first))
        self.assertEqual(
            {'instance_id': uuid, 'name': 'web', 'tenant_id': 'demo', 'flavor': 'm1.small',
             'hours': 1.0, 'memory_mb': 64, 'local_gb': 1, 'vcpus': 1, 'state': vm.ACTIVE,
             'started_at': '2030-01-31T09:00:00.000000', 'ended_at': None, 'uptime': 10800}, first)
        self.assertEqual(
            (gone, 'terminated', '2030-01-31T03:00:00.000000', 7200),
            tuple(second[name] for name in ('instance_id', 'state', 'ended_at', 'uptime')))

    def test_one_statement_reads_all_servers(self):
        for hour in (1, 2, 3):
            self.ran(at(hour))
        for query in (PERIOD, f'{PERIOD}&detailed=1'):
            with self.database.statements() as sent:
                self.list(query)
            self.assertEqual(1, len(sent))


class QueryTest(UsageTestCase):

    def test_an_end_that_is_not_named_is_now(self):
        self.ran(at(10))
        shown = self.show('start=2030-01-31T11:30:00')
        self.assertEqual(('2030-01-31T12:00:00.000000', 0.5), (
            shown['stop'], shown['total_hours']))
        self.assertEqual(0.0, self.list('')[0]['total_hours'])

    def test_times_have_three_forms(self):
        self.ran(at(10))
        for text in ('2030-01-31T11:30:00', '2030-01-31T11:30:00.000', '2030-01-31 11:30:00.0'):
            self.assertEqual(0.5, self.show(f'start={text}')['total_hours'], text)

    def test_times_that_can_not_be_meant_are_refused(self):
        for query in ('start=yesterday', 'end=2030-13-01T00:00:00', 'start=2030-01-31',
                      'start=2030-01-31T10:00:00&end=2030-01-31T10:00:00',
                      'start=2030-02-01T00:00:00', 'end=2029-01-01T00:00:00'):
            for ask in (self.list, self.show):
                with self.subTest(query=query), self.api.refused(400):
                    ask(query)

    def test_unknown_parameters_are_refused_since_2_75(self):
        self.list(f'{PERIOD}&colour=red', '2.74')
        self.show(f'{PERIOD}&detailed=1', '2.74')
        for ask, query in ((self.list, 'colour=red'), (self.show, 'detailed=1')):
            with self.api.refused(400):
                ask(f'{PERIOD}&{query}', '2.75')

    def test_fields_of_each_version(self):
        self.ran(at(9))
        for minor in range(1, 105):
            version = f'2.{minor}'
            self.assertEqual(PROJECT, set(self.list(version=version)[0]))
            self.assertEqual(PROJECT | {'server_usages'}, set(self.show(version=version)))


class PageTest(UsageTestCase):

    def setUp(self):
        super().setUp()
        for hour in (7, 8, 9):
            self.ran(at(hour))
        self.ran(at(6), context=records.caller('eve', 'other'))

    def pages(self, path, key):
        """Follow the links; answer what stands under a key on each page."""
        path, found = f'{path}?{PERIOD}&limit=2', []
        while path:
            answer = self.admin.get(path, version='2.40').json
            found.append(answer[key])
            links = answer.get(f'{key}_links')
            path = links and links[0]['href'].partition('localhost')[2]
        return found

    def test_sums_of_pages_add_up_to_the_whole(self):
        pages = self.pages('/os-simple-tenant-usage', 'tenant_usages')
        self.assertEqual([[('demo', 5.0)], [('demo', 1.0), ('other', 4.0)], []], [
            [(one['tenant_id'], one['total_hours']) for one in page] for page in pages])
        pages = self.pages('/os-simple-tenant-usage/demo', 'tenant_usage')
        self.assertEqual([5.0, 1.0], [page['total_hours'] for page in pages])

    def test_there_are_no_pages_before_2_40(self):
        self.assertEqual(6.0, self.show(f'{PERIOD}&limit=1')['total_hours'])

    def test_marker_has_to_be_in_the_list(self):
        for marker in ('x', '99999999-9999-4999-8999-999999999999'):
            with self.admin.refused(400):
                self.list(f'{PERIOD}&marker={marker}', '2.40')


class PolicyTest(UsageTestCase):

    def test_list_is_for_admins(self):
        self.assertEqual(403, self.api.send('GET', '/os-simple-tenant-usage').status)

    def test_readers_see_their_own_project_and_admins_every_one(self):
        self.ran(at(9))
        self.give_roles('reader')
        self.assertEqual(1.0, self.show()['total_hours'])
        self.assertEqual(1.0, self.show(api=self.admin)['total_hours'])
        answer = self.stranger.send('GET', f'/os-simple-tenant-usage/demo?{PERIOD}')
        self.assertEqual((403, 'forbidden'), (answer.status, answer.fault))
