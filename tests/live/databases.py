# SPDX-License-Identifier: Apache-2.0
"""Where a test of the database runs: MariaDB, PostgreSQL, both nodes of a Galera cluster.

A test is written once in a class of its own; ``on_each_of`` makes a test case of
it for each place, so that none has tests that another one lacks. What a place
lacks on this machine skips its case and says why.
"""

import atexit
import concurrent.futures
import multiprocessing

import fixtures

from nova_lite import conf
from nova_lite.db import engine, models, stores
from tests.fixtures import records
from tests.live import base, galera, postgresql
from tests.live.services import Unavailable

CONNECTIONS = 12


def start(url, connections):
    """Give this process options and database."""
    conf.CONF([], project='nova_lite', default_config_files=[], default_config_dirs=[])
    engine.configure(url, max_pool_size=connections, max_overflow=0)
    stores.register()


_running = {}
"""Fixture's class -> the server that runs until this process ends, or why there is none."""


def running(of):
    """Answer a server that the tests of this process share.

    :raises Unavailable: if it can't be had
    """
    if of not in _running:
        server = of()
        try:
            server.setUp()
        except fixtures.MultipleExceptions as error:
            _running[of] = error.args[0][1]
        except Unavailable as error:
            _running[of] = error
        else:
            atexit.register(server.cleanUp)
            _running[of] = server
    if isinstance(_running[of], Exception):
        raise Unavailable(str(_running[of]))
    return _running[of]


class OnADatabase(base.LiveTestCase):
    """A test with a database of its own, which has the tables.

    :ivar urls: of each server of it
    """

    has_tables = True

    def setUp(self):
        super().setUp()
        try:
            self.urls = self.make_database()
        except Unavailable as error:
            self.skipTest(str(error))
        start(self.urls[0], CONNECTIONS)
        self.addCleanup(lambda: engine.engine().dispose())
        self.context = records.caller(is_admin=True)
        if self.has_tables:
            models.metadata.create_all(engine.engine())

    def make_database(self):
        """Make an empty database; answer the URL of each server of it."""
        raise NotImplementedError

    def everywhere(self, function, arguments, processes=2):
        """Call a function for each argument, in processes that work at the same time.

        Each process has a server of its own, if there are several.

        :param function: of a module, so that another process finds it
        """
        arguments = list(arguments)
        urls = [self.urls[number % len(self.urls)] for number in range(processes)]
        pools = [concurrent.futures.ProcessPoolExecutor(
            1, multiprocessing.get_context('spawn'), start, (url, CONNECTIONS)) for url in urls]
        try:
            parts = [pool.submit(at_once, function, arguments[number::processes])
                     for number, pool in enumerate(pools)]
            return [answer for part in parts for answer in part.result()]
        finally:
            for pool in pools:
                pool.shutdown()


def at_once(function, arguments):
    """Call a function for each argument, in threads that work at the same time."""
    with concurrent.futures.ThreadPoolExecutor(CONNECTIONS) as pool:
        return list(pool.map(function, arguments))


class MariaDB(OnADatabase):
    """On the MariaDB of this machine."""

    needs = ('mariadb',)

    def make_database(self):
        return [self.database.url]


class PostgreSQL(OnADatabase):
    """On a PostgreSQL of the test's own."""

    def make_database(self):
        server = running(postgresql.PostgreSQL)
        server.create(self.name)
        return [server.url_of(self.name)]


class Galera(OnADatabase):
    """On two nodes at once."""

    def make_database(self):
        nodes = running(galera.Galera).nodes
        nodes[0].run(f'CREATE DATABASE {self.name} CHARACTER SET utf8mb4')
        self.addCleanup(nodes[0].run, f'DROP DATABASE {self.name}')
        return [node.url(self.name) for node in nodes]


def on_each_of(*places):
    """Make test cases of a class of tests, one for each place, in the class's module."""
    def decorate(tests):
        found = vars(__import__(tests.__module__, fromlist=['_']))
        for place in places:
            name = f'{place.__name__}{tests.__name__}Test'
            found[name] = type(name, (tests, place), {
                '__module__': tests.__module__, '__doc__': f'{tests.__doc__} {place.__doc__}'})
        return tests
    return decorate
