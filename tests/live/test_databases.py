# SPDX-License-Identifier: Apache-2.0
"""What must hold when many ask for the same at the same time, on every database."""

import collections
import functools
import pathlib
import threading

import sqlalchemy as sa
from oslo_utils import uuidutils

from nova_lite import exception, objects
from nova_lite.compute.requests import build, delete
from nova_lite.db import engine
from nova_lite.db.stores import (
    compute_nodes,
    idempotency,
    inventories,
    inventory_audit,
    networks,
    operations,
    record_repair,
    services,
    takeover,
)
from nova_lite.network import definition
from nova_lite.quota import limits, resources
from nova_lite.states import task, transitions, vm
from tests.fixtures import records
from tests.live import databases

HOSTS = ('cmp1', 'cmp2', 'cmp3')
FIT = 4
"""Servers that fit on one host; memory is what runs out."""

AMOUNTS = {'VCPU': 1, 'MEMORY_MB': 1024, 'DISK_GB': 1}
ROOM = {'VCPU': {'total': 64}, 'MEMORY_MB': {'total': FIT * 1024}, 'DISK_GB': {'total': 100}}
PATIENCE = 2
"""Seconds that a transaction stays open for another one that may have to wait for it."""

FAR_AWAY = "TIMESTAMP '2100-01-01 00:00:00'"


@engine.retry_on_deadlock
def claim(node_id):
    """Claim room for a new consumer; answer whether there was some."""
    try:
        with engine.writer():
            inventories.claim(records.caller(is_admin=True), [
                inventories.Claim(uuidutils.generate_uuid(), node_id, AMOUNTS)])
    except exception.ClaimRefused:
        return False
    return True


def claim_and_release(node_id):
    """Claim and release room again and again."""
    context = records.caller(is_admin=True)

    @engine.retry_on_deadlock
    def claim_for(consumer):
        with engine.writer():
            inventories.claim(context, [inventories.Claim(consumer, node_id, AMOUNTS)])

    for _round in range(6):
        consumer = uuidutils.generate_uuid()
        try:
            claim_for(consumer)
        except exception.ClaimRefused:
            continue
        inventories.release(context, consumer)


def take(incarnation, operation_id):
    """Take an operation; answer (operation, lease) if it was to be had."""
    work = objects.Work.take(records.caller(is_admin=True), operation_id, incarnation, None)
    return work and (operation_id, work.operation.lease)


@engine.retry_on_deadlock
def take_over(uuid):
    """Take a server over; answer its new fence."""
    with engine.writer():
        return takeover.take_over(records.caller(is_admin=True), uuid, task.DELETING)['fence']


def build_within(most, _number):
    """Record a build of a project that may have so many servers; answer whether it may."""
    project = {**dict.fromkeys(resources.ALL, resources.UNLIMITED), 'instances': most}
    try:
        build._record(records.caller(), records.request(), records.image(), None,
                      limits.Limits(project))
    except exception.QuotaExceeded:
        return False
    return True


@engine.retry_on_deadlock
def remember(reservation):
    """Use an Idempotency-Key; answer the reservation that has it."""
    context = records.caller()
    try:
        with engine.writer():
            idempotency.remember(context, 'the key', 'hash', reservation)
    except exception.IdempotencyKeyTaken:
        return idempotency.find(context, 'the key', 'hash')
    return reservation


@engine.retry_on_deadlock
def allocate(uuid):
    """Take an address; answer it, None if there is none left."""
    try:
        with engine.writer():
            (nic,) = networks.allocate(
                records.caller(), uuid, 'h1', networks.AUTO, 'demo')
    except exception.NoMoreFixedIps:
        return None
    return nic['fixed_ips'][0]['address']


@engine.retry_on_deadlock
def _release_addresses(uuid):
    with engine.writer():
        networks.release(records.caller(), uuid)


def allocate_and_release(uuid):
    """Take and release an address again and again."""
    for _round in range(6):
        allocate(uuid)
        _release_addresses(uuid)


def repair_or_delete(place, uuid, incarnation, is_repair):
    """Write a server's room, or delete the server while the transaction that writes it is open."""
    return (_repair if is_repair else _delete)(pathlib.Path(place), uuid, incarnation)


def _appears(path, seconds):
    """Wait until another process has made a file, or for so long."""
    clock = threading.Event()
    for _turn in range(int(seconds * 100)):
        if path.exists() or clock.wait(0.01):
            return


@engine.retry_on_deadlock
def _repair(place, uuid, _incarnation):
    with engine.writer():
        done = record_repair.claim_again(records.caller(is_admin=True), uuid, AMOUNTS)
        (place / 'repaired').touch()
        _appears(place / 'deleted', PATIENCE)
    return done


def _delete(place, uuid, incarnation):
    context = records.caller(is_admin=True)
    _appears(place / 'repaired', 60)
    number, host = delete._record(context, uuid, transitions.TABLE[transitions.DELETE])
    work = objects.Work.take(context, number, incarnation, host)
    operations.finish(context, number, work.operation.lease, objects.Outcome(vm_state=vm.DELETED))
    (place / 'deleted').touch()


