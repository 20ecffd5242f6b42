# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/takeover.py: the fence of a server."""

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.stores import instances, takeover
from nova_lite.states import task
from tests import base
from tests.fixtures import database, records


class TakeOverTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller()
        (self.server,), _operation_id = records.servers(self.context)

    def take_over(self, context=None):
        return takeover.take_over(context or self.context, self.server['uuid'], task.DELETING)

    def row(self):
        row = instances.get_by_uuid(records.caller(is_admin=True), self.server['uuid'],
                                    read_deleted=True)
        return row['fence'], row['task_state']

    def test_answer_is_the_server_as_it_was_with_the_new_fence(self):
        before = self.take_over()
        self.assertEqual((2, task.SCHEDULING), (before['fence'], before['task_state']))
        self.assertEqual((2, task.DELETING), self.row())

    def test_every_take_over_is_above_the_last(self):
        self.assertEqual([2, 3], [self.take_over()['fence'] for _time in range(2)])

    def test_refusal_of_the_operation_takes_nothing_over(self):
        def refused():
            with engine.writer():
                self.take_over()
                raise exception.InstanceIsLocked(instance_uuid=self.server['uuid'])
        self.assertRaises(exception.InstanceIsLocked, refused)
        self.assertEqual((1, task.SCHEDULING), self.row())

    def test_server_of_another_project_is_not_there(self):
        self.assertRaises(exception.InstanceNotFound, self.take_over,
                          records.caller('anna', 'other'))
        self.assertEqual((1, task.SCHEDULING), self.row())

    def test_admin_takes_over_any_server(self):
        self.assertEqual(2, self.take_over(
            records.caller('root', 'ops', is_admin=True))['fence'])

    def test_deleted_server_is_not_there(self):
        with engine.writer() as connection:
            connection.execute(instances.instances.update().values(deleted=True))
        self.assertRaises(exception.InstanceNotFound, self.take_over)
