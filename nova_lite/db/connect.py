# SPDX-License-Identifier: Apache-2.0
"""Connects a process to its database as the configuration says."""

import importlib

import sqlalchemy as sa
from oslo_config import cfg

from nova_lite.conf import database
from nova_lite.db import engine, measuring, stores

CONF = cfg.CONF

DRIVERS = {'threading': 'mysqldb', 'eventlet': 'pymysql'}
"""mysqlclient is the faster one; PyMySQL lets other green threads run while it waits."""

POSTGRESQL_DRIVER = 'psycopg2'
"""For both kinds of threads: it can be told how to wait. psycopg 3 takes a quarter longer."""


def connect(concurrency_backend='threading'):
    """Use the configured database in this process, and give the objects their stores.

    :param concurrency_backend: decides the MySQL driver, unless the URL names one
    """
    options = {name: getattr(CONF.database, name) for name in database.PASSED_ON}
    url = url_for(CONF.database.connection, concurrency_backend)
    if concurrency_backend == 'eventlet' and sa.make_url(url).get_driver_name() == 'psycopg2':
        _wait_as_green_threads_do()
    engine.configure(url, **options)
    measuring.listen()
    stores.register()


def url_for(connection, concurrency_backend):
    """Answer the URL with the driver that suits the backend, as text."""
    url = sa.make_url(connection)
    if url.drivername in ('mysql', 'mariadb'):
        url = url.set(drivername=f'mysql+{DRIVERS[concurrency_backend]}')
        url = url.update_query_dict({'charset': 'utf8mb4'})
    elif url.drivername == 'postgresql':
        url = url.set(drivername=f'postgresql+{POSTGRESQL_DRIVER}')
    return url.render_as_string(hide_password=False)


def _wait_as_green_threads_do():
    """Have psycopg2 wait by ``select``, which eventlet has replaced, and not in C."""
    extensions = importlib.import_module('psycopg2.extensions')
    extensions.set_wait_callback(importlib.import_module('psycopg2.extras').wait_select)
