# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL of a test's own: in a directory, reached by a socket, gone afterwards."""

import glob
import importlib.util
import os
import shutil

import fixtures

from tests.live import services

PROGRAMS = ('/usr/lib/postgresql/*/bin', '/usr/pgsql-*/bin', '/usr/bin', '/usr/local/bin')
ACCOUNT = 'postgres'


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
                  '-o', f"-k {directory} -c listen_addresses='' -c max_connections=200", 'start')
        self.addCleanup(self._run, control, '-D', data, '-m', 'immediate', 'stop')
        self.url = f'postgresql+psycopg2://{ACCOUNT}@/{ACCOUNT}?host={directory}'

    def _run(self, *command):
        services.run('runuser', '-u', ACCOUNT, '--', *command)
