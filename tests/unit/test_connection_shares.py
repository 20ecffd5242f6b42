# SPDX-License-Identifier: Apache-2.0
"""Alike shares of the connections to one socket."""

import copy
import types

from nova_lite import connection_shares
from tests import base


class SharesTest(base.TestCase):
    """Two processes, each with its own copy of what they share."""

    def setUp(self):
        super().setUp()
        self.waits = []
        self.patch(connection_shares.time, 'sleep', self.wait)
        self.while_waiting = lambda: None
        self.one = connection_shares.Shares(2)
        self.other = copy.copy(self.one)
        self.one.join()
        self.other.join()

    def wait(self, seconds):
        self.waits.append(seconds)
        self.while_waiting()

    def test_who_has_as_many_as_others_accepts_at_once(self):
        self.other.note(3)
        self.one.give_way(3)
        self.assertEqual([], self.waits)

    def test_who_has_more_waits_until_another_has_caught_up(self):
        self.while_waiting = lambda: self.other.note(1)
        self.one.give_way(1)
        self.assertEqual(1, len(self.waits))

    def test_nobody_waits_long_for_one_that_does_not_accept(self):
        self.one.give_way(5)
        self.assertEqual([connection_shares.MOMENT] * connection_shares.TIMES, self.waits)

    def test_nobody_waits_for_one_that_has_left_or_never_came(self):
        self.other.leave()
        self.one.give_way(5)
        alone = connection_shares.Shares(2)
        alone.join()
        alone.give_way(5)
        self.assertEqual([], self.waits)

    def test_who_finds_no_place_takes_part_in_nothing(self):
        third = copy.copy(self.other)
        third._place = None
        third.join()
        third.give_way(5)
        self.one.give_way(0)
        self.assertEqual([], self.waits)

    def test_a_connection_counts_as_soon_as_it_is_accepted(self):
        listening = types.SimpleNamespace(accept=lambda: 'accepted', fileno=lambda: 7)
        fair = connection_shares.FairSocket(listening, self.one, lambda: 0)
        self.assertEqual(('accepted', 7), (fair.accept(), fair.fileno()))
        self.other.give_way(1)
        self.assertEqual([], self.waits)
        self.other.give_way(2)
        self.assertEqual(connection_shares.TIMES, len(self.waits))
