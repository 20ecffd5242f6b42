# SPDX-License-Identifier: Apache-2.0
"""The connection to libvirt: made once, made again when it breaks.

All calls block; the daemon runs them in native threads. A call is a function of
the connection and may be made twice: when the connection breaks in the middle,
nobody knows how far it came.
"""

import contextlib
import threading
import time

import libvirt
from lxml import etree
from oslo_config import cfg
from oslo_log import log

from nova_lite import exception
from nova_lite.virt.libvirt import events, guest

LOG = log.getLogger(__name__)
CONF = cfg.CONF

USUAL_URI = 'qemu:///system'
PATIENCE = 20
RETRY_INTERVAL = 0.5
KEEPALIVE_INTERVAL, KEEPALIVE_COUNT = 5, 3


class Host:
    """libvirt on this machine.

    :param uri: where it answers
    :param patience: seconds for which a call waits for a libvirt that restarts
    """

    def __init__(self, uri=None, patience=PATIENCE):
        self.uri = uri or CONF.libvirt.connection_uri or USUAL_URI
        self._patience = patience
        self._connection = None
        self._capabilities = (None, None)
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._events = events.Deliverer(self._reconnect_for_events)

    def start(self, on_lifecycle_event):
        """Connect and begin to tell events.

        :raises HypervisorUnavailable: if libvirt does not answer
        """
        self._stopping.clear()
        self._events.start(on_lifecycle_event)
        self.call(lambda connection: connection.getLibVersion())

    def stop(self):
        """Tell no more events and disconnect."""
        self._stopping.set()
        self._events.stop()
        with self._lock:
            connection, self._connection = self._connection, None
        if connection is not None:
            self._close(connection)

    def call(self, function):
        """Answer what a function of the connection answers.

        :raises HypervisorUnavailable: if libvirt can not be reached
        :raises libvirt.libvirtError: what the function raises
        """
        for may_repeat in (True, False):
            connection = self._connected()
            try:
                return function(connection)
            except libvirt.libvirtError as error:
                if not is_broken(connection):
                    raise
                self._drop(connection)
                if not may_repeat:
                    raise exception.HypervisorUnavailable(
                        uri=self.uri, reason=str(error)) from error
                LOG.warning('The connection to libvirt broke: %s', error)
        raise AssertionError('unreachable')

    def capabilities(self):
        """Answer what libvirt says of machine and hypervisor, an XML element.

        Asked once a connection: where libvirt does not trust what it has found out before
        (/dev/kvm is there, and not for guests), it tries every hypervisor for seconds.
        """
        return self.call(self._capabilities_by)

    def _capabilities_by(self, connection):
        known_to, found = self._capabilities
        if known_to is not connection:
            found = etree.fromstring(connection.getCapabilities())
            self._capabilities = (connection, found)
        return found

    def expecting(self, uuid, *transitions):
        """While the block runs, take these transitions of a guest as ours, not the guest's."""
        return self._events.expecting(uuid, *transitions)

    def find(self, uuid):
        """Answer the Guest of a server; None if there is no domain."""
        return self.call(lambda connection: find(connection, uuid))

    def guests(self):
        """Answer the Guest of every domain, also of strangers'."""
        return self.call(lambda connection: [
            guest.Guest(domain) for domain in connection.listAllDomains()])

    def _connected(self):
        with self._lock:
            if self._connection is None:
                self._connection = self._open_patiently()
            return self._connection

    def _open_patiently(self):
        deadline = time.monotonic() + self._patience
        while True:
            try:
                return self._open()
            except libvirt.libvirtError as error:
                if time.monotonic() >= deadline or self._stopping.wait(RETRY_INTERVAL):
                    raise exception.HypervisorUnavailable(
                        uri=self.uri, reason=str(error)) from error

    def _open(self):
        events.start_loop()
        connection = libvirt.open(self.uri)
        with contextlib.suppress(libvirt.libvirtError):
            # Local drivers have no keepalive: there is no wire that could break.
            connection.setKeepAlive(KEEPALIVE_INTERVAL, KEEPALIVE_COUNT)
        self._events.listen(connection)
        LOG.info('Connected to libvirt %s at %s', connection.getLibVersion(), self.uri)
        return connection

    def _drop(self, connection):
        with self._lock:
            if self._connection is connection:
                self._connection = None
        self._close(connection)

    def _close(self, connection):
        self._events.stop_listening(connection)
        with contextlib.suppress(libvirt.libvirtError):
            connection.close()

    def _reconnect_for_events(self, connection):
        """Without this, a quiet host would hear nothing more after libvirt restarted."""
        self._drop(connection)
        while not self._stopping.is_set():
            try:
                self._connected()
            except exception.HypervisorUnavailable as error:
                LOG.warning('%s; trying on', error)
            else:
                return


def find(connection, uuid):
    """Answer the Guest of a server; None if there is no domain."""
    try:
        return guest.Guest(connection.lookupByUUIDString(uuid))
    except libvirt.libvirtError as error:
        if error.get_error_code() == libvirt.VIR_ERR_NO_DOMAIN:
            return None
        raise


def is_broken(connection):
    """Whether an error was one of the connection, not of what was asked."""
    try:
        return not connection.isAlive()
    except libvirt.libvirtError:
        return True
