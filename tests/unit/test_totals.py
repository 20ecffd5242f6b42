# SPDX-License-Identifier: Apache-2.0
"""The closing line of a test run."""

import io

import testtools
from subunit import v2

from tests import totals


class TotalsTest(testtools.TestCase):

    def lines(self, *events):
        stream = io.BytesIO()
        writer = v2.StreamResultToBytes(stream)
        for test_id, status in events:
            writer.status(test_id=test_id, test_status=status)
        stream.seek(0)
        return list(totals.read(stream).lines())

    def test_each_outcome_is_counted(self):
        self.assertEqual(
            ['failed: c', 'skipped 1: no reason given', '2 passed, 1 failed, 1 skipped'],
            self.lines(('a', 'success'), ('b', 'xfail'), ('c', 'fail'), ('d', 'skip')))

    def test_test_whose_process_died_has_failed(self):
        self.assertEqual(['failed: a', '0 passed, 1 failed, 0 skipped'],
                         self.lines(('a', 'inprogress')))

    def test_listed_test_is_not_counted(self):
        self.assertEqual(['0 passed, 0 failed, 0 skipped'], self.lines(('a', 'exists')))
