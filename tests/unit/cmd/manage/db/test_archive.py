# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/manage/db/archive.py: exit codes, rounds, what is printed."""

import datetime

from nova_lite.cmd.manage.db import archive
from nova_lite.db.stores import archive as store
from tests.fixtures import ended
from tests.unit.cmd.manage.db import case


class ArchiveCommandTest(case.CommandTest):

    def archive(self, *options):
        return self.manage('archive_deleted_rows', *options)

    def delete_servers(self, count, **options):
        for _ in range(count):
            ended.deleted_server(self.context, **options)

    def test_nothing_to_archive_is_code_0(self):
        self.assertEqual((0, 'Nothing was archived.\n'), self.archive())

    def test_something_archived_is_code_1_and_one_line(self):
        self.delete_servers(1)
        code, out = self.archive()
        self.assertEqual(1, code)
        self.assertRegex(out, r'\AArchived 10 rows in \d+\.\d s\.\n\Z')
        self.assertEqual({}, ended.live())

    def test_verbose_prints_a_table_of_what_was_moved(self):
        self.delete_servers(2)
        self.assertRegex(self.archive('--verbose')[1], r'\| instance_tags +\| 2 ')

    def test_count_ends_a_run_and_the_next_one_goes_on(self):
        self.delete_servers(3)
        self.assertEqual([1, 1, 0], [self.archive('--max_rows', '20')[0] for _ in range(3)])

    def test_until_complete_makes_rounds_and_sleeps_between_them(self):
        self.delete_servers(3)
        slept = []
        self.patch(archive.time, 'sleep', slept.append)
        code, out = self.archive('--max_rows', '10', '--until-complete', '--sleep', '5')
        self.assertEqual(1, code)
        self.assertIn('Archived 30 rows', out)
        self.assertEqual([5.0, 5.0, 5.0], slept)

    def test_purge_empties_the_archive_afterwards(self):
        self.delete_servers(2)
        code, out = self.archive('--purge')
        self.assertEqual(1, code)
        self.assertIn('Purged 20 rows', out)
        self.assertEqual(({}, {}), (ended.live(), ended.archived()))

    def test_date_leaves_what_ended_later(self):
        self.delete_servers(1)
        self.delete_servers(1, ended_at=ended.ENDED_AT + datetime.timedelta(days=9))
        self.archive('--before', '2030-01-05')
        self.assertEqual(1, len(ended.contents('instances')))

    def test_task_log_goes_only_if_asked(self):
        for name in ('batches', 'old'):
            ended.insert('task_log', task_name=name, host='cmp1',
                         period_beginning=datetime.datetime(2020, 1, 1),
                         period_ending=datetime.datetime(2020, 1, 2), state='DONE', message='',
                         created_at=datetime.datetime(2020, 1, 2))
        self.assertEqual(0, self.archive()[0])
        self.assertEqual(1, self.archive('--task-log')[0])
        self.assertEqual([], ended.contents('task_log'))

    def test_old_decisions_and_batches_go_too(self):
        self.config.write_text(self.config.read_text() + '[archive]\ndecisions_kept_days = 7\n')
        ended.decision(77, datetime.datetime(2020, 1, 1))
        ended.decision(77, datetime.datetime(2999, 1, 1))
        ended.operation()
        self.assertEqual(1, self.archive()[0])
        self.assertEqual(1, len(ended.contents('decisions')))
        self.assertEqual([], ended.contents('operations'))

    def test_decisions_are_kept_where_no_days_are_set(self):
        self.config.write_text(self.config.read_text() + '[archive]\ndecisions_kept_days = 0\n')
        ended.decision(77, datetime.datetime(2020, 1, 1))
        self.assertEqual(0, self.archive()[0])

    def test_wrong_count_is_code_2_and_wrong_date_code_4(self):
        self.assertEqual((2, 4), (self.archive('--max_rows', '0')[0],
                                  self.archive('--before', 'yesterday')[0]))

    def test_error_is_code_255_so_that_no_script_goes_on(self):
        def fail(*args, **kwargs):
            raise store.engine.db_exc.DBError('the disk is full')

        self.patch(store, 'servers', fail)
        code, out = self.archive()
        self.assertEqual((255, 'nova-lite-manage: the disk is full\n'), (code, out))

    def test_fault_of_the_program_is_code_255_too(self):
        def fail(*args, **kwargs):
            raise ZeroDivisionError

        self.patch(store, 'servers', fail)
        code, out = self.archive()
        self.assertEqual(255, code)
        self.assertIn('Traceback', out)
