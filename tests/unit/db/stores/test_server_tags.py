# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/server_tags.py: tags of one server, and nobody else's."""

from nova_lite.db.stores import server_tags
from tests import base
from tests.fixtures import database, records


class ServerTagsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller()
        (row,), _operation = records.servers(self.context, tags=['b', 'a'])
        (other,), _operation = records.servers(self.context, tags=['a'])
        self.uuid, self.other = row['uuid'], other['uuid']

    def tags(self):
        return [server_tags.get(self.context, uuid) for uuid in (self.uuid, self.other)]

    def test_tags_come_in_order(self):
        server_tags.add(self.context, self.uuid, {'0'})
        server_tags.add(self.context, self.uuid, set())
        self.assertEqual([['0', 'a', 'b'], ['a']], self.tags())

    def test_tag_is_removed_once(self):
        self.assertTrue(server_tags.remove(self.context, self.uuid, 'a'))
        self.assertFalse(server_tags.remove(self.context, self.uuid, 'a'))
        self.assertEqual([['b'], ['a']], self.tags())

    def test_clear_leaves_other_servers_alone(self):
        server_tags.clear(self.context, self.uuid)
        self.assertEqual([[], ['a']], self.tags())
