# SPDX-License-Identifier: Apache-2.0
"""Schedulers that claim at the same time, with real transactions of real databases."""

import concurrent.futures
import multiprocessing

import sqlalchemy as sa
from oslo_utils import uuidutils

from nova_lite import conf, exception, objects
from nova_lite.db import engine, models, stores
from nova_lite.db.stores import compute_nodes, inventories, inventory_audit, services
from nova_lite.scheduler import claim, selection
from tests.fixtures import records
from tests.live import base, postgresql
from tests.live.services import Unavailable

HOSTS = ('cmp1', 'cmp2', 'cmp3')
FIT = 4
"""Servers of the test's flavor that fit on one host; memory is what runs out."""

THREADS, PROCESSES = 12, 3
FLAVOR = {'memory_mb': 1024, 'vcpus': 1, 'root_gb': 1}
ROOM = {'VCPU': {'total': 4, 'allocation_ratio': 16.0}, 'MEMORY_MB': {'total': FIT * 1024},
        'DISK_GB': {'total': 100}}


def start(url, connections):
    """Give this process options and database."""
    conf.CONF([], project='nova_lite', default_config_files=[], default_config_dirs=[])
    engine.configure(url, max_pool_size=connections, max_overflow=0)
    stores.register()


def select(lease, consumers, **kwargs):
    """Ask for room; answer the hosts, None if there was none."""
    context = records.caller(is_admin=True)
    spec = objects.RequestSpec(context, project_id='demo', flavor=records.flavor(**FLAVOR))
    try:
        found = selection.Selector().select(context, spec, lease, consumers, **kwargs)
    except exception.NoValidHost:
        return None
    return [one.host for one in found]


def select_for_each(leases):
    """Ask for one server for each lease, from several threads."""
    with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(lambda lease: select(lease, [uuidutils.generate_uuid()]), leases))


class Claims:
    """The tests; a class for each database says where it is."""

    time_limit = 300

    def prepare(self, url):
        self.url = url
        start(url, THREADS + 4)
        models.metadata.create_all(engine.engine())
        self.addCleanup(lambda: engine.engine().dispose())
        self.context = records.caller(is_admin=True)
        for host in HOSTS:
            services.register(
                self.context, host=host, binary='nova-lite-compute', topic='compute', worker=0,
                version=1, availability_zone=None)
            compute_nodes.report(self.context, host, [{
                'hypervisor_hostname': host, 'hypervisor_type': 'fake', 'vcpus': 4,
                'memory_mb': 4096, 'local_gb': 100, 'inventories': ROOM}])
        with engine.writer(self.context) as connection:
            # The test is not about heartbeats, and slow machines must not lose hosts.
            connection.execute(services.services.update().values(
                last_seen_at=sa.text("TIMESTAMP '2100-01-01 00:00:00'")))

    def leases(self, number):
        incarnation = records.controller(self.context)
        ids = [records.servers(self.context)[1] for _ in range(number)]
        return [claim.Lease(one, objects.Work.take(
            self.context, one, incarnation, None).operation.lease) for one in ids]

    def allocated(self):
        """Answer how many allocations of memory each host has."""
        with engine.reader(self.context) as connection:
            table = inventories.allocations
            return dict(connection.execute(
                sa.select(inventories.nodes.c.host, sa.func.count())
                .join(table, table.c.node_id == inventories.nodes.c.id)
                .where(table.c.resource_class == 'MEMORY_MB')
                .group_by(inventories.nodes.c.host)).all())

    def assert_full_and_right(self):
        self.assertEqual(dict.fromkeys(HOSTS, FIT), self.allocated())
        self.assertEqual([], inventory_audit.recount(self.context, repair=False))

    def test_last_room_is_given_once_however_many_threads_want_it(self):
        answers = select_for_each(self.leases(40))
        self.assertEqual(len(HOSTS) * FIT, sum(answer is not None for answer in answers))
        self.assert_full_and_right()

    def test_last_room_is_given_once_however_many_processes_want_it(self):
        leases = self.leases(42)
        parts = [leases[number::PROCESSES] for number in range(PROCESSES)]
        with concurrent.futures.ProcessPoolExecutor(
                PROCESSES, multiprocessing.get_context('spawn'), start,
                (self.url, THREADS)) as pool:
            answers = [answer for part in pool.map(select_for_each, parts) for answer in part]
        self.assertEqual(len(HOSTS) * FIT, sum(answer is not None for answer in answers))
        self.assert_full_and_right()

    def test_several_servers_of_one_request_get_room_together_or_not_at_all(self):
        leases = self.leases(12)

        def ask(lease):
            return select(lease, [uuidutils.generate_uuid() for _ in range(5)])

        with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
            answers = [answer for answer in pool.map(ask, leases) if answer]
        self.assertEqual(2, len(answers))
        self.assertEqual(10, sum(self.allocated().values()))
        self.assertEqual([], inventory_audit.recount(self.context, repair=False))

    def test_call_that_is_repeated_while_it_runs_claims_once(self):
        (lease,) = self.leases(1)
        consumer = uuidutils.generate_uuid()
        with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
            answers = list(pool.map(lambda _: select(lease, [consumer]), range(THREADS)))
        self.assertEqual(1, sum(self.allocated().values()))
        self.assertEqual([[next(iter(self.allocated()))]] * THREADS, answers)

    def test_room_that_comes_and_goes_is_counted_right_at_every_moment(self):
        leases = self.leases(THREADS)

        def come_and_go(lease):
            consumer = uuidutils.generate_uuid()
            for _round in range(8):
                hosts = select(lease, [consumer])
                if hosts:
                    select(lease, [consumer], exclude=[[hosts[0], hosts[0]]], release_first=True)
                inventories.release(self.context, consumer)

        with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
            running = [pool.submit(come_and_go, lease) for lease in leases]
            wrong = []
            while not all(one.done() for one in running):
                wrong += inventory_audit.recount(self.context, repair=False)
            for one in running:
                one.result()
        self.assertEqual([], wrong)
        self.assertEqual({}, self.allocated())
        self.assertEqual([], inventory_audit.recount(self.context, repair=False))


class MariaDBClaimsTest(Claims, base.LiveTestCase):

    needs = ('mariadb',)

    def setUp(self):
        super().setUp()
        self.prepare(self.database.url)


class PostgreSQLClaimsTest(Claims, base.LiveTestCase):

    def setUp(self):
        super().setUp()
        try:
            self.prepare(self.useFixture(postgresql.PostgreSQL()).url)
        except Unavailable as error:
            self.skipTest(str(error))
