# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/api/openstack/compute/views/hosts.py."""

from nova_lite.api.openstack.compute.views import hosts
from tests import base

NODE = {'vcpus': 8, 'vcpus_used': 1, 'memory_mb': 512, 'memory_mb_used': 64, 'local_gb': 10,
        'local_gb_used': 2}


class HostViewTest(base.TestCase):

    def test_controller_without_a_zone_is_in_the_internal_one(self):
        row = {'host': 'ctl', 'topic': 'scheduler', 'binary': 'nova-lite-scheduler',
               'availability_zone': None}
        self.assertEqual({'host_name': 'ctl', 'service': 'scheduler', 'zone': 'internal'},
                         hosts.short(row))
        self.assertEqual('east', hosts.short({**row, 'availability_zone': 'east'})['zone'])

    def test_nodes_and_projects_are_added_up(self):
        demands = [{'project_id': project, 'cpu': 1, 'memory_mb': 64, 'disk_gb': 3}
                   for project in ('a', 'b')]
        self.assertEqual([
            {'resource': {'host': 'cmp1', 'project': project, 'cpu': cpu, 'memory_mb': memory,
                          'disk_gb': disk}} for project, cpu, memory, disk in (
                ('(total)', 16, 1024, 20), ('(used_now)', 2, 128, 4), ('(used_max)', 2, 128, 6),
                ('a', 1, 64, 3), ('b', 1, 64, 3))],
            hosts.resources('cmp1', [NODE, NODE], demands))
