# SPDX-License-Identifier: Apache-2.0
"""What explanations read of hosts."""

from nova_lite.db.stores import inventories, scheduling_records, services
from tests import base
from tests.fixtures import database, records


class SchedulingRecordsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        for name in ('cmp1', 'cmp2'):
            records.compute_host(self.context, name)

    def test_inventory_of_all_nodes_is_read(self):
        found = scheduling_records.inventory(self.context)
        self.assertEqual(2, len(found))
        self.assertEqual((16, 0, 1.0, 0), tuple(found[1]['VCPU'][name] for name in (
            'total', 'reserved', 'allocation_ratio', 'used')))

    def test_services_that_take_no_servers_are_told_with_the_reason(self):
        row = services.get_by_host(self.context, 'cmp2', 'nova-lite-compute')
        services.update(self.context, row['id'], {'disabled': True, 'disabled_reason': 'rest'})
        found = scheduling_records.services_without_servers(self.context)
        self.assertEqual({'cmp2': 'rest'}, {
            host: row.disabled_reason for host, row in found.items()})
        self.assertIsNotNone(found['cmp2'].last_seen_at)

    def test_amounts_that_are_held_are_told_by_consumer(self):
        uuid = 'a' * 36
        inventories.claim(self.context, [inventories.Claim(uuid, 1, {'VCPU': 2, 'DISK_GB': 1})])
        self.assertEqual([(uuid, 1, {'VCPU': 2, 'DISK_GB': 1})],
                         inventories.amounts_held(self.context, [uuid, 'b' * 36]))
