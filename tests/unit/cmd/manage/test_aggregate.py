# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/manage/aggregate.py: what an operator types and reads."""

from nova_lite.db.stores import aggregates
from tests import base
from tests.fixtures import database, manage, records


class AggregateCommandsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.manage = self.useFixture(manage.Manage())
        context = records.caller(is_admin=True)
        records.compute_host(context)
        self.fast = aggregates.create(context, 'fast', 'east')['id']
        aggregates.add_host(context, self.fast, 'cmp1')
        aggregates.update(context, self.fast, pairs={'ssd': 'true'})
        aggregates.create(context, 'empty')

    def test_list_has_a_line_for_each(self):
        out = self.manage('aggregate', 'list').out
        cells = [[cell.strip() for cell in line.split('|')[1:-1]]
                 for line in out.splitlines() if '|' in line]
        self.assertEqual([
            [str(self.fast), 'fast', 'east', '1', 'availability_zone=east, ssd=true'],
            [str(self.fast + 1), 'empty', '-', '0', '-']], cells[1:])

    def test_list_answers_in_json_on_request(self):
        first, second = self.manage('aggregate', 'list', '--json').json
        self.assertEqual((['cmp1'], {'availability_zone': 'east', 'ssd': 'true'}, {}), (
            first['hosts'], first['metadata'], second['metadata']))

    def test_show_finds_an_aggregate_by_number_and_by_name(self):
        by_name = self.manage('aggregate', 'show', 'fast')
        self.assertEqual(by_name, self.manage('aggregate', 'show', self.fast))
        self.assertRegex(by_name.out, r'(?s)\| hosts +\| cmp1 .*metadata:.*\| ssd +\| true ')
        shown = self.manage('aggregate', 'show', 'fast', '--json').json
        self.assertEqual((['cmp1'], 'true'), (shown['hosts'], shown['metadata']['ssd']))

    def test_aggregate_that_is_not_there_is_said_in_one_line(self):
        answer = self.manage('aggregate', 'show', 'lost')
        self.assertEqual((1, '', 'nova-lite-manage: Aggregate lost could not be found.\n'),
                         (answer.code, answer.out, answer.err))
