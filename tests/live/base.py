# SPDX-License-Identifier: Apache-2.0
"""The test case of the live tests, and what it lends them of the machine.

A class names what it needs (``needs = ('rabbitmq', 'mariadb')``). What is not
there and can't be started skips the test with the reason. Every test has a
virtual host, a database and a directory of its own, so a stack on the same
machine does not notice.
"""

import atexit
import dataclasses
import os
import secrets

import libvirt
from testtools import content

from tests import base
from tests.live import services

RUN = os.environ.get('NOVA_LITE_TEST_RUN', f'alone{os.getpid()}')
LIBVIRT_URI = 'qemu:///system'

_lent = {}
"""Service -> None, or why it is not to be had; asked once a process."""


def lend(name):
    """Make a service of this machine available; raise Unavailable with the reason."""
    if name not in _lent:
        _lent[name] = _try_to_lend(name)
    if _lent[name] is not None:
        raise services.Unavailable(_lent[name])


def _try_to_lend(name):
    # run_tests.sh has started what can be, and stops it; a test that is run by hand has
    # nobody else to do it.
    is_alone = 'NOVA_LITE_TEST_RUN' not in os.environ
    try:
        services.ensure(name, may_start=is_alone,
                        on_start=lambda name: atexit.register(services.halt, name))
    except services.Unavailable as error:
        return str(error)
    return None


@dataclasses.dataclass(frozen=True)
class Broker:
    """A virtual host of RabbitMQ that belongs to one test.

    :ivar node: Erlang's name of the server, for rabbitmqctl; None for this machine's
    """

    vhost: str
    node: str | None = None
    port: int = 5672

    @property
    def address(self):
        """Where it is reached."""
        return f'127.0.0.1:{self.port}'

    @property
    def environment(self):
        """What a program needs that calls rabbitmqctl by itself."""
        return {'RABBITMQ_NODENAME': self.node} if self.node else {}

    def control(self, *command):
        """Run a command of rabbitmqctl; answer what it printed."""
        where = ('-n', self.node) if self.node else ()
        return services.run('rabbitmqctl', '-q', *where, *command)

    def add_account(self, suffix, *, configure='.*', write='.*', read='.*'):
        """Make an account with these permissions; answer its transport URL."""
        user, password = f'{self.vhost}-{suffix}', secrets.token_hex(16)
        self.control('add_user', user, password)
        self.control('set_permissions', '-p', self.vhost, user, configure, write, read)
        return f'rabbit://{user}:{password}@{self.address}/{self.vhost}'

    def create(self):
        self.control('add_vhost', self.vhost)

    def remove(self):
        listed = self.control('--no-table-headers', 'list_users')
        for user in (line.split('\t')[0] for line in listed.splitlines()):
            if user.startswith(f'{self.vhost}-'):
                self.control('delete_user', user)
        self.control('delete_vhost', self.vhost)


@dataclasses.dataclass(frozen=True)
class Database:
    """A database of MariaDB that belongs to one test, with a user of the same name.

    :ivar socket: of the server, for the client; None for this machine's
    """

    name: str
    password: str
    socket: str | None = None
    port: int = 3306

    @property
    def url(self):
        return (f'mysql+mysqldb://{self.name}:{self.password}@127.0.0.1:{self.port}/{self.name}'
                '?charset=utf8mb4')

    def run(self, sql):
        """Run SQL as root of the server; answer tab-separated lines without headings."""
        where = ('--no-defaults', '-S', self.socket) if self.socket else ()
        return services.run('mariadb', *where, '-N', text=sql)

    def create(self):
        self.run(f"CREATE DATABASE `{self.name}` CHARACTER SET utf8mb4;"
                 f"CREATE USER '{self.name}'@'localhost' IDENTIFIED BY '{self.password}';"
                 f"CREATE USER '{self.name}'@'127.0.0.1' IDENTIFIED BY '{self.password}';"
                 f"GRANT ALL ON `{self.name}`.* TO '{self.name}'@'localhost';"
                 f"GRANT ALL ON `{self.name}`.* TO '{self.name}'@'127.0.0.1';")

    def remove(self):
        self.run(services.drop_database(self.name))


def text_detail(make_text):
    """Answer a detail of a test whose text is made when it is shown."""
    return content.Content(content.UTF8_TEXT, lambda: [make_text().encode()])


class LiveTestCase(base.TestCase):
    """A test with real servers.

    :cvar needs: of 'rabbitmq', 'mariadb', 'libvirt'
    :ivar broker: the test's own Broker, if it needs rabbitmq
    :ivar database: the test's own Database, if it needs mariadb; without tables
    :ivar hypervisor: a libvirt connection, if it needs libvirt; domains that the
        test defines carry ``self.name`` in theirs and are removed after it
    :ivar name: unique on this machine, letters, digits and underscores
    """

    needs = ()
    time_limit = 300
    loopback = True

    def setUp(self):
        super().setUp()
        self.name = f'{services.PREFIX}{RUN}_{secrets.token_hex(3)}'
        self.directory = self.temporary_directory()
        for service in self.needs:
            try:
                lend(service)
            except services.Unavailable as error:
                self.skipTest(str(error))
            getattr(self, f'_borrow_{service}')()

    def _borrow_rabbitmq(self):
        self.broker = Broker(self.name)
        self.broker.create()
        self.addCleanup(self.broker.remove)

    def _borrow_mariadb(self):
        self.database = Database(self.name, secrets.token_hex(16))
        self.database.create()
        self.addCleanup(self.database.remove)

    def _borrow_libvirt(self):
        self.hypervisor = libvirt.open(LIBVIRT_URI)
        self.addCleanup(self.hypervisor.close)
        self.addCleanup(self._remove_domains)

    def _remove_domains(self):
        for domain in self.hypervisor.listAllDomains():
            if self.name in domain.name():
                if domain.isActive():
                    domain.destroy()
                domain.undefine()
