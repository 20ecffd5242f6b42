# SPDX-License-Identifier: Apache-2.0
"""Aggregates that change and hosts that register at the same time, on real databases."""

import concurrent.futures
import contextlib

from nova_lite import exception
from nova_lite.db import engine, models
from nova_lite.db.stores import aggregates, services
from tests.fixtures import records
from tests.live import base, postgresql
from tests.live.services import Unavailable
from tests.live.test_claims_do_not_overcommit import start

HOSTS = tuple(f'cmp{number}' for number in range(1, 7))
ZONES = ('east', 'west', 'north')
THREADS, ROUNDS = 12, 5
COMPUTE = 'nova-lite-compute'


class Zones:
    """The tests; a class for each database says where it is."""

    time_limit = 300

    def prepare(self, url):
        start(url, THREADS + 4)
        models.metadata.create_all(engine.engine())
        self.addCleanup(lambda: engine.engine().dispose())
        self.context = records.caller(is_admin=True)

    def register(self, host, binary=COMPUTE, worker=0):
        return services.register(
            self.context, host=host, binary=binary, topic='compute', worker=worker, version=1,
            availability_zone='own')

    def at_once(self, *calls):
        """Make calls, all at the same time; those that are refused are none of the test's."""
        def attempt(call):
            with contextlib.suppress(exception.Conflict, exception.Invalid, exception.NotFound):
                call[0](*call[1:])
        with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(attempt, calls))

    def given(self):
        """Answer host -> zones that its aggregates give it."""
        found = {}
        for row in aggregates.list_aggregates(self.context):
            for host in row['hosts']:
                found.setdefault(host, set()).add(row['metadata']['availability_zone'])
        return found

    def recorded(self):
        """Answer host -> zone of its service."""
        return {row['host']: row['availability_zone'] for row in services.list_services(
            self.context, binary=COMPUTE)}

    def test_every_host_ends_in_one_zone_and_its_service_knows_it(self):
        made = {zone: aggregates.create(self.context, zone, zone)['id'] for zone in ZONES}
        for host in HOSTS:
            self.register(host)
        for _round in range(ROUNDS):
            self.at_once(*(call for host in HOSTS for zone in ZONES for call in (
                (aggregates.add_host, self.context, made[zone], host), (self.register, host))))
            self.assertEqual({host: {zone} for host, zone in self.recorded().items()},
                             self.given())
            self.at_once(*(call for host in HOSTS for zone in ZONES for call in (
                (aggregates.remove_host, self.context, made[zone], host),
                (self.register, host))))
            self.assertEqual({}, self.given())
            self.assertLessEqual(set(self.recorded().values()), {None, 'own'})

    def test_zone_that_changes_meanwhile_reaches_hosts_that_come_and_start(self):
        made = aggregates.create(self.context, 'rack', 'first')['id']
        for host in HOSTS:
            self.register(host)
        for number in range(ROUNDS):
            self.at_once(
                *((aggregates.add_host, self.context, made, host) for host in HOSTS),
                (lambda zone: aggregates.update(
                    self.context, made, pairs={'availability_zone': zone}), f'zone{number}'),
                *((self.register, host) for host in HOSTS))
            self.assertEqual(dict.fromkeys(HOSTS, f'zone{number}'), self.recorded())

    def test_workers_that_start_together_are_one_service(self):
        with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
            starts = list(pool.map(
                lambda worker: self.register('ctl', 'nova-lite-conductor', worker),
                range(THREADS)))
        self.assertEqual(THREADS, len(set(starts)))
        self.assertEqual(1, len(services.list_services(self.context)))
        for incarnation in starts:
            services.heartbeat(self.context, incarnation)


class MariaDBZonesTest(Zones, base.LiveTestCase):

    needs = ('mariadb',)

    def setUp(self):
        super().setUp()
        self.prepare(self.database.url)


class PostgreSQLZonesTest(Zones, base.LiveTestCase):

    def setUp(self):
        super().setUp()
        try:
            self.prepare(self.useFixture(postgresql.PostgreSQL()).url)
        except Unavailable as error:
            self.skipTest(str(error))
