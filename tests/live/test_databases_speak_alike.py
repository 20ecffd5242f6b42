# SPDX-License-Identifier: Apache-2.0
"""What one database does by itself and another one has to be told: the same on all of them."""

import concurrent.futures
import contextlib
import datetime
import time

import sqlalchemy as sa
from oslo_utils import uuidutils

from nova_lite import exception
from nova_lite.db import engine, migrations
from nova_lite.db.clock import db_now
from nova_lite.db.stores import flavors, instances, keypairs, server_listing
from tests.contract import test_migrations
from tests.fixtures import records
from tests.live import databases

servers = instances.instances
NAMES = ('web', 'Web', 'web-1', 'db_1', 'db%1', '\N{LATIN SMALL LETTER U WITH DIAERESIS}ber',
         '\N{PILE OF POO}')


@databases.on_each_of(databases.MariaDB, databases.PostgreSQL)
class Speech:
    """Names, patterns, times, pages."""

    def list(self, sort=(), **filters):
        return [row['display_name'] for row in server_listing.list_rows(
            self.context, filters=filters, sort=list(sort))]

    def make_servers(self):
        for name in NAMES:
            records.servers(self.context, name=name)

    def test_names_are_the_same_only_if_all_their_letters_are(self):
        for name in ('key', 'Key', 'k\N{LATIN SMALL LETTER E WITH ACUTE}y'):
            keypairs.create(self.context, {
                'user_id': 'fred', 'name': name, 'type': 'ssh', 'fingerprint': 'f',
                'public_key': 'p'})
        self.assertEqual('Key', keypairs.get_by_name(self.context, 'fred', 'Key')['name'])
        self.assertRaises(exception.KeypairNotFound, keypairs.get_by_name,
                          self.context, 'fred', 'KEY')

    def test_names_are_sorted_by_their_bytes(self):
        self.make_servers()
        self.assertEqual(sorted(NAMES, key=str.encode),
                         self.list(sort=[('display_name', 'asc')]))

    def test_pages_go_on_where_the_last_one_ended(self):
        self.make_servers()
        found, marker = [], None
        while page := server_listing.list_rows(
                self.context, filters={}, sort=[('task_state', 'desc'), ('display_name', 'asc')],
                marker=marker, limit=2):
            found += [row['display_name'] for row in page]
            marker = page[-1]['uuid']
        self.assertEqual(sorted(NAMES, key=str.encode), found)

    def test_patterns_match(self):
        self.make_servers()
        for pattern, expected in (
                ('^web', {'web', 'web-1'}), ('1$', {'web-1', 'db_1', 'db%1'}),
                ('^.b', {'db_1', 'db%1', NAMES[5]}), ('^w(eb|in)$', {'web'}),
                ('[0-9]+', {'web-1', 'db_1', 'db%1'}), ('nothing', set())):
            self.assertEqual(expected, set(self.list(name=pattern)), pattern)

    def test_pattern_that_can_not_be_used_is_a_bad_request(self):
        for pattern in ('(', '*', '[a'):
            self.assertRaises(exception.InvalidInput, self.list, name=pattern)

    def test_pattern_that_takes_for_ever_is_given_up(self):
        records.servers(self.context, name='a' * 200 + 'b')
        for pattern in ('(a+)+$', '(a*)*$', r'^(a|aa)+$', r'((a+)\1+)+c', '(?=(a+)+c)a'):
            begun = time.monotonic()
            with contextlib.suppress(exception.InvalidInput):
                self.list(name=pattern)
            self.assertLess(time.monotonic() - begun, 10, pattern)

    def test_pattern_that_takes_long_with_each_of_many_servers_is_given_up(self):
        records.servers(self.context, name='a' * 200 + 'b')
        with engine.writer() as connection:
            row = connection.execute(sa.select(servers)).mappings().one()
            connection.execute(servers.insert(), [
                {**row, 'id': number, 'uuid': uuidutils.generate_uuid()}
                for number in range(1000, 1300)])
        begun = time.monotonic()
        with contextlib.suppress(exception.InvalidInput):
            self.list(name='(a+)+$')
        self.assertLess(time.monotonic() - begun, 20)

    def test_servers_are_found_by_hundreds_of_tags_and_pairs(self):
        (row,), _operation = records.servers(self.context, metadata={'a': '1', 'b': '2'})
        with engine.writer() as connection:
            connection.execute(instances.tags.insert(), [
                {'instance_uuid': row['uuid'], 'tag': f't{number}'} for number in range(50)])
        many = [f't{number}' for number in range(500)]
        name = [row['display_name']]
        for filters, expected in (
                ({'tags': many[:50]}, name), ({'tags': many}, []), ({'tags_any': many}, name),
                ({'not_tags': many}, name), ({'not_tags_any': many}, []),
                ({'metadata': {'a': '1', 'b': '2'}}, name), ({'metadata': {'a': '2'}}, []),
                ({'metadata': {f'k{tag}': tag for tag in many}}, [])):
            self.assertEqual(expected, self.list(**filters))

    def test_name_of_a_flavor_is_a_regular_expression(self):
        for number, name in enumerate(('a_b', 'axb', 'a%b')):
            flavors.create(self.context, {'flavorid': str(number), 'name': name, 'vcpus': 1,
                                          'memory_mb': 1, 'root_gb': 1})
        for pattern, expected in (('a_b', ['a_b']), ('^a.b$', ['a_b', 'axb', 'a%b']), ('^b', [])):
            found = flavors.list_flavors(self.context, filters={'name': pattern})
            self.assertEqual(expected, [row['name'] for row in found])

    def test_times_have_microseconds_and_no_zone(self):
        moment = datetime.datetime(2026, 7, 1, 12, 0, 0, 123456)
        (row,), _operation = records.servers(self.context)
        with engine.writer() as connection:
            connection.execute(servers.update().values(launched_at=moment))
        self.assertEqual(moment, instances.get_by_uuid(
            self.context, row['uuid'])['launched_at'])

    def test_server_tells_the_time_in_utc(self):
        with engine.reader() as connection:
            now, later = connection.execute(sa.select(db_now(), db_now(1.5))).one()
        utc = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
        self.assertLess(abs(now - utc), datetime.timedelta(seconds=5))
        self.assertAlmostEqual(1.5, (later - now).total_seconds(), 2)


