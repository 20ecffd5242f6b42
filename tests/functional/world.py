# SPDX-License-Identifier: Apache-2.0
"""A cloud in one process that moves only when the test says so.

Real managers, objects, stores and messages; SQLite (or what
NOVA_LITE_TEST_DATABASE names) for the database, a bus without threads for the
broker, the fake driver for the hypervisor, and a clock that the test moves.
Every process is an ``Process`` that can be killed at any boundary (a message, a
commit, a call of the driver) and started again; what its host holds stays.
"""

import contextlib
import datetime
import functools
import io

import fixtures
from oslo_config import cfg
from oslo_utils import fixture as utils_fixture

from nova_lite import context as nova_context
from nova_lite import exception, objects, rpc
from nova_lite.audit import run as audit
from nova_lite.compute import manager as compute_manager
from nova_lite.conductor import api as conductor_api
from nova_lite.conductor import image_caching
from nova_lite.conductor import manager as conductor_manager
from nova_lite.db.stores import hosts, inventories, services
from nova_lite.image import api as image_api
from nova_lite.objects import base as objects_base
from nova_lite.operations import pool, runner
from nova_lite.rpc import identity
from nova_lite.scheduler import manager as scheduler_manager
from tests.fixtures import bus as test_bus
from tests.fixtures import database, records

CONF = cfg.CONF
START = datetime.datetime(2026, 1, 1)
TIME_TO_LIVE = 21
IMAGE_ID = '22222222-2222-4222-8222-222222222222'
DRIVER_CALLS = ('fetch_images', 'create_disks', 'remove_disks', 'write_config_drive',
                'remove_config_drive', 'start_guest', 'remove_guest', 'destroy')


class HostsAskTheConductor(conductor_api.IndirectionAPI):
    """Indirection that is there exactly for the processes that have no database."""

    def __bool__(self):
        return identity.current().sender.is_host


class _Pool:
    """Runs work when the bus is pumped, in the place of threads."""

    def __init__(self, bus):
        self.submit = bus.submit

    def shutdown(self, *, wait, cancel_futures):
        """Nothing runs by itself."""


class Process:
    """One daemon: its identity, its manager, its incarnation."""

    def __init__(self, who, manager, incarnation):
        self.who = who
        self.manager = manager
        self.incarnation = incarnation


