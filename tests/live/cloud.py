# SPDX-License-Identifier: Apache-2.0
"""A whole cloud for a test: the real daemons as processes, configured as an operator would.

It needs a broker and a database (base.Broker, base.Database; lent by this
machine or of tests/live/own_servers.py) and leaves nothing behind. Daemons may
be killed and started again. Their logs are details of the test.
"""

import configparser
import contextlib
import dataclasses
import io
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import time

import fixtures
import libvirt

from tests import base as tests_base
from tests.live import base, compute_client, own_servers, services

PROGRAMS = pathlib.Path(sys.executable).parent
PASTE = tests_base.TOP / 'etc' / 'nova_lite' / 'api-paste.ini'
FAKE = 'fake'
LIBVIRT = 'libvirt'
DRIVERS = {FAKE: 'fake.FakeDriver', LIBVIRT: 'libvirt.LibvirtDriver'}
CONTROLLERS = ('api', 'conductor', 'scheduler')
READY = ' serves | listens on '
START_PATIENCE = 60
STOP_PATIENCE = 20
POLL = 0.05
LOG_SHOWN = 200_000


class DaemonFailed(AssertionError):
    """A daemon ended by itself, or does not begin to serve."""


class Daemon:
    """One process, which is the same daemon however often it is started.

    :ivar name: api, conductor, scheduler, or the name of a compute host
    :ivar config_file: its options
    """

    def __init__(self, name, program, config_file, log_file):
        self.name = name
        self.config_file = config_file
        self.log_file = log_file
        self._command = [str(PROGRAMS / program), '--config-file', str(config_file)]
        self._process = None
        self._begin = 0

    @property
    def pids(self):
        """Its process and those that it has started."""
        started = pathlib.Path(f'/proc/{self.pid}/task/{self.pid}/children').read_text('ascii')
        return [self.pid, *map(int, started.split())]

    @property
    def pid(self):
        """Its process id; None while it does not run."""
        return self._process.pid if self._process else None

    def start(self):
        """Start it; it ends with the thread that calls this, at the latest."""
        with open(self.log_file, 'ab') as log:
            self._begin = log.tell()
            self._process = subprocess.Popen(
                ['setpriv', '--pdeathsig', 'KILL', *self._command], stdout=log, stderr=log,
                stdin=subprocess.DEVNULL, cwd='/',
                # As under systemd and supervisor, each leads a process group of its own.
                start_new_session=True)

    def wait_until_it_serves(self):
        """Wait for the line of the log that says so.

        :raises DaemonFailed: if it ends instead, or takes too long
        """
        deadline = time.monotonic() + START_PATIENCE
        while not self.serves():
            if self._process.poll() is not None:
                raise DaemonFailed(f'{self.name} ended with {self._process.returncode}:\n'
                                   f'{self.log()[-3000:]}')
            if time.monotonic() > deadline:
                raise DaemonFailed(f'{self.name} does not serve after {START_PATIENCE} s:\n'
                                   f'{self.log()[-3000:]}')
            time.sleep(POLL)

    def serves(self):
        """Whether it has said so since its last start."""
        return any(word in self.log(self._begin) for word in READY.split('|'))

    def log(self, begin=0):
        """Answer its log from a position on, without what is no text."""
        if not self.log_file.exists():
            return ''
        return self.log_file.read_bytes()[begin:].decode('utf-8', 'replace')

    def kill(self):
        """End it without warning; fine if it does not run."""
        self._end(signal.SIGKILL)

    def stop(self):
        """Ask it to end; answer its exit code, None if it did not run.

        :raises DaemonFailed: if it takes too long
        """
        return self._end(signal.SIGTERM)

    def _end(self, number):
        if self._process is None:
            return None
        self._process.send_signal(number)
        try:
            code = self._process.wait(STOP_PATIENCE)
        except subprocess.TimeoutExpired as error:
            raise DaemonFailed(f'{self.name} does not end:\n{self.log()[-3000:]}') from error
        self._process = None
        return code

    def has_ended(self):
        """Whether it was started and ended by itself."""
        return self._process is not None and self._process.poll() is not None


@dataclasses.dataclass(frozen=True)
class Host:
    """A compute host to be.

    :ivar driver: FAKE or LIBVIRT
    :ivar options: group -> name -> value, on top of what the cloud writes
    """

    name: str
    driver: str = FAKE
    options: dict = dataclasses.field(default_factory=dict)


