# SPDX-License-Identifier: Apache-2.0
"""Who is asking: from a guest's address to what is known of it."""

import threading
import time

import cachetools
from oslo_config import cfg

from nova_lite import context as nova_context
from nova_lite.db.stores import metadata as store
from nova_lite.instance_metadata import facts

_MOST_KEPT = 10_000


class Guests:
    """The guests by address; facts are kept for ``metadata_cache_expiration`` seconds.

    Whose the address is, is asked every time: it may have just passed to another
    server, and the user data of the former must not go with it.
    """

    def __init__(self, clock=time.monotonic):
        self._kept = cachetools.TTLCache(
            _MOST_KEPT, cfg.CONF.api.metadata_cache_expiration, timer=clock)
        self._lock = threading.Lock()
        self._context = nova_context.get_admin_context()

    def at(self, address):
        """Answer the GuestFacts of the guest with that address; None if there is none."""
        uuid = store.by_fixed_address(self._context, address)
        if uuid is None:
            return None
        with self._lock:
            known = self._kept.get(uuid)
        if known is not None:
            return known
        found = store.guest(self._context, uuid)
        if found is None:
            return None
        guest = facts.GuestFacts.from_row(*found)
        with self._lock:
            self._kept[uuid] = guest
        return guest

    def password(self, guest):
        """Answer the password that the guest has posted; empty if it has not."""
        return store.password(self._context, guest.uuid)

    def set_password(self, guest, text):
        """Keep the guest's password.

        :raises PasswordIsSet: if it has posted one before
        """
        store.set_password(self._context, guest.uuid, text)
