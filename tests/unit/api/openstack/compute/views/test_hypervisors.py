# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/api/openstack/compute/views/hypervisors.py and the schemas of answers."""

from nova_lite import exception
from nova_lite.api.openstack import microversions, wsgi
from nova_lite.api.openstack.compute.schemas import hypervisors as schemas
from nova_lite.api.openstack.compute.views import hypervisors
from tests import base

UUID = '11111111-1111-4111-8111-111111111111'
ROW = {'id': 7, 'uuid': UUID, 'hypervisor_hostname': 'node1', 'host': 'cmp1', 'is_up': True,
       'disabled': False, 'disabled_reason': None, 'service_number': 3, 'service_uuid': UUID,
       'hypervisor_type': 'QEMU', 'hypervisor_version': 8002002, 'host_ip': None,
       'cpu_info': {'arch': 'x86_64'}, 'current_workload': 0, 'disk_available_least': -1,
       'local_gb': 10, 'local_gb_used': 12, 'memory_mb': 512, 'memory_mb_used': 64,
       'running_vms': 1, 'vcpus': 8, 'vcpus_used': 1}


def request(minor):
    return wsgi.Request(http=None, version=microversions.Microversion(minor))


class HypervisorViewTest(base.TestCase):

    def test_what_is_left_may_be_less_than_nothing(self):
        shown = hypervisors.whole(request(87), ROW)
        self.assertEqual((-2, 448), (shown['free_disk_gb'], shown['free_ram_mb']))

    def test_ids_are_numbers_before_2_53(self):
        for minor, own, service in ((52, 7, 3), (53, UUID, UUID)):
            shown = hypervisors.whole(request(minor), ROW)
            self.assertEqual((own, service), (shown['id'], shown['service']['id']))

    def test_no_servers_are_shown_as_none_since_2_75_only(self):
        for minor, servers, is_shown in ((74, [], False), (75, [], True), (75, None, False)):
            self.assertEqual(is_shown, 'servers' in hypervisors.short(
                request(minor), ROW, servers), (minor, servers))

    def test_figures_gave_way_to_the_uptime_with_2_88(self):
        shown = hypervisors.whole(request(88), ROW, uptime='up')
        self.assertEqual('up', shown['uptime'])
        self.assertEqual(set(), shown.keys() & {*hypervisors.figures_of(ROW), 'cpu_info'})

    def test_answers_of_every_version_fit_their_schema_and_no_other(self):
        for minor in range(1, 105):
            version = microversions.Microversion(minor)
            shown = hypervisors.whole(request(minor), ROW)
            schemas.SHOW_ANSWER.at(version).check({'hypervisor': shown})
            schemas.DETAIL_ANSWER.at(version).check({'hypervisors': [shown]})
            for wrong in ({**shown, 'colour': 'red'}, hypervisors.short(request(minor), ROW)):
                self.assertRaises(exception.ValidationError, schemas.SHOW_ANSWER.at(version).check,
                                  {'hypervisor': wrong})
