# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/manage/db/purge.py: what goes, and the exit codes."""

from tests.fixtures import ended
from tests.unit.cmd.manage.db import case


class PurgeCommandTest(case.CommandTest):

    def archive_server(self):
        ended.deleted_server(self.context)
        self.manage('archive_deleted_rows')

    def test_something_must_be_named(self):
        self.assertEqual((1, 'Say --all, or --before DATE.\n'), self.manage('purge'))

    def test_empty_archive_is_code_3(self):
        self.assertEqual((3, 'Nothing was purged.\n'), self.manage('purge', '--all'))

    def test_all_is_deleted(self):
        self.archive_server()
        code, out = self.manage('purge', '--all', '--verbose')
        self.assertEqual(0, code)
        self.assertRegex(out, r'\| shadow_instances +\| 1 ')
        self.assertEqual({}, ended.archived())

    def test_what_ended_later_than_the_date_stays(self):
        self.archive_server()
        self.assertEqual(3, self.manage('purge', '--before', '2030-01-01')[0])
        self.assertEqual(0, self.manage('purge', '--before', '2030-01-03')[0])

    def test_wrong_date_is_code_2(self):
        self.assertEqual((2, '"soon" is no date.\n'), self.manage('purge', '--before', 'soon'))
