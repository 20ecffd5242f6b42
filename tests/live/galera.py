# SPDX-License-Identifier: Apache-2.0
"""A Galera cluster of a test's own: two MariaDB servers, each as good as the other."""

import os
import pathlib
import shutil
import socket
import subprocess
import time

import fixtures

from tests.live import services

PROVIDERS = ('/usr/lib/galera/libgalera_smm.so', '/usr/lib64/galera-4/libgalera_smm.so')
ACCOUNT = 'mysql'
PASSWORD = 'only-for-a-test'
START, POLL = 60, 0.2
SERVER_OPTIONS = (
    '--bind-address=127.0.0.1', '--innodb-buffer-pool-size=64M', '--innodb-log-file-size=16M',
    '--innodb-flush-log-at-trx-commit=0', '--binlog-format=ROW', '--innodb-autoinc-lock-mode=2',
    '--max-connections=200', '--wsrep-on=ON', '--wsrep-node-address=127.0.0.1',
    '--wsrep-sst-method=rsync')


class Node:
    """One server of the cluster."""

    def __init__(self, directory, name, ports):
        self.port, self.cluster_port, self._transfer_port = ports
        self._socket = directory / f'{name}.sock'
        self._datadir = directory / name
        self._log = directory / f'{name}.log'
        self._process = None

    def url(self, database):
        """Answer the URL of a database."""
        return f'mysql+mysqldb://nova_lite:{PASSWORD}@127.0.0.1:{self.port}/{database}'

    def install(self):
        services.run('mariadb-install-db', '--no-defaults', f'--datadir={self._datadir}',
                     '--skip-test-db', f'--user={ACCOUNT}')

    def start(self, provider, cluster_address, *more):
        """Start the server and wait until it is one of the cluster."""
        with open(self._log, 'wb') as log:
            self._process = subprocess.Popen(
                ['mariadbd', '--no-defaults', f'--user={ACCOUNT}', *SERVER_OPTIONS,
                 f'--datadir={self._datadir}', f'--socket={self._socket}', f'--port={self.port}',
                 f'--pid-file={self._datadir}/pid', f'--wsrep-provider={provider}',
                 f'--wsrep-cluster-address={cluster_address}',
                 f'--wsrep-sst-receive-address=127.0.0.1:{self._transfer_port}',
                 '--wsrep-provider-options=gcache.size=32M;base_host=127.0.0.1;'
                 f'base_port={self.cluster_port};'
                 f'gmcast.listen_addr=tcp://127.0.0.1:{self.cluster_port}', *more],
                stdout=log, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + START
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                last = self._log.read_text(errors='replace').strip().splitlines()[-1:]
                raise services.Unavailable(f'galera: a node does not start: {last}')
            time.sleep(POLL)

    def _is_ready(self):
        try:
            return self.run("SHOW STATUS LIKE 'wsrep_ready'").split()[1:] == ['ON']
        except services.Unavailable:
            return False

    def run(self, sql):
        """Run SQL as root; answer tab-separated lines without headings."""
        return services.run('mariadb', '--no-defaults', '-S', str(self._socket), '-N', text=sql)

    def stop(self):
        if self._process is not None:
            self._process.kill()
            self._process.wait()


class Galera(fixtures.Fixture):
    """Two nodes with an account that may do everything.

    :ivar nodes: list of Node
    :raises Unavailable: if server or provider is not installed
    """

    def _setUp(self):
        if os.geteuid() != 0:
            raise services.Unavailable('galera: starting one as its own user needs root')
        if shutil.which('mariadbd', path='/usr/sbin:/usr/bin') is None:
            raise services.Unavailable('galera: mariadbd is not installed')
        provider = next((path for path in PROVIDERS if os.path.exists(path)), None)
        if provider is None:
            raise services.Unavailable(f'galera: {PROVIDERS[0]} is not installed (galera-4)')
        # Its own user must be able to walk in, which temporary directories of tests forbid.
        directory = pathlib.Path(self.useFixture(fixtures.TempDir('/var/tmp')).path)
        shutil.chown(directory, ACCOUNT)
        ports = free_ports(6)
        self.nodes = [Node(directory, name, ports[at:at + 3])
                      for at, name in ((0, 'first'), (3, 'second'))]
        first, second = self.nodes
        first.install()
        self.addCleanup(first.stop)
        first.start(provider, 'gcomm://', '--wsrep-new-cluster')
        first.run(f"CREATE USER nova_lite@'127.0.0.1' IDENTIFIED BY '{PASSWORD}';"
                  "GRANT ALL ON *.* TO nova_lite@'127.0.0.1';")
        # It gets everything from the first, and needs no directory but its own.
        (directory / 'second').mkdir()
        shutil.chown(directory / 'second', ACCOUNT)
        self.addCleanup(second.stop)
        second.start(provider, f'gcomm://127.0.0.1:{first.cluster_port}')


def free_ports(number):
    """Answer ports that nobody listens at."""
    sockets = [socket.create_server(('127.0.0.1', 0)) for _ in range(number)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports
