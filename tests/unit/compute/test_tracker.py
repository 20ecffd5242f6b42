# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/tracker.py: what a host says that it has."""

import os_resource_classes as orc
import sqlalchemy as sa

from nova_lite import exception
from nova_lite.compute import host as hosts
from nova_lite.compute import tracker
from nova_lite.db import engine
from nova_lite.db.stores import compute_nodes, inventories
from nova_lite.objects import base as objects_base
from nova_lite.virt.fake import driver as fake_driver
from tests import base
from tests.fixtures import database, records


class TrackerTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        self.override('fake_driver', vcpus=4, memory_mb=2048, local_gb=50)
        self.override(my_ip='192.0.2.7', reserved_host_memory_mb=512, reserved_host_disk_mb=1025,
                      reserved_host_cpus=1)
        self.driver = fake_driver.FakeDriver('cmp1', None)
        self.host = hosts.Host(name='cmp1', driver=self.driver, network=None, images=None)

    def register(self):
        objects_base.store('services').register(
            self.context, host='cmp1', binary='nova-lite-compute', topic='compute', worker=0,
            version=1, availability_zone=None)

    def inventories(self):
        return tracker.inventories_of(self.driver.resources('cmp1'))

    def recorded(self, table):
        with engine.reader() as connection:
            return [dict(row) for row in connection.execute(sa.select(table)).mappings()]

    def test_what_is_reserved_is_told_beside_the_total(self):
        told = {name: (figures['total'], figures['reserved'])
                for name, figures in self.inventories().items()}
        self.assertEqual({orc.VCPU: (4, 1), orc.MEMORY_MB: (2048, 512), orc.DISK_GB: (50, 2)},
                         told)

    def test_ratio_that_was_set_wins_over_the_first_one(self):
        self.override(cpu_allocation_ratio=3.0, initial_cpu_allocation_ratio=4.0,
                      ram_allocation_ratio=None, initial_ram_allocation_ratio=1.5)
        told = self.inventories()
        self.assertEqual((3.0, 1.5), (told[orc.VCPU]['allocation_ratio'],
                                      told[orc.MEMORY_MB]['allocation_ratio']))

    def test_report_is_recorded_with_its_inventories(self):
        self.register()
        tracker.report(self.context, self.host)
        node, = self.recorded(compute_nodes.nodes)
        self.assertEqual(('cmp1', 'cmp1', 'fake', '192.0.2.7', 4, 2048, 50), tuple(
            node[name] for name in ('host', 'hypervisor_hostname', 'hypervisor_type', 'host_ip',
                                    'vcpus', 'memory_mb', 'local_gb')))
        self.assertEqual({orc.VCPU: 4, orc.MEMORY_MB: 2048, orc.DISK_GB: 50}, {
            row['resource_class']: row['total']
            for row in self.recorded(inventories.inventories)})

    def test_host_with_several_nodes_reports_each(self):
        self.override('fake_driver', nodes=3)
        self.register()
        tracker.report(self.context, self.host)
        self.assertEqual(3, len(self.recorded(compute_nodes.nodes)))

    def test_report_of_an_unknown_host_is_refused(self):
        self.assertRaises(exception.ComputeHostNotFound, tracker.report, self.context, self.host)
