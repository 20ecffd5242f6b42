# SPDX-License-Identifier: Apache-2.0
"""A compute host that was taken over, with its real key: what it gets of what is not its own.

Nothing, and whatever it sends, no row of the database changes. What its broker
account keeps from it is asked of a real broker in tests/live.
"""

import contextlib
import copy

from nova_lite import context as nova_context
from nova_lite import exception, objects, rpc
from nova_lite.compute import api
from nova_lite.conductor import permissions
from nova_lite.conductor import rpcapi as conductor_rpcapi
from nova_lite.conf import CONF
from nova_lite.db import engine, models
from nova_lite.objects import base as objects_base
from nova_lite.rpc import identity, keys
from nova_lite.states import power, task_log
from tests import base
from tests.fixtures import bus, records
from tests.functional import world

HOSTILE, OTHER = 'cmp1', 'cmp2'
FOR_EVERYBODY = {('Service', 'minimum_version')}
REFUSALS = (exception.NotAllowed, exception.LeaseLost)


class HostileCase(base.TestCase):
    """Two hosts; a server of the other one is being deleted there."""

    def setUp(self):
        super().setUp()
        self.world = self.useFixture(world.World(hosts=(OTHER,)))
        self.other = self.world.hosts[OTHER]
        with self.world.asking():
            api.API().create(self.world.context, records.request(image_ref=world.IMAGE_ID))
        self.world.run()
        self.hostile = self.world.start_host(HOSTILE)
        (_host, (self.server,)), = self.world.guests().items()
        with self.world.asking():
            api.API().delete(self.world.context, self.world.server(self.server))
        self.operation_id = self.world.unfinished()[0]['id']
        self.admin = nova_context.get_admin_context()
        with self.being(self.other.who):
            self.lease = objects.Work.take(
                self.admin, self.operation_id, self.other.incarnation, OTHER).operation.lease

    def being(self, who):
        """Act as a process."""
        return self.world.bus.acting_as(who)

    def ask(self, objname, objmethod, *args, **kwargs):
        """Ask a conductor as the hostile host, with all that a context can claim."""
        with self.being(self.hostile.who):
            return conductor_rpcapi.ConductorAPI().object_class_action_versions(
                self.admin, objname, objmethod,
                {name: cls.VERSION for name, cls in objects_base.registered.items()},
                args, kwargs)

    def rows(self):
        """Answer everything that is in the database."""
        with engine.reader() as connection:
            return {table.name: [tuple(row) for row in connection.execute(table.select())]
                    for table in models.metadata.sorted_tables}

    def last_body(self):
        """Answer the message that was sent last, as it crossed the wire."""
        return copy.deepcopy(self.world.bus.sent[-1].body)

    def deliver(self, body, topic='conductor', host='controller'):
        """Put a message into a queue, as whoever can publish to it can; answer the answer."""
        served, = self.world.bus.servers[topic, host]
        return served.dispatcher(copy.deepcopy(body))


