# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/compute/requests/metadata.py: what a lock and a state stop."""

from nova_lite import exception
from nova_lite.compute.requests import metadata
from nova_lite.db import engine
from nova_lite.db.stores import instances, server_metadata
from tests import base
from tests.fixtures import database, records


class MetadataTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller()
        self.server = records.active_server(self.context, metadata={'a': '1'})

    def change(self, **columns):
        with engine.writer() as connection:
            connection.execute(instances.instances.update().values(**columns))

    def pairs(self):
        return server_metadata.get(self.context, self.server['uuid'])

    def test_lock_stops_the_owner_and_not_an_admin(self):
        self.change(locked=True)
        self.assertRaises(exception.InstanceIsLocked, metadata.update, self.context, self.server,
                          {'a': '2'}, replace=False)
        self.assertRaises(exception.InstanceIsLocked, metadata.remove, self.context, self.server,
                          'a')
        self.assertEqual({'a': '1'}, self.pairs())
        metadata.update(records.caller(is_admin=True), self.server, {'a': '2'}, replace=False)
        self.assertEqual({'a': '2'}, self.pairs())

    def test_state_counts_as_it_is_now_and_not_as_it_was_loaded(self):
        self.change(vm_state='error')
        self.assertRaises(exception.InstanceInvalidState, metadata.update, self.context,
                          self.server, {}, replace=True)
        self.assertEqual({'a': '1'}, self.pairs())

    def test_server_that_has_gone_meanwhile_is_not_found(self):
        self.change(deleted=True)
        self.assertRaises(exception.InstanceNotFound, metadata.remove, self.context, self.server,
                          'a')

    def test_pair_that_is_not_there_is_named(self):
        error = self.assertRaises(exception.MetadataItemNotFound, metadata.remove, self.context,
                                  self.server, 'lost')
        self.assertIn('lost', str(error))

    def test_more_than_the_quota_allows_is_not_kept(self):
        self.override('quota', metadata_items=2)
        self.assertRaises(exception.MetadataLimitExceeded, metadata.update, self.context,
                          self.server, {'b': '2', 'c': '3'}, replace=False)
        self.assertEqual({'a': '1'}, self.pairs())
        metadata.update(self.context, self.server, {'b': '2', 'c': '3'}, replace=True)
        self.assertEqual({'b': '2', 'c': '3'}, self.pairs())
