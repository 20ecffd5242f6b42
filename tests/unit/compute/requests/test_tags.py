# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/requests/tags.py: limits and states of tags."""

from nova_lite import exception
from nova_lite.compute.requests import tags
from nova_lite.db import engine
from nova_lite.db.stores import instances, server_tags
from tests import base
from tests.fixtures import database, records


class TagsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller()
        self.server = records.active_server(self.context, tags=['a'])

    def tags(self):
        return server_tags.get(self.context, self.server['uuid'])

    def change(self, **columns):
        with engine.writer() as connection:
            connection.execute(instances.instances.update().values(**columns))

    def test_new_tag_is_told_from_an_old_one(self):
        self.assertTrue(tags.add(self.context, self.server, 'b'))
        self.assertFalse(tags.add(self.context, self.server, 'b'))
        self.assertEqual(['a', 'b'], self.tags())

    def test_tag_that_a_database_may_take_for_another_is_not_new(self):
        self.assertFalse(tags.add(self.context, self.server, 'a '))
        self.assertEqual(['a'], self.tags())

    def test_limit_counts_what_is_there(self):
        self.patch(tags, 'MOST', 2)
        tags.add(self.context, self.server, 'b')
        self.assertRaises(exception.TooManyTags, tags.add, self.context, self.server, 'c')
        self.assertFalse(tags.add(self.context, self.server, 'a'))

    def test_lock_does_not_matter_and_the_state_does(self):
        self.change(locked=True)
        tags.replace(self.context, self.server, ['z'])
        self.change(vm_state='error')
        self.assertRaises(exception.InstanceInvalidState, tags.remove, self.context, self.server,
                          'z')
        self.assertEqual(['z'], self.tags())
