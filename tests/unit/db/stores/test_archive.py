# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/archive.py: servers go whole, or stay whole."""

import datetime

import sqlalchemy as sa

from nova_lite.db import engine
from nova_lite.db.models import shadow
from nova_lite.db.stores import archive
from nova_lite.states import operation as op
from tests import base
from tests.fixtures import database, ended, migrations, records


class Killed(Exception):
    """The process ends here."""


class ArchiveTest(base.TestCase):
    """An empty database."""

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)

    def archive(self, rows=None, **options):
        """Archive; answer the rows that each transaction has moved."""
        return [moved.total() for moved in archive.servers(
            self.context, archive.Budget(rows), **options)]

    def uuids(self, name='instances'):
        return {row['uuid'] for row in ended.contents(name)}

    def test_deleted_server_goes_with_all_that_belongs_to_it_unchanged(self):
        migrations.insert(1, instance_uuid=ended.deleted_server(self.context))
        before = ended.live()
        self.assertEqual({table.name for table in shadow.ARCHIVED} - {'task_log'}, set(before))
        self.archive()
        self.assertEqual({}, ended.live())
        self.assertEqual(before, ended.archived())

    def test_twins_remember_when_the_server_was_deleted(self):
        ended.deleted_server(self.context)
        self.archive()
        for name in ('instances', 'instance_tags', 'instance_action_events', 'decisions'):
            self.assertEqual({ended.ENDED_AT}, {
                row['ended_at'] for row in ended.contents(f'shadow_{name}')})

    def test_server_that_is_there_stays_whole(self):
        records.servers(self.context)
        before = ended.live()
        self.assertEqual([], self.archive())
        self.assertEqual(before, ended.live())

    def test_second_run_finds_nothing(self):
        ended.deleted_server(self.context)
        self.assertEqual(1, len(self.archive()))
        self.assertEqual([], self.archive())

    def test_server_with_unfinished_work_stays_and_the_next_one_goes(self):
        waiting, other = (ended.deleted_server(self.context) for _ in range(2))
        ended.operation(op.WAITING_FOR_HOST, instance_uuid=waiting)
        self.archive()
        self.assertEqual({waiting}, self.uuids())
        self.assertEqual({other}, self.uuids('shadow_instances'))

    def test_server_that_holds_room_stays(self):
        uuid = ended.deleted_server(self.context)
        ended.insert('allocations', consumer_uuid=uuid, resource_class='VCPU', node_id=1,
                     amount=1, created_at=ended.BORN_AT)
        self.assertEqual([], self.archive())

    def test_only_what_was_deleted_before_a_date_goes(self):
        old = ended.deleted_server(self.context)
        ended.deleted_server(self.context, ended_at=ended.ENDED_AT + datetime.timedelta(days=9))
        self.archive(before=ended.ENDED_AT + datetime.timedelta(days=1))
        self.assertEqual({old}, self.uuids('shadow_instances'))

    def test_transaction_is_small_and_a_server_is_never_split(self):
        for _ in range(3):
            ended.deleted_server(self.context)
        self.patch(archive, 'ROWS_AT_ONCE', 25)
        self.assertEqual([20, 10], self.archive())

    def test_server_larger_than_a_transaction_goes_alone(self):
        self.patch(archive, 'ROWS_AT_ONCE', 15)
        for faults in (1, 30, 1):
            ended.deleted_server(self.context, faults=faults)
        self.assertEqual([10, 39, 10], self.archive())

    def test_many_children_of_one_server_are_named_in_several_statements(self):
        uuid = ended.deleted_server(self.context)
        self.patch(archive, 'ROWS_AT_ONCE', 3)
        for _ in range(7):
            ended.decision(ended.operation(instance_uuid=uuid))
        self.assertEqual([24], self.archive())
        self.assertEqual({}, ended.live())

    def test_pages_follow_each_other(self):
        self.patch(archive, 'SERVERS_AT_ONCE', 2)
        for _ in range(5):
            ended.deleted_server(self.context)
        self.assertEqual([20, 20, 10], self.archive())

    def test_budget_is_not_exceeded(self):
        for _ in range(4):
            ended.deleted_server(self.context)
        self.assertEqual([20], self.archive(rows=29))
        self.assertEqual([20], self.archive(rows=20))

    def test_server_larger_than_the_budget_goes_if_it_is_the_first(self):
        for _ in range(2):
            ended.deleted_server(self.context)
        self.assertEqual([10], self.archive(rows=3))

    def test_kill_in_the_middle_leaves_every_row_in_one_place(self):
        for _ in range(2):
            ended.deleted_server(self.context)
        before = ended.live()
        self.patch(archive, 'SERVERS_AT_ONCE', 1)
        count = 0
        while ended.live():
            count += 1
            self.kill_at(count)
        self.assertGreater(count, 10)
        found = ended.archived()
        self.assertEqual(before, found)

    def kill_at(self, number):
        """Archive, but end at the statement of that number, if it comes so far."""
        left = [number]

        def note(_connection, _cursor, statement, _parameters, _context, _many):
            if statement.startswith(('INSERT', 'DELETE')):
                left[0] -= 1
                if left[0] == 0:
                    raise Killed('killed')

        sa.event.listen(engine.engine(), 'before_cursor_execute', note)
        try:
            self.archive()
        except (Killed, engine.db_exc.DBError):
            for name in ('instances', 'instance_faults', 'operations'):
                key = 'uuid' if name == 'instances' else 'instance_uuid'
                here, there = ({row[key] for row in ended.contents(table)}
                               for table in (name, f'shadow_{name}'))
                self.assertEqual(set(), here & there)
                self.assertEqual(2, len(here | there))
        finally:
            sa.event.remove(engine.engine(), 'before_cursor_execute', note)

    def test_row_that_comes_in_between_makes_the_transaction_anew(self):
        uuid = ended.deleted_server(self.context)
        late = [1]

        def note(connection, _cursor, statement, _parameters, _context, _many):
            if statement.startswith('DELETE FROM instance_faults') and late:
                late.pop()
                connection.exec_driver_sql(
                    'INSERT INTO instance_faults (instance_uuid, code, message, created_at) '
                    f"VALUES ('{uuid}', 1, 'late', '2030-01-01')")

        sa.event.listen(engine.engine(), 'before_cursor_execute', note)
        self.addCleanup(sa.event.remove, engine.engine(), 'before_cursor_execute', note)
        self.archive()
        self.assertEqual([], late)
        self.assertEqual({}, ended.live())
        # The late row was written in the transaction that was rolled back.
        self.assertEqual(1, len(ended.contents('shadow_instance_faults')))

    def test_number_that_sqlite_gives_again_is_archived_again(self):
        for _ in range(2):
            ended.deleted_server(self.context)
            self.archive()
        self.assertEqual(2, len(ended.contents('shadow_instances')))
