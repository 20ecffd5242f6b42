# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/api/openstack/compute/server_filters.py: what each parameter of a list finds.

Who may use which is in test_servers.py; which parameters a version knows is in
schemas/test_server_queries.py.
"""

import datetime
import urllib.parse

from nova_lite.api.openstack import microversions
from nova_lite.api.openstack.compute.schemas import server_queries
from nova_lite.db import engine
from nova_lite.db.models import instance as models
from nova_lite.db.models import network as network_models
from nova_lite.states import vm
from tests.fixtures import records
from tests.unit.api.openstack import case

instances = models.Instance.__table__
addresses = network_models.FixedIp.__table__
MOMENT = datetime.datetime(2026, 1, 2, 3, 4, 5, 600_000)


class FiltersTestCase(case.ApiTestCase):

    def server(self, name, **columns):
        """Record a server with these columns; answer its row."""
        row = self.make_server(name=name)
        if columns:
            with engine.writer(None) as connection:
                connection.execute(instances.update().where(
                    instances.c.uuid == row['uuid']).values(**columns))
        return row

    def found(self, version='2.104', client=None, **query):
        """Answer the names of the servers that a query finds, in its order."""
        text = urllib.parse.urlencode(
            [(name.replace('_since', '-since').replace('_before', '-before'), value)
             for name, value in query.items()], doseq=True)
        answer = (client or self.admin).get(f'/servers?{text}', version=version)
        return [server['name'] for server in answer.json['servers']]

    def refused(self, version='2.104', **query):
        """Answer what a query is refused with."""
        with self.admin.refused(400) as refused:
            self.found(version, **query)
        self.assertEqual('badRequest', refused[0].fault)
        return refused[0].message


class ValueTest(FiltersTestCase):

    def test_each_column_is_compared_with_what_is_asked_for(self):
        columns = {
            'host': 'cmp1', 'node': 'node1', 'task_state': 'spawning', 'power_state': 4,
            'image_ref': 'cafe', 'flavor_id': 'big', 'user_id': 'eve', 'key_name': 'mine',
            'availability_zone': 'east', 'launch_index': 3, 'kernel_id': 'k', 'ramdisk_id': 'r',
            'root_device_name': '/dev/vdz', 'locked_by': 'owner', 'progress': 55,
            'access_ip_v4': '192.0.2.7', 'access_ip_v6': '2001:db8::7', 'hostname': 'host-7',
            'reservation_id': 'r-12345678'}
        row = self.server('one', **columns)
        self.server('other')
        self.assertEqual(['one'], self.found(uuid=row['uuid']))
        for name, value in columns.items():
            parameter = 'flavor' if name == 'flavor_id' else name
            self.assertEqual(['one'], self.found(**{parameter: value}), name)
            self.assertEqual([], self.found(**{parameter: '99'}), name)

    def test_states_may_be_written_in_capitals(self):
        self.server('one', vm_state=vm.STOPPED, task_state='deleting')
        self.server('other')
        self.assertEqual(['one'], self.found(vm_state='STOPPED'))
        self.assertEqual(['one'], self.found(task_state='DELETING'))

    def test_disk_config_is_asked_for_by_its_words(self):
        self.server('auto', auto_disk_config=True)
        self.server('manual', auto_disk_config=False)
        for value in ('AUTO', 'true', '1'):
            self.assertEqual(['auto'], self.found(auto_disk_config=value), value)
        for value in ('MANUAL', 'False', 'off'):
            self.assertEqual(['manual'], self.found(auto_disk_config=value), value)
        self.refused(auto_disk_config='sometimes')

    def test_words_for_yes_and_no_are_taken_in_any_case(self):
        self.server('locked', locked=True, config_drive=True)
        self.server('free')
        for value in ('1', 't', 'tRuE', 'on', 'y', 'YES'):
            self.assertEqual(['locked'], self.found(locked=value), value)
            self.assertEqual(['locked'], self.found(config_drive=value), value)
            self.found(all_tenants=value)
        for value in ('0', 'f', 'FALSE', 'Off', 'n', 'no'):
            self.assertEqual(['free'], self.found(locked=value), value)
        self.refused(locked='perhaps')
        self.refused(locked='')
        self.refused(all_tenants='perhaps')

    def test_last_of_several_values_counts_and_statuses_add_up(self):
        self.server('stopped', vm_state=vm.STOPPED, host='cmp1')
        self.server('error', vm_state=vm.ERROR, host='cmp2')
        self.server('active', vm_state=vm.ACTIVE, host='cmp2')
        self.assertEqual(['stopped'], self.found(host=['cmp2', 'cmp1']))
        self.assertEqual(['error', 'stopped'], self.found(status=['SHUTOFF', 'ERROR']))

    def test_status_of_work_that_no_server_is_at_finds_nothing(self):
        self.server('one', vm_state=vm.ACTIVE)
        for status in ('REBOOT', 'HARD_REBOOT', 'RESIZE', 'REVERT_RESIZE', 'MIGRATING',
                       'PASSWORD', 'rebuild'):
            self.assertEqual([], self.found(status=status), status)
        self.assertEqual(['one'], self.found(status=['REBOOT', 'active']))


class MomentTest(FiltersTestCase):

    def test_whole_second_finds_what_was_shown_with_it(self):
        for name in ('created_at', 'launched_at', 'terminated_at'):
            self.server(name, **{name: MOMENT})
            self.assertEqual([name], self.found(**{name: '2026-01-02T03:04:05Z'}), name)
            self.assertEqual([name], self.found(**{name: '2026-01-02T03:04:05.600000'}), name)
            self.assertEqual([name], self.found(**{name: '2026-01-02T05:04:05+02:00'}), name)
            self.assertEqual([], self.found(**{name: '2026-01-02T03:04:05.5'}), name)
            self.assertEqual([], self.found(**{name: '2026-01-02T03:04:06Z'}), name)
            self.refused(**{name: 'yesterday'})

    def test_changes_are_found_from_the_first_to_the_last_moment(self):
        self.server('one', updated_at=MOMENT)
        for since, before, names in (
                ('2026-01-02T03:04:05', '2026-01-02T03:04:05', ['one']),
                ('2026-01-02T03:04:05.7', '2026-01-02T03:04:06', []),
                ('2026-01-02T03:04:04', '2026-01-02T03:04:05.5', []),
                ('2026-01-02T03:04:04', '2026-01-03T00:00:00+09:00', ['one'])):
            self.assertEqual(names, self.found(changes_since=since, changes_before=before), since)

    def test_time_that_ends_before_it_begins_is_refused(self):
        self.assertIn('changes-since must be less than or equal', self.refused(
            changes_since='2026-01-02T00:00:00', changes_before='2026-01-01T00:00:00'))
        self.found('2.65', changes_since='2026-01-02T00:00:00',
                   changes_before='2026-01-01T00:00:00')


class DeletedTest(FiltersTestCase):

    def setUp(self):
        super().setUp()
        self.server('here')
        self.server('soft', vm_state=vm.SOFT_DELETED)
        self.server('gone', vm_state=vm.DELETED, deleted=True)

    def test_deleted_servers_are_found_alone_or_with_the_soft_deleted_ones(self):
        self.assertEqual(['gone'], self.found(deleted='True'))
        self.assertEqual(['gone'], self.found(deleted='yes', soft_deleted='no'))
        self.assertEqual(['gone', 'soft'], self.found(deleted='1', soft_deleted='1'))
        self.assertEqual(['soft', 'here'], self.found(soft_deleted='1'))

    def test_whatever_is_no_word_for_yes_is_a_no(self):
        for value in ('False', 'perhaps', '', '2'):
            self.assertEqual(['soft', 'here'], self.found(deleted=value), value)

    def test_state_alone_shows_no_deleted_server(self):
        for client in (self.api, self.admin):
            self.assertEqual([], self.found(vm_state='deleted', client=client))

    def test_nobody_but_admins_finds_them(self):
        self.assertEqual(['soft', 'here'], self.found(
            deleted='1', soft_deleted='1', client=self.api))


class OrderTest(FiltersTestCase):

    def setUp(self):
        super().setUp()
        for name, zone in (('a', 'x'), ('b', 'y'), ('c', 'x')):
            self.server(name, availability_zone=zone)

    def test_keys_and_directions_go_in_pairs(self):
        self.assertEqual(['c', 'b', 'a'], self.found())
        self.assertEqual(['a', 'b', 'c'], self.found(sort_dir='asc'))
        self.assertEqual(['c', 'a', 'b'], self.found(
            sort_key=['availability_zone', 'display_name'], sort_dir=['asc', 'desc']))
        self.assertEqual(['a', 'c', 'b'], self.found(
            sort_key=['availability_zone', 'display_name'], sort_dir='asc'))

    def test_more_directions_than_keys_are_refused(self):
        self.assertIn('sort directions', self.refused(sort_dir=['asc', 'desc']))
        self.refused(sort_key='uuid', sort_dir=['asc', 'asc'])

    def test_key_that_is_named_again_changes_nothing(self):
        self.assertEqual(['a', 'b', 'c'], self.found(
            sort_key=['display_name'] * 300, sort_dir=['asc'] + ['desc'] * 299))

    def test_what_is_no_key_or_direction_is_refused(self):
        for query in ({'sort_key': 'colour'}, {'sort_key': 'id'}, {'sort_dir': 'up'},
                      {'sort_key': ''}):
            for version in ('2.1', '2.75'):
                self.refused(version, **query)
        self.refused('2.72', sort_key='locked')
        self.found('2.73', sort_key='locked')


class PageTest(FiltersTestCase):

    def test_pages_follow_each_other_by_every_key(self):
        self.server('full', **dict.fromkeys((
            'access_ip_v4', 'access_ip_v6', 'availability_zone', 'display_description',
            'hostname', 'image_ref', 'kernel_id', 'key_name', 'locked_by', 'ramdisk_id',
            'root_device_name', 'host', 'node'), 'x'), launched_at=MOMENT, terminated_at=MOMENT,
            auto_disk_config=True, config_drive=True, progress=7, power_state=1)
        for name in ('empty', 'same'):
            self.server(name)
        schema = server_queries.QUERY.at(microversions.MAXIMUM).definition
        for key in schema['properties']['sort_key']['items']['enum']:
            for direction in ('asc', 'desc'):
                self.assertEqual(['empty', 'full', 'same'], sorted(self.pages(
                    f'/servers?limit=1&sort_key={key}&sort_dir={direction}')), key)

    def pages(self, path):
        """Yield the names of all pages."""
        while path:
            page = self.admin.get(path, version='2.104').json
            yield from (each['name'] for each in page['servers'])
            path = page.get('servers_links') and page['servers_links'][0]['href'].partition(
                'localhost')[2]

    def test_addresses_by_pattern_keep_to_pages(self):
        self.make_network()
        for number, address in enumerate(('10.0.0.3', '10.0.0.4', '10.0.0.33', '10.0.0.5')):
            self.hold(self.server(f'web{number}'), address)
        self.server('none')
        first = self.api.get('/servers?ip=10.0.0.3&sort_key=display_name&sort_dir=asc&limit=1')
        self.assertEqual(['web0'], [each['name'] for each in first.json['servers']])
        following = self.api.get(
            first.json['servers_links'][0]['href'].partition('localhost')[2]).json
        self.assertEqual(['web2'], [each['name'] for each in following['servers']])
        self.assertEqual(['web0'], self.found(ip='^10\\.0\\.0\\.3$'))
        self.assertEqual([], self.found(ip6='10.0'))

    @staticmethod
    def hold(row, address):
        with engine.writer(None) as connection:
            connection.execute(addresses.update().where(
                addresses.c.address == address).values(instance_uuid=row['uuid']))

    def test_page_follows_a_server_that_was_deleted_meanwhile(self):
        self.server('a')
        gone = self.server('b')
        self.server('c')
        with engine.writer(None) as connection:
            connection.execute(instances.update().where(
                instances.c.uuid == gone['uuid']).values(deleted=True))
        self.assertEqual(['a'], self.found(marker=gone['uuid'], client=self.api))
        with self.stranger.refused(400):
            self.found(marker=gone['uuid'], client=self.stranger)

    def test_limit_is_a_number_of_any_length(self):
        self.server('one')
        self.assertEqual(['one'], self.found(limit='9' * 100))
        for wrong in ('-1', 'all', '1.5', '', '٣', '9' * 101):
            self.refused(limit=wrong)

    def test_pattern_that_is_none_is_refused(self):
        for name in ('name', 'ip', 'ip6', 'description'):
            self.refused(**{name: '('})

    def test_statements_of_filters_do_not_grow_with_servers(self):
        query = {'tags': 'a,b', 'not_tags': 'c', 'ip': '10', 'name': 'w', 'limit': 5,
                 'status': ['ACTIVE', 'BUILD'], 'changes_since': '2020-01-01T00:00:00'}
        counts = []
        for _round in range(2):
            records.servers(self.context, min_count=3, max_count=3)
            with self.database.statements() as sent:
                self.found('2.74', **query)
            counts.append(len(sent))
        self.assertEqual(counts[0], counts[1])
