# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/requests/build_checks.py: what is refused before it is recorded."""

from nova_lite import exception
from nova_lite.compute.requests import build_checks
from nova_lite.objects import image_meta
from tests import base
from tests.fixtures import records

GB = 1 << 30


class BuildChecksTest(base.TestCase):

    def test_image_that_fits_is_taken(self):
        build_checks.check_image(records.flavor(root_gb=2, memory_mb=64), records.image(
            min_disk=2, min_ram=64, size=1, virtual_size=2 * GB))

    def test_image_that_was_withdrawn_is_refused(self):
        self.assertRaises(exception.ImageNotActive, build_checks.check_image, records.flavor(),
                          records.image(status=image_meta.DEACTIVATED))

    def test_image_that_wants_more_memory_is_refused(self):
        refused = self.assertRaises(
            exception.FlavorMemoryTooSmall, build_checks.check_image,
            records.flavor(memory_mb=64), records.image(min_ram=65))
        self.assertEqual("Flavor's memory is too small for requested image. It has 64 MB, "
                         'the image needs 65 MB.', str(refused))

    def test_image_whose_disk_is_larger_is_refused(self):
        for needs in ({'min_disk': 3}, {'virtual_size': 2 * GB + 1}, {'size': 3 * GB}):
            self.assertRaises(exception.FlavorDiskTooSmall, build_checks.check_image,
                              records.flavor(root_gb=2), records.image(**needs))

    def test_root_disk_of_no_size_is_as_large_as_any_image(self):
        build_checks.check_image(records.flavor(root_gb=0), records.image(
            min_disk=3, virtual_size=9 * GB))

    def test_security_group_that_there_is_not_is_refused(self):
        build_checks.check_security_groups([], 'demo')
        build_checks.check_security_groups(['default'], 'demo')
        refused = self.assertRaises(
            exception.SecurityGroupUnknown, build_checks.check_security_groups,
            ['default', 'web'], 'demo')
        self.assertIn('Security group web not found for project demo.', str(refused))
