# SPDX-License-Identifier: Apache-2.0
"""The scheduler's copy of the aggregates."""

from nova_lite.db.stores import scheduling_facts
from nova_lite.scheduler import aggregates
from tests import base
from tests.fixtures import database, placement, records
from tests.unit.scheduler import states


class MembershipTest(base.TestCase):

    def test_values_of_all_aggregates_and_of_lists_come_together(self):
        member = states.membership({'rack': 'r1, r2', 'ssd': 'yes'}, {'rack': 'r3'})
        self.assertEqual({'rack': {'r1', 'r2', 'r3'}, 'ssd': {'yes'}}, member.values)

    def test_lowest_number_holds(self):
        member = states.membership({'limit': '7'}, {'limit': '3.5'})
        self.assertEqual((3.5, 9), (member.number('limit', 8), member.number('other', 9)))

    def test_what_is_no_number_is_logged_once_and_not_used(self):
        member = states.membership({'limit': '7'}, {'limit': 'few'})
        self.assertEqual([8, 8], [member.number('limit', 8) for _ in range(2)])
        self.assertEqual(1, self.logs.output.count('is no number'))


class CopyTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.database = self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        self.aggregates = aggregates.Aggregates()

    def test_hosts_of_the_same_aggregates_share_what_is_known_of_them(self):
        placement.aggregate(self.context, 'fast', ['cmp1', 'cmp2'], ssd='yes')
        placement.aggregate(self.context, 'east', ['cmp2', 'cmp3', 'cmp4'], zone='east')
        found = self.aggregates.at(self.context, 'v1')
        self.assertEqual({'ssd': {'yes'}, 'zone': {'east'}}, found.of('cmp2').values)
        self.assertIs(found.of('cmp3'), found.of('cmp4'))
        self.assertIs(aggregates.NOWHERE, found.of('cmp9'))
        self.assertEqual({'ssd', 'zone'}, found.keys)

    def test_copy_is_made_again_only_when_the_version_changes(self):
        placement.aggregate(self.context, 'fast', ['cmp1'])
        self.aggregates.at(self.context, 'v1')
        with self.database.statements() as sent:
            self.aggregates.at(self.context, 'v1')
        self.assertEqual([], sent)
        with self.database.statements() as sent:
            self.aggregates.at(self.context, 'v2')
        self.assertEqual(3, len(sent))

    def test_nothing_is_read_when_there_are_none(self):
        with self.database.statements() as sent:
            found = self.aggregates.at(self.context, aggregates.NO_AGGREGATES)
        self.assertEqual(([], aggregates.EMPTY), (sent, found))


class FactsTest(base.TestCase):

    def test_aggregate_is_read_whole(self):
        self.useFixture(database.Database())
        context = records.caller(is_admin=True)
        number = placement.aggregate(context, 'fast', ['cmp1'], ssd='yes', gpu='no')
        placement.aggregate(context, 'empty')
        first, second = scheduling_facts.all_aggregates(context)
        self.assertEqual((number, 'fast', ('cmp1',), {'ssd': 'yes', 'gpu': 'no'}),
                         (first.id, first.name, first.hosts, first.metadata))
        self.assertEqual(('empty', (), {}), (second.name, second.hosts, second.metadata))
