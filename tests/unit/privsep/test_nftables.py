# SPDX-License-Identifier: Apache-2.0
"""The text that nft is given."""

from nova_lite.network.flat_dhcp import plan
from nova_lite.privsep import nftables
from tests import base
from tests.unit.network import nics

TRANSLATION = {
    'public_interface': None, 'source': None, 'forced': (), 'untranslated': (),
    'metadata_host': '192.0.2.1', 'metadata_port': 8775, 'ipv6': False}


def skeleton(**changes):
    return nftables.skeleton(nftables.Translation(**{**TRANSLATION, **changes})).splitlines()


def rules(chain, **changes):
    prefix = f'add rule {chain} '
    return [line[len(prefix):] for line in skeleton(**changes) if line.startswith(prefix)]


def elements(network=None):
    info = nics.network_info(nics.nic_row(1, network))
    return nftables.elements('add', plan.networks_of([info]), plan.nics_of(info)).splitlines()


class NftablesTest(base.TestCase):

    def test_guest_is_bound_to_its_tap_mac_and_address(self):
        tap, mac = '"tap00000001-5a"', 'fa:16:3e:00:00:01'

        self.assertIn(f'add element bridge nova_lite sources {{ {tap} . {mac} . 10.77.0.3 }}',
                      elements())

    def test_hosts_translate_for_networks_that_they_are_the_gateway_of(self):
        ranges = 'add element ip nova_lite fixed_ranges { 10.77.0.0/24 }'

        self.assertIn(ranges, elements())
        self.assertNotIn(ranges, elements(nics.network_row(gateway='10.77.0.254')))

    def test_guests_are_translated_wherever_they_leave_unless_an_interface_is_named(self):
        self.assertEqual('oifname != @bridges goto translate',
                         rules('ip nova_lite postrouting')[-1])
        self.assertEqual('oifname "eth0" goto translate',
                         rules('ip nova_lite postrouting', public_interface='eth0')[-1])

    def test_forced_translation_comes_before_every_exception(self):
        listed = rules('ip nova_lite postrouting', forced=('203.0.113.0/24',),
                       untranslated=('10.0.0.0/8',))

        self.assertLess(listed.index('ip daddr { 203.0.113.0/24 } goto translate'),
                        listed.index('ip daddr { 10.0.0.0/8 } return'))

    def test_fixed_source_address_replaces_that_of_the_interface(self):
        self.assertEqual(['snat to 192.0.2.7'], rules('ip nova_lite translate', source='192.0.2.7'))

    def test_metadata_of_a_loopback_service_are_redirected_to_this_host(self):
        [rule] = rules('ip nova_lite prerouting', metadata_host=None)

        self.assertIn('redirect to :8775', rule)

    def test_ipv6_of_guests_passes_only_if_wanted_and_never_as_a_router(self):
        without, within = (rules('bridge nova_lite from_guest', ipv6=wanted)
                           for wanted in (False, True))

        self.assertEqual([], [rule for rule in without if 'ip6' in rule])
        self.assertLess(
            within.index('ether type ip6 icmpv6 type { nd-router-advert, nd-redirect } drop'),
            within.index('ether type ip6 ip6 saddr { fe80::/10, :: } accept'))

    def test_what_no_rule_of_a_guest_accepts_is_dropped(self):
        self.assertEqual('drop', rules('bridge nova_lite from_guest')[-1])

    def test_rules_can_be_applied_over_themselves(self):
        lines = skeleton()
        flushed = {line.split()[-1] for line in lines if line.startswith('flush chain')}
        with_rules = {line.split()[4] for line in lines if line.startswith('add rule')}

        self.assertEqual(set(), with_rules - flushed)
