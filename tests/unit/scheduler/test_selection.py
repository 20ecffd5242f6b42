# SPDX-License-Identifier: Apache-2.0
"""Selections against a real database, from the request to the claim."""

import datetime

from oslo_utils import uuidutils

from nova_lite import exception, objects
from nova_lite.db import engine
from nova_lite.db.models import operation as operation_models
from nova_lite.db.stores import candidates, decisions, inventories
from nova_lite.objects import base as objects_base
from nova_lite.scheduler import claim, selection
from nova_lite.scheduler.drivers import filter_scheduler
from tests import base
from tests.fixtures import database, records

operations = operation_models.Operation.__table__

LONG_AGO = datetime.datetime(2000, 1, 1)


class SelectionCase(base.TestCase):
    """A cloud of hosts with 8192 MB, 16 CPUs and 100 GB each, and an operation that asks."""

    def setUp(self):
        super().setUp()
        self.database = self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        self.selector = selection.Selector()
        self.incarnation = records.controller(self.context)
        self.lease = self.operation()

    def hosts(self, *names):
        for name in names:
            records.compute_host(self.context, name)

    def operation(self):
        _rows, number = records.servers(self.context)
        work = objects.Work.take(self.context, number, self.incarnation, None)
        return claim.Lease(number, work.operation.lease)

    def spec(self, **changes):
        sizes = {name: changes.pop(name) for name in ('memory_mb', 'vcpus', 'root_gb')
                 if name in changes}
        return objects.RequestSpec(
            self.context, **{'project_id': 'demo', 'flavor': records.flavor(**sizes), **changes})

    def select(self, *consumers, exclude=(), release_first=False, lease=None, **changes):
        return self.selector.select(
            self.context, self.spec(**changes), lease or self.lease,
            list(consumers) or [uuidutils.generate_uuid()], exclude=exclude,
            release_first=release_first)

    def used(self):
        """Answer what is used by host and class."""
        with engine.reader(self.context) as connection:
            query = inventories.nodes.select()
            names = {row.id: row.host for row in connection.execute(query)}
        return {names[node_id]: {name: row['used'] for name, row in classes.items()}
                for node_id, classes in inventories.of_nodes(self.context, list(names)).items()}

    def set_service(self, host, **changes):
        services = objects_base.store('services')
        row = services.get_by_host(self.context, host, 'nova-lite-compute')
        services.update(self.context, row['id'], changes)

    def refusal(self, *args, **kwargs):
        return str(self.assertRaises(exception.NoValidHost, self.select, *args, **kwargs))


class Overtaken(filter_scheduler.FilterScheduler):
    """The built-in driver, but somebody else acts while it decides for the first time."""

    def __init__(self, context, act=None):
        super().__init__()
        self._act = act or (lambda: inventories.claim(
            context, [inventories.Claim('b' * 36, 1, {'MEMORY_MB': 8192})]))

    def ranking_of(self, request, hosts):
        act, self._act = self._act, lambda: None
        ranked = super().ranking_of(request, hosts)
        act()
        return ranked


