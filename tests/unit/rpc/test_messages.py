# SPDX-License-Identifier: Apache-2.0
"""Client to server and back, over the bus of the tests."""

import copy
import datetime

from oslo_utils import fixture as time_fixture

from nova_lite import context, exception, manager, objects, rpc
from nova_lite.conf import CONF
from nova_lite.rpc import envelope, keys, serializer
from tests import base
from tests.fixtures import bus


class Sample(manager.Manager):
    """An endpoint that remembers."""

    RPC_VERSION = '1.2'

    def __init__(self):
        self.seen = []

    def whoami(self, context):
        return [context.sender.kind, context.sender.host, context.is_admin, context.roles]

    def remember(self, context, what):
        self.seen.append(what)

    def echo(self, context, what):
        return what

    def lose_lease(self, context):
        raise exception.LeaseLost(operation_id=7, lease=3)

    def divide(self, context):
        return 1 / 0

    def stop(self):
        raise AssertionError('only the process itself stops its manager')

    def _secret(self, context):
        raise AssertionError('private')


class RpcTestCase(base.TestCase):
    """One controller with a conductor, two hosts."""

    def setUp(self):
        super().setUp()
        self.bus = self.useFixture(bus.Bus(CONF))
        self.controller = self.bus.controller('ctl')
        self.node1, self.node2 = self.bus.compute('node1'), self.bus.compute('node2')
        self.conductor = self.serve(self.controller, 'conductor', 'ctl')
        self.scheduler = self.serve(self.controller, 'scheduler', 'ctl')
        self.compute = self.serve(self.node1, 'compute', 'node1')
        self.serve(self.node2, 'compute', 'node2')
        self.admin = context.get_admin_context()

    def serve(self, who, topic, host):
        endpoint = Sample()
        with self.bus.acting_as(who):
            rpc.Server(topic, host, [endpoint]).start()
        return endpoint

    def call(self, who, topic, method, **kwargs):
        with self.bus.acting_as(who):
            return rpc.Client(topic).call(self.admin, method, **kwargs)

    def cast(self, who, topic, method, **kwargs):
        with self.bus.acting_as(who):
            rpc.Client(topic).cast(self.admin, method, **kwargs)

    def last_message(self):
        return copy.deepcopy(self.bus.sent[-1].body)

    def deliver(self, body, topic='conductor', host='ctl'):
        return self.bus.servers[topic, host][0].dispatcher(body)