def register(worker):
    """Start a worker of a daemon; answer its incarnation."""
    return services.register(
        records.caller(is_admin=True), host='ctl', binary='nova-lite-conductor',
        topic='conductor', worker=worker, version=1, availability_zone=None)


@databases.on_each_of(databases.MariaDB, databases.PostgreSQL, databases.Galera)
class Contention:
    """Many ask for the same."""

    time_limit = 300

    def nodes(self):
        """Make hosts with little room; answer the numbers of their nodes."""
        for host in HOSTS:
            services.register(
                self.context, host=host, binary='nova-lite-compute', topic='compute', worker=0,
                version=1, availability_zone=None)
            compute_nodes.report(self.context, host, [{
                'hypervisor_hostname': host, 'hypervisor_type': 'fake', 'vcpus': 64,
                'memory_mb': FIT * 1024, 'local_gb': 100, 'inventories': ROOM}])
        with engine.writer() as connection:
            # The test is not about heartbeats, and slow machines must not lose hosts.
            connection.execute(services.services.update().values(
                last_seen_at=sa.text(FAR_AWAY)))
            return sorted(connection.execute(sa.select(inventories.nodes.c.id)).scalars())

    def assert_counted_right(self):
        self.assertEqual([], inventory_audit.recount(self.context, repair=False))

    def test_last_room_is_given_once(self):
        nodes = self.nodes()
        answers = self.everywhere(claim, nodes * 3 * FIT)
        self.assertEqual(FIT * len(HOSTS), sum(answers))
        self.assert_counted_right()

    def test_room_that_comes_and_goes_is_counted_right(self):
        nodes = self.nodes()
        self.everywhere(claim_and_release, nodes * 6)
        with engine.reader() as connection:
            self.assertEqual([], connection.execute(sa.select(inventories.allocations)).all())
        self.assert_counted_right()

    def test_operation_is_taken_by_one_worker(self):
        operations = [records.servers(self.context)[1] for _ in range(12)]
        workers = [register(number) for number in range(8)]
        taken = [answer for part in self.everywhere(
            functools.partial(_take_each, operations), workers) for answer in part]
        self.assertEqual([(operation, 1) for operation in operations], sorted(taken))

    def test_server_that_is_taken_over_has_a_new_fence_each_time(self):
        (server,), _operation = records.servers(self.context)
        fences = self.everywhere(take_over, [server['uuid']] * 24)
        first = server['fence'] + 1
        self.assertEqual(list(range(first, first + 24)), sorted(fences))

    def test_repair_writes_no_room_of_a_server_that_is_deleted_meanwhile(self):
        incarnation = records.compute_host(self.context)
        server = records.active_server(self.context)
        self.everywhere(
            functools.partial(repair_or_delete, str(self.directory), server['uuid'], incarnation),
            [True, False])
        with engine.reader() as connection:
            self.assertEqual([True], connection.execute(
                sa.select(takeover.servers.c.deleted)).scalars().all())
            self.assertEqual([], connection.execute(sa.select(inventories.allocations)).all())
        self.assert_counted_right()

    def test_quota_is_used_up_and_not_more(self):
        answers = self.everywhere(functools.partial(build_within, 10), range(40))
        self.assertEqual(10, sum(answers))
        with engine.reader() as connection:
            self.assertEqual(10, connection.execute(
                sa.select(sa.func.count()).select_from(takeover.servers)).scalar_one())

    def test_key_is_for_one_reservation(self):
        wanted = [f'r-{number:08}' for number in range(24)]
        self.assertEqual(1, len(set(self.everywhere(remember, wanted))))

    def test_last_addresses_are_given_once(self):
        network = networks.create(self.context, definition.define({
            'label': 'narrow', 'cidr': '10.20.0.0/27', 'bridge': 'br100', 'mtu': 1500}))
        answers = self.everywhere(allocate, [uuidutils.generate_uuid() for _ in range(40)])
        given = collections.Counter(answer for answer in answers if answer)
        self.assertEqual((29, {1}), (len(given), set(given.values())))
        self.assertEqual({'usable': 29, 'used': 29}, networks.usage(self.context)[network['id']])

    def test_addresses_come_and_go(self):
        network = networks.create(self.context, definition.define({
            'label': 'busy', 'cidr': '10.20.0.0/28', 'bridge': 'br100', 'mtu': 1500}))
        self.everywhere(allocate_and_release, [uuidutils.generate_uuid() for _ in range(16)])
        self.assertEqual({'usable': 13, 'used': 0}, networks.usage(self.context)[network['id']])

    def test_workers_that_start_together_are_one_service(self):
        starts = self.everywhere(register, range(16))
        self.assertEqual(16, len(set(starts)))
        self.assertEqual(1, len(services.list_services(self.context)))
        for incarnation in starts:
            services.heartbeat(self.context, incarnation)


def _take_each(operations, incarnation):
    return [found for found in (take(incarnation, one) for one in operations) if found]
