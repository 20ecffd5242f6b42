# SPDX-License-Identifier: Apache-2.0
"""Each filter: whom it excludes, and with which words."""

import ddt

from nova_lite import exception
from nova_lite.scheduler import filters
from nova_lite.scheduler.filters import base, compute, destination, image_properties, room
from tests import base as tests_base
from tests.unit.scheduler import states

CASES = (
    # filter, request, host, name of the cause or None
    (compute.ComputeFilter, {}, {}, None),
    (compute.ComputeFilter, {}, {'disabled': True}, 'disabled'),
    (compute.ComputeFilter, {}, {'forced_down': True}, 'forced_down'),
    (compute.ComputeFilter, {}, {'is_seen': False}, 'down'),
    (compute.ComputeFilter, {}, {'disabled': True, 'is_seen': False}, 'disabled'),
    (destination.DestinationFilter, {}, {}, None),
    (destination.DestinationFilter, {'hosts': {'cmp1'}}, {}, None),
    (destination.DestinationFilter, {'hosts': {'cmp2'}}, {}, 'not_asked_for'),
    (destination.DestinationFilter, {'hosts': {'cmp1'}, 'nodes': {'n'}}, {}, 'not_asked_for'),
    (destination.DestinationFilter, {'ignored_hosts': {'cmp1'}}, {}, 'ignored'),
    (room.RamFilter, {}, {'rooms': {'MEMORY_MB': (2048, 2048, 1024)}}, None),
    (room.RamFilter, {}, {'rooms': {'MEMORY_MB': (2048, 2048, 1025)}}, 'memory'),
    (room.RamFilter, {}, {'rooms': {'MEMORY_MB': (None, None, None)}}, 'unreported'),
    (room.RamFilter, {'amounts': {'VCPU': 1}}, {'rooms': {'MEMORY_MB': (0, 0, 0)}}, None),
    (room.CoreFilter, {'amounts': {'VCPU': 16}}, {'rooms': {'VCPU': (16, 64, 48)}}, None),
    (room.CoreFilter, {'amounts': {'VCPU': 17}}, {}, 'vcpus'),
    (room.DiskFilter, {}, {'rooms': {'DISK_GB': (100, 100, 91)}}, 'disk'),
)

IMAGES = (
    ({}, True), ({'os_distro': 'debian'}, True),
    ({'hw_architecture': 'x86_64'}, True), ({'hw_architecture': 'AMD64'}, True),
    ({'architecture': 'aarch64'}, False),
    ({'hw_architecture': 'i686', 'img_hv_type': 'qemu'}, True),
    ({'hw_architecture': 'i686', 'img_hv_type': 'kvm'}, False),
    ({'hw_vm_mode': 'hvm'}, True), ({'vm_mode': 'xen'}, False),
    ({'img_hv_requested_version': '>=8.0,<9'}, True),
    ({'img_hv_requested_version': '>=9'}, False),
    ({'hypervisor_version_requires': 'nonsense'}, False),
)


@ddt.ddt
class FilterTest(tests_base.TestCase):

    @ddt.data(*CASES)
    @ddt.unpack
    def test_filter_excludes_with_its_cause(self, cls, asked, offered, cause):
        asked = {name: frozenset(value) if isinstance(value, set) else value
                 for name, value in asked.items()}
        found = cls().why_not(states.request(**asked), states.host(**offered))
        self.assertEqual(cause, found and found.cause.name)

    @ddt.data(*IMAGES)
    @ddt.unpack
    def test_image_runs_where_one_kind_of_guest_fits_all_it_names(self, properties, runs):
        found = image_properties.ImagePropertiesFilter().why_not(
            states.request(image_properties=properties), states.host())
        self.assertEqual(runs, found is None)

    def test_image_without_architecture_has_the_configured_one(self):
        self.override('filter_scheduler', image_properties_default_architecture='aarch64')
        found = image_properties.ImagePropertiesFilter().why_not(states.request(), states.host())
        self.assertEqual('architecture aarch64', found.detail)

    def test_lack_of_room_is_told_in_figures(self):
        found = room.RamFilter().why_not(states.request(), states.host(
            rooms={'MEMORY_MB': (8192, 8192, 8000)}))
        self.assertEqual((1024, 192), (found.needed, found.available))


class OddFilter(base.Filter):
    """An operator's own."""

    def why_not(self, request, host):
        return None


class ConfiguredTest(tests_base.TestCase):

    def names(self):
        return [type(one).__name__ for one in filters.enabled()]

    def test_what_claims_demand_runs_even_if_nothing_is_enabled(self):
        self.override('filter_scheduler', enabled_filters=[])
        self.assertEqual(['DestinationFilter', 'RetryFilter', 'ComputeFilter', 'CoreFilter',
                          'RamFilter', 'DiskFilter', 'ResourceClassFilter', 'TraitsFilter',
                          'GroupPolicyFilter'], self.names())

    def test_filters_run_once_each_in_the_order_of_the_option(self):
        self.override('filter_scheduler', enabled_filters=[
            'SameHostFilter', 'RamFilter', 'AvailabilityZoneFilter'])
        self.assertEqual(['SameHostFilter', 'AvailabilityZoneFilter'], self.names()[9:])

    def test_operators_can_add_their_own(self):
        self.override('filter_scheduler', enabled_filters=['OddFilter'], available_filters=[
            'nova_lite.scheduler.filters.all_filters', f'{__name__}.OddFilter'])
        self.assertEqual(['OddFilter'], self.names()[9:])

    def test_unknown_filter_stops_the_start(self):
        self.override('filter_scheduler', enabled_filters=['NoSuchFilter'])
        self.assertRaises(exception.SchedulerExtensionNotFound, filters.enabled)
        self.override('filter_scheduler', available_filters=['nova_lite.no.such.module'])
        self.assertRaises(exception.SchedulerExtensionNotFound, filters.enabled)