class OneServerTest(SelectionCase):

    def test_server_goes_to_the_only_host_and_its_room_is_claimed(self):
        self.hosts('cmp1')
        (chosen,) = self.select(memory_mb=512, vcpus=2, root_gb=10)
        self.assertEqual(('cmp1', 'cmp1', []), (chosen.host, chosen.node, chosen.alternates))
        self.assertEqual({'cmp1': {'VCPU': 2, 'MEMORY_MB': 512, 'DISK_GB': 10}}, self.used())

    def test_server_goes_to_the_host_with_most_room(self):
        self.hosts('cmp1', 'cmp2')
        (first,) = self.select(memory_mb=512)
        (second,) = self.select(memory_mb=512)
        self.assertEqual({'cmp1', 'cmp2'}, {first.host, second.host})

    def test_server_goes_to_a_host_that_is_not_busy_rather(self):
        self.hosts('cmp1', 'cmp2')
        busy_with = self.operation().operation_id
        for busy, idle in (('cmp1', 'cmp2'), ('cmp2', 'cmp1')):
            with engine.writer(self.context) as connection:
                connection.execute(operations.update().where(
                    operations.c.id == busy_with).values(host=busy))
                connection.execute(candidates.servers.update().values(host=busy, node=busy))
            consumer = uuidutils.generate_uuid()
            (chosen,) = self.select(consumer)
            self.assertEqual(idle, chosen.host)
            inventories.release(self.context, consumer)

    def test_next_best_hosts_are_alternates_one_less_than_attempts(self):
        self.hosts('cmp1', 'cmp2', 'cmp3', 'cmp4')
        (chosen,) = self.select()
        self.assertEqual(('cmp1', [['cmp2', 'cmp2'], ['cmp3', 'cmp3']]),
                         (chosen.host, chosen.alternates))

    def test_one_server_takes_six_statements(self):
        self.hosts('cmp1', 'cmp2', 'cmp3')
        self.select()
        with self.database.statements() as sent:
            self.select()
        self.assertEqual(
            ['SELECT compute_nodes', 'UPDATE operations', 'INSERT INTO',
             'UPDATE inventories', 'SELECT compute_nodes', 'INSERT INTO'],
            [' '.join(text.split('.')[0].split()[:2]) for text in sent])

    def test_decision_is_recorded_with_its_alternates_and_why_it_was_made(self):
        self.hosts('cmp1', 'cmp2')
        self.select('a' * 36)
        (row,) = decisions.of_operation(self.context, self.lease.operation_id)
        self.assertEqual([{'consumer': 'a' * 36, 'host': 'cmp1', 'node': 'cmp1',
                           'alternates': [['cmp2', 'cmp2']], 'why': {
                               'next': ['cmp2', 'cmp2'], 'weight': 0.0, 'next_weight': 0.0,
                               'shares': {}}}], row['selections'])
        self.assertEqual((2, 64, 1), (
            row['considered'], row['request']['amounts']['MEMORY_MB'], row['request']['count']))
        self.assertEqual({}, row['causes'])

    def test_decision_counts_the_hosts_that_did_not_pass(self):
        self.hosts('cmp1', 'cmp2')
        self.override('filter_scheduler', enabled_filters=['JsonFilter'])
        self.selector = selection.Selector()
        self.select(scheduler_hints={'query': ['["=", "$host", "cmp2"]']})
        (row,) = decisions.of_operation(self.context, self.lease.operation_id)
        self.assertEqual((2, {'json_query': 1}), (row['considered'], row['causes']))

    def test_operation_that_lost_its_lease_claims_nothing(self):
        self.hosts('cmp1')
        stale = claim.Lease(self.lease.operation_id, self.lease.number - 1)
        self.assertRaises(exception.LeaseLost, self.select, lease=stale)
        self.assertEqual({'VCPU': 0, 'MEMORY_MB': 0, 'DISK_GB': 0}, self.used()['cmp1'])
        self.assertEqual([], decisions.of_operation(self.context, self.lease.operation_id))

    def test_host_that_fills_up_between_choice_and_claim_is_given_up(self):
        self.hosts('cmp1', 'cmp2')
        self.selector.driver = Overtaken(self.context)
        self.assertEqual('cmp2', self.select(memory_mb=512)[0].host)
        self.assertEqual({'cmp1': 8192, 'cmp2': 512},
                         {name: host['MEMORY_MB'] for name, host in self.used().items()})

    def test_host_that_is_disabled_between_choice_and_claim_is_given_up(self):
        self.hosts('cmp1', 'cmp2')
        self.selector.driver = Overtaken(
            self.context, lambda: self.set_service('cmp1', disabled=True))
        self.assertEqual('cmp2', self.select(memory_mb=512)[0].host)
        self.assertEqual(0, self.used()['cmp1']['MEMORY_MB'])


class RepeatedTest(SelectionCase):

    def test_repeated_call_answers_the_first_claim(self):
        self.hosts('cmp1', 'cmp2')
        first = self.select('a' * 36)
        again = self.select('a' * 36)
        self.assertEqual(first[0].host, again[0].host)
        self.assertEqual(64, sum(host['MEMORY_MB'] for host in self.used().values()))

    def test_repeated_call_answers_the_first_claim_when_the_cloud_is_full_since(self):
        self.hosts('cmp1')
        self.select('a' * 36, memory_mb=8192)
        self.assertEqual('cmp1', self.select('a' * 36, memory_mb=8192)[0].host)

    def test_repeated_call_for_several_claims_what_is_still_missing(self):
        self.hosts('cmp1')
        self.select('a' * 36)
        answers = self.select('a' * 36, 'b' * 36)
        self.assertEqual(['cmp1', 'cmp1'], [one.host for one in answers])
        self.assertEqual(128, self.used()['cmp1']['MEMORY_MB'])

    def test_retry_moves_the_claim_from_the_host_that_failed(self):
        self.hosts('cmp1', 'cmp2')
        self.select('a' * 36, memory_mb=512)
        (chosen,) = self.select('a' * 36, memory_mb=512, exclude=[['cmp1', 'cmp1']],
                                release_first=True)
        self.assertEqual('cmp2', chosen.host)
        self.assertEqual([0, 512], [self.used()[name]['MEMORY_MB'] for name in ('cmp1', 'cmp2')])

    def test_repeated_retry_answers_the_claim_that_the_first_retry_made(self):
        self.hosts('cmp1', 'cmp2', 'cmp3')
        self.select('a' * 36)
        retry = {'exclude': [['cmp1', 'cmp1']], 'release_first': True}
        self.assertEqual(self.select('a' * 36, **retry)[0].host,
                         self.select('a' * 36, **retry)[0].host)
        self.assertEqual(64, sum(host['MEMORY_MB'] for host in self.used().values()))

    def test_retry_that_finds_no_host_keeps_the_old_claim_for_its_owner_to_release(self):
        self.hosts('cmp1')
        self.select('a' * 36, memory_mb=512)
        message = self.refusal('a' * 36, memory_mb=512, exclude=[['cmp1', 'cmp1']],
                               release_first=True)
        self.assertIn('1 was tried before', message)
        self.assertEqual(512, self.used()['cmp1']['MEMORY_MB'])


