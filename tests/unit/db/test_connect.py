# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/connect.py: the configured database, with the driver that suits."""

import sqlalchemy as sa

from nova_lite.db import connect, engine
from nova_lite.objects import base as objects_base
from tests import base


class UrlTest(base.TestCase):

    def test_driver_suits_the_threads(self):
        for backend, driver in (('threading', 'mysqldb'), ('eventlet', 'pymysql')):
            for scheme in ('mysql', 'mariadb'):
                self.assertEqual(
                    f'mysql+{driver}://me:geheim@db/nova_lite?charset=utf8mb4',
                    connect.url_for(f'{scheme}://me:geheim@db/nova_lite', backend))

    def test_postgresql_has_one_driver_for_both(self):
        for backend in ('threading', 'eventlet'):
            self.assertEqual('postgresql+psycopg2://me:geheim@db/nova_lite?sslmode=disable',
                             connect.url_for(
                                 'postgresql://me:geheim@db/nova_lite?sslmode=disable', backend))

    def test_driver_that_was_named_is_taken(self):
        for url in ('mysql+pymysql://me@db/nova_lite', 'postgresql+psycopg://me@db/nova_lite',
                    'sqlite:////tmp/x.sqlite'):
            self.assertEqual(url, connect.url_for(url, 'threading'))

    def test_password_and_options_stay_as_they_are(self):
        url = connect.url_for('mysql://me:p%40ss%2F@db/nova_lite?ssl_ca=/ca.pem', 'threading')
        parsed = sa.make_url(url)
        self.assertEqual(('p@ss/', {'ssl_ca': '/ca.pem', 'charset': 'utf8mb4'}),
                         (parsed.password, dict(parsed.query)))


class ConnectTest(base.TestCase):

    def test_process_uses_the_configured_database_and_its_objects_have_stores(self):
        path = self.temporary_directory() / 'nova_lite.sqlite'
        self.override('database', connection=f'sqlite:///{path}')
        connect.connect()
        self.addCleanup(engine.engine().dispose)
        with engine.reader() as connection:
            self.assertEqual(1, connection.execute(sa.text('SELECT 1')).scalar())
        self.assertTrue(path.exists())
        self.assertTrue(callable(objects_base.store('operations').take))
