# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/manage/db/online.py, with migrations of the tests' own."""

import sqlalchemy as sa

from nova_lite.db import engine
from nova_lite.db.stores import online_migrations
from tests.fixtures import ended
from tests.unit.cmd.manage.db import case


def lower_messages(context, max_count):
    """A real one: messages of the task log in lower case."""
    table = ended.tables['task_log']
    needed = table.c.message != sa.func.lower(table.c.message)
    with engine.writer(context) as connection:
        if max_count == 0:
            return connection.execute(
                sa.select(sa.func.count()).select_from(table).where(needed)).scalar(), 0
        ids = connection.execute(sa.select(table.c.id).where(needed).limit(
            max_count)).scalars().all()
        done = connection.execute(table.update().where(table.c.id.in_(ids)).values(
            message=sa.func.lower(table.c.message))).rowcount
    return len(ids), done


def broken(context, max_count):
    """One that can not be made."""
    raise ValueError('no such column')


class OnlineCommandTest(case.CommandTest):
    """Three rows in the older form."""

    def setUp(self):
        super().setUp()
        for host in ('a', 'b', 'c'):
            ended.insert('task_log', task_name='audit', host=host, message='LOUD', state='DONE',
                         period_beginning=ended.BORN_AT, period_ending=ended.ENDED_AT,
                         created_at=ended.ENDED_AT)

    def migrate(self, *options, migrations=(lower_messages,)):
        self.patch(online_migrations, 'MIGRATIONS', migrations)
        return self.manage('online_data_migrations', *options)

    def messages(self):
        return sorted(row['message'] for row in ended.contents('task_log'))

    def test_release_without_migrations_says_so(self):
        self.assertEqual(
            (0, 'This release has no online data migrations; there is nothing to do.\n'),
            self.migrate(migrations=()))

    def test_all_rows_are_changed_and_counted(self):
        code, out = self.migrate()
        self.assertEqual(0, code)
        self.assertRegex(out, r'\| lower_messages +\| 3 +\| 3 ')
        self.assertEqual(['loud'] * 3, self.messages())

    def test_count_leaves_the_rest_for_the_next_run(self):
        self.assertEqual(1, self.migrate('--max-count', '2')[0])
        self.assertEqual(['LOUD', 'loud', 'loud'], self.messages())
        self.assertEqual([1, 0], [self.migrate('--max-count', '2')[0] for _ in range(2)])

    def test_error_is_code_2_and_named(self):
        code, out = self.migrate(migrations=(broken, lower_messages))
        self.assertEqual(2, code)
        self.assertIn('broken failed: no such column', out)
        self.assertEqual(['loud'] * 3, self.messages())

    def test_error_beside_progress_is_code_1_until_there_is_none(self):
        codes = [self.migrate('--max-count', '9', migrations=(broken, lower_messages))[0]
                 for _ in range(2)]
        self.assertEqual([1, 2], codes)

    def test_wrong_count_is_code_127(self):
        self.assertEqual(127, self.migrate('--max-count', '0')[0])