class SeveralServersTest(SelectionCase):

    def test_servers_of_one_request_are_spread_by_what_each_of_them_takes(self):
        self.hosts('cmp1', 'cmp2')
        chosen = self.select(*(f'{number:036d}' for number in range(4)), memory_mb=512)
        self.assertEqual(['cmp1', 'cmp2', 'cmp1', 'cmp2'], [one.host for one in chosen])

    def test_statements_grow_with_the_nodes_and_not_with_the_servers(self):
        self.hosts('cmp1', 'cmp2')
        with self.database.statements() as sent:
            self.select(*(f'{number:036d}' for number in range(20)))
        self.assertEqual(5 + 2, len(sent), sent)

    def test_all_or_none_of_several_servers_find_room(self):
        self.hosts('cmp1', 'cmp2')
        message = self.refusal(*(f'{number:036d}' for number in range(5)), memory_mb=4096)
        self.assertIn('Only 4 of 5 servers find room; for the next: Of 2 hosts, '
                      '2 have too little memory (4096 MB needed, at most 0 MB free)', message)
        self.assertEqual(0, sum(host['MEMORY_MB'] for host in self.used().values()))


class WhereToTest(SelectionCase):

    def test_zone_of_the_request_is_kept(self):
        self.hosts('cmp1', 'cmp2')
        self.set_service('cmp2', availability_zone='east')
        self.assertEqual('cmp2', self.select(availability_zone='east')[0].host)
        self.assertEqual('cmp1', self.select(availability_zone='nova')[0].host)

    def test_zone_is_no_condition_while_its_filter_is_off(self):
        self.override('filter_scheduler', enabled_filters=[])
        self.selector = selection.Selector()
        self.hosts('cmp1')
        self.assertEqual('cmp1', self.select(availability_zone='east')[0].host)

    def test_requested_host_is_taken_if_it_passes(self):
        self.hosts('cmp1', 'cmp2')
        wanted = objects.Destination(self.context, host='cmp2', node=None)
        self.assertEqual('cmp2', self.select(requested_destination=wanted)[0].host)
        self.assertIn('outside availability zone east', self.refusal(
            requested_destination=wanted, availability_zone='east'))

    def test_forced_host_passes_by_the_filters_but_not_by_the_claim(self):
        self.hosts('cmp1', 'cmp2')
        self.assertEqual('cmp2', self.select(
            force_hosts=['cmp2'], availability_zone='east', memory_mb=8192)[0].host)
        self.assertIn('too little memory', self.refusal(force_hosts=['cmp2']))

    def test_host_of_an_unknown_name_is_named_in_the_refusal(self):
        self.hosts('cmp1')
        self.assertEqual('No valid host was found. There is no host cmp9.',
                         self.refusal(force_hosts=['cmp9']))

    def test_disabled_forced_down_and_silent_hosts_are_left_out_and_told_apart(self):
        self.hosts('cmp1', 'cmp2', 'cmp3')
        self.set_service('cmp1', disabled=True)
        self.set_service('cmp2', forced_down=True)
        self.assertEqual('cmp3', self.select()[0].host)
        self.set_service('cmp3', disabled=True)
        message = self.refusal()
        self.assertIn('Of 3 hosts, 2 are disabled, 1 is forced down.', message)

    def test_silent_host_is_given_time_after_an_outage(self):
        self.hosts('cmp1')
        self.set_service('cmp1', last_seen_at=LONG_AGO)
        self.selector = selection.Selector(patience=lambda: 12.3)
        error = self.assertRaises(exception.HostsNotHeardOf, self.select)
        self.assertIn('1 of 1 host(s)', str(error))
        self.assertIn('13 s more', str(error))
        self.assertEqual([], decisions.of_operation(self.context, self.lease.operation_id))
        self.selector = selection.Selector(patience=lambda: 0)
        self.assertIn('1 is down', self.refusal())

    def test_hints_keep_servers_together_and_apart(self):
        self.hosts('cmp1', 'cmp2')
        other = records.active_server(self.context, host='cmp1')['uuid']
        lease = self.operation()
        self.assertEqual('cmp1', self.select(
            lease=lease, scheduler_hints={'same_host': [other]})[0].host)
        self.assertEqual('cmp2', self.select(
            lease=lease, scheduler_hints={'different_host': [other]})[0].host)

    def test_image_goes_to_a_host_that_runs_its_architecture(self):
        self.hosts('cmp1')
        image = records.image(properties={'hw_architecture': 'aarch64'})
        self.assertIn('1 can not run guests with architecture aarch64', self.refusal(image=image))


