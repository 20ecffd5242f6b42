# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/manage/db/output.py: lines while it runs, sums, dates."""

import collections
import contextlib
import datetime
import io

from nova_lite.cmd.manage.db import output
from tests import base


class ProgressTest(base.TestCase):
    """A clock that the test sets."""

    def setUp(self):
        super().setUp()
        self.now = 100.0
        self.progress = output.Progress('archived', clock=lambda: self.now)

    def add(self, after, **rows):
        self.now += after
        out = io.StringIO()
        with contextlib.redirect_stderr(out):
            self.progress.add(collections.Counter(rows))
        return out.getvalue()

    def finish(self, verbose):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            self.progress.finish(verbose)
        return out.getvalue()

    def test_line_comes_every_few_seconds(self):
        self.assertEqual(['', 'archived 9 rows so far, 2 s\n', ''], [
            self.add(1.0, instances=4), self.add(1.0, operations=5), self.add(0.5, operations=1)])

    def test_sum_and_table_come_at_the_end(self):
        self.add(0.5, instances=1, operations=2)
        self.assertEqual('Archived 3 rows in 0.5 s.\n', self.finish(False))
        self.assertRegex(self.finish(True), r'\| instances +\| 1 +\|\n\| operations +\| 2 ')

    def test_no_rows_are_no_table(self):
        self.assertEqual('Nothing was archived.\n', self.finish(True))


class DateTest(base.TestCase):

    def test_dates_are_taken_as_people_type_them(self):
        midnight, five = datetime.datetime(2030, 1, 31), datetime.datetime(2030, 1, 31, 17, 5)
        for text, moment in (('2030-01-31', midnight), ('2030-01-31 17:05', five),
                             ('2030-01-31 17:05:00', five), ('2030-01-31T17:05:00', five),
                             ('2030-01-31T19:05:00+02:00', five)):
            self.assertEqual(moment, output.parse_date(text))

    def test_what_is_no_date_is_refused(self):
        for text in ('', 'yesterday', '2030-13-01', '31.1.2030'):
            self.assertRaises(ValueError, output.parse_date, text)
