# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/image/files.py: what only the built-in store decides; see test_api.py."""

import io

from nova_lite import exception
from nova_lite.image import api
from nova_lite.objects import image_meta
from tests import base
from tests.unit import image as images


class VisibilityTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.override('image', store='files', directory=str(self.temporary_directory()))
        self.images = api.API()
        self.ours, self.theirs = images.member_of('ours'), images.member_of('theirs')

    def create(self, **description):
        return self.images.create(
            self.ours, api.NewImage(name='cirros', **description), io.BytesIO(b'bytes')).id

    def test_community_image_is_seen_by_whoever_knows_it(self):
        image_id = self.create(visibility=image_meta.COMMUNITY)
        self.assertEqual(image_id, self.images.get(self.theirs, image_id).id)
        self.assertEqual([], self.images.list(self.theirs))
        self.assertEqual([image_id], [image.id for image in self.images.list(self.ours)])

    def test_owner_is_changed_by_admins_only(self):
        image_id = self.create()
        self.assertRaises(exception.ImageNotAuthorized, self.images.update, self.ours, image_id,
                          {'owner': 'theirs'})
        self.images.update(images.admin(), image_id, {'owner': 'theirs'})
        self.assertEqual('theirs', self.images.get(self.theirs, image_id).owner)

    def test_refused_change_changes_nothing(self):
        image_id = self.create()
        self.assertRaises(exception.ImageNotAuthorized, self.images.update, self.ours, image_id,
                          {'name': 'new', 'visibility': image_meta.PUBLIC})
        self.assertEqual('cirros', self.images.get(self.ours, image_id).name)
