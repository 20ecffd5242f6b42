# SPDX-License-Identifier: Apache-2.0
"""The record of decisions."""

import datetime

from oslo_utils import fixture as time_fixture

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

    def test_decisions_are_found_by_operation_and_by_request(self):
        self.add(1)
        self.add(2)
        self.assertEqual([2], [row['operation_id'] for row in
                               decisions.of_operation(self.context, 2)])
        self.assertEqual([1, 2], [row['operation_id'] for row in decisions.of_request(
            self.context, self.context.request_id)])

    def test_old_decisions_are_purged(self):
        self.add(1)
        self.clock.advance_time_seconds(100)
        self.add(2)
        self.assertEqual(1, decisions.purge(self.context, older_than=50))
        self.assertEqual([], decisions.of_operation(self.context, 1))