class ObjectsOfOthersTest(HostileCase):
    """Every method of objects that a host may call at all, with what is another's."""

    def of_others(self):
        """Answer (object, method) -> arguments."""
        end = objects.Outcome(vm_state=None)
        elsewhere = objects.HandOver(phase='scheduling')
        mine = {'binary': 'nova-lite-compute', 'topic': 'compute', 'worker': 0, 'version': 1,
                'availability_zone': None}
        period = ['2025-12-01T00:00:00', '2026-01-01T00:00:00']
        audit = task_log.USAGE_AUDIT
        return {
            ('ActiveInstanceList', 'get_by_host'): [((OTHER, period, 0, 10), {})],
            ('ComputeNode', 'report'): [((OTHER, []), {})],
            ('Instance', 'get_by_uuid'): [((self.server,), {})],
            ('Instance', 'report_power_state'): [((self.server, 1, power.SHUTDOWN), {})],
            ('InstanceList', 'get_by_host'): [((OTHER, 0, 10), {})],
            ('Operation', 'finish'): [((self.operation_id, self.lease, end), {})],
            ('Operation', 'give_back'): [((self.operation_id, self.lease), {})],
            ('Operation', 'hand_over'): [((self.operation_id, self.lease, elsewhere), {})],
            ('Operation', 'progress'): [((self.operation_id, self.lease), {})],
            ('OperationList', 'unfinished_for_host'): [((OTHER,), {})],
            ('Service', 'end'): [((self.other.incarnation,), {}),
                                 ((self.world.conductor.incarnation,), {})],
            ('Service', 'heartbeat'): [((self.other.incarnation,), {}),
                                       ((self.world.conductor.incarnation,), {})],
            ('Service', 'register'): [((), {**mine, 'host': OTHER}),
                                      ((), {**mine, 'host': 'controller'}),
                                      ((), {**mine, 'host': HOSTILE,
                                            'binary': 'nova-lite-conductor'})],
            ('TaskLog', 'begin'): [((OTHER, audit, period, 'm'), {}),
                                   ((HOSTILE, 'another task', period, 'm'), {})],
            ('TaskLog', 'end'): [((OTHER, audit, period, {}), {}),
                                 ((HOSTILE, 'another task', period, {}), {})],
            ('Work', 'take'): [
                ((self.operation_id, self.hostile.incarnation, OTHER), {}),
                ((self.operation_id, self.other.incarnation, OTHER), {}),
                ((self.operation_id, self.hostile.incarnation, None), {})],
        }

    def test_all_that_hosts_may_ask_is_tried_here(self):
        self.assertEqual(set(permissions.HOSTS_MAY_ASK), set(self.of_others()) | FOR_EVERYBODY)

    def test_what_is_anothers_is_refused_and_nothing_changes(self):
        before = self.rows()
        for (objname, method), tries in self.of_others().items():
            for args, kwargs in tries:
                answer = self.refused(objname, method, *args, **kwargs)
                self.assertIsInstance(answer, REFUSALS, (objname, method, args, kwargs))
        self.assertEqual(before, self.rows())

    def refused(self, *asked, **kwargs):
        """Answer the error that comes back, or what should not."""
        try:
            return self.ask(*asked, **kwargs)
        except exception.NovaLiteException as error:
            return error

    def test_its_own_is_not_refused(self):
        self.assertEqual([], list(self.ask('OperationList', 'unfinished_for_host', HOSTILE)))
        self.assertEqual([], list(self.ask('InstanceList', 'get_by_host', HOSTILE, 0, 10)))

    def test_work_of_another_host_is_not_taken_and_nothing_changes(self):
        before = self.rows()
        for process in (self.hostile, self.other):
            self.assertIsNone(self.ask('Work', 'take', self.operation_id, process.incarnation,
                                       HOSTILE))
        self.assertEqual(before, self.rows())

    def test_what_is_for_controllers_is_refused_whatever_the_arguments(self):
        before = self.rows()
        for objname, method in permissions.CONTROLLERS_ONLY:
            self.assertRaises(exception.NotAllowed, self.ask, objname, method)
            self.assertRaises(exception.NotAllowed, self.ask, objname, method, 'fred', 'key')
        self.assertEqual(before, self.rows())

    def test_methods_that_are_not_for_the_wire_are_refused(self):
        row = dict(self.world.server(self.server), host=HOSTILE)
        for asked in (('Instance', 'from_row', row), ('Instance', '__init__'),
                      ('Service', 'get_by_host', OTHER, 'nova-lite-compute'),
                      ('ServiceList', 'get_all'), ('Nothing', 'at_all')):
            self.assertRaises(exception.NotAllowed, self.ask, *asked)

    def test_no_method_of_an_object_that_it_made_up_is_run(self):
        before = self.rows()
        made_up = objects.Instance.from_row(
            self.admin, dict(self.world.server(self.server), host=HOSTILE))
        made_up.display_name = 'mine'
        for method in ('save', 'destroy', 'obj_reset_changes', 'elevated'):
            with self.being(self.hostile.who):
                self.assertRaises(
                    exception.NotAllowed, conductor_rpcapi.ConductorAPI().object_action,
                    self.admin, made_up, method, (), {})
        self.assertEqual(before, self.rows())

    def test_it_can_not_give_its_node_to_another_host(self):
        before = self.rows()
        facts = dict.fromkeys(permissions.NODE_FACTS, 1)
        for column, value in (('host', OTHER), ('id', 1), ('service_id', 1)):
            self.assertRaises(exception.NotAllowed, self.ask, 'ComputeNode', 'report', HOSTILE,
                              [{**facts, column: value}])
        self.assertEqual(before, self.rows())

    def test_a_node_that_it_calls_like_anothers_is_not_the_others(self):
        def nodes():
            listed = objects_base.store('compute_nodes').nodes
            with engine.reader() as connection:
                return [tuple(row) for row in connection.execute(
                    listed.select().where(listed.c.host == OTHER))]
        before = nodes()
        self.ask('ComputeNode', 'report', HOSTILE, [{
            'hypervisor_hostname': OTHER, 'hypervisor_type': 'fake', 'hypervisor_version': 1,
            'vcpus': 0, 'memory_mb': 0, 'local_gb': 0, 'inventories': {}}])
        self.assertEqual(before, nodes())

    def test_a_wake_up_of_anothers_operation_is_a_hint_that_changes_nothing(self):
        before = self.rows()
        with self.being(self.hostile.who):
            conductor_rpcapi.ConductorAPI().run_operation(
                self.admin, self.operation_id, self.server)
        self.world.bus.queues['compute', OTHER].clear()
        self.world.run()
        self.assertEqual(before, self.rows())


class _Forger(identity.Identity):
    """Signs everything with the one key that it has."""

    def key_for(self, peer_host):
        return self.keyring.key


