# SPDX-License-Identifier: Apache-2.0
"""Serves a WSGI application from a daemon, by the servers of http_servers.py.

A production server (uWSGI, mod_wsgi) may take the application instead
(nova_lite/wsgi); then only ``Connections`` is used.
"""

from oslo_log import log

from nova_lite import connection_shares, http_servers, objects, rpc
from nova_lite.rpc import versions
from nova_lite.servicegroup import heartbeat

LOG = log.getLogger(__name__)

PING_TIMEOUT = 5.0


class Connections:
    """What all listeners of one process share: database, messages, one heartbeat.

    Made before the processes are forked, used in each of them on its own.

    :param prepare: gives the process its database and its name in messages
    :param watchdog: told when the process serves, and that it lives
    """

    def __init__(self, *, prepare, watchdog):
        self._prepare = prepare
        self._watchdog = watchdog
        self._users = 0
        self._is_prepared = False
        self._heartbeat = None

    def prepare(self):
        """Make them, for the first listener."""
        if not self._is_prepared:
            self._is_prepared = True
            self._prepare()

    def use(self):
        """A listener serves; the first one begins the heartbeat."""
        self._users += 1
        if self._users == 1:
            self._heartbeat = heartbeat.Heartbeat(
                round_trip=heartbeat.for_api(objects.Service, self._ping),
                wellness=heartbeat.Wellness(), watchdog=self._watchdog,
                is_broker_reachable=rpc.is_reachable)
            self._heartbeat.start()
        self._watchdog.ready()

    @staticmethod
    def _ping(context):
        rpc.Client('conductor').call(context, 'ping', timeout=PING_TIMEOUT)

    def release(self):
        """A listener has ended; the last one closes them."""
        self._users -= 1
        if self._users == 0:
            self._heartbeat.stop()
            rpc.cleanup()


class WebService:
    """One application at one address.

    :param listener: has name, host and port
    :param load_app: answers the application of a name; called at once, before processes are
        forked, so that they have one copy in memory
    :param connections: Connections of the process, shared with its other listeners
    :param sock: listens already, in other processes too
    :param processes: how many accept from it
    """

    def __init__(self, *, listener, load_app, connections, sock, processes):
        self._listener = listener
        self._app = load_app(listener.name)
        self._connections = connections
        self._socket = sock
        self._shares = connection_shares.Shares(processes)
        self._server = None
        self._uses_connections = False

    def start(self):
        """Answer in the background."""
        self._connections.prepare()
        self._server = http_servers.for_threads(
            self._app, self._socket, self._listener.name, self._shares)
        self._server.start()
        self._connections.use()
        self._uses_connections = True
        LOG.info('%s listens on %s:%s', self._listener.name, self._listener.host,
                 self._listener.port)

    def stop(self):
        """Take no more requests, finish those that run."""
        server, self._server = self._server, None
        if server is not None:
            server.stop()

    def wait(self):
        """Give the connections of the process back."""
        if self._uses_connections:
            self._uses_connections = False
            self._connections.release()

    def reset(self):
        """The options were read again, and perhaps there is a new certificate."""
        versions.forget()
        if self._server is not None and self._server.certificate is not None:
            self._server.certificate.load_again()
