# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/notices.py: what is told; the whole is in tests/functional."""

import datetime

from nova_lite.db import engine
from nova_lite.db.stores import instances, notices, notification_outbox
from nova_lite.notifications import form
from nova_lite.states import power, vm
from tests import base
from tests.fixtures import database, notifications, records


class SilenceTest(base.TestCase):
    """Without a driver."""

    def test_nothing_is_read_or_written(self):
        made = self.useFixture(database.Database())
        context = records.caller()
        (row,), _operation = records.servers(context)
        uuid = row['uuid']
        with made.statements() as sent:
            notices.created(context, [row])
            notices.changing(context, context, uuid, {'vm_state': vm.ERROR, 'display_name': 'x'})
            notices.tagged(context, uuid)
            notices.existed(context, [uuid], None, None)
            notices.told(context, lambda: self.fail('called'))
            self.assertIsNone(notices.before(lambda: self.fail('called')))
        self.assertEqual([], sent)
        self.assertEqual(0, notification_outbox.depth(context)['waiting'])


class NoticesTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.useFixture(notifications.Consumer(notify_on_state_change='vm_state'))
        self.context = records.caller(request_id='req-1')
        records.compute_host(self.context)
        self.server = records.active_server(self.context)
        self.forget()

    def forget(self):
        with engine.writer() as connection:
            connection.execute(notification_outbox.outbox.delete())

    def told(self):
        return notification_outbox.page(self.context, 99)

    def test_power_seen_on_the_host_is_told_as_a_change_of_state(self):
        instances.observe_power(self.context, self.server['uuid'], self.server['fence'],
                                power.SHUTDOWN)
        [row] = self.told()
        data = row['payload']['nova_object.data']
        change = data['state_update']['nova_object.data']
        self.assertEqual(
            ('instance.update', 'nova-compute:cmp1', 'active', 'stopped', 'shutdown'),
            (row['event_type'], row['publisher_id'], change['old_state'], change['state'],
             data['power_state']))

    def test_column_that_nobody_asked_about_is_not_told(self):
        notices.changing(self.context, self.context, self.server['uuid'], {'task_state': 'x'})
        instances.update(self.context, self.server['uuid'], {'display_description': 'mine'})
        self.assertEqual([], self.told())

    def test_same_name_again_is_not_told(self):
        instances.update(self.context, self.server['uuid'], {'display_name': 'web'})
        self.assertEqual([], self.told())

    def test_existence_is_told_for_times_and_for_their_text(self):
        for beginning in (datetime.datetime(2026, 1, 1), '2026-01-01T00:00:00'):
            self.forget()
            notices.existed(self.context, [self.server['uuid']], beginning,
                            datetime.datetime(2026, 2, 1))
            [row] = self.told()
            period = row['payload']['nova_object.data']['audit_period']['nova_object.data']
            self.assertEqual('2026-01-01T00:00:00Z', period['audit_period_beginning'])

    def test_change_that_is_rolled_back_leaves_nothing(self):
        def broken():
            with engine.writer(self.context):
                notices.tagged(self.context, self.server['uuid'])
                raise ValueError()
        self.assertRaises(ValueError, broken)
        self.assertEqual([], self.told())

    def test_one_event_or_several_are_told(self):
        one = form.Event('a', 'x', 'nova-api:here', {})
        notices.told(self.context, lambda: one)
        notices.told(self.context, lambda: [one, one])
        rows = self.told()
        self.assertEqual(3, len(rows))
        self.assertEqual({'request_id': 'req-1', 'user_id': 'fred', 'project_id': 'demo'},
                         rows[0]['asked_by'])
