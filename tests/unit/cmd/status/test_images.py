# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/status/images.py."""

import fixtures
from oslo_upgradecheck.upgradecheck import Code

from nova_lite.cmd.status import images
from tests import base
from tests.fixtures import glance, keystone


class StoreTest(base.TestCase):

    def test_directory_of_images_is_good_without_images_too(self):
        self.override('image', store='files', directory=str(self.temporary_directory() / 'new'))
        self.assertEqual(Code.SUCCESS, images.store().code)

    def test_directory_that_can_not_be_read_is_a_failure(self):
        file = self.temporary_directory() / 'images'
        file.write_text('no directory')
        self.override('image', store='files', directory=str(file))
        found = images.store()
        self.assertEqual(Code.FAILURE, found.code)
        self.assertIn(str(file), found.details)

    def test_glance_without_keystone_is_a_failure(self):
        self.override('image', store='glance')
        self.assertIn('auth_strategy', images.store().details)


class GlanceTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(fixtures.MonkeyPatch('time.sleep', lambda _seconds: None))
        self.glance = self.useFixture(glance.Glance(self.useFixture(keystone.Options(self._conf))))
        self.override('api', auth_strategy='keystone')

    def test_glance_that_answers_is_good(self):
        self.assertEqual(Code.SUCCESS, images.store().code)

    def test_glance_that_does_not_is_a_failure(self):
        self.glance.failures = [500]
        self.assertEqual(Code.FAILURE, images.store().code)

    def test_glance_that_refuses_the_service_says_what_it_needs(self):
        self.glance.failures = [403]
        self.assertIn('[glance]', images.store().details)
