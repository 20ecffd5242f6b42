# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/operations/lease.py: when a worker asks whether the work is still its own."""

import types

from nova_lite import exception, objects
from nova_lite.operations import lease as leases
from tests import base


class LeaseTest(base.TestCase):
    """A lease whose record is here and whose clock the test moves."""

    def setUp(self):
        super().setUp()
        self.asked = []
        self.is_lost = False
        self.now = 100.0
        self.patch(leases.time, 'monotonic', lambda: self.now)
        self.patch(objects.Operation, 'progress', self.progress)
        self.lease = leases.Lease(
            None, types.SimpleNamespace(id=7, lease=3), lambda ask: ask(), self.now)

    def progress(self, _context, operation_id, number):
        self.asked.append((operation_id, number))
        if self.is_lost:
            raise exception.LeaseLost(operation_id=operation_id, lease=number)

    def test_check_costs_nothing_while_there_is_no_doubt(self):
        self.now += leases.RENEWAL_INTERVAL
        self.lease.check()
        self.assertEqual([], self.asked)

    def test_check_gives_a_sign_of_progress_when_it_is_time(self):
        self.now += leases.RENEWAL_INTERVAL + 1
        self.lease.check()
        self.lease.check()
        self.assertEqual([(7, 3)], self.asked)

    def test_contested_lease_is_asked_for_once(self):
        self.lease.contest()
        self.lease.check()
        self.lease.check()
        self.assertEqual([(7, 3)], self.asked)

    def test_lost_lease_is_told_at_the_next_check(self):
        self.is_lost = True
        self.lease.check()
        self.lease.contest()
        self.assertRaises(exception.LeaseLost, self.lease.check)

    def test_fresh_answer_is_certain_enough_to_start_a_domain(self):
        self.now += leases.CERTAIN_FOR
        self.lease.make_certain()
        self.assertEqual([], self.asked)

    def test_older_answer_is_asked_for_again_before_a_domain_starts(self):
        self.now += leases.CERTAIN_FOR + 1
        self.lease.make_certain()
        self.lease.make_certain()
        self.assertEqual([(7, 3)], self.asked)

    def test_contested_lease_is_never_certain(self):
        self.lease.contest()
        self.lease.make_certain()
        self.assertEqual([(7, 3)], self.asked)

    def test_certainty_counts_from_the_question(self):
        def slow(ask):
            self.now += 60
            return ask()
        lease = leases.Lease(None, types.SimpleNamespace(id=7, lease=3), slow, self.now)
        lease.contest()
        lease.make_certain()
        lease.make_certain()
        self.assertEqual(2, len(self.asked))

    def test_contest_during_the_question_is_not_forgotten(self):
        def contested_meanwhile(ask):
            lease.contest()
            return ask()
        lease = leases.Lease(None, types.SimpleNamespace(id=7, lease=3), contested_meanwhile,
                             self.now)
        lease.contest()
        lease.check()
        lease.check()
        self.assertEqual(2, len(self.asked))
