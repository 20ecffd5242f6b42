# SPDX-License-Identifier: Apache-2.0
"""Which compute hosts may send messages, as a controller knows it.

The truth is the table ``hosts`` (db/stores/hosts.py); it is asked again after
some seconds, so that a revoked host is refused soon and a message costs no
statement.
"""

import threading
import time

from nova_lite import context as nova_context
from nova_lite import exception
from nova_lite.objects import base as objects_base


class HostDirectory:
    """Remembers for a while what the table says.

    :param lifetime: seconds for which an answer is believed
    """

    def __init__(self, *, lifetime, clock=time.monotonic):
        self._lifetime = lifetime
        self._clock = clock
        self._known = {}
        self._lock = threading.Lock()

    def generation(self, host):
        """Answer the generation of a host's key.

        :raises MessageRefused: if the host is unknown or revoked
        """
        known = self._known.get(host)
        if known is None or self._clock() - known[0] > self._lifetime:
            known = (self._clock(), self._ask(host))
            with self._lock:
                self._known[host] = known
        if known[1] is None:
            raise exception.MessageRefused(reason=f'host {host} is unknown or revoked')
        return known[1]

    def names(self):
        """Answer all hosts that are not revoked."""
        return objects_base.store('hosts').names(nova_context.get_admin_context())

    @staticmethod
    def _ask(host):
        return objects_base.store('hosts').generation(nova_context.get_admin_context(), host)
