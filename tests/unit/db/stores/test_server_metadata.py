# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/server_metadata.py: pairs of one server, and nobody else's."""

from nova_lite.db.stores import server_metadata
from tests import base
from tests.fixtures import database, records


class ServerMetadataTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller()
        (self.row,), _operation = records.servers(self.context, metadata={'b': '1', 'a': '2'})
        (other,), _operation = records.servers(self.context, metadata={'a': 'other'})
        self.uuid, self.other = self.row['uuid'], other['uuid']

    def pairs(self, uuid=None):
        return server_metadata.get(self.context, uuid or self.uuid)

    def test_put_adds_and_replaces_by_name(self):
        server_metadata.put(self.context, self.uuid, {'a': 'new', 'c': '3'})
        self.assertEqual({'a': 'new', 'b': '1', 'c': '3'}, self.pairs())
        self.assertEqual({'a': 'other'}, self.pairs(self.other))

    def test_nothing_to_put_is_nothing_done(self):
        server_metadata.put(self.context, self.uuid, {})
        self.assertEqual({'a': '2', 'b': '1'}, self.pairs())

    def test_pair_is_removed_once(self):
        self.assertTrue(server_metadata.remove(self.context, self.uuid, 'a'))
        self.assertFalse(server_metadata.remove(self.context, self.uuid, 'a'))
        self.assertEqual(({'b': '1'}, {'a': 'other'}), (self.pairs(), self.pairs(self.other)))

    def test_clear_leaves_other_servers_alone(self):
        server_metadata.clear(self.context, self.uuid)
        self.assertEqual(({}, {'a': 'other'}), (self.pairs(), self.pairs(self.other)))
