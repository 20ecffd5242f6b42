# SPDX-License-Identifier: Apache-2.0
"""libvirt's events: heard in one native thread, told in another.

The first thread belongs to libvirt and must never wait. The second calls the
listener, which may call libvirt. What this driver does to guests itself causes
events too; these are expected and not told.
"""

import collections
import contextlib
import queue
import threading
import time

import libvirt
from oslo_log import log
from oslo_utils import timeutils

from nova_lite.states import power
from nova_lite.virt import driver

LOG = log.getLogger(__name__)

TRANSITIONS = {
    libvirt.VIR_DOMAIN_EVENT_STARTED: power.RUNNING,
    libvirt.VIR_DOMAIN_EVENT_RESUMED: power.RUNNING,
    libvirt.VIR_DOMAIN_EVENT_SUSPENDED: power.PAUSED,
    libvirt.VIR_DOMAIN_EVENT_STOPPED: power.SHUTDOWN,
    libvirt.VIR_DOMAIN_EVENT_CRASHED: power.CRASHED,
    libvirt.VIR_DOMAIN_EVENT_PMSUSPENDED: power.SUSPENDED,
}

GRACE = 2
"""Seconds after our own action in which its event may still arrive."""

_loop_lock = threading.Lock()
_loop = []


def start_loop():
    """Run libvirt's event loop in a thread of this process; once, before connecting."""
    with _loop_lock:
        if not _loop:
            # What libvirt reports is raised; by default it is printed as well.
            libvirt.registerErrorHandler(lambda _context, _error: None, None)
            libvirt.virEventRegisterDefaultImpl()
            _loop.append(threading.Thread(target=_run_loop, name='libvirt-events', daemon=True))
            _loop[0].start()


def _run_loop():
    while True:
        libvirt.virEventRunDefaultImpl()


class Expectations:
    """Transitions that we cause ourselves."""

    def __init__(self, clock=time.monotonic):
        self._clock = clock
        self._lock = threading.Lock()
        self._expected = collections.defaultdict(dict)

    @contextlib.contextmanager
    def expecting(self, uuid, *transitions):
        """Expect transitions of a guest while the block runs and shortly after it."""
        with self._lock:
            self._expected[uuid].update(dict.fromkeys(transitions, float('inf')))
        try:
            yield
        finally:
            until = self._clock() + GRACE
            with self._lock:
                self._expected[uuid].update(dict.fromkeys(transitions, until))

    def is_expected(self, uuid, transition):
        """Whether a transition is our own doing."""
        with self._lock:
            self._forget_old()
            return transition in self._expected.get(uuid, ())

    def _forget_old(self):
        now = self._clock()
        for uuid, transitions in list(self._expected.items()):
            left = {transition: until for transition, until in transitions.items() if until > now}
            if left:
                self._expected[uuid] = left
            else:
                del self._expected[uuid]


class Deliverer:
    """Tells events of one connection at a time.

    :param on_broken: called with a connection that libvirt says is closed, in the
        telling thread
    """

    def __init__(self, on_broken):
        self._on_broken = on_broken
        self._expectations = Expectations()
        self.expecting = self._expectations.expecting
        self._queue = queue.SimpleQueue()
        self._thread = None
        self._registrations = {}

    def start(self, on_lifecycle_event):
        """Begin to tell."""
        self._thread = threading.Thread(
            target=self._tell_all, args=(on_lifecycle_event,), name='guest-events', daemon=True)
        self._thread.start()

    def stop(self):
        """Tell no more; what is being told is waited for."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    def listen(self, connection):
        """Hear the events of a connection, and its end."""
        registration = connection.domainEventRegisterAny(
            None, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE, self._hear, None)
        connection.registerCloseCallback(self._hear_the_end, None)
        self._registrations[id(connection)] = registration

    def stop_listening(self, connection):
        """Hear no more of a connection."""
        registration = self._registrations.pop(id(connection), None)
        if registration is None:
            return
        with contextlib.suppress(libvirt.libvirtError):
            connection.unregisterCloseCallback()
            connection.domainEventDeregisterAny(registration)

    def _hear(self, _connection, domain, event, *_detail_and_opaque):
        transition = TRANSITIONS.get(event)
        if transition is None or self._expectations.is_expected(domain.UUIDString(), transition):
            return
        self._queue.put(driver.LifecycleEvent(
            uuid=domain.UUIDString(), transition=transition, timestamp=timeutils.utcnow()))

    def _hear_the_end(self, connection, reason, _opaque):
        LOG.warning('libvirt has closed the connection (reason %d)', reason)
        self._queue.put(connection)

    def _tell_all(self, on_lifecycle_event):
        while True:
            heard = self._queue.get()
            if heard is None:
                return
            try:
                if isinstance(heard, driver.LifecycleEvent):
                    on_lifecycle_event(heard)
                else:
                    self._on_broken(heard)
            except Exception:
                # The edge of a thread: the listener's error must not end it.
                LOG.exception('An event of the hypervisor could not be dealt with: %s', heard)
