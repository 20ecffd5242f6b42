# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/requests/image_caching.py."""

from nova_lite import exception
from nova_lite.compute.requests import image_caching
from nova_lite.db.stores import aggregates
from tests.fixtures import records
from tests.unit.compute.requests import case

LOST = '99999999-9999-4999-8999-999999999999'


class CacheTest(case.RequestCase):

    def setUp(self):
        super().setUp()
        self.made = aggregates.create(self.admin, 'rack')['id']

    def sent(self):
        return [message.method for message in self.bus.sent]

    def test_conductor_is_asked_once_for_all_images(self):
        self.make_image()
        image_caching.cache(self.admin, self.made, [records.IMAGE_ID])
        self.assertEqual(['cache_images'], self.sent())

    def test_nothing_is_asked_for_images_or_aggregates_that_are_not_there(self):
        self.make_image()
        for number, images, expected in (
                (999, [records.IMAGE_ID], exception.AggregateNotFound),
                (self.made, [records.IMAGE_ID, LOST], exception.ImageUnacceptable)):
            self.assertRaises(expected, image_caching.cache, self.admin, number, images)
        self.assertEqual([], self.sent())

    def test_conductor_that_is_too_old_is_not_asked(self):
        self.make_image()
        self.override('upgrade_levels', conductor='1.0')
        self.assertRaises(exception.VersionCapped, image_caching.cache, self.admin, self.made,
                          [records.IMAGE_ID])
