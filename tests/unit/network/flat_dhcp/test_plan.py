# SPDX-License-Identifier: Apache-2.0
"""What root is asked for."""

from nova_lite.network.flat_dhcp import plan
from nova_lite.privsep import arguments
from tests import base
from tests.unit.network import nics


class PlanTest(base.TestCase):

    def test_network_of_several_nics_is_named_once(self):
        infos = [nics.network_info(nics.nic_row(1)), nics.network_info(nics.nic_row(2))]

        self.assertEqual(['br100'], [net['bridge'] for net in plan.networks_of(infos)])

    def test_bridge_has_the_same_mac_on_every_host_and_none_of_a_guest(self):
        self.assertEqual('fa:16:3f:a4:d1:12', plan.bridge_mac(nics.NETWORK_UUID))

    def test_interface_of_the_network_comes_before_that_of_the_host(self):
        own = nics.network_info(nics.nic_row(1, nics.network_row(bridge_interface='eth7')))

        self.assertEqual(['eth7'], [net['uplink'] for net in plan.networks_of(
            [own], flat_interface='eth1')])
        self.assertEqual(['eth1'], [net['uplink'] for net in plan.networks_of(
            [nics.network_info()], flat_interface='eth1')])

    def test_what_is_planned_passes_the_checks_of_root(self):
        info = nics.network_info()

        self.assertEqual(plan.networks_of([info]), [
            arguments.network(net) for net in plan.networks_of([info])])
        self.assertEqual(plan.nics_of(info, 'vm-1'), [
            arguments.nic(nic) for nic in plan.nics_of(info, 'vm-1')])