class RefusalTest(SelectionCase):

    def test_refusal_says_how_near_the_nearest_host_came(self):
        self.hosts('cmp1', 'cmp2')
        self.select(memory_mb=3000)
        message = self.refusal(memory_mb=9000, root_gb=200)
        self.assertEqual(
            'No valid host was found. Of 2 hosts, 2 have too little memory (9000 MB needed, '
            'at most 8192 MB free), 2 have too little disk (200 GB needed, at most 100 GB free).',
            message)

    def test_refusal_is_recorded_with_names_and_counts(self):
        self.hosts('cmp1')
        self.refusal(memory_mb=9000)
        (row,) = decisions.of_operation(self.context, self.lease.operation_id)
        self.assertIn('at most 8192 MB free on cmp1', row['message'])
        self.assertEqual(
            ({'memory': {'hosts': 1, 'needed': 9000, 'nearest': 8192, 'nearest_host': 'cmp1'}},
             []), (row['causes'], row['selections']))

    def test_refusal_takes_one_query_to_explain_itself(self):
        self.hosts('cmp1', 'cmp2')
        with self.database.statements() as sent:
            self.refusal(memory_mb=9000)
        reads = [text for text in sent if 'AS room_0' in text]
        self.assertEqual((2, 4), (len(reads), len(sent)))

    def test_empty_cloud_says_that_there_is_no_host(self):
        self.assertEqual('No valid host was found. There is no host yet.', self.refusal())

    def test_one_guest_never_gets_more_cpus_than_the_host_has(self):
        self.hosts('cmp1')
        node = next(iter(self.used()))
        inventories.report(self.context, 1, {
            'VCPU': {'total': 16, 'allocation_ratio': 4.0}, 'MEMORY_MB': {'total': 8192},
            'DISK_GB': {'total': 100}})
        self.assertIn('17 needed, at most 16 free', self.refusal(vcpus=17))
        self.assertEqual(node, self.select(vcpus=16)[0].host)
        self.assertEqual(node, self.select(vcpus=16)[0].host)


class LimitTest(SelectionCase):

    def test_limit_takes_the_hosts_with_the_most_room(self):
        self.override('scheduler', max_placement_results=1)
        self.hosts('cmp1', 'cmp2', 'cmp3')
        self.select(memory_mb=512, force_hosts=['cmp1'])
        self.select(memory_mb=512, force_hosts=['cmp2'])
        self.assertEqual('cmp3', self.select(memory_mb=512)[0].host)

    def test_limit_never_makes_a_refusal(self):
        self.override('scheduler', max_placement_results=1)
        self.hosts('cmp1', 'cmp2')
        other = records.active_server(self.context, host='cmp1')['uuid']
        lease = self.operation()
        for _ in range(3):
            self.select(lease=lease, memory_mb=512, force_hosts=['cmp2'])
        chosen = self.select(lease=lease, scheduler_hints={'different_host': [other]})
        self.assertEqual('cmp2', chosen[0].host)

    def test_packing_clouds_are_limited_to_the_fullest(self):
        self.override('scheduler', max_placement_results=1)
        self.override('filter_scheduler', ram_weight_multiplier=-1.0)
        self.hosts('cmp1', 'cmp2')
        self.select(memory_mb=512, force_hosts=['cmp2'])
        self.assertEqual('cmp2', self.select(memory_mb=512)[0].host)
