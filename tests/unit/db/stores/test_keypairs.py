# SPDX-License-Identifier: Apache-2.0
"""Key pairs in a database."""

from nova_lite import exception
from nova_lite.db.stores import keypairs
from nova_lite.objects import keypair as keypair_objects
from tests import base
from tests.fixtures import database, records


class KeyPairsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller()

    def create(self, name='key', user_id='fred'):
        return keypairs.create(self.context, {
            'user_id': user_id, 'name': name, 'type': 'ssh', 'fingerprint': '00:11',
            'public_key': 'ssh-ed25519 AAAA'})

    def names(self, user_id='fred', **paging):
        return [row['name'] for row in keypairs.list_keypairs(self.context, user_id, **paging)]

    def test_key_pair_is_read_as_it_was_created(self):
        self.create()
        found = keypair_objects.KeyPair.get_by_name(self.context, 'fred', 'key')
        self.assertEqual(('ssh', 'ssh-ed25519 AAAA'), (found.type, found.public_key))

    def test_name_is_taken_once_by_each_user(self):
        self.create()
        self.create(user_id='wilma')
        self.assertRaises(exception.KeyPairExists, self.create)

    def test_key_pairs_of_other_users_are_not_there(self):
        self.create(user_id='wilma')
        self.assertEqual([], self.names())
        self.assertEqual(0, keypairs.count(self.context, 'fred'))
        self.assertRaises(
            exception.KeypairNotFound, keypairs.get_by_name, self.context, 'fred', 'key')
        self.assertRaises(exception.KeypairNotFound, keypairs.delete, self.context, 'fred', 'key')

    def test_pages_follow_each_other_by_name(self):
        for name in 'cab':
            self.create(name)
        self.assertEqual(['a', 'b'], self.names(limit=2))
        self.assertEqual(['c'], self.names(limit=2, marker='b'))
        self.assertRaises(exception.MarkerNotFound, self.names, marker='lost')

    def test_deleted_key_pair_is_gone(self):
        self.create()
        keypairs.delete(self.context, 'fred', 'key')
        self.assertEqual([], self.names())
