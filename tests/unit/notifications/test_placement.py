# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/notifications/placement.py: requests to the scheduler."""

from nova_lite.notifications import fault, placement
from tests import base
from tests.unit.notifications import rows


class PlacementTest(base.TestCase):

    def told(self, arguments, **changes):
        return placement.payload(rows.server(**changes), arguments)['nova_object.data']

    def test_what_was_not_asked_for_is_nothing(self):
        told = self.told({})
        self.assertEqual((None, None, None, 1, {}), (
            told['force_hosts'], told['force_nodes'], told['requested_destination'],
            told['num_instances'], told['scheduler_hints']))

    def test_forced_and_requested_hosts_are_told_apart(self):
        told = self.told({'force_host': 'cmp1'})
        self.assertEqual((['cmp1'], None), (told['force_hosts'], told['requested_destination']))
        told = self.told({'requested_host': 'cmp2'})
        self.assertEqual((None, 'cmp2'), (
            told['force_hosts'], told['requested_destination']['nova_object.data']['host']))

    def test_image_is_an_object_with_times_in_the_published_form(self):
        image = self.told({})['image']['nova_object.data']
        self.assertEqual(('cirros', '2026-01-01T00:00:00Z', None),
                         (image['name'], image['created_at'], image['updated_at']))
        self.assertIsNone(self.told({}, image_meta=None)['image'])

    def test_choice_that_found_nothing_has_no_end(self):
        for is_successful, stages in ((True, ['start', 'end']), (False, ['start'])):
            events = placement.selected(rows.server(), {}, is_successful=is_successful)
            self.assertEqual([f'scheduler.select_destinations.{stage}' for stage in stages],
                             [event.event_type for event in events])

    def test_build_that_was_given_up_says_why(self):
        event = placement.failed(rows.server(), {}, fault.payload('No valid host'))
        reason = event.payload['nova_object.data']['reason']['nova_object.data']
        self.assertEqual(('ERROR', 'No valid host'), (event.priority, reason['exception_message']))
