# SPDX-License-Identifier: Apache-2.0
"""Tests of api/openstack/compute/views/limits.py: names of each version."""

from nova_lite.api.openstack.compute.views import limits as views
from nova_lite.api.openstack.microversions import Microversion
from nova_lite.quota import resources
from tests import base

ALWAYS = {
    'maxTotalInstances', 'maxTotalCores', 'maxTotalRAMSize', 'maxServerMeta', 'maxTotalKeypairs',
    'maxServerGroups', 'maxServerGroupMembers', 'totalInstancesUsed', 'totalCoresUsed',
    'totalRAMUsed', 'totalServerGroupsUsed'}
NETWORKS = {'maxSecurityGroups', 'maxSecurityGroupRules', 'maxTotalFloatingIps',
            'totalSecurityGroupsUsed', 'totalFloatingIpsUsed'}


class LimitsViewTest(base.TestCase):

    def shown(self, minor):
        limits = {name: number for number, name in enumerate(resources.ALL)}
        return views.absolute(Microversion(minor), limits, dict.fromkeys(resources.ALL, 100))

    def test_names_of_each_version(self):
        for minor in range(1, 105):
            expected = ALWAYS | (NETWORKS if minor < 36 else set())
            expected |= {'maxImageMeta'} if minor < 39 else set()
            expected |= {'maxPersonality', 'maxPersonalitySize'} if minor < 57 else set()
            self.assertEqual(expected, set(self.shown(minor)), minor)

    def test_limits_and_what_is_used_of_them(self):
        shown = self.shown(1)
        self.assertEqual((1, 100, 11, 100), (
            shown['maxTotalCores'], shown['totalCoresUsed'], shown['maxTotalFloatingIps'],
            shown['totalFloatingIpsUsed']))
        self.assertEqual(shown['maxServerMeta'], shown['maxImageMeta'])
