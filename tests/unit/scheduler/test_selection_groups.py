# SPDX-License-Identifier: Apache-2.0
"""Selections for members of server groups, from the request to the claim."""

from nova_lite import exception, objects
from nova_lite.db.stores import inventories
from nova_lite.scheduler import claim, selection
from nova_lite.scheduler.drivers import filter_scheduler
from tests import base
from tests.fixtures import database, placement, records

HOSTS = ('cmp1', 'cmp2', 'cmp3')


class Overtaken(filter_scheduler.FilterScheduler):
    """The built-in driver, but somebody else acts while it decides for the first time."""

    def __init__(self, act):
        super().__init__()
        self._act = act

    def ranking_of(self, request, hosts):
        act, self._act = self._act, lambda: None
        ranked = super().ranking_of(request, hosts)
        act()
        return ranked


class GroupSelectionTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.database = self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        self.incarnation = records.controller(self.context)
        self.selector = selection.Selector()
        for host in HOSTS:
            records.compute_host(self.context, host)

    def servers(self, count):
        """Record servers; answer their uuids."""
        return [records.servers(self.context)[0][0]['uuid'] for _ in range(count)]

    def group(self, policy, members, **rules):
        return placement.server_group(self.context, policy, members, **rules)

    def select(self, group, uuids, **asked):
        """Answer the hosts that were chosen."""
        exclude = asked.pop('exclude', ())
        flavor = records.flavor(memory_mb=asked.pop('memory_mb', 64))
        _rows, number = records.servers(self.context)
        work = objects.Work.take(self.context, number, self.incarnation, None)
        spec = objects.RequestSpec(
            self.context, project_id='demo', flavor=flavor,
            scheduler_hints={'group': [group]}, **asked)
        return [one.host for one in self.selector.select(
            self.context, spec, claim.Lease(number, work.operation.lease), uuids,
            exclude=exclude, release_first=bool(exclude))]

    def test_members_are_kept_apart_one_by_one_and_all_at_once(self):
        one_by_one, at_once = self.servers(3), self.servers(3)
        group = self.group('anti-affinity', one_by_one)
        self.assertEqual(set(HOSTS), {self.select(group, [uuid])[0] for uuid in one_by_one})
        group = self.group('anti-affinity', at_once)
        self.assertEqual(set(HOSTS), set(self.select(group, at_once)))

    def test_more_members_than_hosts_find_no_room_and_the_reason_says_why(self):
        uuids = self.servers(4)
        group = self.group('anti-affinity', uuids)
        error = self.assertRaises(exception.NoValidHost, self.select, group, uuids)
        self.assertIn('Only 3 of 4 servers find room; for the next: Of 3 hosts, 3 run as many '
                      'members of the server group as they may.', str(error))
        self.assertEqual({}, inventories.held(self.context, uuids))

    def test_rule_allows_several_on_a_host(self):
        uuids = self.servers(7)
        group = self.group('anti-affinity', uuids, max_server_per_host=2)
        hosts = self.select(group, uuids[:6])
        self.assertEqual([2, 2, 2], [hosts.count(host) for host in HOSTS])
        self.assertRaises(exception.NoValidHost, self.select, group, uuids[6:])

    def test_members_are_kept_together_one_by_one_and_all_at_once(self):
        for at_a_time in (1, 3):
            uuids = self.servers(6)
            group = self.group('affinity', uuids)
            hosts = [host for start in range(0, 6, at_a_time)
                     for host in self.select(group, uuids[start:start + at_a_time])]
            self.assertEqual(1, len(set(hosts)), hosts)

    def test_members_that_do_not_fit_together_find_no_room(self):
        uuids = self.servers(2)
        error = self.assertRaises(exception.NoValidHost, self.select,
                                  self.group('affinity', uuids), uuids, memory_mb=5000)
        self.assertIn('2 run no member of the server group', str(error))

    def test_soft_policies_prefer_and_do_not_forbid(self):
        apart, together = self.servers(4), self.servers(4)
        hosts = self.select(self.group('soft-anti-affinity', apart), apart)
        self.assertEqual(set(HOSTS), set(hosts))
        self.override('filter_scheduler', ram_weight_multiplier=0.0, cpu_weight_multiplier=0.0,
                      disk_weight_multiplier=0.0, io_ops_weight_multiplier=0.0)
        hosts = self.select(self.group('soft-affinity', together), together)
        self.assertEqual(1, len(set(hosts)))

    def test_choice_is_made_anew_when_another_member_was_quicker(self):
        first, second = self.servers(2)
        group = self.group('anti-affinity', [first, second])

        def overtake():
            self.selector.driver = filter_scheduler.FilterScheduler()
            hosts.extend(self.select(group, [first]))

        hosts = []
        self.selector.driver = Overtaken(overtake)
        hosts.extend(self.select(group, [second]))
        self.assertEqual(2, len(set(hosts)), hosts)

    def test_forced_host_passes_by_the_policy(self):
        first, second = self.servers(2)
        group = self.group('anti-affinity', [first, second])
        self.assertEqual(['cmp1'], self.select(group, [first], force_hosts=['cmp1']))
        self.assertEqual(['cmp1'], self.select(group, [second], force_hosts=['cmp1']))

    def test_forced_host_that_was_tried_is_not_tried_again(self):
        (uuid,) = self.servers(1)
        error = self.assertRaises(
            exception.NoValidHost, self.select, self.group('affinity', [uuid]), [uuid],
            force_hosts=['cmp1'], exclude=[['cmp1', 'cmp1']])
        self.assertIn('1 was tried before', str(error))

    def test_retry_of_the_only_member_is_not_held_by_its_own_claim(self):
        (uuid,) = self.servers(1)
        group = self.group('affinity', [uuid])
        (first,) = self.select(group, [uuid])
        (second,) = self.select(group, [uuid], exclude=[[first, first]])
        self.assertNotEqual(first, second)

    def test_group_costs_two_reads_and_a_write(self):
        uuids = self.servers(3)
        placed = self.group('anti-affinity', uuids)
        counts = []
        for group, uuid in (('9' * 36, uuids[0]), (placed, uuids[1])):
            with self.database.statements() as sent:
                self.select(group, [uuid])
            counts.append(len(sent))
        self.assertEqual(counts[0] + 2, counts[1])
