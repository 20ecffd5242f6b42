# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/manage/printing.py."""

import argparse
import contextlib
import datetime
import io
import json

from nova_lite.cmd.manage import printing
from tests import base

ROWS = [{'host': 'cmp1', 'up': True, 'seen': datetime.datetime(2030, 1, 2), 'zones': ['a', 'b']},
        {'host': 'cmp2', 'up': False, 'seen': None, 'zones': []}]


class PrintingTest(base.TestCase):

    def printed(self, print_it, *arguments, form=printing.TABLE):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            print_it(argparse.Namespace(format=form), *arguments)
        return out.getvalue(), err.getvalue()

    def test_table_shows_the_named_columns_in_words(self):
        out, _err = self.printed(printing.rows, ('host', 'up', 'zones', 'seen'), ROWS)
        self.assertRegex(out, r'\| cmp1 \| yes \| a, b')
        self.assertRegex(out, r'\| cmp2 \| no +\| - +\| - ')

    def test_table_says_in_words_what_programs_get_as_it_is(self):
        for form, size in ((printing.TABLE, '| 2 KiB |'), (printing.VALUE, '2048')):
            out, err = io.StringIO(), io.StringIO()
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                printing.rows(argparse.Namespace(format=form), ('size',), [{'size': 2048}],
                              words={'size': lambda size: f'{size // 1024} KiB'})
            self.assertIn(size, out.getvalue())

    def test_json_is_asked_for_by_either_option(self):
        parser = argparse.ArgumentParser()
        printing.add_format(parser)
        self.assertEqual(['table', 'json', 'json'], [
            parser.parse_args(words).format for words in ([], ['--json'], ['-f', 'json'])])

    def test_json_has_all_columns_and_their_types(self):
        out, _err = self.printed(printing.rows, ('host',), ROWS, form=printing.JSON)
        first, second = json.loads(out)
        self.assertEqual(('cmp1', True, ['a', 'b']), (first['host'], first['up'], first['zones']))
        self.assertIn('2030-01-02', first['seen'])
        self.assertIsNone(second['seen'])

    def test_values_are_lines_with_tabs(self):
        out, _err = self.printed(printing.rows, ('host', 'up'), ROWS, form=printing.VALUE)
        self.assertEqual('cmp1\tyes\ncmp2\tno\n', out)

    def test_value_with_line_ends_stays_one_line(self):
        out, _err = self.printed(printing.rows, ('a',), [{'a': 'x\ny\tz'}], form=printing.VALUE)
        self.assertEqual('x y z\n', out)

    def test_record_has_its_lists_below(self):
        out, _err = self.printed(printing.record, {'name': 'one', 'parts': [{'n': 1}], 'no': []})
        self.assertRegex(out, r'(?s)\| name +\| one .*parts:.*\| 1 \|.*no: none')

    def test_record_has_pairs_below_and_keeps_them_for_programs(self):
        fields = {'name': 'one', 'properties': {'b': '2', 'a': '1'}, 'members': ('x', 'y')}
        out, _err = self.printed(printing.record, fields)
        self.assertRegex(out, r'(?s)members \| x, y .*properties:.*\| a +\| 1 .*\| b +\| 2 ')
        out, _err = self.printed(printing.record, fields, form=printing.JSON)
        self.assertEqual({'name': 'one', 'properties': {'b': '2', 'a': '1'},
                          'members': ['x', 'y']}, json.loads(out))

    def test_record_of_values_names_each_line(self):
        out, _err = self.printed(printing.record, {'name': 'one', 'parts': [{'n': 1, 'm': 2}]},
                                 form=printing.VALUE)
        self.assertEqual('name\tone\nparts\t1\t2\n', out)

    def test_what_is_said_beside_does_not_get_into_the_answer_of_a_program(self):
        self.assertEqual(('done\n', ''), self.printed(printing.say, 'done'))
        self.assertEqual(('', 'done\n'), self.printed(printing.say, 'done', form=printing.JSON))
