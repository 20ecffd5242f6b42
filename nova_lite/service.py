# SPDX-License-Identifier: Apache-2.0
"""One daemon's work in one process: its manager, its queue, its heartbeat, its periodic work.

nova_lite/process.py runs it, cmd/launch.py has chosen the kind of threads and
cmd/serve has read the options.
"""

import os
import threading
import time

from oslo_config import cfg
from oslo_log import log

from nova_lite import context as nova_context
from nova_lite import exception, guru, objects, periodics, process, rpc, worker_number
from nova_lite.rpc import versions
from nova_lite.servicegroup import heartbeat, watchdog

CONF = cfg.CONF
LOG = log.getLogger(__name__)

EXIT_VOID = 75
"""Exit code when a newer start took the place; the units do not restart after it."""

COMPUTE_TOPIC = 'compute'

ASK_AGAIN_AFTER = 2.0
"""Seconds between two tries to register while broker, database or conductor are away."""

PING_TIMEOUT = 5.0

WITHOUT_LIMIT = 10**9

FAREWELL_PATIENCE = 2.0
"""Seconds that a stop waits for its record to end; nothing but time depends on it."""

PATIENCE_OF_HOSTS = 3
"""As many times as a controller, a host waits for an answer before it starts anew."""


class Service:
    """A daemon with a manager: conductor, scheduler, compute.

    :param binary: its name, such as nova-lite-conductor
    :param topic: what its queue is called
    :param make_manager: called without arguments, in the process that serves
    :param prepare: called first in that process: database, objects
    :param only_one: a second process of this daemon for the same host must not run here
    """

    def __init__(self, *, binary, topic, make_manager, prepare, only_one=False):
        self._binary = binary
        self._topic = topic
        self._make_manager = make_manager
        self._prepare = prepare
        self._only_one = only_one
        self._stopping = threading.Event()
        self._incarnation = None
        self._watchdog = watchdog.Watchdog()
        self._wellness = heartbeat.Wellness(patience=self._patience)
        self._farewell = None
        self._heartbeat = self._manager = self._server = self._periodics = None

    def start(self):
        """Join the deployment and begin to work; waits for what is away."""
        self._worker = worker_number.WorkerNumber(
            os.path.join(CONF.state_path, 'lock'), f'{self._binary}.{CONF.host}')
        if self._only_one and self._worker.number:
            raise exception.AlreadyRunning(binary=self._binary, host=CONF.host)
        rpc.init(CONF, host=CONF.host, binary=self._binary)
        self._prepare()
        self._manager = self._make_manager()
        self._manager.init_host()
        incarnation = self._incarnation = self._registered()
        if incarnation is None:
            return
        self._server = rpc.Server(self._topic, CONF.host, [self._manager])
        self._heartbeat = self._make_heartbeat(incarnation)
        # A host's manager makes the world fit the record first, which takes a while, and
        # must not count as dead meanwhile.
        self._heartbeat.start()
        self._manager.start(incarnation, self._wellness.was_well_for)
        self._server.start()
        self._periodics = periodics.Periodics(self._manager.periodics())
        self._periodics.start()
        guru.add('Service', self._described)
        self._watchdog.ready()
        LOG.info('%s serves %s on %s as incarnation %s', self._binary, self._topic, CONF.host,
                 incarnation)

    def _described(self):
        """Answer what a guru meditation report says of the daemon."""
        return {'queue': f'{self._topic} on {CONF.host}', 'worker': self._worker.number,
                'incarnation': self._incarnation, 'well for': self._wellness.was_well_for(),
                **self._manager.described()}

    def _registered(self):
        """Record this start; answer the incarnation, None if told to stop meanwhile."""
        while not self._stopping.is_set():
            try:
                return objects.Service.register(
                    nova_context.get_admin_context(), host=CONF.host, binary=self._binary,
                    topic=self._topic, worker=self._worker.number,
                    version=versions.SERVICE_VERSION, availability_zone=self._zone())
            except (exception.ServiceUnavailable, OSError) as error:
                LOG.warning('Can not register yet: %s', error)
                self._watchdog.status(f'waiting: {error}')
                self._stopping.wait(ASK_AGAIN_AFTER)
        return None

    def _zone(self):
        """Answer the availability zone: a compute host's own option says where it is."""
        return (CONF.default_availability_zone if self._topic == COMPUTE_TOPIC
                else CONF.internal_service_availability_zone)

    def _make_heartbeat(self, incarnation):
        if objects.base.NovaLiteObject.indirection_api is not None:
            round_trip = heartbeat.for_host(objects.Service, incarnation)
        else:
            round_trip = heartbeat.for_controller(objects.Service, incarnation, self._ping)
        return heartbeat.Heartbeat(
            round_trip=round_trip, wellness=self._wellness, watchdog=self._watchdog,
            is_broker_reachable=rpc.is_reachable, on_void=self._leave_to_newer,
            on_hung=self._end_hung)

    def _ping(self, context):
        """Ask ourselves, or another worker of this daemon here, by the broker.

        A host with a database still writes to conductors only, so it asks one of them.
        """
        if self._stopping.is_set():
            # Nothing is taken from our queue any more, but what still runs is ours until it ends.
            return
        if self._topic == COMPUTE_TOPIC:
            rpc.Client('conductor').call(context, 'ping', timeout=PING_TIMEOUT)
        else:
            rpc.Client(self._topic).call(context, 'ping', host=CONF.host, timeout=PING_TIMEOUT)

    @staticmethod
    def _leave_to_newer():
        """End at once: what runs here belongs to the newer start now."""
        os._exit(EXIT_VOID)

    def _patience(self):
        """Answer the seconds of silence after which this process must be at fault.

        A host's silence is rather the conductor's fault, which then starts anew first.
        """
        return CONF.service_down_time * (PATIENCE_OF_HOSTS if self._topic == COMPUTE_TOPIC else 1)

    @staticmethod
    def _end_hung():
        """End at once. RabbitMQ does not answer for a quorum queue that was a second old when
        the broker was killed, and who waits for it waits for ever; a new start has new ones.
        """
        os._exit(process.EXIT_HUNG)

    def stop(self):
        """Take no more work, finish what runs, hand back what takes too long."""
        stop_by = time.monotonic() + (CONF.graceful_shutdown_timeout or WITHOUT_LIMIT)
        self._stopping.set()
        if self._server is not None:
            # What was taken from the queue and not begun goes back to it with the connection.
            self._server.stop()
            self._server.wait()
        if self._periodics is not None:
            self._periodics.stop()
            self._manager.stop(max(0.0, stop_by - time.monotonic()))
        if self._heartbeat is not None:
            self._heartbeat.stop()
            self._end_incarnation()

    def _end_incarnation(self):
        """Have others see at once that nothing here goes on, if that can be told."""
        self._farewell = threading.Thread(
            target=self._say_farewell, name='farewell', daemon=True)
        self._farewell.start()
        # A host asks a conductor, which may be stopping as well.
        self._farewell.join(FAREWELL_PATIENCE)
        if self._farewell.is_alive():
            LOG.warning('No conductor or database takes note of the end; the record will say for '
                        '%s s that this process works', CONF.service_down_time)

    def _say_farewell(self):
        try:
            objects.Service.end(nova_context.get_admin_context(), self._incarnation)
        except exception.NovaLiteException as error:
            LOG.warning('The record will say for %s s that this process works: %s',
                        CONF.service_down_time, error)

    def wait(self):
        """Close the connections; ``stop`` has waited for all work."""
        if self._farewell is None or not self._farewell.is_alive():
            # Otherwise that would wait for an answer which nobody needs.
            rpc.cleanup()

    def reset(self):
        """The options were read again: have those take effect that are not read at each use."""
        versions.forget()
        if self._periodics is not None:
            self._manager.options_changed()
            self._periodics.look_again()
