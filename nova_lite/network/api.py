# SPDX-License-Identifier: Apache-2.0
"""The front door to a host's networks, used by compute's workflows and start-up.

The addresses are allocated already and come in the server's NetworkInfo; the
tap itself is made by libvirt when the domain starts, under ``vif.devname``.
"""

import threading

from nova_lite.network import fake
from nova_lite.network.flat_dhcp import host

BACKENDS = {'flat_dhcp': host.FlatDHCP, 'fake': fake.FakeNetwork}


class HostAPI:
    """What a host does for its guests' networks.

    :param conf: the configuration; ``network_driver`` chooses the backend
    """

    def __init__(self, conf):
        self._backend = BACKENDS[conf.network_driver](conf)
        self._plugged = {}
        # A restore must not take back what another thread has just plugged.
        self._lock = threading.Lock()

    def plug(self, context, instance, network_info):
        """Prepare the host for a server's NICs; before the domain starts. Idempotent.

        :raises NetworkHostFailed: if the host can't be set up; the message says why
        """
        with self._lock:
            self._plugged[instance.uuid] = network_info
            if not self._backend.plug(instance.hostname, network_info):
                self._backend.restore(list(self._plugged.values()))

    def refresh(self, context, instance, network_info):
        """Set up again what is plugged of a server; answer False if nothing is.

        What has been unplugged meanwhile stays so: a delete need not wait for this.

        :raises NetworkHostFailed: if the host refuses; may be repeated
        """
        with self._lock:
            if instance.uuid not in self._plugged:
                return False
            self._plugged[instance.uuid] = network_info
            if not self._backend.plug(instance.hostname, network_info):
                self._backend.restore(list(self._plugged.values()))
            return True

    def unplug(self, context, instance, network_info):
        """Forget a server's NICs; after the domain is gone. Idempotent.

        :raises NetworkHostFailed: if the host refuses; may be repeated
        """
        with self._lock:
            self._backend.unplug(network_info)
            self._plugged.pop(instance.uuid, None)

    def restore(self, context, servers):
        """Make the host what it should be with these servers, and remove the rest.

        Called once when compute starts, before any guest is resumed.

        :param servers: (instance uuid, NetworkInfo) of every server of this host
        :raises NetworkHostFailed: if the host can't be set up
        """
        with self._lock:
            self._plugged = dict(servers)
            self._backend.restore(list(self._plugged.values()))

    def held(self):
        """Answer what is there of NICs: ``taps``, and ``leases`` as MAC -> address.

        ``leases`` is None where the backend gives no addresses out.
        """
        return self._backend.held()
