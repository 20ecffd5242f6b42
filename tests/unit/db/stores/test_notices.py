# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/notices.py: what is told; the whole is in tests/functional."""

import datetime

from oslo_utils import timeutils

from nova_lite import usage
from nova_lite.db import engine
from nova_lite.db.stores import instances, notices, notification_outbox, task_log
from nova_lite.notifications import form
from nova_lite.states import power, vm
from nova_lite.states import task_log as task_logs
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
            notices.existed(context, None, lambda: self.fail('called'))
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

    def test_existence_is_told_when_the_audit_of_a_host_has_ended(self):
        now = timeutils.utcnow()
        period = usage.Period(now - datetime.timedelta(days=1), now + datetime.timedelta(days=1))
        for host in ('cmp1', 'elsewhere'):
            task_log.end(self.context, host, task_logs.USAGE_AUDIT, period, message='done',
                         task_items=1, errors=0)
        [row] = self.told()
        told = row['payload']['nova_object.data']['audit_period']['nova_object.data']
        self.assertEqual(('instance.exists', form.moment(period.beginning)),
                         (row['event_type'], told['audit_period_beginning']))

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
