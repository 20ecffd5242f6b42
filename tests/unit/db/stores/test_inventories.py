# SPDX-License-Identifier: Apache-2.0
"""What nodes have, claims, releases, and the audit of both."""

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.stores import candidates, inventories, inventory_audit
from nova_lite.objects import base as objects_base
from tests import base
from tests.fixtures import database, records

ONE, TWO = 'a' * 36, 'b' * 36


class InventoryCase(base.TestCase):

    def setUp(self):
        super().setUp()
        self.database = self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        records.compute_host(self.context, 'cmp1')
        records.compute_host(self.context, 'cmp2')

    def claim(self, consumer, node_id, memory_mb, **kwargs):
        inventories.claim(self.context, [
            inventories.Claim(consumer, node_id, {'MEMORY_MB': memory_mb})], **kwargs)

    def memory(self, node_id=1):
        return inventories.of_nodes(self.context, [node_id])[node_id]['MEMORY_MB']


class ReportTest(InventoryCase):

    def test_report_leaves_what_is_used(self):
        self.claim(ONE, 1, 512)
        inventories.report(self.context, 1, {'MEMORY_MB': {
            'total': 4096, 'reserved': 96, 'allocation_ratio': 1.5}})
        row = self.memory()
        self.assertEqual((4096, 6000, 512, 5488),
                         (row['total'], row['capacity'], row['used'], row['free']))

    def test_report_without_news_writes_nothing(self):
        same = {name: {'total': total} for name, total in
                {'VCPU': 16, 'MEMORY_MB': 8192, 'DISK_GB': 100}.items()}
        with self.database.statements() as sent:
            inventories.report(self.context, 1, same)
        self.assertEqual(1, len(sent))

    def test_class_that_is_reported_no_more_gets_no_claims(self):
        inventories.report(self.context, 1, {'VCPU': {'total': 16}})
        self.assertRaises(exception.ClaimRefused, self.claim, ONE, 1, 1)

    def test_ratio_is_not_eaten_by_binary_fractions(self):
        self.assertEqual(11, inventories.capacity_of(10, 0, 1.1))
        self.assertEqual(0, inventories.capacity_of(10, 20, 1.0))


class ClaimTest(InventoryCase):

    def test_claim_up_to_the_last_unit_and_not_beyond(self):
        self.claim(ONE, 1, 8192)
        self.assertRaises(exception.ClaimRefused, self.claim, TWO, 1, 1)
        self.assertEqual(8192, self.memory()['used'])

    def test_claim_for_several_is_undone_if_one_of_them_finds_no_room(self):
        claims = [inventories.Claim(ONE, 1, {'MEMORY_MB': 1}),
                  inventories.Claim(TWO, 2, {'MEMORY_MB': 9000})]
        self.assertRaises(exception.ClaimRefused, inventories.claim, self.context, claims)
        self.assertEqual((0, {}), (self.memory()['used'], inventories.held(
            self.context, [ONE, TWO])))

    def test_consumer_that_holds_something_claims_nothing_more(self):
        self.claim(ONE, 1, 1)
        self.assertRaises(exception.AlreadyClaimed, self.claim, ONE, 2, 1)
        self.assertEqual(0, self.memory(2)['used'])

    def test_claim_on_a_disabled_host_is_refused(self):
        services = objects_base.store('services')
        row = services.get_by_host(self.context, 'cmp1', 'nova-lite-compute')
        services.update(self.context, row['id'], {'disabled': True})
        self.assertRaises(exception.ClaimRefused, self.claim, ONE, 1, 1)
        self.assertEqual(0, self.memory()['used'])

    def test_release_gives_all_back_and_can_be_repeated(self):
        self.claim(ONE, 1, 512)
        self.assertTrue(inventories.release(self.context, ONE))
        self.assertFalse(inventories.release(self.context, ONE))
        self.assertEqual(0, self.memory()['used'])

    def test_replaced_claim_goes_only_if_the_new_one_is_made(self):
        self.claim(ONE, 1, 512)
        self.assertRaises(exception.ClaimRefused, self.claim, ONE, 2, 9000, replaced={ONE: 1})
        self.assertEqual((512, 0), (self.memory(1)['used'], self.memory(2)['used']))
        self.claim(ONE, 2, 512, replaced={ONE: 1})
        self.assertEqual((0, 512), (self.memory(1)['used'], self.memory(2)['used']))


class UnitsTest(InventoryCase):
    """A class that is given out in certain amounts."""

    def setUp(self):
        super().setUp()
        inventories.report(self.context, 1, {'CUSTOM_X': {
            'total': 20, 'min_unit': 4, 'max_unit': 8, 'step_size': 2}})

    def amounts(self, *amounts):
        inventories.claim(self.context, [
            inventories.Claim(uuid, 1, {'CUSTOM_X': amount})
            for uuid, amount in zip((ONE, TWO), amounts, strict=False)])

    def test_claim_of_another_amount_is_refused(self):
        for amount in (2, 5, 10):
            self.assertRaises(exception.ClaimRefused, self.amounts, amount)
        self.amounts(8)

    def test_units_are_those_of_one_server_not_of_their_sum(self):
        self.assertRaises(exception.ClaimRefused, self.amounts, 8, 2)
        self.amounts(8, 6)
        self.assertEqual(14, inventories.of_nodes(self.context, [1])[1]['CUSTOM_X']['used'])

    def test_candidates_are_those_that_give_such_amounts(self):
        inventories.report(self.context, 1, {
            'CUSTOM_X': {'total': 20, 'min_unit': 4, 'max_unit': 8, 'step_size': 2},
            **{name: {'total': 10} for name in inventories.IN_ANY_AMOUNT}})
        found = {amount: [row.host for row in candidates.matching(
            self.context, candidates.Cut({'CUSTOM_X': amount}))] for amount in (2, 4, 5, 8, 10)}
        self.assertEqual({2: [], 4: ['cmp1'], 5: [], 8: ['cmp1'], 10: []}, found)

    def test_report_of_an_older_host_says_nothing_of_units(self):
        inventories.report(self.context, 1, {'CUSTOM_X': {
            'total': 20, 'reserved': 0, 'allocation_ratio': 1.0}})
        self.amounts(3)


class AuditTest(InventoryCase):

    def test_recount_finds_and_repairs_what_does_not_add_up(self):
        self.claim(ONE, 1, 512)
        with engine.writer(self.context) as connection:
            connection.execute(inventories.inventories.update().where(
                inventories.inventories.c.resource_class == 'MEMORY_MB').values(used=7))
        wrong = inventory_audit.recount(self.context, repair=True)
        self.assertEqual([(1, 7, 512), (2, 7, 0)], [
            (one['node_id'], one['used'], one['allocated']) for one in wrong])
        self.assertEqual([], inventory_audit.recount(self.context, repair=False))
        self.assertEqual(512, self.memory()['used'])

    def test_orphans_are_what_no_server_and_no_operation_answers_for(self):
        (row,), _operation_id = records.servers(self.context)
        self.claim(row['uuid'], 1, 1)
        self.claim(ONE, 1, 1)
        self.assertEqual([ONE], [one['consumer_uuid'] for one in
                                 inventory_audit.orphans(self.context)])