class MessagesTestCase(RpcTestCase):
    """What arrives, and as what."""

    def test_a_controller_is_believed_what_it_is(self):
        self.assertEqual(['controller', 'ctl', True, []],
                         self.call(self.controller, 'compute', 'whoami', host='node1'))

    def test_a_host_is_nobody_special_whatever_it_claims(self):
        self.admin = context.RequestContext('u', 'p', is_admin=True, roles=['admin'])
        self.assertEqual(['host', 'node1', False, []],
                         self.call(self.node1, 'conductor', 'whoami'))

    def test_objects_arrive_as_objects(self):
        outcome = objects.Outcome(vm_state='active', events=[{'event': 'x'}])
        arrived = self.call(self.node1, 'conductor', 'echo', what=outcome)
        self.assertIsInstance(arrived, objects.Outcome)
        self.assertEqual([{'event': 'x'}], arrived.events)

    def test_an_error_of_the_product_arrives_as_its_class(self):
        error = self.assertRaises(exception.LeaseLost, self.call, self.node1, 'conductor',
                                  'lose_lease')
        self.assertEqual({'operation_id': 7, 'lease': 3}, error.kwargs)
        self.assertEqual('Operation 7 is no longer ours (lease 3).', str(error))

    def test_another_error_arrives_as_a_remote_error(self):
        error = self.assertRaises(exception.RemoteError, self.call, self.node1, 'conductor',
                                  'divide')
        self.assertIn('ZeroDivisionError', str(error))

    def test_no_sender_writes_lines_of_the_log_by_its_context(self):
        made = serializer.context_from_wire(
            {'user': 'fred', 'global_request_id': 'req-1\nroot logged in'},
            rpc.Sender('host', 'node1'))
        self.assertEqual(('fred', None), (made.user_id, made.global_request_id))

    def test_only_methods_with_a_context_can_be_called(self):
        for method in ('stop', '_secret', 'periodics', '__init__', 'nothing'):
            self.assertRaises(exception.NoSuchMethod, self.call, self.controller, 'conductor',
                              method)

    def test_a_cast_waits_until_it_is_delivered(self):
        self.cast(self.controller, 'compute', 'remember', host='node1', what=1)
        self.assertEqual([], self.compute.seen)
        self.bus.run_until_quiet()
        self.assertEqual([1], self.compute.seen)

    def test_fanout_to_hosts_is_one_message_for_each(self):
        with self.bus.acting_as(self.controller):
            rpc.Client('compute').fanout(self.admin, 'remember', what=1)
        self.bus.run_until_quiet()
        self.assertEqual(['node1', 'node2'], [message.host for message in self.bus.sent])
        self.assertEqual([1], self.compute.seen)

    def test_a_message_that_comes_twice_is_taken_once(self):
        self.bus.duplicate()
        self.cast(self.controller, 'compute', 'remember', host='node1', what=1)
        self.bus.run_until_quiet()
        self.assertEqual([1], self.compute.seen)

    def test_a_broker_that_is_away_is_a_clear_error(self):
        self.bus.is_down = True
        self.assertRaises(rpc.BrokerUnavailable, self.cast, self.controller, 'compute',
                          'remember', host='node1', what=1)

    def test_a_lost_message_is_a_timeout(self):
        self.bus.drop()
        self.assertRaises(rpc.MessagingTimeout, self.call, self.node1, 'conductor', 'whoami')

    def test_a_host_that_never_joined_has_no_queue(self):
        self.assertRaises(rpc.RecipientUnknown, self.cast, self.controller, 'compute',
                          'remember', host='node9', what=1)

    def test_a_message_over_the_limit_is_not_sent(self):
        self.override('rpc', max_message_bytes=64 * 1024)
        self.assertRaises(rpc.MessageTooLarge, self.cast, self.controller, 'compute',
                          'remember', host='node1', what='x' * 64 * 1024)
        self.assertEqual([], self.bus.sent)

    def test_a_newer_message_than_the_server_knows_is_refused(self):
        with self.bus.acting_as(self.controller):
            client = rpc.Client('compute', version='1.3')
            self.assertRaises(exception.UnsupportedVersion, client.call, self.admin, 'whoami',
                              host='node1', since='1.3')

    def test_what_has_not_changed_is_sent_as_older_servers_know_it(self):
        with self.bus.acting_as(self.controller):
            rpc.Client('compute', version='1.3').call(self.admin, 'whoami', host='node1')
        self.assertEqual('1.0', self.bus.sent[-1].body['version'])

    def test_a_pin_keeps_newer_messages_back(self):
        self.override('upgrade_levels', compute='1.1')
        client = rpc.Client('compute', version='1.3')
        self.assertEqual((True, False), (client.can_send('1.1'), client.can_send('1.2')))
        before = len(self.bus.sent)
        with self.bus.acting_as(self.controller):
            self.assertRaises(exception.VersionCapped, client.call, self.admin, 'whoami',
                              host='node1', since='1.2')
        self.assertEqual(before, len(self.bus.sent))


