# SPDX-License-Identifier: Apache-2.0
"""What flavors ask of hypervisors."""

import ddt

from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.scheduler.filters import compute_capabilities
from tests.unit.scheduler import states
from tests.unit.scheduler.filters import case

MET = (
    {'capabilities:hypervisor_type': 's== QEMU'}, {'hypervisor_type': '<or> Xen <or> QEMU'},
    {'capabilities:cpu_info:features': '<in> avx512f'},
    {'capabilities:cpu_info:features': '<all-in> aes avx'},
    {'capabilities:cpu_info:topology:sockets': '>= 2'},
    {'capabilities:vcpus_total': '= 8'}, {'capabilities:hypervisor_version': '>= 8000000'},
    {'capabilities:free_ram_mb': '>= 8192', 'capabilities:host': 'cmp1'},
)
NOT_MET = (
    {'capabilities:hypervisor_type': 'Xen'},
    {'capabilities:cpu_info:features': '<all-in> aes sse9'},
    {'capabilities:cpu_info:topology:sockets': '>= 4'},
    {'capabilities:cpu_info:model:deeper': 'Skylake'},
    {'capabilities:no_such_attribute': 'x'},
    {'capabilities:vcpus_total': '= 17'}, {'capabilities:host': '>= 3'},
)


@ddt.ddt
class ComputeCapabilitiesFilterTest(case.FilterCase):

    filter_class = compute_capabilities.ComputeCapabilitiesFilter

    @ddt.data(*MET)
    def test_host_that_has_what_is_asked_passes(self, specs):
        self.assert_passes(states.request(extra_specs=specs), details={})

    @ddt.data(*NOT_MET)
    def test_host_that_lacks_it_is_excluded_with_what_is_asked(self, specs):
        ((key, value),) = specs.items()
        found = self.assert_excluded(
            'compute_capabilities', states.request(extra_specs=specs), details={})
        self.assertEqual(f"{key.removeprefix('capabilities:')} {value}", found.detail)

    def test_other_scopes_are_none_of_its_business(self):
        self.assert_not_asked(states.request(extra_specs={'hw:cpu_policy': 'dedicated'}))

    def test_names_without_scope_that_no_attribute_has_are_none_of_its_business(self):
        self.assert_not_asked(states.request(extra_specs={'ssd': 'true'}))

    def test_only_what_is_named_is_read(self):
        def needs(*names):
            specs = {f'capabilities:{name}': 'x' for name in names}
            return self.filter_class().needs_for(states.request(extra_specs=specs))

        self.assertEqual({Fact.DETAILS}, needs('cpu_info:model'))
        self.assertEqual({Fact.DETAILS, Fact.SERVERS, Fact.WORK},
                         needs('num_instances', 'num_io_ops'))
