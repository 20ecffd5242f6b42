# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/tracker.py: what a host says that it has."""

import fixtures
import os_resource_classes as orc
import sqlalchemy as sa
import yaml

from nova_lite import exception
from nova_lite.compute import host as hosts
from nova_lite.compute import tracker
from nova_lite.db import engine
from nova_lite.db.stores import compute_nodes, inventories, traits
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
        self.directory = self.temporary_directory()
        self.override('compute', provider_config_location=str(self.directory))
        self.tracker = tracker.Tracker(
            hosts.Host(name='cmp1', driver=self.driver, network=None, images=None))

    def register(self):
        objects_base.store('services').register(
            self.context, host='cmp1', binary='nova-lite-compute', topic='compute', worker=0,
            version=1, availability_zone=None)

    def inventories(self):
        return tracker.inventories_of('cmp1', self.driver.resources('cmp1'))

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
        self.tracker.report(self.context)
        node, = self.recorded(compute_nodes.nodes)
        self.assertEqual(('cmp1', 'cmp1', 'fake', '192.0.2.7', 4, 2048, 50), tuple(
            node[name] for name in ('host', 'hypervisor_hostname', 'hypervisor_type', 'host_ip',
                                    'vcpus', 'memory_mb', 'local_gb')))
        self.assertEqual({orc.VCPU: 4, orc.MEMORY_MB: 2048, orc.DISK_GB: 50}, {
            row['resource_class']: row['total']
            for row in self.recorded(inventories.inventories)})

    def test_uptime_is_reported_and_nothing_if_nobody_can_tell(self):
        self.register()
        self.tracker.report(self.context)
        node, = self.recorded(compute_nodes.nodes)
        self.assertIn('load average', node['uptime'])
        self.useFixture(fixtures.MonkeyPatch(
            'nova_lite.virt.fake.driver.FakeDriver.uptime', self.unknown))
        self.tracker.report(self.context)
        node, = self.recorded(compute_nodes.nodes)
        self.assertIsNone(node['uptime'])

    @staticmethod
    def unknown(_driver):
        raise exception.UptimeUnknown(reason='no such program')

    def file(self, providers):
        (self.directory / 'a.yaml').write_text(yaml.safe_dump({
            'meta': {'schema_version': '1.0'}, 'providers': providers}))

    @staticmethod
    def provider(identification, total=2, *traits):
        return {'identification': identification, 'traits': {'additional': list(traits)},
                'inventories': {'additional': [{'CUSTOM_FPGA': {'total': total, 'max_unit': 1}}]}}

    def totals(self):
        """Answer the CUSTOM_FPGA of each node, by the node's number."""
        return [row['total'] for row in self.recorded(inventories.inventories)
                if row['resource_class'] == 'CUSTOM_FPGA']

    def traits(self):
        return [(row['node'], row['trait'], bool(row['by_driver']), bool(row['by_file']))
                for row in traits.listing(self.context)]

    def test_drivers_other_resources_and_traits_are_reported(self):
        self.override('fake_driver', resources={'CUSTOM_FPGA': '4'}, traits=['CUSTOM_FAST'])
        self.register()
        self.tracker.report(self.context)
        self.assertEqual([4], self.totals())
        self.assertEqual([('cmp1', 'COMPUTE_NODE', True, False),
                          ('cmp1', 'CUSTOM_FAST', True, False)], self.traits())

    def test_files_add_to_what_the_driver_reports(self):
        self.file([self.provider({'uuid': '$COMPUTE_NODE'}, 2, 'CUSTOM_A', 'COMPUTE_NODE')])
        self.register()
        self.tracker.report(self.context)
        row = next(row for row in self.recorded(inventories.inventories)
                   if row['resource_class'] == 'CUSTOM_FPGA')
        self.assertEqual((2, 1, 1), (row['total'], row['max_unit'], row['min_unit']))
        self.assertEqual([('cmp1', 'COMPUTE_NODE', True, True),
                          ('cmp1', 'CUSTOM_A', False, True)], self.traits())
        (self.directory / 'a.yaml').unlink()
        self.tracker.report(self.context)
        self.assertEqual([('cmp1', 'COMPUTE_NODE', True, False)], self.traits())
        self.assertEqual([0], self.totals())

    def test_driver_is_right_about_what_it_reports(self):
        self.override('fake_driver', resources={'CUSTOM_FPGA': '4'})
        self.file([self.provider({'uuid': '$COMPUTE_NODE'})])
        self.register()
        with self.assertLogs('nova_lite.compute.tracker', 'ERROR') as logged:
            self.tracker.report(self.context)
        self.assertIn('CUSTOM_FPGA of node cmp1', logged.output[0])
        self.assertEqual([4], self.totals())

    def test_node_can_be_named_by_the_uuid_that_the_record_has(self):
        self.override('fake_driver', node_names=['one', 'two'])
        self.register()
        self.tracker.report(self.context)
        uuid = self.recorded(compute_nodes.nodes)[1]['uuid']
        self.file([self.provider({'uuid': uuid.upper()}, 7),
                   self.provider({'uuid': '$COMPUTE_NODE'}, 3)])
        self.tracker.report(self.context)
        self.assertEqual([3, 7], self.totals())

    def test_first_report_of_a_start_finds_out_which_node_is_which(self):
        self.register()
        self.tracker.report(self.context)
        uuid = self.recorded(compute_nodes.nodes)[0]['uuid']
        self.file([self.provider({'uuid': uuid}, 7)])
        tracker.Tracker(self.tracker._host).report(self.context)
        self.assertEqual([7], self.totals())

    def test_start_with_a_wrong_file_is_refused_and_a_later_one_is_not(self):
        self.register()
        (self.directory / 'a.yaml').write_text('providers: []')
        self.assertRaises(exception.ProviderConfigInvalid, self.tracker.read_provider_files)
        self.file([self.provider({'name': 'cmp1'}, 5)])
        self.tracker.read_provider_files()
        (self.directory / 'a.yaml').write_text('nonsense')
        with self.assertLogs('nova_lite.compute.provider_config', 'ERROR'):
            self.tracker.report(self.context)
        self.assertEqual([5], self.totals())

    def test_host_with_several_nodes_reports_each(self):
        self.override('fake_driver', nodes=3)
        self.register()
        self.tracker.report(self.context)
        self.assertEqual(3, len(self.recorded(compute_nodes.nodes)))

    def test_report_of_an_unknown_host_is_refused(self):
        self.assertRaises(exception.ComputeHostNotFound, self.tracker.report, self.context)
