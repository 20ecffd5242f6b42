# SPDX-License-Identifier: Apache-2.0
"""Schedulers that place members of one server group at the same time, on real databases."""

import concurrent.futures
import functools
import multiprocessing

import sqlalchemy as sa

from nova_lite import exception, objects
from nova_lite.db import engine, models
from nova_lite.db.stores import compute_nodes, inventories, inventory_audit, services
from nova_lite.scheduler import claim, selection
from tests.fixtures import placement, records
from tests.live import base, postgresql
from tests.live.services import Unavailable
from tests.live.test_claims_do_not_overcommit import start

HOSTS = tuple(f'cmp{number}' for number in range(1, 7))
THREADS, PROCESSES = 12, 2
ROOM = {'VCPU': {'total': 64}, 'MEMORY_MB': {'total': 65536}, 'DISK_GB': {'total': 1000}}


def select(group, asked):
    """Place members; answer their hosts, None if there was no room.

    :param asked: (lease, uuids of the members)
    """
    lease, uuids = asked
    context = records.caller(is_admin=True)
    spec = objects.RequestSpec(context, project_id='demo', flavor=records.flavor(),
                               scheduler_hints={'group': [group]})
    try:
        found = selection.Selector().select(context, spec, lease, uuids)
    except exception.NoValidHost:
        return None
    return [one.host for one in found]


def select_each(group, many):
    """Place members for several requests at once."""
    with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(functools.partial(select, group), many))


class Groups:
    """The tests; a class for each database says where it is."""

    time_limit = 300

    def prepare(self, url):
        self.url = url
        start(url, THREADS + 4)
        models.metadata.create_all(engine.engine())
        self.addCleanup(lambda: engine.engine().dispose())
        self.context = records.caller(is_admin=True)
        self.incarnation = records.controller(self.context)
        for host in HOSTS:
            services.register(
                self.context, host=host, binary='nova-lite-compute', topic='compute', worker=0,
                version=1, availability_zone=None)
            compute_nodes.report(self.context, host, [{
                'hypervisor_hostname': host, 'hypervisor_type': 'fake', 'vcpus': 64,
                'memory_mb': 65536, 'local_gb': 1000, 'inventories': ROOM}])
        with engine.writer(self.context) as connection:
            # The test is not about heartbeats, and slow machines must not lose hosts.
            connection.execute(services.services.update().values(
                last_seen_at=sa.text("TIMESTAMP '2100-01-01 00:00:00'")))

    def requests(self, number, members=1):
        """Answer (lease, uuids) pairs of so many builds."""
        made = []
        for _ in range(number):
            servers = [records.servers(self.context) for _ in range(members)]
            work = objects.Work.take(self.context, servers[0][1], self.incarnation, None)
            made.append((claim.Lease(work.operation.id, work.operation.lease),
                         [rows[0]['uuid'] for rows, _operation in servers]))
        return made

    def group(self, policy, requests, **rules):
        return placement.server_group(
            self.context, policy, [uuid for _lease, uuids in requests for uuid in uuids], **rules)

    def placed(self, requests):
        """Answer the hosts of all members that hold room."""
        uuids = [uuid for _lease, many in requests for uuid in many]
        return sorted(row.host for row in inventories.held(self.context, uuids).values())

    def assert_counted_right(self):
        self.assertEqual([], inventory_audit.recount(self.context, repair=False))

    def test_members_that_come_together_stay_apart(self):
        requests = self.requests(20)
        answers = select_each(self.group('anti-affinity', requests), requests)
        self.assertEqual(len(HOSTS), sum(answer is not None for answer in answers))
        self.assertEqual(sorted(HOSTS), self.placed(requests))
        self.assert_counted_right()

    def test_members_that_come_to_two_schedulers_stay_apart(self):
        requests = self.requests(20)
        group = self.group('anti-affinity', requests, max_server_per_host=2)
        parts = [requests[number::PROCESSES] for number in range(PROCESSES)]
        with concurrent.futures.ProcessPoolExecutor(
                PROCESSES, multiprocessing.get_context('spawn'), start,
                (self.url, THREADS)) as pool:
            list(pool.map(functools.partial(select_each, group), parts))
        self.assertEqual(sorted(2 * HOSTS), self.placed(requests))
        self.assert_counted_right()

    def test_members_that_come_together_find_each_other(self):
        # Each would go to another host, so that only the group's row stands between them.
        self.override('filter_scheduler', host_subset_size=len(HOSTS))
        for _round in range(4):
            requests = self.requests(THREADS)
            select_each(self.group('affinity', requests), requests)
            placed = self.placed(requests)
            self.assertEqual((THREADS, 1), (len(placed), len(set(placed))), placed)
        self.assert_counted_right()

    def test_several_members_of_one_request_are_placed_together_or_not_at_all(self):
        requests = self.requests(8, members=3)
        answers = select_each(self.group('anti-affinity', requests), requests)
        self.assertEqual(2, sum(answer is not None for answer in answers))
        self.assertEqual(sorted(HOSTS), self.placed(requests))
        self.assert_counted_right()


class MariaDBGroupsTest(Groups, base.LiveTestCase):

    needs = ('mariadb',)

    def setUp(self):
        super().setUp()
        self.prepare(self.database.url)


class PostgreSQLGroupsTest(Groups, base.LiveTestCase):

    def setUp(self):
        super().setUp()
        try:
            self.prepare(self.useFixture(postgresql.PostgreSQL()).url)
        except Unavailable as error:
            self.skipTest(str(error))
