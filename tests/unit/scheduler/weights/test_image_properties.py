# SPDX-License-Identifier: Apache-2.0
"""Servers of like images, together and apart."""

from nova_lite.scheduler.weights import image_properties
from tests import base
from tests.unit.scheduler import states

DEBIAN = {'os_distro': 'debian', 'os_type': 'linux'}
WINDOWS = {'os_distro': 'windows', 'os_type': 'windows'}


class ImagePropertiesWeigherTest(base.TestCase):

    def figure(self, *images):
        weigher = image_properties.ImagePropertiesWeigher()
        return weigher.figure(states.request(image_properties=DEBIAN), states.host(images=images))

    def test_each_equal_property_of_each_server_counts(self):
        self.assertEqual(0, self.figure())
        self.assertEqual(4.0, self.figure((DEBIAN, 2), (WINDOWS, 5)))
        self.assertEqual(3.0, self.figure(({'os_type': 'linux', 'os_distro': 'fedora'}, 3)))

    def test_setting_says_what_properties_count(self):
        self.override('filter_scheduler', image_props_weight_setting=['os_distro=2.5'])
        self.assertEqual(5.0, self.figure((DEBIAN, 2), ({'os_type': 'linux'}, 7)))

    def test_setting_that_can_not_be_read_is_refused(self):
        self.assertRaises(ValueError, self.override, 'filter_scheduler',
                          image_props_weight_setting=['os_distro'])

    def test_image_without_properties_is_like_no_other(self):
        self.assertFalse(image_properties.ImagePropertiesWeigher().concerns(states.request()))
