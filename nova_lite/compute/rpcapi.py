# SPDX-License-Identifier: Apache-2.0
"""Client of a host's endpoint; the twin of manager.py.

Version history:

* 1.0 - run_operation, console_output
* 1.1 - host_uptime, audit_host
* 1.2 - external_events, cache_images
"""

from nova_lite import rpc

TOPIC = 'compute'

CONSOLE_TIMEOUT = 30
"""Seconds; a console log may be long and its disk busy."""

CACHE_TIMEOUT = 3600
"""Seconds; images are large, and nobody waits but a thread of its own."""

UPTIME_TIMEOUT = 5
"""Seconds; it is one small fact, and somebody waits for the rest of the answer."""

AUDIT_TIMEOUT = 60
"""Seconds; a host with hundreds of guests asks its hypervisor for each."""


class ComputeAPI:
    """What others ask of a host."""

    def __init__(self):
        self._client = rpc.Client(TOPIC, version='1.2')

    def run_operation(self, context, host, operation_id, instance_uuid):
        """Wake a host for a phase of an operation that is the host's."""
        self._client.cast(context, 'run_operation', host=host, operation_id=operation_id,
                          instance_uuid=instance_uuid)

    def console_output(self, context, host, instance, length):
        """Answer the end of a server's console log.

        :param length: lines from the end; None for all of it
        :returns: text
        """
        return self._client.call(context, 'console_output', host=host, timeout=CONSOLE_TIMEOUT,
                                 instance=instance, length=length)

    def can_tell_uptime(self):
        """Whether every host understands ``host_uptime``."""
        return self._client.can_send('1.1')

    def host_uptime(self, context, host):
        """Answer since when a host runs and its load, as the program ``uptime`` says it."""
        return self._client.call(context, 'host_uptime', host=host, timeout=UPTIME_TIMEOUT,
                                 since='1.1')

    def audit_host(self, context, host):
        """Answer what a host holds of servers; compute/holdings.py says in which form.

        :raises VersionCapped: if the hosts are not all new enough to be asked
        """
        return self._client.call(context, 'audit_host', host=host, timeout=AUDIT_TIMEOUT,
                                 since='1.1')

    def can_take_external_events(self):
        """Whether every host understands ``external_events``."""
        return self._client.can_send('1.2')

    def external_events(self, context, host, events):
        """Tell a host what other services say of its servers.

        :param events: dicts with server_uuid, name, status and tag (None without one)
        """
        self._client.cast(context, 'external_events', host=host, since='1.2', events=events)

    def cache_images(self, context, host, image_ids):
        """Have a host fetch images ahead of time; answer image's id -> what became of it.

        :raises VersionCapped: if the hosts are not all new enough to be asked
        """
        return self._client.call(context, 'cache_images', host=host, timeout=CACHE_TIMEOUT,
                                 since='1.2', image_ids=image_ids)
