# SPDX-License-Identifier: Apache-2.0
"""No operation is lost: every fault at every boundary of build and delete.

A boundary is a message, a commit, or a call of the driver. A run
without a fault counts those that a process passes; then the same is run once
for each of them, with the process killed there, started again, and time to
settle. Whatever happened, the database, the claims and the hosts must agree.
"""

import itertools

from nova_lite.compute import api
from nova_lite.db import engine
from nova_lite.objects import base as objects_base
from nova_lite.rpc import identity
from nova_lite.states import vm
from tests import base
from tests.fixtures import records
from tests.functional import world

ROOM = 1 + 64 + 1
"""What one server of the tests' flavor takes: CPUs, MB, GB."""


class DurabilityCase(base.TestCase):
    """A cloud with one host, one fault, and what must be true afterwards."""

    time_limit = 900
    world = None

    def new_world(self):
        """Make a cloud of its own, with every commit a boundary."""
        if self.world is not None:
            self.world.cleanUp()
        self.world = world.World()
        self.world.setUp()
        self.world.bus.watch_commits(engine.engine())

    def tearDown(self):
        if self.world is not None:
            self.world.cleanUp()
        super().tearDown()

    def create(self, **changes):
        """Ask for servers."""
        with self.world.asking():
            api.API().create(self.world.context,
                             records.request(image_ref=world.IMAGE_ID, **changes))

    def delete(self, uuid):
        """Ask for the delete of a server."""
        with self.world.asking():
            api.API().delete(self.world.context, self.world.server(uuid))

    def servers(self):
        """Answer the rows of all servers that were ever recorded."""
        table = objects_base.store('instances').instances
        with engine.reader() as connection:
            return list(connection.execute(table.select()).mappings())

    def process(self, name):
        """Answer a process by its name."""
        return {'conductor': self.world.conductor, 'scheduler': self.world.scheduler,
                'api': self.world.api, **self.world.hosts}[name].who

    def settle(self):
        """Start again what was killed, and let the cloud settle."""
        self.world.run()
        for _round in range(8):
            self.world.revive()
            self.world.run()
            self.world.pass_time(10)
            self.world.sweep()

    def check_that_all_agree(self):
        """Every server is active or gone, and database, claims and hosts say the same."""
        rows = self.servers()
        alive = sorted(row['uuid'] for row in rows if not row['deleted'])
        self.assertEqual([(vm.ACTIVE, None)] * len(alive), [
            (row['vm_state'], row['task_state']) for row in rows if not row['deleted']])
        self.assertEqual([], self.world.unfinished())
        self.assertEqual(alive, sorted(itertools.chain(*self.world.guests().values())))
        self.assertEqual(sorted(alive * 2), sorted(
            uuid for _host, _kind, uuid in self.world.leftovers()))
        self.assertEqual(len(alive) * ROOM, self.world.used())
        self.assertEqual([], self.world.findings())
        return alive


class Build:
    """A server is asked for."""

    def prepare(self, case):
        """Nothing is there before."""

    def act(self, case):
        case.create()
        case.world.run()

    def check(self, case):
        alive = case.check_that_all_agree()
        case.assertEqual(len(case.servers()), len(alive))


class BuildThree(Build):
    """Three servers are asked for at once."""

    def act(self, case):
        case.create(min_count=3, max_count=3)
        case.world.run()


class Delete:
    """An active server is deleted."""

    def prepare(self, case):
        case.create()
        case.world.run()
        self.uuid = case.servers()[0]['uuid']

    def act(self, case):
        case.delete(self.uuid)
        case.world.run()
        # The user of an API that died before it answered asks again.
        case.world.revive()
        if not case.world.server(self.uuid)['deleted']:
            case.delete(self.uuid)

    def check(self, case):
        case.assertEqual([], case.check_that_all_agree())


class DeleteWhileBuilding(Delete):
    """A server is deleted while it is being built.

    :param pumps: how far the build has come
    """

    def __init__(self, pumps):
        self.pumps = pumps

    def prepare(self, case):
        case.create()
        for _step in range(self.pumps):
            case.world.bus.pump()
        self.uuid = case.servers()[0]['uuid']


