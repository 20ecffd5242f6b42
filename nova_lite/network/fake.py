# SPDX-License-Identifier: Apache-2.0
"""A backend that sets nothing up but remembers what it was told.

For hosts of the fake virt driver, and for tests, which look at ``taps``.
"""

import threading


class FakeNetwork:
    """The twin of flat_dhcp.host.FlatDHCP."""

    def __init__(self, conf):
        self.conf = conf
        self.taps = {}
        self._lock = threading.Lock()

    def plug(self, host_name, network_info):
        """Note the taps; the rules of others are never missing."""
        with self._lock:
            self.taps |= _taps_of(network_info)
        return True

    def unplug(self, network_info):
        """Forget the taps."""
        with self._lock:
            for device in _taps_of(network_info):
                self.taps.pop(device, None)

    def restore(self, network_infos):
        """Know these taps and no others."""
        with self._lock:
            self.taps = {device: addresses for network_info in network_infos
                         for device, addresses in _taps_of(network_info).items()}

    def held(self):
        """Answer the taps; there is no DHCP here."""
        with self._lock:
            return {'taps': sorted(self.taps), 'leases': None}


def _taps_of(network_info):
    return {vif.devname: vif.addresses for vif in network_info}
