# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/image_fetching.py."""

from nova_lite import context, exception
from nova_lite.compute import host as hosts
from nova_lite.compute import image_fetching
from nova_lite.states import image_cache as states
from nova_lite.virt.fake import driver
from tests import base
from tests.fixtures import virt


class Images:
    """Knows some images, to admins."""

    def __init__(self, *known):
        self.known = {image.id: image for image in known}

    def get(self, ctxt, image_id):
        if not ctxt.is_admin or image_id not in self.known:
            raise exception.ImageNotFound(image_id=image_id)
        return self.known[image_id]


class FetchTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.image = virt.image()
        images = Images(self.image)
        self.driver = driver.FakeDriver('cmp1', images)
        self.host = hosts.Host(name='cmp1', driver=self.driver, network=None, images=images)
        self.context = context.RequestContext('fred', 'demo', overwrite=False)

    def fetch(self, *image_ids):
        return image_fetching.fetch(self.context, self.host, image_ids)

    def test_image_is_fetched_once(self):
        self.assertEqual({self.image.id: states.CACHED}, self.fetch(self.image.id))
        self.assertEqual({self.image.id: states.EXISTING}, self.fetch(self.image.id))

    def test_image_that_does_not_come_keeps_none_of_the_others_away(self):
        self.assertEqual({'lost': states.ERROR, self.image.id: states.CACHED},
                         self.fetch('lost', self.image.id))
        self.assertIn('lost could not be fetched', self.logs.output)

    def test_full_disk_is_an_error_too(self):
        def cache_image(*_given):
            raise OSError('no space left')
        self.patch(self.driver, 'cache_image', cache_image)
        self.assertEqual({self.image.id: states.ERROR}, self.fetch(self.image.id))
