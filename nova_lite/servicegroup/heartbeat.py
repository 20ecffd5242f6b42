# SPDX-License-Identifier: Apache-2.0
"""The heartbeat of one process: registers its start, says that it lives, notes how well it is.

Each beat is a real round trip: to the database (by the object, on a controller)
and to the broker (a message to the own queue), or to a conductor, which is both
at once for a host. Others decide by ``[DEFAULT] service_down_time`` and the
database's clock whether the process is up (db/stores/services.py).
"""

import threading
import time

from oslo_config import cfg
from oslo_log import log

from nova_lite import context as nova_context
from nova_lite import exception, metrics
from nova_lite.metrics import catalogue

CONF = cfg.CONF
LOG = log.getLogger(__name__)

JOIN_PATIENCE = 1.0
CONDUCTOR = 'nova-lite-conductor'


class Wellness:
    """Since when broker and database have answered without a break.

    :param patience: answers the seconds without an answer after which only this process
        can be at fault; None takes those after which others give it up
    :ivar last: monotonic time of the last round trip; None before the first
    """

    def __init__(self, clock=time.monotonic, patience=None):
        self._clock = clock
        self.patience = patience or (lambda: CONF.service_down_time)
        self._since = None
        self._excused = None
        self.last = None

    def note_success(self):
        """Everything answered just now."""
        self.last = self._clock()
        if self._since is None:
            self._since = self.last

    def note_failure(self):
        """Something did not answer."""
        self._since = None

    def excuse(self):
        """That nothing answered until now is no fault of this process."""
        self._excused = self._clock()

    def is_hung(self):
        """Whether it can only be this process that is at fault."""
        good = [moment for moment in (self.last, self._excused) if moment is not None]
        return bool(good) and self._clock() - max(good) > self.patience()

    def was_well_for(self):
        """Answer the seconds without a break; 0 while something does not answer."""
        if self._since is None or self.is_stale():
            return 0.0
        return self._clock() - self._since

    def is_stale(self):
        """Whether the last round trip is too long ago to mean anything now."""
        return self.last is None or self._clock() - self.last > CONF.service_down_time


class Heartbeat:
    """Beats until it is stopped.

    :param round_trip: makes one; called without arguments
    :param wellness: Wellness, told how each ends
    :param watchdog: watchdog.Watchdog, fed by each success and by each outage of others
    :param is_broker_reachable: answers whether the broker accepts connections
    :param on_void: called once when a newer start has replaced this one; None for those that
        have no incarnation
    :param on_hung: called when nothing has come back for ``Wellness.patience`` seconds,
        although the broker is there; None leaves that to systemd
    """

    def __init__(self, *, round_trip, wellness, watchdog, is_broker_reachable, on_void=None,
                 on_hung=None):
        self._round_trip = round_trip
        self._wellness = wellness
        self._watchdog = watchdog
        self._is_broker_reachable = is_broker_reachable
        self._on_void = on_void
        self._on_hung = on_hung
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name='heartbeat', daemon=True)

    def start(self):
        """Beat from now on."""
        self._wellness.excuse()
        self._thread.start()

    def stop(self):
        """Beat no more."""
        self._stopping.set()
        if self._thread.is_alive() and threading.current_thread() is not self._thread:
            # A question that is on its way may stay without an answer for seconds.
            self._thread.join(JOIN_PATIENCE)

    def _run(self):
        while not self._stopping.is_set():
            started = time.monotonic()
            if not self.beat():
                return
            left = CONF.report_interval - (time.monotonic() - started)
            self._stopping.wait(max(left, 0))

    def beat(self):
        """Make one round trip; answer whether there shall be more."""
        try:
            self._round_trip()
        except exception.IncarnationVoid as error:
            LOG.critical('%s Stopping', error)
            self._on_void()
            return False
        except Exception as error:  # noqa: BLE001
            # The edge of a thread: whatever it was, the next beat asks again.
            self._note_failure(error)
            return True
        if not self._wellness.was_well_for():
            LOG.info('Broker and database answer')
        self._wellness.note_success()
        metrics.note(catalogue.HEARTBEAT, time.time())
        self._watchdog.alive('broker and database answer')
        return True

    def _note_failure(self, error):
        self._wellness.note_failure()
        metrics.count(catalogue.HEARTBEATS_FAILED)
        is_away = self._is_outage_of_others(error)
        LOG.warning('No heartbeat: %s', error,
                    exc_info=not isinstance(error, exception.NovaLiteException))
        if is_away:
            self._wellness.excuse()
            self._watchdog.alive(f'waiting: {error}')
        elif self._on_hung is not None and self._wellness.is_hung():
            LOG.critical('Nothing has come back for %s s, although the broker is there. '
                         'Ending, for a new start', self._wellness.patience())
            self._on_hung()

    def _is_outage_of_others(self, error):
        """Whether a failed round trip is explained by a broker or database that is away.

        Then a restart of this process would not help. No answer although the
        broker is there may well be this process's own fault.
        """
        if isinstance(error, exception.MessagingTimeout):
            return not self._is_broker_reachable()
        return isinstance(error, exception.ServiceUnavailable)


def for_host(service, incarnation):
    """Answer the round trip of a compute host: the conductor answers from the database.

    :param service: objects.Service
    """
    def round_trip():
        service.heartbeat(nova_context.get_admin_context(), incarnation)
    return round_trip


def for_controller(service, incarnation, ping):
    """Answer the round trip of a controller: the database, and itself through the broker.

    :param ping: sends a message through the broker and waits for the answer
    """
    def round_trip():
        context = nova_context.get_admin_context()
        service.heartbeat(context, incarnation)
        ping(context)
    return round_trip


def for_api(service, ping):
    """Answer the round trip of an API process: the database, and a conductor by the broker.

    A conductor that the record calls up has answered itself through the broker. So if
    there is none, its silence is no fault of ours; if there is one, it is.
    """
    def round_trip():
        context = nova_context.get_admin_context()
        if not service.minimum_version(context, CONDUCTOR):
            raise exception.NoServiceUp(binary=CONDUCTOR)
        ping(context)
    return round_trip
