# SPDX-License-Identifier: Apache-2.0
"""Starting, stopping and removing guests.

One thing at a time for one guest: a removal waits for a start that hangs in
libvirt, and what it then removes is all there will be.
"""

import contextlib
import threading
import time

import libvirt
from oslo_log import log

from nova_lite import exception
from nova_lite.states import power
from nova_lite.virt.libvirt import host as hosts

LOG = log.getLogger(__name__)

ON, OFF = power.RUNNING, power.SHUTDOWN
END_ATTEMPTS = 3
POLL = 0.2


class GuestLocks:
    """A lock for each guest that something is done to."""

    def __init__(self):
        self._lock = threading.Lock()
        self._held = {}

    @contextlib.contextmanager
    def held(self, uuid):
        """Hold a guest's lock."""
        with self._lock:
            lock, users = self._held.get(uuid, (threading.Lock(), 0))
            self._held[uuid] = (lock, users + 1)
        try:
            with lock:
                yield
        finally:
            with self._lock:
                lock, users = self._held.pop(uuid)
                if users > 1:
                    self._held[uuid] = (lock, users - 1)


class Power:
    """What is done to guests.

    :param host: host.Host
    """

    def __init__(self, host):
        self._host = host
        self._locks = GuestLocks()

    def start(self, instance, to_xml):
        """Define a guest anew and start it; nothing if its operation has started it already.

        :param to_xml: answers the domain's XML
        :raises GuestFenced: if a newer operation has defined it
        :raises GuestStartFailed: with what libvirt said
        """
        with self._locks.held(instance.uuid):
            if self._is_started(instance):
                return
            xml = to_xml()
            try:
                with self._host.expecting(instance.uuid, ON, OFF):
                    self._host.call(lambda connection: _define_and_start(
                        connection, instance.uuid, xml))
            except libvirt.libvirtError as error:
                raise exception.GuestStartFailed(
                    instance_uuid=instance.uuid, reason=str(error).splitlines()[0]) from error

    def is_started(self, instance):
        """Whether the guest runs and was started with the server's fence."""
        def answer(connection):
            guest = hosts.find(connection, instance.uuid)
            return (guest is not None and guest.power_state == power.RUNNING
                    and guest.fence() == instance.fence)
        return self._host.call(answer)

    def request_shutdown(self, uuid, timing):
        """Ask a guest to shut down until it is off or its time is over, then take its power."""
        if timing.timeout:
            with self._locks.held(uuid), self._host.expecting(uuid, OFF):
                self._wait_for_shutdown(uuid, timing)
        self.end(uuid)

    def end(self, uuid):
        """Take a guest's power away; fine if it has none."""
        with self._locks.held(uuid):
            self._with_guest(uuid, lambda guest: guest.end())

    def remove(self, uuid):
        """Take a guest's power away and forget it; fine if there is none."""
        with self._locks.held(uuid):
            self._with_guest(uuid, _end_and_forget)

    def _is_started(self, instance):
        guest = self._host.find(instance.uuid)
        if guest is None:
            return False
        running = guest.fence()
        if running > instance.fence:
            raise exception.GuestFenced(
                instance_uuid=instance.uuid, running=running, fence=instance.fence)
        return running == instance.fence and guest.power_state == power.RUNNING

    def _wait_for_shutdown(self, uuid, timing):
        deadline = time.monotonic() + timing.timeout
        ask_again = 0
        waiting = threading.Event()
        while time.monotonic() < deadline:
            guest = self._host.find(uuid)
            if guest is None or guest.power_state in power.OFF:
                return
            if time.monotonic() >= ask_again:
                # The guest may still be booting and miss the signal.
                guest.request_shutdown()
                ask_again = time.monotonic() + timing.retry_interval
            waiting.wait(POLL)
        LOG.info('Guest of server %s did not shut itself down in %d s', uuid, timing.timeout)

    def _with_guest(self, uuid, act):
        def find_and_act(connection):
            guest = hosts.find(connection, uuid)
            if guest is not None:
                act(guest)
        for attempt in range(1, END_ATTEMPTS + 1):
            try:
                with self._host.expecting(uuid, OFF):
                    return self._host.call(find_and_act)
            except libvirt.libvirtError as error:
                # A process that waits for its disk does not die at once.
                if attempt == END_ATTEMPTS:
                    raise exception.GuestRemovalFailed(
                        instance_uuid=uuid, reason=str(error)) from error
                LOG.warning('Guest of server %s can not be ended yet: %s', uuid, error)
        return None


def _define_and_start(connection, uuid, xml):
    old = hosts.find(connection, uuid)
    if old is not None and old.is_active:
        old.end()
    connection.defineXML(xml)
    hosts.find(connection, uuid).start()


def _end_and_forget(guest):
    guest.end()
    guest.forget()
