# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/manage/aggregate.py: what an operator types and reads."""

import contextlib
import io
import json

from nova_lite.cmd import manage
from nova_lite.db import engine
from nova_lite.db.stores import aggregates
from tests import base
from tests.fixtures import database, records


class AggregateCommandsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.config = self.temporary_directory() / 'nova_lite.conf'
        self.config.write_text(f'[database]\nconnection = {engine.engine().url}\n')
        context = records.caller(is_admin=True)
        records.compute_host(context)
        self.fast = aggregates.create(context, 'fast', 'east')['id']
        aggregates.add_host(context, self.fast, 'cmp1')
        aggregates.update(context, self.fast, pairs={'ssd': 'true'})
        aggregates.create(context, 'empty')

    def manage(self, *argv):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = manage.main(['--config-file', str(self.config), 'aggregate', *argv])
        return code, out.getvalue(), err.getvalue()

    def test_list_has_a_line_for_each(self):
        _code, out, _err = self.manage('list')
        cells = [[cell.strip() for cell in line.split('|')[1:-1]]
                 for line in out.splitlines() if '|' in line]
        self.assertEqual([
            [str(self.fast), 'fast', 'east', '1', 'availability_zone=east, ssd=true'],
            [str(self.fast + 1), 'empty', '', '0', '']], cells[1:])

    def test_list_answers_in_json_on_request(self):
        first, second = json.loads(self.manage('list', '--json')[1])
        self.assertEqual((['cmp1'], {'availability_zone': 'east', 'ssd': 'true'}, {}), (
            first['hosts'], first['metadata'], second['metadata']))

    def test_show_finds_an_aggregate_by_number_and_by_name(self):
        by_name = self.manage('show', 'fast')
        self.assertEqual(by_name, self.manage('show', str(self.fast)))
        for words in ('metadata    availability_zone=east', 'metadata    ssd=true',
                      'host        cmp1'):
            self.assertIn(words, by_name[1])

    def test_aggregate_that_is_not_there_is_said_in_one_line(self):
        self.assertEqual((1, '', 'nova-lite-manage: Aggregate lost could not be found.\n'),
                         self.manage('show', 'lost'))
