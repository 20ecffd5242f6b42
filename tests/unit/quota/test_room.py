# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/quota/room.py: how many servers fit, and what is said when too few do."""

from nova_lite import exception
from nova_lite.quota import limits, resources, room
from tests import base

EACH = {'instances': 1, 'cores': 2, 'ram': 512}


class RoomTest(base.TestCase):

    def fitting(self, least, most, project=None, user=None, of_project=None, of_user=None):
        """Answer how many servers of two cores and 512 MB fit, by limits and what is used."""
        nothing = {'instances': 0, 'cores': 0, 'ram': 0}
        found = room.bounds(limits.Limits(project or {}, user or {}),
                            {**nothing, **(of_project or {})}, {**nothing, **(of_user or {})}, EACH)
        return room.fitting(found, least, most)

    def refused(self, *args, **kwargs):
        return str(self.assertRaises(exception.TooManyServers, self.fitting, *args, **kwargs))

    def test_without_limits_all_fit(self):
        self.assertEqual(7, self.fitting(1, 7))
        self.assertEqual(7, self.fitting(1, 7, {'instances': resources.UNLIMITED}))

    def test_what_runs_out_first_decides(self):
        self.assertEqual(3, self.fitting(1, 9, {'instances': 5, 'cores': 7, 'ram': 51200}))
        self.assertEqual(2, self.fitting(1, 9, {'instances': 5}, of_project={'instances': 3}))

    def test_own_limit_of_a_user_holds_beside_the_projects(self):
        self.assertEqual(1, self.fitting(
            1, 9, {'instances': 5}, {'instances': 2}, {'instances': 2}, {'instances': 1}))
        self.assertEqual(1, self.fitting(
            1, 9, {'instances': 5}, {'instances': 5}, {'instances': 4}, {'instances': 1}))

    def test_too_few_are_refused_with_every_resource_that_is_short(self):
        self.assertEqual(
            'Quota exceeded for cores, instances: Requested 8, 4, but already used 6, 1 of '
            '10, 4 cores, instances',
            self.refused(4, 4, {'instances': 4, 'cores': 10, 'ram': 51200},
                         of_project={'instances': 1, 'cores': 6}))

    def test_what_is_over_its_limit_already_leaves_no_room(self):
        self.assertIn('already used 9 of 5 instances', self.refused(
            1, 1, {'instances': 5}, of_project={'instances': 9}))

    def test_user_is_told_of_the_own_limit(self):
        self.assertIn('already used 1 of 1 instances', self.refused(
            1, 1, {'instances': 5}, {'instances': 1}, {'instances': 4}, {'instances': 1}))

    def test_members_of_a_group_fit_up_to_the_limit(self):
        self.assertEqual(9, room.fitting_members(resources.UNLIMITED, 100, 1, 9))
        self.assertEqual(2, room.fitting_members(10, 8, 1, 9))
        self.assertRaises(exception.GroupMembersLimitExceeded,
                          room.fitting_members, 10, 8, 3, 9)
