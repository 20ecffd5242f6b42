# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/inventory_sums.py: what all nodes have together."""

from nova_lite.db.stores import inventories, inventory_sums
from tests import base
from tests.fixtures import database, records

SERVER = '00000000-0000-4000-8000-000000000001'


class SumsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        for host in ('cmp1', 'cmp2'):
            records.compute_host(self.context, host)

    def sums(self):
        return {row['resource_class']: tuple(row[name] for name in (
            'nodes', 'total', 'used', 'free')) for row in inventory_sums.by_class(self.context)}

    def test_nodes_are_added_up(self):
        inventories.claim(self.context, [inventories.Claim(SERVER, 2, {'VCPU': 3})])
        self.assertEqual({'VCPU': (2, 32, 3, 29), 'MEMORY_MB': (2, 16384, 0, 16384),
                          'DISK_GB': (2, 200, 0, 200)}, self.sums())

    def test_class_that_is_gone_is_shown_as_long_as_somebody_has_some_of_it(self):
        inventories.report(self.context, 1, {'CUSTOM_FPGA': {'total': 4}})
        inventories.claim(self.context, [inventories.Claim(SERVER, 1, {'CUSTOM_FPGA': 3})])
        inventories.report(self.context, 1, {})
        self.assertEqual((1, 0, 3, 0), self.sums()['CUSTOM_FPGA'])
        inventories.release(self.context, SERVER)
        self.assertNotIn('CUSTOM_FPGA', self.sums())

    def test_what_one_node_has_promised_too_much_is_no_lack_of_another(self):
        inventories.claim(self.context, [inventories.Claim(SERVER, 1, {'VCPU': 10})])
        inventories.report(self.context, 1, {'VCPU': {'total': 4}})
        self.assertEqual((2, 20, 10, 16), self.sums()['VCPU'])