class KillTest(DurabilityCase):
    """A process is killed at each boundary that it passes."""

    def kill_everywhere(self, scenario, name, *, step=1):
        """Run once to count, then once for each boundary."""
        count = self.run_once(scenario, name)
        self.assertGreater(count, 0)
        for nth in range(1, count + 1, step):
            self.run_once(scenario, name, nth)

    def run_once(self, scenario, name, nth=None):
        """Run a scenario; answer how many boundaries the process passes in it."""
        self.new_world()
        scenario.prepare(self)
        begin = len(self.world.bus.boundaries)
        if nth is not None:
            self.world.bus.kill_at(self.process(name), nth)
        scenario.act(self)
        passed = [label for host, label in self.world.bus.boundaries[begin:] if host == name]
        self.settle()
        try:
            scenario.check(self)
        except Exception as error:
            raise AssertionError(
                f'{name} killed at boundary {nth}: {passed[-3:]}: {error}') from error
        return len(passed)

    def test_build_survives_the_death_of_its_host_anywhere(self):
        self.kill_everywhere(Build(), 'cmp1')

    def test_build_survives_the_death_of_the_conductor_anywhere(self):
        self.kill_everywhere(Build(), 'conductor')

    def test_build_survives_the_death_of_the_scheduler_anywhere(self):
        self.kill_everywhere(Build(), 'scheduler')

    def test_build_survives_the_death_of_the_api_anywhere(self):
        self.kill_everywhere(Build(), 'api')

    def test_builds_of_several_survive_the_death_of_the_conductor(self):
        self.kill_everywhere(BuildThree(), 'conductor', step=2)

    def test_delete_survives_the_death_of_its_host_anywhere(self):
        self.kill_everywhere(Delete(), 'cmp1')

    def test_delete_survives_the_death_of_the_conductor_anywhere(self):
        self.kill_everywhere(Delete(), 'conductor')

    def test_delete_survives_the_death_of_the_api_anywhere(self):
        self.kill_everywhere(Delete(), 'api')

    def test_delete_while_building_survives_the_death_of_the_conductor(self):
        for pumps in (0, 1, 2, 3):
            self.kill_everywhere(DeleteWhileBuilding(pumps), 'conductor', step=3)

    def test_delete_while_building_survives_the_death_of_its_host(self):
        for pumps in (2, 3):
            self.kill_everywhere(DeleteWhileBuilding(pumps), 'cmp1')


class FaultTest(DurabilityCase):
    """A message is lost, doubled or late; the broker or the database is away for a while."""

    def messages_of(self, scenario):
        """Count the messages of a scenario without faults."""
        self.new_world()
        scenario.prepare(self)
        begin = len(self.world.bus.sent)
        scenario.act(self)
        return len(self.world.bus.sent) - begin

    def run_with(self, scenario, fault, nth):
        """Run a scenario in which something happens at the nth message."""
        self.new_world()
        scenario.prepare(self)
        fault(nth)
        scenario.act(self)
        self.settle()
        try:
            scenario.check(self)
        except Exception as error:
            raise AssertionError(f'{fault.__name__} at {nth}: {error}') from error

    def for_each_message(self, scenario, name):
        for nth in range(1, self.messages_of(scenario) + 1):
            self.run_with(scenario, lambda n: getattr(self.world.bus, name)(n), nth)  # noqa: PLW0108 - a new world a run

    def test_build_survives_the_loss_of_any_message(self):
        self.for_each_message(Build(), 'drop')

    def test_build_survives_the_loss_of_any_answer(self):
        self.for_each_message(Build(), 'drop_answer')

    def test_build_happens_once_when_any_message_comes_twice(self):
        self.for_each_message(Build(), 'duplicate')

    def test_builds_of_several_survive_the_loss_of_any_message(self):
        self.for_each_message(BuildThree(), 'drop')

    def test_delete_survives_the_loss_of_any_message(self):
        self.for_each_message(Delete(), 'drop')

    def test_delete_survives_the_loss_of_any_answer(self):
        self.for_each_message(Delete(), 'drop_answer')

    def test_delete_happens_once_when_any_message_comes_twice(self):
        self.for_each_message(Delete(), 'duplicate')

    def test_delete_while_building_survives_the_loss_of_any_message(self):
        for pumps in range(4):
            self.for_each_message(DeleteWhileBuilding(pumps), 'drop')

    def broker_goes_away(self, nth):
        """Refuse every message from the nth on, until somebody has waited three times."""
        send, bus = self.world.bus.send, self.world.bus
        counter = itertools.count(1)

        def counting(message):
            if next(counter) == nth:
                bus.is_down, self.world.outage_lasts = True, 3
            return send(message)

        bus.send = counting

    def database_goes_away(self, nth):
        """Refuse three commits from the nth on."""
        counter = itertools.count(1)
        passed = self.world.bus.boundary

        def counting(label):
            is_daemon = identity.current() in (
                self.world.conductor.who, self.world.scheduler.who)
            if label == 'commit' and is_daemon and nth <= next(counter) < nth + 3:
                raise engine.db_exc.DBConnectionError()
            passed(label)

        self.world.bus.boundary = counting

    def ask_in_trouble(self, scenario, fault, count):
        for nth in range(1, count + 1):
            self.run_with(scenario, fault, nth)

    def test_build_survives_an_outage_of_the_broker_at_any_message(self):
        self.ask_in_trouble(Build(), self.broker_goes_away, self.messages_of(Build()))

    def test_delete_survives_an_outage_of_the_broker_at_any_message(self):
        self.ask_in_trouble(Delete(), self.broker_goes_away, self.messages_of(Delete()))

    def test_build_survives_an_outage_of_the_database_at_any_commit(self):
        self.ask_in_trouble(Build(), self.database_goes_away, 9)

    def test_delete_survives_an_outage_of_the_database_at_any_commit(self):
        self.ask_in_trouble(Delete(), self.database_goes_away, 4)