class MessagesTest(HostileCase):
    """Messages that it may have seen, changed or made up."""

    def setUp(self):
        super().setUp()
        self.keys = keys.ControllerKeys(bus.MASTER_KEY)

    def forged(self, kind, host, key_of=HOSTILE):
        """Answer an identity that claims to be somebody, with the key of a host."""
        return _Forger(identity.Sender(kind, host), 'nova-lite-compute',
                       self.keys.host_keys(key_of, bus.FIRST_GENERATION))

    def assert_nothing_comes_of(self, body, **where):
        before = self.rows()
        self.assertIsNone(self.deliver(body, **where))
        self.world.bus.queues.clear()
        self.world.run()
        self.assertEqual(before, self.rows())

    def kept(self, who, send):
        """Answer a message that a process sent and that did not arrive."""
        self.world.bus.drop()
        with self.being(who), contextlib.suppress(exception.MessagingTimeout):
            send()
        return self.last_body()

    def own_heartbeat(self):
        """Send a heartbeat of its own, which changes rows."""
        objects.Service.heartbeat(self.admin, self.hostile.incarnation)

    def test_a_message_arrives_once(self):
        body = self.kept(self.hostile.who, self.own_heartbeat)
        self.world.clock.advance_time_seconds(1)
        before = self.rows()
        self.assertIn('answer', self.deliver(body))
        self.assertNotEqual(before, self.rows())
        self.world.clock.advance_time_seconds(1)
        self.assert_nothing_comes_of(body)

    def test_a_message_is_good_for_a_while_only(self):
        body = self.kept(self.hostile.who, self.own_heartbeat)
        self.world.clock.advance_time_seconds(
            conductor_rpcapi.OBJECT_CALL_TIMEOUT + CONF.rpc.clock_skew + 1)
        self.assert_nothing_comes_of(body)

    def test_another_hosts_name_with_its_own_key(self):
        before = self.rows()
        with self.being(self.forged(identity.HOST, OTHER)):
            self.assertRaises(exception.MessageRefused, objects.Operation.progress, self.admin,
                              self.operation_id, self.lease)
        self.assertEqual(before, self.rows())

    def test_a_controllers_name_with_its_own_key(self):
        for topic, host in (('conductor', 'controller'), ('scheduler', 'controller'),
                            ('compute', OTHER)):
            body = self.kept(self.forged(identity.CONTROLLER, 'controller'), lambda topic=topic:
                             rpc.Client(topic).call(self.admin, 'ping'))
            body['envelope']['recipient'] = [topic, host, False]
            self.assert_nothing_comes_of(body, topic=topic, host=host)

    def test_messages_to_whom_hosts_do_not_write(self):
        for topic, host, method in (('scheduler', None, 'select_destinations'),
                                    ('compute', OTHER, 'run_operation')):
            body = self.kept(self.hostile.who, lambda topic=topic, host=host, method=method:
                             rpc.Client(topic).call(self.admin, method, host=host))
            self.assert_nothing_comes_of(body, topic=topic, host=host or 'controller')

    def test_a_message_for_another_recipient(self):
        body = self.kept(self.hostile.who, self.own_heartbeat)
        self.assert_nothing_comes_of(body, topic='scheduler')
        self.assert_nothing_comes_of(body, topic='compute', host=OTHER)

    def test_a_controllers_message_to_it_is_of_no_use_elsewhere(self):
        body = self.kept(self.world.conductor.who, lambda: rpc.Client('compute').cast(
            self.admin, 'run_operation', host=HOSTILE, operation_id=self.operation_id,
            instance_uuid=self.server))
        self.assert_nothing_comes_of(body, topic='compute', host=OTHER)
        body['envelope']['recipient'] = ['compute', OTHER, False]
        self.assert_nothing_comes_of(body, topic='compute', host=OTHER)

    def test_a_message_that_it_changed_on_its_way(self):
        for name, value in (('method', 'ping'), ('version', '1.1'), ('args', {}),
                            ('context', {**self.admin.to_dict(), 'user_id': 'wilma'})):
            body = self.kept(self.other.who, lambda: objects.Operation.progress(
                self.admin, self.operation_id, self.lease))
            self.assert_nothing_comes_of({**body, name: value})

    def test_what_the_context_claims_is_not_believed(self):
        seen = []
        served, = self.world.bus.servers['conductor', 'controller']
        served.dispatcher._methods['look'] = (seen.append, '1.0')
        with self.being(self.hostile.who):
            rpc.Client('conductor').call(nova_context.RequestContext(
                'root', 'ops', is_admin=True, roles=['admin'], overwrite=False), 'look')
        self.assertEqual((False, [], identity.Sender(identity.HOST, HOSTILE)), (
            seen[0].is_admin, seen[0].roles, seen[0].sender))

    def test_after_it_was_revoked_it_is_nobody(self):
        del self.world.bus.directory.generations[HOSTILE]
        before = self.rows()
        with self.being(self.hostile.who):
            self.assertRaises(exception.MessageRefused, self.own_heartbeat)
        self.assertEqual(before, self.rows())
