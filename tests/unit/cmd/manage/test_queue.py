# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/manage/queue.py."""

from nova_lite import exception
from nova_lite.cmd.manage import queue as command
from nova_lite.db.stores import hosts
from nova_lite.rpc import queues
from tests import base
from tests.fixtures import database, manage, records

CONDUCTOR = 'nova_lite_v1.conductor'
HOST = 'nova_lite_v1.compute.cmp1'


class Broker:
    """A broker in the place of rpc.queues.Amqp."""

    virtual_host = 'v'

    def __init__(self):
        self.depths = {CONDUCTOR: (0, 2), 'nova_lite_v1.scheduler': (0, 1), HOST: (3, 0)}
        self.purged = []

    def __call__(self, conf):
        return self

    def look(self, names):
        return [queues.Queue(name, *([self.depths[name][0], None, self.depths[name][1]]
                                     if name in self.depths else [])) for name in names]

    def peek(self, name, count):
        return [queues.Waiting('run_operation', 'controller c', 42.0, 258.0)][:count]

    def purge(self, name):
        self.purged.append(name)
        return self.depths[name][0]


class QueueCommandsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.manage = self.useFixture(manage.Manage())
        self.context = records.caller(is_admin=True)
        records.controller(self.context)
        hosts.join(self.context, 'cmp1')
        hosts.join(self.context, 'cmp2')
        self.broker = Broker()
        self.patch(queues, 'Amqp', self.broker)

    def test_list_shows_the_deepest_first_with_the_age_of_its_head(self):
        first, *others = self.manage('queue', 'list', '-f', 'json').json
        self.assertEqual((HOST, 3, 42, 'nobody reads it: its daemon is down'), tuple(
            first[name] for name in ('queue', 'ready', 'head_age', 'judgement')))
        self.assertEqual({CONDUCTOR: 'fine', 'nova_lite_v1.scheduler': 'fine',
                          'nova_lite_v1.compute.cmp2': 'not there: never started',
                          'notifications': 'fine'},
                         {one['queue']: one['judgement'] for one in others})

    def test_list_ends_with_what_waits_in_the_database(self):
        records.servers(self.context)
        *_queues, operations, notifications = self.manage('queue', 'list', '--json').json
        self.assertEqual(('operations build/schedule', 1, 0, 'fine'), tuple(
            operations[name] for name in ('queue', 'ready', 'unacked', 'judgement')))
        self.assertEqual(('notifications', 0, None), tuple(
            notifications[name] for name in ('queue', 'ready', 'head_age')))
        self.assertIn('3 message(s) wait; 1 operation(s) unfinished; 0 notification(s) wait. '
                      '2 line(s) to look at.', self.manage('queue', 'list').out)

    def test_all_names_are_told_by_the_management_api_only(self):
        self.assertEqual(1, self.manage('queue', 'list', '--all').code)

    def test_show_tells_of_messages_and_not_what_they_say(self):
        shown = self.manage('queue', 'show', 'cmp1', '-f', 'json').json
        self.assertEqual([{'method': 'run_operation', 'from': 'controller c', 'age': 42,
                           'expires_in': 258}], shown['messages'])

    def test_purge_is_confirmed(self):
        self.assertEqual(1, self.manage('queue', 'purge', HOST).code)
        self.assertIn('Drop 3 message(s)', self.manage('queue', 'purge', HOST, '--dry-run').out)
        self.assertEqual([], self.broker.purged)
        answer = self.manage('queue', 'purge', 'cmp1', '--yes')
        self.assertEqual([HOST], self.broker.purged)
        self.assertIn('announced again', answer.out)

    def test_queue_that_is_not_there_is_said(self):
        for command_name in ('show', 'purge'):
            self.assertIn('There is no queue', self.manage('queue', command_name, 'cmp2').err)


class JudgementTest(base.TestCase):

    def judge(self, ready, consumers, reader_lives, head_age=None):
        return command.judgement(queues.Queue('q', ready, None, consumers), reader_lives,
                                 head_age, slow_after=5)

    def test_each_situation_has_its_words(self):
        for arguments, words in (
                ((0, 1, True), 'fine'), ((3, 1, True, 1), 'fine'), ((0, 0, False), 'fine'),
                ((0, 0, True), 'nobody reads it, although'), ((2, 0, False), 'daemon is down'),
                ((None, None, True), 'missing'), ((None, None, False), 'never started'),
                ((9, 1, True, 60), 'slow')):
            self.assertIn(words, self.judge(*arguments))

    def test_broker_that_refuses_is_one_line(self):
        self.assertIn('ACCESS', str(exception.BrokerRefused(reason='ACCESS_REFUSED')))
