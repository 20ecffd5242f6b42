# SPDX-License-Identifier: Apache-2.0
"""Tests of api/openstack/compute/views/quotas.py: what each version knows of limits."""

from nova_lite.api.openstack.compute.views import quotas as views
from nova_lite.api.openstack.microversions import Microversion
from nova_lite.quota import resources
from tests import base

LIMITS = {name: number for number, name in enumerate(resources.ALL)}
ALWAYS = {'instances', 'cores', 'ram', 'metadata_items', 'key_pairs'}
FILES = {'injected_files', 'injected_file_content_bytes', 'injected_file_path_bytes'}
GROUPS = {'server_groups', 'server_group_members'}
NETWORKS = {'fixed_ips', 'floating_ips', 'security_groups', 'security_group_rules'}


class QuotasViewTest(base.TestCase):

    def test_names_of_a_projects_limits_in_each_version(self):
        for minor in range(1, 105):
            expected = ALWAYS | GROUPS
            expected |= NETWORKS if minor < 36 else set()
            expected |= FILES if minor < 57 else set()
            shown = views.of_project(Microversion(minor), LIMITS)
            self.assertEqual(expected, set(shown), minor)

    def test_names_of_a_classes_limits_in_each_version(self):
        for minor in range(1, 105):
            expected = ALWAYS | (GROUPS if minor >= 50 else NETWORKS)
            expected |= FILES if minor < 57 else set()
            shown = views.of_class(Microversion(minor), LIMITS)
            self.assertEqual(expected, set(shown), minor)

    def test_id_is_shown_where_there_is_one(self):
        self.assertEqual('demo', views.of_project(Microversion(57), LIMITS, 'demo')['id'])
        self.assertEqual('default', views.of_class(Microversion(57), LIMITS, 'default')['id'])

    def test_detail_tells_limits_and_what_is_used_of_them(self):
        shown = views.of_project_in_detail(
            Microversion(35), LIMITS, {**dict.fromkeys(LIMITS, 0), 'cores': 7}, 'demo')
        self.assertEqual(
            ({'limit': 11, 'in_use': 0, 'reserved': 0}, {'limit': 1, 'in_use': 7, 'reserved': 0}),
            (shown['floating_ips'], shown['cores']))