class LostHostTest(DurabilityCase):
    """A host is away for long."""

    def test_build_goes_elsewhere_when_its_host_never_took_it(self):
        self.new_world()
        self.world.start_host('cmp2')
        self.create()
        self.pump_until(lambda: self.servers()[0]['host'])
        lost = self.servers()[0]['host']
        self.world.kill_host(lost)
        self.world.pass_time(world.TIME_TO_LIVE)
        self.world.sweep()
        row, = self.servers()
        self.assertEqual(vm.ACTIVE, row['vm_state'])
        self.assertNotEqual(lost, row['host'])
        self.world.start_host(lost)
        self.settle()
        self.check_that_all_agree()

    def test_build_waits_visibly_for_a_host_that_may_run_the_guest(self):
        nth = self.boundary_of('after start_guest')
        self.new_world()
        self.create()
        self.world.bus.kill_at(self.process('cmp1'), nth)
        self.world.run()
        self.world.remember('cmp1')
        self.world.kill_host('cmp1')
        self.world.start_host('cmp2')
        self.world.pass_time(world.TIME_TO_LIVE)
        self.world.sweep()
        operation, = self.world.unfinished()
        self.assertEqual('waiting_for_host', operation['state'])
        self.assertEqual({'cmp1'}, set(self.world.guests()))
        self.world.start_host('cmp1')
        self.settle()
        self.assertEqual(1, len(self.check_that_all_agree()))

    def test_delete_does_not_wait_for_its_host_and_the_host_cleans_up_later(self):
        self.new_world()
        self.create()
        self.world.run()
        row, = self.servers()
        self.world.kill_host('cmp1')
        self.world.pass_time(world.TIME_TO_LIVE)
        self.delete(row['uuid'])
        self.world.run()
        self.assertTrue(self.servers()[0]['deleted'])
        # The guest may still run there, so what it uses is not given to others.
        self.assertEqual([row['uuid']], self.world.allocations())
        self.world.start_host('cmp1')
        self.settle()
        self.assertEqual([], self.check_that_all_agree())

    def test_delete_goes_on_without_a_host_that_is_lost_meanwhile(self):
        self.new_world()
        self.create()
        self.world.run()
        self.world.kill_host('cmp1')
        self.delete(self.servers()[0]['uuid'])
        self.world.pass_time(world.TIME_TO_LIVE)
        self.world.sweep()
        self.assertTrue(self.servers()[0]['deleted'])
        self.world.start_host('cmp1')
        self.settle()
        self.assertEqual([], self.check_that_all_agree())

    def pump_until(self, happened):
        """Move on until something is true."""
        while not happened():
            self.assertTrue(self.world.bus.pump(), 'it never happened')

    def boundary_of(self, label):
        """Count, in a run of the same without faults, up to a boundary of the host."""
        self.new_world()
        self.create()
        begin = len(self.world.bus.boundaries)
        self.world.run()
        labels = [found for host, found in self.world.bus.boundaries[begin:] if host == 'cmp1']
        return labels.index(label) + 1
