# SPDX-License-Identifier: Apache-2.0
"""A daemon's work in one process."""

import threading

from nova_lite import context, exception, manager, objects, rpc, service
from nova_lite.conf import CONF
from nova_lite.objects import base as objects_base
from nova_lite.rpc import keys
from tests import base
from tests.fixtures import bus


class Services:
    """The store: notes what is registered."""

    def __init__(self):
        self.registered = []
        self.is_away = 0
        self.beats = 0
        self.ended = []

    def register(self, context, **values):
        if self.is_away:
            self.is_away -= 1
            raise exception.ServiceUnavailable
        self.registered.append(values)
        return 'incarnation'

    def heartbeat(self, context, incarnation):
        self.beats += 1

    def end(self, context, incarnation):
        if self.is_away:
            raise exception.ServiceUnavailable
        self.ended.append(incarnation)


class Sample(manager.Manager):
    """A manager that notes what happens to it."""

    def __init__(self):
        self.events = []

    def init_host(self):
        self.events.append('init_host')

    def start(self, incarnation, was_well_for):
        self.events.append(incarnation)

    def stop(self, patience):
        self.events.append('stop')

    def options_changed(self):
        self.events.append('options_changed')

    def hello(self, context):
        return 'hello'


class ServiceTestCase(base.TestCase):
    """From start to stop."""

    def setUp(self):
        super().setUp()
        directory = self.temporary_directory()
        keys.save(directory / 'key', keys.ControllerKeys.generate())
        self.override('rpc', key_file=str(directory / 'key'))
        self.override(state_path=str(directory), host='ctl')
        self.useFixture(bus.Bus(CONF))
        objects.register_all()
        self.store = Services()
        before = dict(objects_base._stores)
        self.addCleanup(objects_base._stores.update, before)
        self.addCleanup(objects_base._stores.clear)
        objects_base.register_stores({'services': self.store})
        self.patch(service, 'ASK_AGAIN_AFTER', 0)

    def service(self, **changes):
        self.manager = Sample()
        made = service.Service(**{
            'binary': 'nova-lite-conductor', 'topic': 'conductor',
            'make_manager': lambda: self.manager, 'prepare': lambda: None, **changes})
        self.addCleanup(made.stop)
        return made

    def test_it_registers_before_it_works_and_serves_afterwards(self):
        self.service().start()
        self.assertEqual(['init_host', 'incarnation'], self.manager.events)
        self.assertEqual(('ctl', 'nova-lite-conductor', 0), tuple(
            self.store.registered[0][name] for name in ('host', 'binary', 'worker')))
        self.assertEqual('hello', rpc.Client('conductor').call(
            context.get_admin_context(), 'hello'))

    def test_it_waits_for_a_database_that_is_away(self):
        self.store.is_away = 3
        self.service().start()
        self.assertEqual(1, len(self.store.registered))

    def test_it_serves_nothing_after_its_stop(self):
        started = self.service()
        started.start()
        started.stop()
        self.assertEqual('stop', self.manager.events[-1])
        self.assertRaises(exception.MessagingTimeout, rpc.Client('conductor').call,
                          context.get_admin_context(), 'hello')

    def test_it_does_not_wait_long_for_somebody_who_takes_no_note_of_its_end(self):
        taken, answered = threading.Event(), threading.Event()
        self.addCleanup(answered.set)
        self.patch(service, 'FAREWELL_PATIENCE', 0.1)
        self.patch(self.store, 'end', lambda *_values: taken.set() or answered.wait())
        started = self.service()
        started.start()
        started.stop()
        started.wait()
        self.assertTrue(taken.is_set())
        self.assertIn('takes note of the end', self.logs.output)

    def test_its_manager_is_told_that_the_options_have_changed(self):
        started = self.service()
        started.start()
        started.reset()
        self.assertEqual('options_changed', self.manager.events[-1])

    def test_its_leases_are_void_after_its_stop(self):
        started = self.service()
        started.start()
        started.stop()
        self.assertEqual(['incarnation'], self.store.ended)

    def test_it_stops_although_the_database_is_away(self):
        started = self.service()
        started.start()
        self.store.is_away = 1
        started.stop()
        self.store.is_away = 0
        self.assertEqual([], self.store.ended)

    def test_several_processes_of_a_host_have_numbers_of_their_own(self):
        self.service().start()
        self.service().start()
        self.assertEqual([0, 1], [values['worker'] for values in self.store.registered])

    def test_a_second_compute_of_the_same_host_is_refused(self):
        self.service(only_one=True).start()
        self.assertRaises(exception.AlreadyRunning, self.service(only_one=True).start)
