# SPDX-License-Identifier: Apache-2.0
"""A RabbitMQ and a MariaDB of a test's own, which it may kill and whose counters are its own.

They run beside this machine's, with ports and directories of their own, so
nobody else notices an outage. Their programs must be installed and the test
must be root, because neither runs as root.
"""

import contextlib
import os
import pathlib
import secrets
import shutil
import signal
import socket
import subprocess
import time

import fixtures

from tests.live import base, services

PATIENCE = 60
POLL = 0.1
COUNTER = ('maps:get(messages_received_total, '
           'maps:get([{protocol,amqp091}], rabbit_global_counters:overview())).')


def free_port():
    """Answer a port of this machine on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def is_listening(port):
    """Whether a port of this machine takes connections."""
    try:
        socket.create_connection(('127.0.0.1', port), timeout=1).close()
    except OSError:
        return False
    return True


def wait_until(is_true, what):
    """Wait until something is true.

    :raises Unavailable: if it takes too long
    """
    deadline = time.monotonic() + PATIENCE
    while not is_true():
        if time.monotonic() > deadline:
            raise services.Unavailable(f'{what} does not come up within {PATIENCE} s')
        time.sleep(POLL)


class OpenDirectory(fixtures.Fixture):
    """A directory that other users may pass through, unlike the test's own.

    :param user: whom it belongs to
    :ivar path: where it is
    """

    def __init__(self, user='root'):
        super().__init__()
        self._user = user

    def _setUp(self):
        self.path = pathlib.Path(f'/tmp/{services.PREFIX}{secrets.token_hex(4)}')
        self.path.mkdir(mode=0o755)
        self.addCleanup(shutil.rmtree, self.path, ignore_errors=True)
        shutil.chown(self.path, self._user)


class OwnServer(fixtures.Fixture):
    """A server with a directory of its own."""

    user = None
    program = None

    def _setUp(self):
        if os.geteuid() != 0 or shutil.which(self.program) is None:
            raise services.Unavailable(f'{self.program} is not installed, or this is not root')
        self.directory = self.useFixture(OpenDirectory(self.user)).path
        self.port = free_port()
        self.addCleanup(self.kill)
        self.start()


class OwnMariaDB(OwnServer):
    """A database server; ``database`` is a base.Database in it."""

    user = 'mysql'
    program = 'mariadbd'
    _process = None

    def _setUp(self):
        super()._setUp()
        self.database = base.Database(
            f'{services.PREFIX}{secrets.token_hex(3)}', secrets.token_hex(16),
            socket=str(self.directory / 'socket'), port=self.port)
        self.database.create()

    def start(self):
        """Start it, or start it again with what it has on disk."""
        files = self.directory / 'files'
        if not files.exists():
            services.run('mariadb-install-db', '--no-defaults', '--user=mysql',
                         f'--datadir={files}', '--skip-test-db',
                         '--auth-root-authentication-method=normal')
        with open(self.directory / 'log', 'ab') as log:
            self._process = subprocess.Popen(
                ['setpriv', '--pdeathsig', 'KILL', self.program, '--no-defaults', '--user=mysql',
                 f'--datadir={files}', f'--socket={self.directory / "socket"}',
                 f'--port={self.port}', '--bind-address=127.0.0.1', '--skip-name-resolve'],
                stdout=log, stderr=log)
        wait_until(lambda: is_listening(self.port), 'MariaDB')

    def kill(self):
        """End it without warning."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def traffic(self):
        """Answer the bytes that have come and gone since the start."""
        listed = self.database.run(
            "SHOW GLOBAL STATUS WHERE Variable_name IN ('Bytes_received', 'Bytes_sent')")
        return sum(int(line.split('\t')[1]) for line in listed.splitlines())

    def statements(self):
        """Answer how often each kind of statement was run since the start."""
        listed = self.database.run(
            "SHOW GLOBAL STATUS WHERE Variable_name IN "
            "('Com_select', 'Com_insert', 'Com_update', 'Com_delete')")
        return {name.removeprefix('Com_').lower(): int(count)
                for name, count in (line.split('\t') for line in listed.splitlines())}


class OwnRabbitMQ(OwnServer):
    """A message broker; ``broker`` is a base.Broker in it."""

    user = 'rabbitmq'
    program = 'rabbitmq-server'
    _is_started = False

    def _setUp(self):
        super()._setUp()
        self.broker = base.Broker(self._node.split('@')[0], node=self._node, port=self.port)
        self.broker.create()

    @property
    def _node(self):
        return f'{self.directory.name}@localhost'

    @property
    def _environment(self):
        own = {'RABBITMQ_NODENAME': self._node, 'RABBITMQ_NODE_PORT': str(self.port),
               'RABBITMQ_DIST_PORT': str(self._distribution_port),
               'RABBITMQ_NODE_IP_ADDRESS': '127.0.0.1',
               'RABBITMQ_MNESIA_BASE': str(self.directory / 'mnesia'),
               'RABBITMQ_LOG_BASE': str(self.directory / 'log'),
               'RABBITMQ_CONFIG_FILE': str(self.directory / 'config'),
               'RABBITMQ_ENABLED_PLUGINS_FILE': str(self.directory / 'plugins'),
               'RABBITMQ_PID_FILE': str(self.directory / 'pid')}
        return {**os.environ, **own}

    def start(self):
        """Start it, or start it again with what it has on disk."""
        if not self._is_started:
            self._distribution_port = free_port()
        self._is_started = True
        subprocess.run(['rabbitmq-server', '-detached'], env=self._environment, check=True,
                       stdin=subprocess.DEVNULL, capture_output=True)
        wait_until(lambda: is_listening(self.port) and services.answers(
            'rabbitmqctl', '-q', '-n', self._node, 'await_startup'), 'RabbitMQ')

    def kill(self):
        """End it without warning."""
        with contextlib.suppress(FileNotFoundError, ValueError, ProcessLookupError):
            os.kill(int((self.directory / 'pid').read_text(encoding='ascii')), signal.SIGKILL)
        wait_until(lambda: not is_listening(self.port), 'the end of RabbitMQ')

    def traffic(self):
        """Answer the bytes that have come and gone by the connections that are open."""
        listed = self.broker.control(
            'list_connections', 'recv_oct', 'send_oct', '--no-table-headers')
        return sum(int(count) for count in listed.split())

    def published(self):
        """Answer how many messages were given to it since the start."""
        return int(self.broker.control('eval', COUNTER).strip())
