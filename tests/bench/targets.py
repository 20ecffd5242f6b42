# SPDX-License-Identifier: Apache-2.0
"""What is measured: a cloud of the bench's own, or any API."""

import contextlib
import dataclasses
from typing import Any

from tests.fixtures import boot_sector
from tests.live import base, cloud, own_servers

NODES = 10
ROOM = {'vcpus': 256, 'memory_mb': 65536, 'local_gb': 4000}
WORKERS = {'DEFAULT': {'osapi_compute_workers': 2}, 'conductor': {'workers': 2},
           'quota': dict.fromkeys(('instances', 'cores', 'ram'), -1)}
"""Two processes for each CPU of the goals' machine, and no limit to the crowd."""

HOST = 'bench'


@dataclasses.dataclass(frozen=True)
class Target:
    """Where servers are booted.

    :ivar name: begins the names of the figures
    :ivar cloud: None for an API of somebody else, as database and broker
    """

    name: str
    client: Any
    image: str
    flavor: str
    networks: Any
    cloud: Any = None
    database: Any = None
    broker: Any = None


@contextlib.contextmanager
def own_cloud_of_fake_nodes():
    """Give a cloud with one compute service that stands for ten nodes, and a network."""
    host = cloud.Host(HOST, cloud.FAKE, {'fake_driver': {'nodes': NODES, **ROOM}})
    with _own_cloud(host) as target:
        target.cloud.add_network()
        yield dataclasses.replace(target, networks='auto')


@contextlib.contextmanager
def own_cloud_of_libvirt():
    """Give a cloud whose servers are guests of QEMU without a NIC."""
    base.lend('libvirt')
    with _own_cloud(cloud.Host(HOST, cloud.LIBVIRT, {'libvirt': {'virt_type': 'qemu'}})) as target:
        yield target


@contextlib.contextmanager
def _own_cloud(host):
    with own_servers.OwnMariaDB() as database, own_servers.OwnRabbitMQ() as broker, cloud.Cloud(
            broker=broker.broker, database=database.database, hosts=[host],
            options=WORKERS) as made:
        yield Target(
            name=host.driver, client=made.client, networks='none', flavor=made.add_flavor(),
            image=made.add_image('boot sector', boot_sector.disk('bench')),
            cloud=made, database=database, broker=broker)
