# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/metadata.py: whose an address is, and what its guest may know."""

from nova_lite import exception
from nova_lite.db.stores import metadata
from tests import base
from tests.fixtures import guests, records

OTHER = '99999999-9999-4999-8999-999999999999'


class MetadataTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.database = self.useFixture(guests.GuestDatabase())
        self.context = records.caller(is_admin=True)
        self.database.add(metadata={'role': 'db'})

    def whose(self, address=guests.ADDRESS):
        return metadata.by_fixed_address(self.context, address)

    def test_address_belongs_to_the_server_that_has_it_now(self):
        self.assertEqual(guests.UUID, self.whose())
        self.database.give(guests.ADDRESS, None)
        self.assertIsNone(self.whose())

    def test_address_that_two_networks_have_given_out_is_nobodys(self):
        self.database.add(network_id=2, id=43, uuid=OTHER)
        self.assertIsNone(self.whose())
        self.assertIn(OTHER, self.logs.output)

    def test_guest_is_told_of_itself_with_its_metadata(self):
        row, pairs = metadata.guest(self.context, guests.UUID)
        self.assertEqual(('my-server', {'role': 'db'}), (row['hostname'], pairs))

    def test_deleted_server_is_told_nothing(self):
        self.database.change(deleted=True)
        self.assertIsNone(metadata.guest(self.context, guests.UUID))

    def test_password_is_posted_once(self):
        self.assertEqual('', metadata.password(self.context, guests.UUID))
        metadata.set_password(self.context, guests.UUID, 'sealed')
        self.assertRaises(exception.PasswordIsSet, metadata.set_password, self.context,
                          guests.UUID, 'another')
        self.assertEqual('sealed', metadata.password(self.context, guests.UUID))
