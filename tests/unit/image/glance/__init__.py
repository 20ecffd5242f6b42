# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/image/glance."""

import fixtures

from nova_lite import context
from nova_lite.image import api
from tests import base
from tests.fixtures import glance, keystone


class GlanceTestCase(base.TestCase):
    """The front door over a Glance at the edge of HTTP; nothing waits.

    :ivar pauses: seconds that would have been waited, one after the other
    """

    def setUp(self):
        super().setUp()
        self.pauses = []
        self.glance = self.useFixture(glance.Glance(self.useFixture(keystone.Options(self._conf))))
        self.override('image', store='glance', chunk_size_kb=64)
        self.useFixture(fixtures.MonkeyPatch('time.sleep', self.pauses.append))
        self.images = api.API()
        self.ours = glance.user_of('demo')
        self.theirs = glance.user_of('others')
        self.service = context.get_admin_context()
