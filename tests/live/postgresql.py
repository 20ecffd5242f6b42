# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL of a test's own: in a directory, reached by a socket, gone afterwards.

``python -m tests.live.postgresql COMMAND ...`` runs a command beside one, whose
URL is in NOVA_LITE_TEST_DATABASE.
"""

import glob
import importlib.util
import os
import shutil
import subprocess
import sys

import fixtures

from tests.fixtures import database
from tests.live import services

PROGRAMS = ('/usr/lib/postgresql/*/bin', '/usr/pgsql-*/bin', '/usr/bin', '/usr/local/bin')
ACCOUNT = 'postgres'
# What a crash of the machine would lose, no test would miss.
SETTINGS = ("-c listen_addresses='' -c max_connections=200 -c fsync=off "
            '-c synchronous_commit=off -c full_page_writes=off')


def _program(name):
    """Answer the path of one of PostgreSQL's programs.

    :raises Unavailable: if it is not installed
    """
    found = [path for pattern in PROGRAMS for path in glob.glob(f'{pattern}/{name}')]
    if not found:
        raise services.Unavailable(f'postgresql: {name} is not installed')
    return found[0]


class PostgreSQL(fixtures.Fixture):
    """A new cluster with one empty database.

    :ivar url: of the database, for SQLAlchemy
    :raises Unavailable: if the server or its Python driver is not installed
    """

    def _setUp(self):
        if importlib.util.find_spec('psycopg2') is None:
            raise services.Unavailable('postgresql: psycopg2 is not installed')
        if os.geteuid() != 0:
            raise services.Unavailable('postgresql: starting one as its own user needs root')
        control = _program('pg_ctl')
        # Its own user must be able to walk in, which temporary directories of tests forbid.
        directory = self.useFixture(fixtures.TempDir('/var/tmp')).path
        shutil.chown(directory, ACCOUNT)
        data = os.path.join(directory, 'data')
        self._run(_program('initdb'), '-D', data, '-A', 'trust', '-N')
        self._run(control, '-D', data, '-w', '-l', os.path.join(directory, 'log'),
                  '-o', f'-k {directory} {SETTINGS}', 'start')
        self.addCleanup(self._run, control, '-D', data, '-m', 'immediate', 'stop')
        self._directory = directory
        self.url = self.url_of(ACCOUNT)

    def url_of(self, database):
        """Answer the URL of a database, for SQLAlchemy."""
        return f'postgresql+psycopg2://{ACCOUNT}@/{database}?host={self._directory}'

    def create(self, database):
        """Make an empty database."""
        self._run(_program('createdb'), '-h', self._directory, '-T', 'template0',
                  '--lc-collate=C', database)

    def _run(self, *command):
        services.run('runuser', '-u', ACCOUNT, '--', *command)


def main():
    """Run a command beside a server; answer its exit code."""
    with PostgreSQL() as server:
        environment = {**os.environ, database.CHOSEN: server.url}
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode


if __name__ == '__main__':
    sys.exit(main())
