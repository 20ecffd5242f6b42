# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/api/openstack/compute/views/server_groups.py."""

from nova_lite.api.openstack import microversions, wsgi
from nova_lite.api.openstack.compute.views import server_groups
from tests import base

ROW = {'id': 7, 'uuid': 'u', 'name': 'web', 'policy': 'anti-affinity', 'members': ['m'],
       'rules': {'max_server_per_host': 2}, 'project_id': 'demo', 'user_id': 'fred'}
ALWAYS = {'id': 'u', 'name': 'web', 'members': ['m']}
OWNER = {'project_id': 'demo', 'user_id': 'fred'}
LISTED = {'policies': ['anti-affinity'], 'metadata': {}}


class ServerGroupViewTest(base.TestCase):

    def test_each_version_shows_what_it_knows(self):
        for minor, fields in (
                (12, {**ALWAYS, **LISTED}), (63, {**ALWAYS, **LISTED, **OWNER}),
                (64, {**ALWAYS, **OWNER, 'policy': 'anti-affinity',
                      'rules': {'max_server_per_host': 2}})):
            request = wsgi.Request(http=None, version=microversions.Microversion(minor))
            self.assertEqual(fields, server_groups.whole(request, ROW))
