# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/conductor/tasks/build_batch.py: all servers of a request, or none."""

import fixtures

from nova_lite import exception
from nova_lite.compute.requests import delete
from nova_lite.conductor.tasks import build_batch
from nova_lite.db.stores import inventories
from nova_lite.objects import base as objects_base
from nova_lite.states import operation as op
from nova_lite.states import transitions, vm
from tests.fixtures import records
from tests.unit.conductor.tasks import case


class BatchTest(case.TaskCase):
    """Two servers that were asked for together."""

    def setUp(self):
        super().setUp()
        records.compute_host(self.context)
        records.compute_host(self.context, 'cmp2')
        self.woken, self.released = [], []
        self.useFixture(fixtures.MonkeyPatch(
            'nova_lite.wake.owner_of_phase', lambda _context, *what: self.woken.append(what)))
        self.rows, self.parent = records.servers(self.context, min_count=2, max_count=2)
        self.first, self.second = self.children = [
            row['id'] for row in objects_base.store('batches').waiting_children(
                self.context, self.parent)]
        self.uuids = [row['uuid'] for row in self.rows]
        self.scheduler.answers = [['cmp1', 'cmp2']]

    def schedule(self):
        work = self.work = self.take(self.parent)
        return build_batch.schedule(self.controller, self.context, work, self.lease(work))

    def places(self):
        """Answer (state, phase, host) of the children."""
        rows = map(self.operation, self.children)
        return [(row['state'], row['phase'], row['host']) for row in rows]

    def delete(self, uuid):
        delete._record(self.context, uuid, transitions.TABLE[transitions.DELETE])

    def test_every_child_goes_to_its_host_which_is_woken(self):
        self.schedule()
        self.assertEqual([(op.PENDING, transitions.SPAWN, 'cmp1'),
                          (op.PENDING, transitions.SPAWN, 'cmp2')], self.places())
        self.assertEqual([(self.first, self.uuids[0], 'cmp1'),
                          (self.second, self.uuids[1], 'cmp2')], self.woken)

    def test_scheduler_is_asked_once_for_all(self):
        self.schedule()
        asked, = self.scheduler.asked
        self.assertEqual((self.uuids, self.parent), (asked['consumers'], asked['operation_id']))

    def test_parent_that_begins_again_asks_only_for_those_that_wait(self):
        start = objects_base.store('batches').start_child

        def die_after_the_first(*args):
            if self.woken:
                raise ZeroDivisionError
            start(*args)

        with fixtures.MonkeyPatch('nova_lite.db.stores.batches.start_child', die_after_the_first):
            self.assertRaises(ZeroDivisionError, self.schedule)
        self.scheduler.answers = [['cmp2']]
        self.schedule()
        self.assertEqual([self.uuids[1]], self.scheduler.asked[1]['consumers'])
        self.assertEqual(['cmp1', 'cmp2'], [host for _state, _phase, host in self.places()])

    def test_parent_whose_children_have_gone_on_has_nothing_to_do(self):
        self.schedule()
        self.schedule()
        self.assertEqual(1, len(self.scheduler.asked))

    def test_child_that_was_deleted_meanwhile_frees_its_claim_and_the_other_goes_on(self):
        self.patch(inventories, 'release', lambda _context, uuid: self.released.append(uuid))
        select = self.scheduler.select_destinations

        def deleted_meanwhile(*args, **wanted):
            self.delete(self.uuids[0])
            self.released.clear()
            return select(*args, **wanted)

        self.scheduler.select_destinations = deleted_meanwhile
        self.schedule()
        self.assertEqual([self.uuids[0]], self.released)
        self.assertEqual([op.SUPERSEDED, op.PENDING], [place[0] for place in self.places()])
        self.assertEqual([self.second], [what[0] for what in self.woken])

    def test_child_that_gets_no_address_fails_alone(self):
        start = objects_base.store('batches').start_child

        def no_address(context, child, next_phase):
            if child['id'] == self.first:
                raise exception.NoMoreFixedIps(network='private', used=1, usable=1)
            start(context, child, next_phase)

        self.patch(objects_base.store('batches'), 'start_child', no_address)
        self.schedule()
        self.assertEqual([op.FAILED, op.PENDING], [place[0] for place in self.places()])
        self.assertEqual([vm.ERROR, vm.BUILDING], [
            self.row(uuid)['vm_state'] for uuid in self.uuids])

    def test_database_that_is_away_is_no_fault_of_the_child(self):
        def away(_context, child, next_phase):
            raise exception.DatabaseUnavailable

        with fixtures.MonkeyPatch('nova_lite.db.stores.batches.start_child', away):
            self.assertRaises(exception.DatabaseUnavailable, self.schedule)
        self.assertEqual([(op.PENDING, transitions.AWAIT_BATCH, None)] * 2, self.places())

    def test_without_room_for_all_every_server_fails_with_the_same_reason(self):
        self.scheduler.answers = [exception.NoValidHost(reason='1 of 2 found room')]
        error = self.assertRaises(exception.NoValidHost, self.schedule)
        outcome = build_batch.fail_all(self.controller, self.context, self.work, error)
        self.assertIsNone(outcome.vm_state)
        for child, uuid in zip(self.children, self.uuids, strict=True):
            self.assertEqual(vm.ERROR, self.row(uuid)['vm_state'])
            self.assertIn('1 of 2 found room', self.operation(child)['message'])