class World(fixtures.Fixture):
    """One controller (API, conductor, scheduler) and some hosts.

    :param hosts: names of the hosts to start with
    """

    def __init__(self, hosts=('cmp1',)):
        super().__init__()
        self._first_hosts = hosts
        self.hosts = {}
        self._held = {}

    def _setUp(self):
        self.database = self.useFixture(database.Database())
        self.bus = self.useFixture(test_bus.Bus(CONF))
        self.clock = self.useFixture(utils_fixture.TimeFixture(START))
        self.context = nova_context.RequestContext('fred', 'demo', overwrite=False)
        self.admin = nova_context.get_admin_context()
        self._configure()
        self._patch()
        self.image = self._make_image()
        self.bus.be(self.bus.controller('observer'))
        self.start_conductor()
        self.start_scheduler()
        self.start_api()
        for host in self._first_hosts:
            self.start_host(host)

    def _configure(self):
        directory = self.useFixture(fixtures.TempDir()).path
        overrides = {None: {'compute_driver': 'fake.FakeDriver', 'network_driver': 'fake',
                            'host': 'controller'},
                     'image': {'directory': f'{directory}/images'},
                     'fake_driver': {'vcpus': 16, 'memory_mb': 8192, 'local_gb': 100}}
        for group, options in overrides.items():
            for name, value in options.items():
                CONF.set_override(name, value, group=group)
                self.addCleanup(CONF.clear_override, name, group=group)

    def _patch(self):
        """Replace what would wait or run by itself."""
        patch = functools.partial(fixtures.MonkeyPatch)
        self.useFixture(patch('nova_lite.objects.base.NovaLiteObject.indirection_api',
                              HostsAskTheConductor()))
        self.useFixture(patch(f'{pool.__name__}.make', lambda: _Pool(self.bus)))
        self.useFixture(patch(f'{runner.__name__}.Runner._pause', self._pause))
        self.useFixture(patch(f'{image_caching.__name__}.in_background', self.bus.submit))
        self.outage_lasts = 0

    def _pause(self, _runner, delay):
        """Let an outage end after so many tries; a wait in the test's time."""
        self.clock.advance_time_seconds(delay)
        self.outage_lasts -= 1
        if self.outage_lasts <= 0:
            self.bus.is_down = False
            if self.is_dead(self.conductor):
                self.start_conductor()

    def _make_image(self):
        wanted = image_api.NewImage(name='small', disk_format='raw', container_format='bare',
                                    visibility='public', id=IMAGE_ID)
        return image_api.API().create(self.admin, wanted, io.BytesIO(b'\0' * 1024))

    # Processes

    def start_api(self):
        """Start the API, or start it again; act as it by ``asking``."""
        self.api = Process(self.bus.controller('api', 'nova-lite-api'), None, None)

    @contextlib.contextmanager
    def asking(self):
        """Be the API inside; its death ends what runs inside and is no error."""
        with contextlib.suppress(test_bus.Killed), self.bus.acting_as(self.api.who):
            yield

    def start_conductor(self):
        """Start the conductor, or start it again."""
        who = self.bus.controller('conductor')
        with self.bus.acting_as(who):
            incarnation = self._register('controller', 'nova-lite-conductor', 'conductor')
            manager = conductor_manager.ConductorManager()
            manager.init_host()
            rpc.Server('conductor', 'controller', [manager]).start()
            manager.start(incarnation, lambda: 1e9)
        self.conductor = Process(who, manager, incarnation)

    def start_scheduler(self):
        """Start the scheduler, or start it again."""
        who = self.bus.controller('scheduler', 'nova-lite-scheduler')
        with self.bus.acting_as(who):
            manager = scheduler_manager.SchedulerManager()
            manager.init_host()
            rpc.Server('scheduler', 'controller', [manager]).start()
            manager.start(None, lambda: 1e9)
        self.scheduler = Process(who, manager, None)

    def start_host(self, name):
        """Start a host's compute service, or start it again; its guests are still there."""
        who = self.bus.compute(name)
        if hosts.generation(self.admin, name) is None:
            hosts.join(self.admin, name)
        with self.bus.acting_as(who), self._option('host', name):
            incarnation = self._register(name, 'nova-lite-compute', 'compute')
            manager = compute_manager.ComputeManager()
            manager.init_host()
            rpc.Server('compute', name, [manager]).start()
            with self._kept_world(name):
                manager.start(incarnation, lambda: 1e9)
        self.hosts[name] = Process(who, manager, incarnation)
        self.bus.watch_calls(manager._host.driver, *DRIVER_CALLS)
        return self.hosts[name]

    @contextlib.contextmanager
    def _kept_world(self, name):
        """What a host holds outlives its compute service."""
        made = self._held.get(name)
        if made is not None:
            with fixtures.MonkeyPatch('nova_lite.virt.fake.world.create', lambda _path: made):
                yield
            return
        yield

    @contextlib.contextmanager
    def _option(self, name, value):
        CONF.set_override(name, value)
        try:
            yield
        finally:
            CONF.set_override(name, 'controller')

    @staticmethod
    def _register(host, binary, topic):
        return objects.Service.register(
            nova_context.get_admin_context(), host=host, binary=binary, topic=topic, worker=0,
            version=1, availability_zone=None)

    def kill_host(self, name):
        """End a host's compute service as SIGKILL does."""
        process = self.hosts.pop(name)
        self._held[name] = process.manager._host.driver.world
        self.bus.kill(process.who)

    def remember(self, name):
        """Keep what a host holds, for a start after it was killed at a boundary."""
        self._held[name] = self.hosts[name].manager._host.driver.world

    def is_dead(self, process):
        """Whether a process was killed."""
        return id(process.who) in self.bus._dead

    def revive(self):
        """End an outage, and start again whatever was killed, as a supervisor does."""
        self.bus.is_down = False
        if self.is_dead(self.api):
            self.start_api()
        if self.is_dead(self.conductor):
            self.start_conductor()
        if self.is_dead(self.scheduler):
            self.start_scheduler()
        for name, process in list(self.hosts.items()):
            if self.is_dead(process):
                self.remember(name)
                self.start_host(name)

    # Time

    def run(self):
        """Let everything that can move move."""
        return self.bus.run_until_quiet()

    def pass_time(self, seconds, *, beating=None):
        """Move the clock; the processes that live send their heartbeats.

        :param beating: who lives; None for all that were not killed
        """
        alive = beating if beating is not None else [
            process for process in (self.conductor, *self.hosts.values())
            if not self.is_dead(process)]
        while seconds > 0:
            step = min(5, seconds)
            self.clock.advance_time_seconds(step)
            seconds -= step
            for process in alive:
                with (contextlib.suppress(exception.ServiceUnavailable),
                      self.bus.acting_as(self.conductor.who)):
                    services.heartbeat(self.admin, process.incarnation)

    def sweep(self):
        """Let the conductor look for operations that have stopped, then let all move."""
        with self.bus.acting_as(self.conductor.who), contextlib.suppress(
                test_bus.Killed, exception.ServiceUnavailable):
            self.conductor.manager.sweep_operations()
        return self.run()

    def settle(self, rounds=12):
        """Let time pass, sweep and run until nothing changes any more."""
        for _round in range(rounds):
            self.run()
            self.pass_time(10)
            self.sweep()

    # What is true

    def server(self, uuid):
        """Answer a server's row, also of one that is deleted."""
        return objects_base.store('instances').get_by_uuid(self.admin, uuid, read_deleted=True)

    def unfinished(self):
        """Answer the operations that have not ended."""
        return records.unfinished(self.admin)

    def findings(self):
        """Answer in words what an audit of everything finds."""
        return [f'{one.code.name}: {one.problem}' for one in audit.audit(
            self.admin, pause=lambda _seconds: None).findings]

    def guests(self):
        """Answer host -> uuids of its guests, of hosts that have some."""
        return self._things('guests')

    def leftovers(self):
        """Answer everything that hosts hold for servers: (host, kind, uuid)."""
        return sorted((host, kind, uuid) for kind in ('guests', 'disks', 'config_drives')
                      for host, uuids in self._things(kind).items() for uuid in uuids)

    def _things(self, kind):
        worlds = dict(self._held)
        worlds.update((name, process.manager._host.driver.world)
                      for name, process in self.hosts.items())
        found = {name: made.keys(kind) for name, made in worlds.items()}
        return {name: uuids for name, uuids in found.items() if uuids}

    def allocations(self):
        """Answer the uuids of all that hold room on a node."""
        with inventories.engine.reader() as connection:
            rows = connection.execute(inventories.allocations.select())
            return sorted({row.consumer_uuid for row in rows})

    def used(self):
        """Answer the sum of what is used, over nodes and classes."""
        with inventories.engine.reader() as connection:
            return sum(row.used for row in connection.execute(inventories.inventories.select()))

    def addresses(self):
        """Answer the uuids of all that hold an address."""
        store = objects_base.store('networks')
        with store.engine.reader() as connection:
            rows = connection.execute(store.fixed_ips.select().where(
                store.fixed_ips.c.instance_uuid.is_not(None)))
            return sorted(row.instance_uuid for row in rows)

