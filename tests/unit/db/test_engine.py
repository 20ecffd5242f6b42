# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/engine.py: transactions that join, that are repeated, and that fail."""

import sqlalchemy as sa
from oslo_db import exception as db_exc

from nova_lite import exception
from nova_lite.db import engine, failures
from tests import base

TABLE = sa.Table('words', sa.MetaData(), sa.Column('word', sa.String(16), primary_key=True))


class EngineCase(base.TestCase):
    """A database of words."""

    def setUp(self):
        super().setUp()
        engine.configure(f'sqlite:///{self.temporary_directory()}/words.sqlite')
        self.addCleanup(engine.engine().dispose)
        TABLE.create(engine.engine())
        self.tries = 0

    def write(self, word):
        with engine.writer() as connection:
            connection.execute(TABLE.insert().values(word=word))

    def words(self):
        with engine.reader() as connection:
            return sorted(connection.execute(sa.select(TABLE.c.word)).scalars())


class TransactionTest(EngineCase):

    def test_what_was_written_is_committed_at_the_end(self):
        self.write('one')
        self.assertEqual(['one'], self.words())

    def test_error_takes_everything_back_that_joined(self):
        def fail():
            with engine.writer():
                self.write('one')
                self.write('two')
                raise ZeroDivisionError
        self.assertRaises(ZeroDivisionError, fail)
        self.assertEqual([], self.words())

    def test_read_inside_a_transaction_sees_what_it_wrote(self):
        with engine.writer():
            self.write('one')
            self.assertEqual(['one'], self.words())

    def test_transactions_after_an_error_begin_anew(self):
        self.write('one')
        self.assertRaises(db_exc.DBDuplicateEntry, self.write, 'one')
        self.write('two')
        self.assertEqual(['one', 'two'], self.words())

    def test_process_that_is_cut_off_in_its_commit_commits_nothing_later(self):
        def cut_off(_connection):
            raise KeyboardInterrupt
        sa.event.listen(engine.engine(), 'commit', cut_off)
        self.assertRaises(KeyboardInterrupt, self.write, 'one')
        sa.event.remove(engine.engine(), 'commit', cut_off)
        self.write('two')
        self.assertEqual(['two'], self.words())

    def test_database_that_can_not_be_reached_is_503(self):
        def lose_connection():
            with engine.writer():
                raise db_exc.DBConnectionError(OSError('refused'))
        error = self.assertRaises(exception.DatabaseUnavailable, lose_connection)
        self.assertEqual(503, error.code)


class RetryTest(EngineCase):
    """The database has rolled a transaction back because of another one."""

    def setUp(self):
        super().setUp()
        self.store = engine.retry_on_deadlock(self.deadlocked_once)

    def deadlocked_once(self, word):
        """Write a word; answer it."""
        self.tries += 1
        self.write(f'{word} {self.tries}')
        if self.tries == 1:
            raise db_exc.DBDeadlock
        return word

    def deadlocked_in_a_transaction(self, word):
        with engine.writer():
            return self.deadlocked_once(word)

    def test_whole_transaction_is_repeated(self):
        store = engine.retry_on_deadlock(self.deadlocked_in_a_transaction)
        self.assertEqual('word', store('word'))
        self.assertEqual(['word 2'], self.words())

    def test_part_of_a_transaction_is_not_repeated_alone(self):
        def part():
            with engine.writer():
                self.store('part')
        self.assertRaises(db_exc.DBDeadlock, part)
        self.assertEqual((1, []), (self.tries, self.words()))

    def test_outermost_transaction_repeats_with_all_its_parts(self):
        @engine.retry_on_deadlock
        def whole():
            with engine.writer():
                self.write('before')
                self.store('part')
        whole()
        self.assertEqual(['before', 'part 2'], self.words())

    def test_transaction_that_a_node_did_not_run_is_repeated(self):
        @engine.retry_on_deadlock
        def write():
            with engine.writer():
                self.tries += 1
                if self.tries == 1:
                    raise failures.NodeNotReady(OSError('WSREP is not ready'))
                self.write('one')
        write()
        self.assertEqual((2, ['one']), (self.tries, self.words()))

    def test_transaction_that_may_have_been_committed_is_not_repeated(self):
        @engine.retry_on_deadlock
        def lose_connection():
            with engine.writer():
                self.tries += 1
                raise db_exc.DBConnectionError(OSError('gone'))
        self.assertRaises(exception.DatabaseUnavailable, lose_connection)
        self.assertEqual(1, self.tries)

    def test_other_errors_are_not_repeated(self):
        @engine.retry_on_deadlock
        def fail():
            self.tries += 1
            raise db_exc.DBDuplicateEntry
        self.assertRaises(db_exc.DBDuplicateEntry, fail)
        self.assertEqual(1, self.tries)
