# SPDX-License-Identifier: Apache-2.0
"""The hosts that a request could go to, and what is read of them."""

from nova_lite.db import engine
from nova_lite.db.stores import inventories, scheduling_facts
from nova_lite.objects import base as objects_base
from nova_lite.scheduler import aggregates, drivers, plan, search
from tests import base
from tests.fixtures import database, placement, records
from tests.unit.scheduler import states

AMOUNTS = {'DISK_GB': 1, 'MEMORY_MB': 200, 'VCPU': 2}
GROUP = {'hints': {'group': ['g']}}
HINTS = {'same_host': ['a'], 'different_host': ['b']}
WHERE = {'a': 'h3', 'b': 'h5'}


class SearchCase(base.TestCase):

    def setUp(self):
        super().setUp()
        self.database = self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        self.aggregates = aggregates.Aggregates()

    def hosts(self, *names):
        for name in names:
            records.compute_host(self.context, name)

    def search(self, **fields):
        return search.Search(self.context, drivers.configured(),
                             states.request(amounts=AMOUNTS, **fields), self.aggregates)


class AgreementTest(SearchCase):

    def setUp(self):
        super().setUp()
        services = objects_base.store('services')
        for number, changes in enumerate(({'disabled': True}, {'forced_down': True},
                                          {'availability_zone': 'east'}, {}, {}, {})):
            self.hosts(f'h{number}')
            row = services.get_by_host(self.context, f'h{number}', 'nova-lite-compute')
            services.update(self.context, row['id'], changes)
        inventories.claim(self.context, [inventories.Claim('c' * 36, 5, {'MEMORY_MB': 8000})])
        inventories.report(self.context, 6, {'VCPU': {'total': 1, 'allocation_ratio': 16.0}})
        self.hosts('h6', 'h7')

    def test_database_cuts_away_exactly_what_the_filters_would(self):
        """The conditions in SQL are the filters' own, said twice; they must not drift apart."""
        for fields in ({}, {'zone': 'east'}, {'zone': 'nova'}, {'hosts': frozenset({'h3', 'h0'})},
                       {'tried': frozenset({('h3', 'h3')})}, {'nodes': frozenset({'h6'})},
                       {'ignored_hosts': frozenset({'h3', 'h5'})},
                       {'hints': HINTS, 'hosts_by_server': WHERE}, {'hints': HINTS},
                       {'group': states.group('affinity', 'h6', 'h7'), **GROUP},
                       {'group': states.group('affinity'), **GROUP},
                       {'group': states.group('anti-affinity', 'h6', 'h3'), **GROUP}):
            searched = self.search(**fields)
            every = searched.all_there_are()
            passing = plan.passing(searched.filters, every.request, every.hosts)
            for found in filter(None, (searched.likeliest(), searched.all_with_room())):
                self.assertEqual([host.host for host in passing],
                                 [host.host for host in found.hosts], fields)

    def test_filters_leave_some_hosts_of_the_agreement(self):
        searched = self.search()
        self.assertEqual(['h2', 'h3', 'h6', 'h7'],
                         [host.host for host in searched.all_with_room().hosts])


class FactsTest(SearchCase):

    def test_default_configuration_reads_all_with_one_statement(self):
        self.hosts('cmp1', 'cmp2')
        with self.database.statements() as sent:
            self.search().likeliest()
        self.assertEqual(1, len(sent), sent)

    def test_hosts_are_in_their_aggregates(self):
        self.hosts('cmp1', 'cmp2')
        placement.aggregate(self.context, 'fast', ['cmp2'], ssd='yes')
        first, second = self.search().likeliest().hosts
        self.assertEqual(({}, {'ssd': {'yes'}}),
                         (first.aggregates.values, second.aggregates.values))

    def test_servers_are_counted_only_for_who_looks_at_them(self):
        self.hosts('cmp1')
        inventories.claim(self.context, [inventories.Claim('c' * 36, 1, {'MEMORY_MB': 8})])
        self.assertEqual(0, self.search().likeliest().hosts[0].num_instances)
        self.override('filter_scheduler', enabled_filters=['NumInstancesFilter'])
        self.assertEqual(1, self.search().likeliest().hosts[0].num_instances)

    def test_aggregate_that_turns_a_weigher_on_has_its_facts_read_at_once(self):
        self.hosts('cmp1')
        inventories.claim(self.context, [inventories.Claim('c' * 36, 1, {'MEMORY_MB': 8})])
        placement.aggregate(self.context, 'a', ['cmp1'], num_instances_weight_multiplier='1')
        self.assertEqual(1, self.search().likeliest().hosts[0].num_instances)

    def test_details_are_read_for_queries(self):
        self.hosts('cmp1')
        self.override('filter_scheduler', enabled_filters=['JsonFilter', 'IoOpsFilter'])
        for query, hosts in (('["=", "$hypervisor_type", "fake"]', ['cmp1']),
                             ('["=", "$vcpus_total", 17]', []),
                             ('["=", "$num_instances", 0]', ['cmp1'])):
            searched = self.search(hints={'query': [query]})
            found = searched.likeliest()
            self.assertEqual(hosts, [host.host for host in plan.passing(
                searched.filters, found.request, found.hosts)])

    def test_images_are_read_for_who_weighs_them(self):
        self.hosts('cmp1')
        self.override('filter_scheduler', image_props_weight_multiplier=1.0)
        records.servers(self.context)
        with engine.writer(self.context) as connection:
            connection.execute(scheduling_facts.servers.update().values(host='cmp1'))
        (host,) = self.search(image_properties={'os': 'debian'}).likeliest().hosts
        self.assertEqual([({}, 1)], host.images)


class WaysTest(SearchCase):

    def test_named_hosts_are_not_looked_for_among_the_freest(self):
        for fields in ({'hosts': frozenset({'cmp1'})}, {'nodes': frozenset({'cmp1'})},
                       {'hints': {'same_host': ['a']}},
                       {'group': states.group('affinity', 'cmp1'), **GROUP}):
            self.assertIsNone(self.search(**fields).likeliest())

    def test_hosts_may_be_more_than_the_limit_shows(self):
        self.hosts('cmp1', 'cmp2')
        self.override('scheduler', max_placement_results=2)
        self.assertTrue(self.search().likeliest().limited)
        self.override('scheduler', max_placement_results=3)
        self.assertFalse(self.search().likeliest().limited)

    def test_filter_that_has_nothing_to_say_is_not_asked(self):
        names = {one.name() for one in self.search().filters}
        self.assertEqual({'ComputeFilter', 'CoreFilter', 'RamFilter', 'DiskFilter'}, names)

    def test_each_choice_counts_its_own_picks(self):
        self.hosts('cmp1')
        searched = self.search(group=states.group('anti-affinity'), **GROUP)
        first, second = searched.likeliest(), searched.all_with_room()
        first.request.note_pick(first.hosts[0])
        self.assertEqual({}, dict(second.request.group.members))

    def test_claim_checks_strict_policies_that_a_filter_checked(self):
        def rule(policy):
            return self.search(group=states.group(policy), **GROUP).group_rule({'a': 'cmp1'})

        self.assertEqual({'a': 'cmp1'}, rule('anti-affinity').hosts)
        self.assertIsNone(rule('soft-affinity'))
        self.override('filter_scheduler', enabled_filters=[])
        self.assertIsNone(rule('affinity'))
