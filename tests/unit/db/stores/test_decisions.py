# SPDX-License-Identifier: Apache-2.0
"""The record of decisions."""

import datetime

from oslo_utils import fixture as time_fixture

from nova_lite import exception
from nova_lite.db.stores import decisions
from tests import base
from tests.fixtures import database, records


class DecisionsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.clock = self.useFixture(time_fixture.TimeFixture(datetime.datetime(2030, 1, 1)))
        self.context = records.caller()

    def add(self, number):
        decisions.add(self.context, {
            'operation_id': number, 'project_id': 'demo', 'request': {}, 'considered': 3,
            'causes': {'memory': 3}, 'selections': [], 'message': 'too little memory'})

    def test_decisions_are_found_by_operation(self):
        self.add(1)
        self.add(2)
        self.assertEqual([2], [row['operation_id'] for row in
                               decisions.of_operation(self.context, 2)])

    def ids(self, limit=10, marker=None, **wanted):
        return [row['id'] for row in decisions.listing(
            self.context, decisions.Wanted(**wanted), limit=limit, marker=marker)]

    def test_decisions_are_listed_the_newest_first_in_pages(self):
        for number in (1, 2, 3):
            self.add(number)
        self.assertEqual([3, 2], self.ids(limit=2))
        self.assertEqual([1], self.ids(limit=2, marker=2))
        self.assertEqual([2], self.ids(operation_id=2))
        self.assertEqual([], self.ids(project_id='other'))
        self.assertEqual(([3, 2, 1], []), (self.ids(refused=True), self.ids(refused=False)))

    def test_decisions_on_servers_made_together_are_those_of_each(self):
        rows, parent = records.servers(self.context, min_count=2, max_count=2)
        self.add(parent)
        (_other,), number = records.servers(self.context)
        self.add(number)
        for row in rows:
            self.assertEqual([1], self.ids(server_id=row['uuid']))

    def test_decision_that_is_not_there_is_not_found(self):
        self.add(1)
        self.assertEqual(1, decisions.get(self.context, 1)['operation_id'])
        self.assertRaises(exception.DecisionNotFound, decisions.get, self.context, 2)
