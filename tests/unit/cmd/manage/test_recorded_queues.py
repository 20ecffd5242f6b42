# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/manage/recorded_queues.py."""

import datetime

from oslo_utils import fixture as time_fixture

from nova_lite.cmd.manage import recorded_queues
from nova_lite.db.stores import notification_outbox
from nova_lite.notifications import form, instance
from nova_lite.states import operation as op
from nova_lite.states import transitions
from tests import base
from tests.fixtures import database, ended, records


class LinesTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.clock = self.useFixture(time_fixture.TimeFixture(datetime.datetime(2030, 1, 1)))
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)

    def lines(self):
        return recorded_queues.lines(self.context, slow_after=10)

    def test_operations_that_wait_longest_come_first(self):
        records.servers(self.context)
        self.clock.advance_time_seconds(20)
        (server,), _number = records.servers(self.context)
        ended.change('operations', server['uuid'], phase=transitions.SPAWN, state=op.RUNNING)
        self.assertEqual([
            ('operations build/schedule', 1, 0, 20), ('operations build/spawn', 0, 1, None),
            ('notifications', 0, None, None)], [
                (line['queue'], line['ready'], line['unacked'], line['head_age'])
                for line in self.lines()])

    def test_notifications_have_the_age_of_the_first(self):
        notification_outbox.add(self.context, [form.Event('a.b', 'x', 'p:h', {})] * 2,
                                instance.Initiator.of(self.context))
        self.clock.advance_time_seconds(40)
        [line] = self.lines()
        self.assertEqual((2, 40), (line['ready'], line['head_age']))
        self.assertIn('not sent', line['judgement'])


class JudgementTest(base.TestCase):

    def judge(self, oldest, **changes):
        return recorded_queues.of_phase({
            'kind': transitions.BUILD, 'phase': transitions.SCHEDULE, 'pending': 1, 'running': 0,
            'waiting_for_host': 0, 'oldest': oldest, **changes}, slow_after=10)

    def test_each_situation_has_its_words(self):
        for words, oldest, changes in (
                ('fine', 5, {}), ('nobody begins them', 11, {}),
                ('fine', 11, {'phase': transitions.AWAIT_BATCH}),
                ('nobody begins them', 601, {'phase': transitions.AWAIT_BATCH}),
                ('fine', None, {'pending': 0, 'running': 3}),
                ('2 wait for a host that is down', 900, {'waiting_for_host': 2}),
                ('not known', 1, {'phase': 'of another release'})):
            self.assertIn(words, self.judge(oldest, **changes))