class RefusalTestCase(RpcTestCase):
    """What is not believed."""

    def sent_by_node1(self, **changes):
        self.cast(self.node1, 'conductor', 'remember', what=1)
        self.bus.queues.clear()
        return {**self.last_message(), **changes}

    def assert_refused(self, body, topic='conductor', host='ctl'):
        self.assertIsNone(self.deliver(body, topic, host))
        self.assertEqual([], self.conductor.seen + self.compute.seen + self.scheduler.seen)

    def test_a_message_that_nobody_signed(self):
        for body in ({}, {'method': 'remember', 'args': {'what': 1}},
                     {'envelope': 'x', 'method': 'remember'},
                     {'envelope': {'kind': 'host', 'host': 'node1', 'recipient': 7,
                                   'nonce': 1, 'expires': 'x', 'signature': 'x', 'wire': 1}}):
            self.assert_refused(body)

    def test_a_message_with_any_part_changed(self):
        for name, value in (('method', 'echo'), ('args', {'what': 2}), ('version', '1.1'),
                            ('context', {'is_admin': True})):
            self.assert_refused(self.sent_by_node1(**{name: value}))

    def test_a_message_with_any_part_of_its_envelope_changed(self):
        for name, value in (('host', 'node2'), ('kind', 'controller'), ('nonce', 'f' * 32),
                            ('expires', 9e9), ('recipient', ['conductor', 'ctl', False]),
                            ('wire', 2)):
            body = self.sent_by_node1()
            body['envelope'][name] = value
            self.assert_refused(body)

    def test_a_host_that_speaks_for_another(self):
        thief = self.bus.compute('node2')
        object.__setattr__(thief.sender, 'host', 'node1')
        self.cast(thief, 'conductor', 'remember', what=1)
        self.assert_refused(self.last_message())

    def test_a_message_for_somebody_else(self):
        self.cast(self.controller, 'compute', 'remember', host='node2', what=1)
        self.assert_refused(self.last_message(), 'compute', 'node1')

    def test_a_host_that_writes_to_the_scheduler(self):
        self.cast(self.node1, 'scheduler', 'remember', what=1)
        self.assert_refused(self.last_message(), 'scheduler')

    def test_a_host_that_writes_to_another_host(self):
        self.cast(self.node2, 'compute', 'remember', host='node1', what=1)
        self.assert_refused(self.last_message(), 'compute', 'node1')

    def test_a_message_that_came_before(self):
        body = self.sent_by_node1()
        self.deliver(body)
        self.assertEqual([1], self.conductor.seen)
        self.assertIsNone(self.deliver(body))
        self.assertEqual([1], self.conductor.seen)

    def test_a_message_that_is_too_old_and_one_within_the_skew(self):
        clock = self.useFixture(time_fixture.TimeFixture(datetime.datetime(2030, 1, 1)))
        body = self.sent_by_node1()
        clock.advance_time_seconds(CONF.rpc.cast_lifetime + CONF.rpc.clock_skew + 1)
        self.assert_refused(body)
        body = self.sent_by_node1()
        clock.advance_time_seconds(CONF.rpc.cast_lifetime + CONF.rpc.clock_skew - 1)
        self.deliver(body)
        self.assertEqual([1], self.conductor.seen)

    def test_a_revoked_host(self):
        body = self.sent_by_node1()
        del self.bus.directory.generations['node1']
        self.assert_refused(body)

    def test_a_host_with_the_key_of_an_earlier_join(self):
        body = self.sent_by_node1()
        self.bus.directory.generations['node1'] = 2
        self.assert_refused(body)

    def test_an_answer_that_is_not_the_recipients(self):
        forged = {'answer': {'result': 'forged'}, 'signature': 'x'}
        self.bus.servers['conductor', 'ctl'][0].dispatcher = lambda _body: forged
        self.assertRaises(rpc.MessageRefused, self.call, self.node1, 'conductor', 'whoami')

    def test_an_answer_to_another_question(self):
        answers = []
        served = self.bus.servers['conductor', 'ctl'][0]
        real = served.dispatcher
        served.dispatcher = lambda body: answers.append(real(body)) or answers[0]
        self.call(self.node1, 'conductor', 'whoami')
        self.assertRaises(rpc.MessageRefused, self.call, self.node1, 'conductor', 'whoami')

    def test_refusals_are_logged_once_for_a_sender(self):
        for _ in range(3):
            self.assert_refused({'envelope': {'kind': 'host', 'host': 'node1'}})
        self.assertEqual(1, self.logs.output.count('refused a message'))


class NoncesTestCase(base.TestCase):
    """The memory of what was seen."""

    def test_nonces_are_forgotten_when_their_message_is_too_old_anyway(self):
        clock = self.useFixture(time_fixture.TimeFixture(datetime.datetime(2030, 1, 1)))
        nonces = envelope.Nonces()
        for number in range(100):
            nonces.note(number, envelope.now() + 10)
        clock.advance_time_seconds(11)
        self.assertTrue(nonces.note('new', envelope.now() + 10))
        self.assertEqual(1, len(nonces._expiry))


class KeysTestCase(base.TestCase):
    """Key files."""

    def test_a_hosts_key_is_neither_anothers_nor_an_earlier_one(self):
        master = keys.ControllerKeys.generate()
        found = {master.of_host(host, generation) for host in ('a', 'b') for generation in (1, 2)}
        self.assertEqual(4, len(found | {master.shared}) - 1)

    def test_files_can_be_read_back_and_are_not_for_others(self):
        directory = self.temporary_directory()
        master = keys.ControllerKeys.generate()
        keys.save(directory / 'controller', master)
        keys.save(directory / 'host', master.host_keys('node1', 4))
        self.assertEqual(master.shared, keys.load(directory / 'controller').shared)
        self.assertEqual(master.host_keys('node1', 4), keys.load(directory / 'host'))
        self.assertEqual(0o640, (directory / 'host').stat().st_mode & 0o777)
        self.assertRaises(FileExistsError, keys.save, directory / 'host', master)

    def test_what_is_no_key_file_is_said_to_be_none(self):
        path = self.temporary_directory() / 'key'
        self.assertRaises(exception.KeyFileUnusable, keys.load, path)
        for text in ('', '{}', '[]', '{"kind": "host", "key": "AAAA"}', 'x'):
            path.write_text(text)
            self.assertRaises(exception.KeyFileUnusable, keys.load, path)

    def test_a_host_does_not_start_with_anothers_key(self):
        path = self.temporary_directory() / 'key'
        keys.save(path, keys.ControllerKeys.generate().host_keys('node1', 1))
        self.override('rpc', key_file=str(path))
        self.assertRaises(exception.KeyFileUnusable, rpc.init, CONF, host='node2',
                          binary='nova-lite-compute')