@databases.on_each_of(databases.MariaDB, databases.PostgreSQL)
class Transactions:
    """Isolation, locks, errors in the middle."""

    def setUp(self):
        super().setUp()
        (self.row,), _operation = records.servers(self.context)
        self.here = servers.c.uuid == self.row['uuid']

    def in_another_thread(self, function):
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            return pool.submit(function).result()

    def rename(self, name):
        with engine.writer() as connection:
            connection.execute(servers.update().where(self.here).values(display_name=name))

    def name_by(self, connection):
        return connection.execute(sa.select(servers.c.display_name).where(self.here)).scalar_one()

    def test_statement_sees_what_was_committed_before_it(self):
        with engine.writer() as connection:
            self.name_by(connection)
            self.in_another_thread(lambda: self.rename('new'))
            self.assertEqual('new', self.name_by(connection))

    def test_row_that_stays_locked_is_given_up(self):
        with engine.writer() as connection:
            connection.execute(servers.update().where(self.here).values(display_name='mine'))
            error = self.in_another_thread(
                lambda: self.assertRaises(engine.db_exc.DBDeadlock, self.rename, 'theirs'))
            self.assertIsInstance(error, engine.db_exc.DBDeadlock)
            self.assertEqual('mine', self.name_by(connection))

    def test_transactions_that_lock_crosswise_both_get_through(self):
        (other,), _operation = records.servers(self.context)
        uuids = [self.row['uuid'], other['uuid']]

        @engine.retry_on_deadlock
        def rename_both(ordered):
            with engine.writer() as connection:
                for uuid in ordered:
                    connection.execute(servers.update().where(servers.c.uuid == uuid).values(
                        fence=servers.c.fence + 1))

        databases.at_once(rename_both, [uuids, uuids[::-1]] * 3)
        with engine.reader() as connection:
            fences = connection.execute(sa.select(servers.c.fence)).scalars().all()
        self.assertEqual([self.row['fence'] + 6] * 2, fences)

    def test_transaction_goes_on_after_an_error_that_it_kept_apart(self):
        with engine.writer() as connection:
            try:
                with connection.begin_nested():
                    connection.execute(servers.insert().values(
                        uuid=self.row['uuid'], project_id='p', user_id='u'))
            except engine.db_exc.DBError:
                connection.execute(servers.update().where(self.here).values(display_name='on'))
        with engine.reader() as connection:
            self.assertEqual('on', self.name_by(connection))

    def test_number_that_no_column_holds_is_found_nowhere(self):
        self.assertEqual([], server_listing.list_rows(
            self.context, filters={'launch_index': 2 ** 40}, sort=[]))

    def test_server_that_is_not_there_is_unavailable(self):
        with engine.reader():
            pass
        nowhere = sa.make_url(self.urls[0]).set(host='127.0.0.1', port=9).set(query={})
        databases.start(nowhere.render_as_string(hide_password=False), 1)
        self.addCleanup(databases.start, self.urls[0], 1)

        def ask():
            with engine.reader():
                pass
        self.override('database', max_retries=0)
        self.assertRaises(exception.DatabaseUnavailable, ask)


@databases.on_each_of(databases.MariaDB, databases.PostgreSQL)
class Migrations:
    """The schema that ``db sync`` makes."""

    has_tables = False

    def test_migrations_make_the_tables_of_the_models(self):
        for branch in migrations.BRANCHES:
            migrations.sync(branch)
        self.assertEqual([], test_migrations.differences())
        self.assertEqual(migrations.newest(), migrations.versions())

    def test_uuid_is_found_in_tables_that_the_migrations_made(self):
        for branch in migrations.BRANCHES:
            migrations.sync(branch)
        (row,), _operation = records.servers(self.context)
        self.assertEqual(row['uuid'], instances.get_by_uuid(self.context, row['uuid'])['uuid'])
        self.assertRaises(exception.InstanceNotFound, instances.get_by_uuid,
                          self.context, uuidutils.generate_uuid())
