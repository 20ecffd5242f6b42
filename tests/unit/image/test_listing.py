# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/image/listing.py."""

import datetime

from nova_lite import exception
from nova_lite.image import listing
from tests import base


def row(image_id, **fields):
    """Answer a record."""
    return {'id': image_id, 'name': 'x', 'size': 1, 'min_disk': 0, 'properties': {},
            'disk_format': None, 'updated_at': '2026-01-02T03:04:05', **fields}


class TestListing(base.TestCase):

    def ids(self, rows):
        return [row['id'] for row in rows]

    def order(self, rows, descending):
        return listing.ordered(rows, 'disk_format', descending)

    def test_filters_compare_as_their_names_say(self):
        rows = [row('a', name='n', size=10, min_disk=1), row('b', size=20, properties={'k': 'v'})]
        for filters, found in (
                ({}, ['a', 'b']),
                ({'name': 'n'}, ['a']),
                ({'size_min': 11}, ['b']),
                ({'size_max': 20}, ['a', 'b']),
                ({'min_disk': 1}, ['a']),
                ({'property:k': 'v'}, ['b']),
                ({'property:k': 'w'}, []),
                ({'disk_format': 'raw'}, []),
                ({'name': ('m', 'n')}, ['a']),
                ({'name': 'n', 'size_min': 11}, [])):
            self.assertEqual(found, self.ids(listing.matching(rows, filters)), filters)

    def test_changes_since_takes_times_with_and_without_zone(self):
        rows = [row('a')]
        zone = datetime.timezone(datetime.timedelta(hours=1))
        for hour, found in ((3, ['a']), (4, [])):
            moment = datetime.datetime(2026, 1, 2, hour)
            self.assertEqual(found, self.ids(listing.matching(rows, {'changes_since': moment})))
            moment = datetime.datetime(2026, 1, 2, hour + 1, tzinfo=zone)
            self.assertEqual(found, self.ids(listing.matching(rows, {'changes_since': moment})))

    def test_unknown_filters_and_keys_are_refused(self):
        self.assertRaises(exception.InvalidImageFilter, listing.matching, [], {'colour': 'red'})
        self.assertRaises(exception.InvalidImageFilter, listing.ordered, [], 'colour', False)

    def test_order_is_stable_and_takes_missing_values(self):
        rows = [row('b', disk_format='raw'), row('c'), row('a'), row('d', disk_format='aki')]
        self.assertEqual(['a', 'c', 'd', 'b'], self.ids(self.order(rows, False)))
        self.assertEqual(['b', 'd', 'c', 'a'], self.ids(self.order(rows, True)))

    def test_pages_follow_each_other_without_gap(self):
        rows = [row(name) for name in 'abcde']
        self.assertEqual(['a', 'b'], self.ids(listing.page(rows, None, 2)))
        self.assertEqual(['c', 'd'], self.ids(listing.page(rows, 'b', 2)))
        self.assertEqual(['e'], self.ids(listing.page(rows, 'd', None)))
        self.assertEqual([], listing.page(rows, None, 0))
        self.assertRaises(exception.MarkerNotFound, listing.page, rows, 'z', 2)
