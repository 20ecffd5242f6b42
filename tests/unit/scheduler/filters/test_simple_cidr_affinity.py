# SPDX-License-Identifier: Apache-2.0
"""Hosts near an address."""

from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.scheduler.filters import simple_cidr_affinity
from tests.unit.scheduler import states
from tests.unit.scheduler.filters import case


def near(address, *sizes):
    return states.request(hints={'build_near_host_ip': [address], 'cidr': list(sizes)})


class SimpleCIDRAffinityFilterTest(case.FilterCase):

    filter_class = simple_cidr_affinity.SimpleCIDRAffinityFilter

    def test_request_without_the_hint_goes_anywhere(self):
        self.assert_not_asked(states.request())
        self.assert_passes(states.request())

    def test_host_must_be_in_the_network_of_256_addresses(self):
        self.assert_passes(near('10.1.2.200'), details={'host_ip': '10.1.2.3'})
        found = self.assert_excluded('cidr', near('10.1.2.200'), details={'host_ip': '10.1.3.3'})
        self.assertEqual('10.1.2.200/24', found.detail)

    def test_size_of_the_network_can_be_told(self):
        self.assert_passes(near('10.1.9.9', '/16'), details={'host_ip': '10.1.2.3'})
        self.assert_passes(near('fd00::1', '/64'), details={'host_ip': 'fd00::2'})

    def test_what_is_no_address_or_network_is_near_nothing(self):
        for request, address in ((near('10.1.2.3', '/99'), '10.1.2.3'),
                                 (near('10.1.2.3'), None), (near('10.1.2.3'), 'fd00::1')):
            self.assert_excluded('cidr', request, details={'host_ip': address})

    def test_addresses_are_read_for_it(self):
        self.assertEqual({Fact.DETAILS}, self.filter_class().needs_for(near('10.1.2.3')))
