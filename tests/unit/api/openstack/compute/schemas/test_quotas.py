# SPDX-License-Identifier: Apache-2.0
"""Tests of api/openstack/compute/schemas/quotas.py: what each version takes."""

from nova_lite import exception
from nova_lite.api.openstack.compute.schemas import quotas
from nova_lite.api.openstack.microversions import Microversion
from tests import base

NETWORKS = ('fixed_ips', 'floating_ips', 'networks', 'security_groups', 'security_group_rules')


class QuotasSchemasTest(base.TestCase):

    def takes(self, series, minor, body):
        try:
            series.at(Microversion(minor)).check(body)
        except exception.ValidationError:
            return False
        return True

    def check_limits(self, series, key, minor, names, *, taken):
        for name in names:
            self.assertEqual(
                taken, self.takes(series, minor, {key: {name: 7}}), (key, name, minor))

    def test_limits_of_networks_are_taken_as_long_as_they_are_shown(self):
        for series, key, gone in ((quotas.UPDATE, 'quota_set', 36),
                                  (quotas.UPDATE_CLASS, 'quota_class_set', 50)):
            self.check_limits(series, key, gone - 1, NETWORKS, taken=True)
            self.check_limits(series, key, gone, NETWORKS, taken=False)

    def test_limits_of_files_are_taken_until_2_56(self):
        names = ('injected_files', 'injected_file_content_bytes', 'injected_file_path_bytes')
        for series, key in ((quotas.UPDATE, 'quota_set'),
                            (quotas.UPDATE_CLASS, 'quota_class_set')):
            self.check_limits(series, key, 56, names, taken=True)
            self.check_limits(series, key, 57, names, taken=False)

    def test_limit_is_a_number_from_minus_one_on(self):
        for value, taken in ((-1, True), ('-1', True), (0, True), ('7', True), (2 ** 31 - 1, True),
                             (-2, False), ('-2', False), (2 ** 31, False), ('', False),
                             ('x', False), (1.5, False), (None, False), (True, False)):
            self.assertEqual(taken, self.takes(
                quotas.UPDATE, 104, {'quota_set': {'cores': value}}), value)

    def test_only_a_projects_limits_can_be_forced(self):
        self.assertTrue(self.takes(quotas.UPDATE, 104, {'quota_set': {'force': 'true'}}))
        self.assertFalse(self.takes(
            quotas.UPDATE_CLASS, 104, {'quota_class_set': {'force': True}}))
