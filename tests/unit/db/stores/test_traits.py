# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/traits.py: what hosts and operators say, and who reads it."""

from nova_lite import exception
from nova_lite.db.stores import candidates, inventories, traits
from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.scheduler import host_state
from tests import base
from tests.fixtures import database, records


class TraitsCase(base.TestCase):

    def setUp(self):
        super().setUp()
        self.database = self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        for host in ('cmp1', 'cmp2', 'cmp3'):
            records.compute_host(self.context, host)

    def report(self, *by_driver, node_id=1, by_file=()):
        traits.report(self.context, {node_id: {'by_driver': frozenset(by_driver),
                                               'by_file': frozenset(by_file)}})

    def said(self, host='cmp1'):
        return {row['trait']: ''.join(source[3] for source in traits.SOURCES if row[source])
                for row in traits.listing(self.context, host=host)}


class WritingTest(TraitsCase):

    def test_each_speaker_takes_back_only_what_it_said(self):
        self.report('A', 'B', 'C', by_file=['B', 'D'])
        traits.assign(self.context, 'cmp1', ['C', 'D', 'E'])
        self.assertEqual({'A': 'd', 'B': 'df', 'C': 'do', 'D': 'fo', 'E': 'o'}, self.said())
        self.report('B', by_file=[])
        self.assertEqual({'B': 'd', 'C': 'o', 'D': 'o', 'E': 'o'}, self.said())
        self.assertEqual((2, 1), traits.withdraw(self.context, 'cmp1', ['B', 'C', 'E', 'F']))
        self.assertEqual({'B': 'd', 'D': 'o'}, self.said())

    def test_report_without_news_only_reads(self):
        reported = {node_id: {'by_driver': frozenset({'A', 'B'}), 'by_file': frozenset({'C'})}
                    for node_id in (1, 2, 3)}
        traits.report(self.context, reported)
        with self.database.statements() as sent:
            traits.report(self.context, reported)
        self.assertEqual(1, len(sent))

    def test_report_writes_as_many_statements_for_three_nodes_as_for_one(self):
        def cost(node_ids, *names):
            with self.database.statements() as sent:
                traits.report(self.context, {node_id: {
                    'by_driver': frozenset(names), 'by_file': frozenset()}
                    for node_id in node_ids})
            return len(sent)

        cost((1, 2, 3), 'A', 'B')
        self.assertEqual(cost((1,), 'B', 'C'), cost((2, 3), 'B', 'C'))

    def test_what_is_said_again_is_no_change(self):
        self.assertEqual(1, traits.assign(self.context, 'cmp1', ['A']))
        self.assertEqual(0, traits.assign(self.context, 'cmp1', ['A'], node='cmp1'))

    def test_unknown_node_is_refused(self):
        for call in (traits.assign, traits.withdraw):
            for where in ({'host': 'cmp9'}, {'host': 'cmp1', 'node': 'cmp2'}):
                self.assertRaises(exception.ComputeHostNotFound, call, self.context,
                                  names=['A'], **where)

    def test_host_can_not_say_what_is_no_trait(self):
        for name in ('a', 'A B', '', 'A' * 256, 'A,B'):
            self.assertRaises(exception.TraitInvalid, self.report, name)
        self.assertRaises(exception.TraitInvalid, self.report,
                          *(f'CUSTOM_{number}' for number in range(traits.MOST + 1)))

    def test_node_that_goes_takes_its_traits_along(self):
        self.report('A')
        nodes = traits.nodes
        with traits.engine.writer(self.context) as connection:
            connection.execute(nodes.delete().where(nodes.c.id == 1))
        self.assertEqual({}, self.said())

    def test_nodes_with_a_trait_are_found(self):
        self.report('A', node_id=2)
        self.report('A', 'B', node_id=3)
        self.assertEqual(['cmp2', 'cmp3'], [
            row['node'] for row in traits.listing(self.context, trait='A')])


class CandidatesTest(TraitsCase):
    """What the scheduler is given of them."""

    def setUp(self):
        super().setUp()
        self.report('A', 'B')
        self.report('A', node_id=2)

    def hosts(self, required=(), forbidden=(), *, amounts=None, facts=()):
        cut = candidates.Cut(amounts or {'VCPU': 1}, frozenset(facts)).with_traits(
            frozenset(required), frozenset(forbidden))
        rows = candidates.matching(self.context, cut)
        return host_state.from_rows(rows, candidates.resource_classes(cut.amounts), cut.facts)

    def names(self, *args, **options):
        return [host.host for host in self.hosts(*args, **options)]

    def test_database_leaves_out_who_lacks_a_trait_or_has_a_forbidden_one(self):
        for required, forbidden, expected in (
                ('', '', ['cmp1', 'cmp2', 'cmp3']), ('A', '', ['cmp1', 'cmp2']),
                ('AB', '', ['cmp1']), ('A', 'B', ['cmp2']), ('', 'A', ['cmp3']),
                ('ABC', '', []), ('', 'XY', ['cmp1', 'cmp2', 'cmp3'])):
            self.assertEqual(expected, self.names(required, forbidden), (required, forbidden))

    def test_statement_that_is_asked_for_no_traits_looks_at_none(self):
        with self.database.statements() as sent:
            self.names()
        self.assertNotIn('node_traits', sent[0])

    def test_host_has_those_of_its_traits_that_are_asked_about(self):
        hosts = self.hosts('A', 'C', facts={Fact.TRAITS, Fact.WORK, Fact.DETAILS})
        self.assertEqual([frozenset('A')] * 2, [host.traits for host in hosts])
        rows = candidates.every(self.context, {}, facts={Fact.TRAITS}, traits=frozenset('ABX'))
        self.assertEqual([frozenset('AB'), frozenset('A'), frozenset()], [
            host.traits for host in host_state.from_rows(
                rows, candidates.resource_classes({}), {Fact.TRAITS})])

    def test_classes_with_long_names_are_found(self):
        name = 'CUSTOM_' + 'X' * 57
        inventories.report(self.context, 2, {name: {'total': 4}})
        inventories.report(self.context, 3, {name: {'total': 1}})
        self.assertEqual(['cmp2'], self.names(amounts={name: 2}))
