# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/record_repair.py: nothing is repaired that is not broken.

What a repair does is in tests/functional/test_operators_commands.py.
"""

from nova_lite.db.stores import inventories, record_repair
from nova_lite.states import operation as op
from nova_lite.states import task, transitions, vm
from tests import base
from tests.fixtures import database, ended, records


class RepairTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        records.compute_host(self.context)
        self.uuid = records.active_server(self.context)['uuid']

    def repairs(self):
        """Answer what each repair of a server says."""
        return {
            'release': record_repair.release(self.context, self.uuid),
            'claim': record_repair.claim_again(self.context, self.uuid, {'VCPU': 1}),
            'nics': record_repair.set_host_of_nics(self.context, self.uuid),
            'address': record_repair.free_address(self.context, 1, self.uuid),
            'unattended': record_repair.end_unattended(self.context, self.uuid, 'lost'),
            'clean-up': record_repair.begin_clean_up(self.context, self.uuid, 'cmp1') is not None}

    def test_server_that_is_being_worked_on_is_left_alone(self):
        ended.change('operations', self.uuid, state=op.RUNNING)
        ended.change('instances', self.uuid, task_state=task.SPAWNING, deleted=True)
        self.assertEqual(set(), {name for name, did in self.repairs().items() if did})

    def test_server_that_lives_is_not_freed_and_not_cleaned_up(self):
        done = self.repairs()
        self.assertEqual((False, False, False), (
            done['release'], done['unattended'], done['clean-up']))
        self.assertEqual([self.uuid], [row['consumer_uuid'] for row in
                                       ended.contents('allocations')])

    def test_repair_writes_the_servers_row_so_that_other_nodes_of_a_cluster_conflict(self):
        fence = ended.contents('instances')[0]['fence']
        for repair in (lambda: record_repair.claim_again(self.context, self.uuid, {'VCPU': 1}),
                       lambda: record_repair.set_host_of_nics(self.context, self.uuid),
                       lambda: record_repair.free_address(self.context, 1, self.uuid)):
            ended.change('instances', self.uuid, updated_at=None)
            repair()
            [server] = ended.contents('instances')
            self.assertIsNotNone(server['updated_at'])
            self.assertEqual(fence, server['fence'])

    def test_server_that_has_changed_since_it_was_seen_is_left_alone(self):
        is_busy = record_repair._is_busy

        def taken_over_meanwhile(connection, uuid):
            connection.execute(record_repair.servers.update().values(
                fence=record_repair.servers.c.fence + 1))
            return is_busy(connection, uuid)

        self.patch(record_repair, '_is_busy', taken_over_meanwhile)
        self.assertEqual(set(), {name for name, did in self.repairs().items() if did})
        ended.change('instances', self.uuid, deleted=True)
        self.assertEqual(set(), {name for name, did in self.repairs().items() if did})

    def test_room_is_written_also_where_there_is_none(self):
        self.assertTrue(record_repair.claim_again(self.context, self.uuid, {'VCPU': 17}))
        self.assertTrue(record_repair.claim_again(self.context, self.uuid, {'VCPU': 17}))
        row = inventories.of_nodes(self.context, [1])[1]['VCPU']
        self.assertEqual((17, 16), (row['used'], row['capacity']))

    def test_clean_up_is_begun_once(self):
        ended.change('instances', self.uuid, deleted=True)
        number = record_repair.begin_clean_up(self.context, self.uuid, 'cmp1')
        self.assertIsNone(record_repair.begin_clean_up(self.context, self.uuid, 'cmp1'))
        begun = ended.contents('operations')[-1]
        self.assertEqual((number, transitions.CLEAN_UP, 'cmp1', op.PENDING), tuple(
            begun[name] for name in ('id', 'kind', 'host', 'state')))

    def test_lost_build_raises_the_fence(self):
        ended.change('instances', self.uuid, vm_state=vm.BUILDING, fence=4)
        self.assertTrue(record_repair.end_unattended(self.context, self.uuid, 'lost'))
        [server] = ended.contents('instances')
        self.assertEqual((vm.ERROR, 5), (server['vm_state'], server['fence']))
        self.assertEqual(['lost'], [row['message'] for row in ended.contents('instance_faults')])

    def test_operation_of_a_server_that_lives_is_not_ended(self):
        ended.change('operations', self.uuid, state=op.PENDING)
        self.assertFalse(record_repair.end_operation_of_nobody(self.context, 1))

    def test_child_that_was_moved_on_is_left_alone(self):
        child = ended.contents('operations')[0]
        self.assertFalse(record_repair.fail_child(self.context, child, 'lost'))
