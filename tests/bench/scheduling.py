# SPDX-License-Identifier: Apache-2.0
"""How long a choice takes among more and more hosts: scheduler and claim, real database."""

import contextlib
import statistics
import time

from oslo_config import cfg
from oslo_utils import uuidutils

from nova_lite import conf, objects
from nova_lite.db import engine, migrations, stores
from nova_lite.db.stores import compute_nodes, inventories, operations, services
from nova_lite.scheduler import claim, selection
from nova_lite.states import transitions
from tests.fixtures import records
from tests.live import own_servers

CONF = cfg.CONF
HOSTS = (100, 1000, 5000, 10000)
CHOICES = 40
CHUNK = 500
ROOM = {'VCPU': {'total': 32, 'allocation_ratio': 4.0}, 'MEMORY_MB': {'total': 262144},
        'DISK_GB': {'total': 4000}}
NODE = {'hypervisor_type': 'QEMU', 'hypervisor_version': 8000000, 'vcpus': 32,
        'memory_mb': 262144, 'local_gb': 4000, 'cpu_arch': 'x86_64',
        'supported_instances': [['x86_64', 'kvm', 'hvm'], ['i686', 'kvm', 'hvm']],
        'inventories': ROOM}
FAR = 10 ** 6
"""Seconds without a heartbeat after which a host would be down: the bench sends none."""


def scheduler(_target, args):
    """Choose hosts, one server at a time, among 100 and up to 10,000 of them."""
    found = {}
    with own_database() as context:
        present = 0
        for number in [number for number in HOSTS if number <= args.hosts]:
            add_hosts(context, range(present, number))
            present = number
            found.update(_spread(number, choose(context, CHOICES)))
    return found


@contextlib.contextmanager
def own_database():
    """Have this process use a database of its own; give an admin's context."""
    conf.CONF([], project='nova_lite', default_config_files=[], default_config_dirs=[])
    CONF.set_override('service_down_time', FAR)
    with own_servers.OwnMariaDB() as server:
        engine.configure(server.database.url)
        stores.register()
        for branch in migrations.BRANCHES:
            migrations.sync(branch)
        yield records.caller(is_admin=True)
        engine.engine().dispose()


def add_hosts(context, numbers):
    """Register hosts, and what each has."""
    for begin in range(0, len(numbers), CHUNK):
        with engine.writer(context):
            for number in numbers[begin:begin + CHUNK]:
                name = f'node{number:05d}'
                services.register(context, host=name, binary='nova-lite-compute', topic='compute',
                                  worker=0, version=1, availability_zone=None)
                compute_nodes.report(context, name, [{**NODE, 'hypervisor_hostname': name}])


def choose(context, choices):
    """Choose a host again and again; answer how long each choice took."""
    selector = selection.Selector()
    times = []
    for _choice in range(choices + 2):
        lease, consumer = _lease(context), uuidutils.generate_uuid()
        begin = time.perf_counter()
        selector.select(context, _spec(context), lease, [consumer])
        times.append(time.perf_counter() - begin)
        inventories.release(context, consumer)
    # The first choices fill the caches of statements.
    return times[2:]


def _spread(number, times):
    ordered = sorted(times)
    return {f'select_p50_ms_{number}_hosts': round(statistics.median(ordered) * 1000, 2),
            f'select_p95_ms_{number}_hosts': round(
                ordered[int(len(ordered) * 0.95)] * 1000, 2)}


def _lease(context):
    """Record an operation that is running; answer its lease."""
    operation_id = operations.begin(context, [{
        'kind': transitions.BUILD_BATCH, 'phase': transitions.SCHEDULE,
        'instance_uuid': None}])[None]
    work = objects.Work.take(context, operation_id, uuidutils.generate_uuid(), None)
    return claim.Lease(operation_id, work.operation.lease)


def _spec(context):
    return objects.RequestSpec(
        context, project_id='demo', flavor=records.flavor(memory_mb=2048, vcpus=2, root_gb=20))
