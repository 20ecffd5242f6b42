# SPDX-License-Identifier: Apache-2.0
"""The front door, with a backend in place of the host."""

import types

import fixtures

from nova_lite import conf
from nova_lite.network import api
from tests import base
from tests.unit.network import nics


class FlushedOnce:
    """A backend that finds the rules gone at the first plug."""

    def __init__(self, conf):
        self.restored = []
        self._complete = False

    def plug(self, host_name, network_info):
        was, self._complete = self._complete, True
        return was

    def unplug(self, network_info):
        self.unplugged = network_info

    def restore(self, network_infos):
        self.restored.append(network_infos)
        self._complete = True


def server(uuid):
    return types.SimpleNamespace(uuid=uuid, hostname='vm')


class HostAPITest(base.TestCase):

    def _use(self, backend):
        self.useFixture(fixtures.MonkeyPatch(
            'nova_lite.network.api.BACKENDS', {'flat_dhcp': backend}))

    def test_fake_driver_knows_the_taps_of_plugged_servers_only(self):
        self.override(network_driver='fake')
        host = api.HostAPI(conf.CONF)
        host.plug(None, server('a'), nics.network_info(nics.nic_row(1)))
        host.plug(None, server('b'), nics.network_info(nics.nic_row(2)))
        host.unplug(None, server('a'), nics.network_info(nics.nic_row(1)))

        self.assertEqual([['10.77.0.4']], list(host._backend.taps.values()))
        self.assertEqual({'taps': list(host._backend.taps), 'leases': None}, host.held())

    def test_what_is_plugged_can_be_set_up_again_and_what_is_not_stays_so(self):
        self.override(network_driver='fake')
        host = api.HostAPI(conf.CONF)
        before, now = nics.network_info(nics.nic_row(1)), nics.network_info(nics.nic_row(2))
        host.plug(None, server('a'), before)
        self.assertTrue(host.refresh(None, server('a'), now))
        self.assertEqual(2, len(host.held()['taps']))
        host.unplug(None, server('a'), before)
        self.assertFalse(host.refresh(None, server('a'), before))
        self.assertFalse(host.refresh(None, server('b'), before))
        self.assertEqual(1, len(host.held()['taps']))

    def test_rules_that_somebody_flushed_are_restored_for_all_servers(self):
        self._use(FlushedOnce)
        host = api.HostAPI(conf.CONF)
        first, second = nics.network_info(nics.nic_row(1)), nics.network_info(nics.nic_row(2))
        host.restore(None, [('a', first)])
        host._backend._complete = False

        host.plug(None, server('b'), second)

        self.assertEqual([first, second], host._backend.restored[-1])

    def test_server_that_was_unplugged_is_not_restored(self):
        self._use(FlushedOnce)
        host = api.HostAPI(conf.CONF)
        info = nics.network_info()
        host.restore(None, [('a', info)])
        host.unplug(None, server('a'), info)
        host._backend._complete = False

        host.plug(None, server('b'), info)

        self.assertEqual([info], host._backend.restored[-1])