class Cloud(fixtures.Fixture):
    """API, conductor, scheduler and some hosts.

    :param hosts: Host objects
    :param options: group -> name -> value for the controllers
    :ivar daemons: name -> Daemon
    :ivar client: compute_client.Client of an ordinary user; ``admin`` is one of an admin
    """

    def __init__(self, *, broker, database, hosts, options=None):
        super().__init__()
        self.broker = broker
        self.database = database
        self.hosts = {host.name: host for host in hosts}
        self._options = options or {}
        self.daemons = {}

    def _setUp(self):
        # QEMU, another user, passes through it.
        self.directory = self.useFixture(own_servers.OpenDirectory()).path
        self._make_directories()
        self.port, self._metadata_port = own_servers.free_port(), own_servers.free_port()
        self._write_controllers_file()
        self.manage('operation', 'create_key')
        self.manage('host', 'create_key')
        self.manage('db', 'sync')
        if self.has_libvirt:
            self._keep_domains_apart()
        self.client = compute_client.Client('127.0.0.1', self.port, 'fred:demo')
        self.admin = compute_client.Client('127.0.0.1', self.port, 'admin:admin')
        for client in (self.client, self.admin):
            self.addCleanup(client.disconnect)
        for name in CONTROLLERS:
            self._add_daemon(name, f'nova-lite-{name}', self._controllers_file)
        for host in self.hosts.values():
            self._add_daemon(host.name, 'nova-lite-compute', self._let_join(host))
        for daemon in self.daemons.values():
            daemon.start()
        for daemon in self.daemons.values():
            daemon.wait_until_it_serves()

    # Files

    def _make_directories(self):
        for name in ('keys', 'images', 'lock', 'log'):
            (self.directory / name).mkdir(parents=True)

    def _write_controllers_file(self):
        self._controllers_file = self._write('nova_lite.conf', {
            'DEFAULT': {**self._common('controller'),
                        'transport_url': self.broker.add_account('controller'),
                        'osapi_compute_listen': '127.0.0.1',
                        'osapi_compute_listen_port': self.port, 'osapi_compute_workers': 1,
                        'metadata_listen': '127.0.0.1',
                        'metadata_listen_port': self._metadata_port, 'metadata_workers': 1},
            # As an operator writes it: the daemon chooses the driver.
            'database': {'connection': self.database.url.replace('+mysqldb', '')},
            'rpc': {'key_file': self.directory / 'keys/rpc.key'},
            'operations': {'secrets_key_file': self.directory / 'keys/secrets.key'},
            'wsgi': {'api_paste_config': PASTE}}, self._options)

    def add_twins(self):
        """Start a second API, conductor and scheduler beside the first, of the same host.

        :returns: a client of the second API
        """
        second = self._controllers_file.with_name('twins.conf')
        parser = configparser.RawConfigParser(default_section=None)
        parser.read(self._controllers_file, encoding='utf-8')
        port = own_servers.free_port()
        parser['DEFAULT'].update({'osapi_compute_listen_port': str(port),
                                  'metadata_listen_port': str(own_servers.free_port())})
        with open(second, 'w', encoding='utf-8') as file:
            parser.write(file)
        twins = [f'{name} 2' for name in CONTROLLERS]
        for name, twin in zip(CONTROLLERS, twins, strict=True):
            self._add_daemon(twin, f'nova-lite-{name}', second)
            self.daemons[twin].start()
        for twin in twins:
            self.daemons[twin].wait_until_it_serves()
        client = compute_client.Client('127.0.0.1', port, 'fred:demo')
        self.addCleanup(client.disconnect)
        return client

    def add_api(self, name, options):
        """Start another API daemon of this cloud, with other options; answer its port."""
        own = self._controllers_file.with_name(f'{name}.conf')
        own.write_bytes(self._controllers_file.read_bytes())
        self._add_daemon(name, 'nova-lite-api', own)
        port = own_servers.free_port()
        ports = {'osapi_compute_listen_port': port,
                 'metadata_listen_port': own_servers.free_port()}
        for group, changes in {'DEFAULT': ports, **options}.items():
            self.change(name, group, **changes)
        self.daemons[name].start()
        self.daemons[name].wait_until_it_serves()
        return port

    def _let_join(self, host):
        """Make a host's key and account; answer the path of its configuration."""
        key_file = self.directory / f'keys/{host.name}.key'
        joined = json.loads(self.manage(
            'host', 'add', host.name, '--vhost', self.broker.vhost, '--broker',
            self.broker.address, '--output', key_file, '--format', 'json'))
        self.addCleanup(self.broker.control, 'delete_user', f'nova_lite-compute-{host.name}')
        self.addCleanup(self._forget_queue_names, host.name)
        instances = self.directory / 'hosts' / host.name
        instances.mkdir(parents=True)
        return self._write(f'{host.name}.conf', {
            'DEFAULT': {**self._common(host.name), 'transport_url': joined['transport_url'],
                        'compute_driver': DRIVERS[host.driver], 'network_driver': 'fake',
                        'instances_path': instances / 'instances'},
            'rpc': {'key_file': key_file},
            'fake_driver': {'state_directory': instances / 'world'}}, host.options)

    def change(self, daemon, group, **options):
        """Change options in the file that a daemon reads, and does not read again by itself."""
        path = self.daemons[daemon].config_file
        parser = configparser.RawConfigParser(default_section=None)
        parser.read(path, encoding='utf-8')
        if group not in parser:
            parser.add_section(group)
        parser[group].update({name: str(value) for name, value in options.items()})
        with open(path, 'w', encoding='utf-8') as file:
            parser.write(file)

    @staticmethod
    def _forget_queue_names(host):
        """Remove the counter by which oslo.messaging names the queues of a host's processes."""
        for counter in pathlib.Path('/dev/shm').glob(f'{host}_*_qmanager'):
            counter.unlink(missing_ok=True)

    def _common(self, host):
        return {'host': host, 'my_ip': '127.0.0.1', 'state_path': self.directory}

    def _write(self, name, settings, more):
        parser = configparser.RawConfigParser(default_section=None)
        settings['oslo_concurrency'] = {'lock_path': self.directory / 'lock'}
        settings['api'] = {'auth_strategy': 'noauth2'}
        for group in {**settings, **more}:
            parser[group] = {**settings.get(group, {}), **more.get(group, {})}
        text = io.StringIO()
        parser.write(text)
        path = self.directory / name
        path.write_text(text.getvalue(), encoding='utf-8')
        return path

    # Domains

    @property
    def has_libvirt(self):
        """Whether a host runs guests of libvirt."""
        return any(host.driver == LIBVIRT for host in self.hosts.values())

    def _keep_domains_apart(self):
        """Name domains, which are named by the server's number, as no other cloud here does."""
        self.rows(f'ALTER TABLE instances AUTO_INCREMENT = {random.randrange(2**30, 2**31)}')
        self.addCleanup(self._remove_domains)

    def _remove_domains(self):
        uuids = set(self._first('SELECT uuid FROM instances'))
        with contextlib.closing(libvirt.open(base.LIBVIRT_URI)) as hypervisor:
            for domain in hypervisor.listAllDomains():
                if domain.UUIDString() in uuids:
                    if domain.isActive():
                        domain.destroy()
                    domain.undefine()

    def domains(self):
        """Answer the uuids of the domains of this cloud's servers, of deleted ones too."""
        uuids = set(self._first('SELECT uuid FROM instances'))
        with contextlib.closing(libvirt.open(base.LIBVIRT_URI)) as hypervisor:
            return sorted(uuids & {domain.UUIDString() for domain in hypervisor.listAllDomains()})

    # Daemons

    def _add_daemon(self, name, program, config_file):
        daemon = Daemon(name, program, config_file, self.directory / 'log' / f'{name}.log')
        self.daemons[name] = daemon
        self.addDetail(f'log of {name}', base.text_detail(lambda: daemon.log()[-LOG_SHOWN:]))
        self.addCleanup(daemon.kill)

    def restart(self, *names):
        """Kill daemons and start them again; all of them without a name."""
        chosen = [self.daemons[name] for name in names or self.daemons]
        for daemon in chosen:
            daemon.kill()
        for daemon in chosen:
            daemon.start()
        for daemon in chosen:
            daemon.wait_until_it_serves()

    def revive(self):
        """Start whatever does not run, as a supervisor would; answer the names."""
        ended = [daemon for daemon in self.daemons.values()
                 if daemon.pid is None or daemon.has_ended()]
        for daemon in ended:
            daemon.start()
        return [daemon.name for daemon in ended]

    def manage(self, *arguments):
        """Run nova-lite-manage; answer what it printed."""
        done = self.manage_anyway(*arguments)
        if done.returncode:
            raise DaemonFailed(f'nova-lite-manage {" ".join(map(str, arguments))} failed: '
                               f'{done.stderr or done.stdout}')
        return done.stdout

    def manage_anyway(self, *arguments):
        """Run nova-lite-manage, well or not; answer its exit code and what it printed."""
        return subprocess.run(
            [PROGRAMS / 'nova-lite-manage', '--config-file', self._controllers_file,
             *map(str, arguments)],
            capture_output=True, text=True, check=False, timeout=services.COMMAND_TIMEOUT,
            env={**os.environ, **self.broker.environment})

    # What a cloud needs before servers can be built

    def add_image(self, name, image_bytes, *properties):
        """Take an image in; answer its id."""
        path = self.directory / 'image.new'
        path.write_bytes(image_bytes)
        try:
            return json.loads(self.manage('image', 'create', name, '--file', path, '--json',
                                          *properties))['id']
        finally:
            path.unlink()

    def add_network(self, cidr='10.99.0.0/20'):
        """Make a network that every project may use; answer its id."""
        self.manage('network', 'create', '--label', 'private', '--fixed-range-v4', cidr)
        return json.loads(self.manage('network', 'list', '--json'))[0]['uuid']

    def add_flavor(self, name='small', *, memory_mb=64, vcpus=1, disk=1):
        """Make a flavor whose id is its name; answer it."""
        self.admin.send('POST', '/flavors', {'flavor': {
            'name': name, 'id': name, 'ram': memory_mb, 'vcpus': vcpus, 'disk': disk}})
        return name

    # What is true

    def findings(self):
        """Answer in words what an audit of everything finds, or why it can't be made."""
        done = self.manage_anyway('audit', '--format', 'json')
        if done.returncode not in (0, 1):
            return [done.stderr]
        return [f'{one["code"]}: {one["problem"]}' for one in json.loads(done.stdout)]

    def rows(self, sql):
        """Answer the rows of a query, as lists of text."""
        return [line.split('\t') for line in
                self.database.run(f'USE `{self.database.name}`; {sql}').splitlines()]

    def fake_things(self, kind):
        """Answer (host, uuid) of all that the fake hosts hold of a kind, such as guests."""
        found = []
        for host in self.hosts.values():
            if host.driver == FAKE:
                place = self.directory / 'hosts' / host.name / 'world' / kind
                found += [(host.name, path.stem) for path in place.glob('[!.]*.json')]
        return sorted(found)

    def disagreements(self):
        """Answer in words what record, claims, addresses and hosts do not agree about.

        Servers that are not deleted must be settled; nothing may be there of others.
        """
        with contextlib.suppress(services.Unavailable):
            return list(self._disagreements())
        return ['the database does not answer']

    def _disagreements(self):
        servers = self.rows('SELECT uuid, COALESCE(host, "-"), vm_state, '
                            'COALESCE(task_state, "-") FROM instances WHERE deleted = 0')
        for uuid, host, vm_state, task_state in servers:
            if (vm_state, task_state) != ('active', '-'):
                yield f'server {uuid} on {host} is {vm_state}/{task_state}'
        for row in self.rows('SELECT id, kind, phase, state, instance_uuid FROM operations '
                             'WHERE finished_at IS NULL'):
            yield f'operation {" ".join(row)} has not ended'
        alive = {row[0] for row in servers}
        yield from _differences('allocations', alive, self._first(
            'SELECT DISTINCT consumer_uuid FROM allocations'))
        yield from _differences('addresses', self._with_nic(alive), self._first(
            'SELECT instance_uuid FROM fixed_ips WHERE instance_uuid IS NOT NULL'))
        for row in self.rows(
                'SELECT i.node_id, i.resource_class, i.used, COALESCE(SUM(a.amount), 0) AS held '
                'FROM inventories i LEFT JOIN allocations a USING (node_id, resource_class) '
                'GROUP BY i.node_id, i.resource_class, i.used HAVING i.used <> held'):
            yield f'inventory {row[0]} {row[1]}: used {row[2]}, allocated {row[3]}'
        if self.has_libvirt:
            yield from _differences('domains', alive, self.domains())
        else:
            places = {(row[1], row[0]) for row in servers}
            for kind in ('guests', 'disks'):
                yield from _differences(kind, places, self.fake_things(kind))

    def _with_nic(self, uuids):
        return uuids & set(self._first('SELECT instance_uuid FROM virtual_interfaces'))

    def _first(self, sql):
        return [row[0] for row in self.rows(sql)]


def _differences(what, wanted, found):
    for missing in sorted(set(wanted) - set(found)):
        yield f'{what}: {missing} is missing'
    for surplus in sorted(set(found) - set(wanted)):
        yield f'{what}: {surplus} is left over'
    for twice in sorted({one for one in found if list(found).count(one) > 1}):
        yield f'{what}: {twice} is there twice'
