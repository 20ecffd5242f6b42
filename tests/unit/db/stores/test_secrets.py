# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/secrets.py: nothing readable in the database, nothing kept."""

from cryptography import fernet

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.stores import operations, secrets
from nova_lite.states import transitions
from tests import base
from tests.fixtures import database, records

VALUES = {'admin_password': 'geheim', 'injected_files': [['/etc/motd', 'aGk=']]}


class SecretsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller()
        self.first, self.second = (operations.begin(self.context, [
            {'kind': transitions.BUILD_BATCH, 'phase': transitions.SCHEDULE,
             'instance_uuid': None}])[None] for _ in range(2))

    def rows(self):
        with engine.reader() as connection:
            return connection.execute(secrets.secrets.select()).all()

    def unsealed(self, operation_id):
        return secrets.opened(next((row.sealed for row in self.rows()
                                    if row.operation_id == operation_id), None))

    def test_secrets_are_read_as_they_were_given(self):
        secrets.seal(self.context, {self.first: VALUES, self.second: {'admin_password': 'é'}})
        self.assertEqual(VALUES, self.unsealed(self.first))
        self.assertEqual({'admin_password': 'é'}, self.unsealed(self.second))

    def test_database_has_nothing_readable(self):
        secrets.seal(self.context, {self.first: VALUES})
        row, = self.rows()
        for word in ('geheim', 'admin_password', 'motd', 'aGk='):
            self.assertNotIn(word, row.sealed)

    def test_empty_secrets_are_not_kept(self):
        secrets.seal(self.context, {self.first: {}})
        self.assertEqual([], self.rows())
        self.assertEqual({}, self.unsealed(self.first))

    def test_forgotten_secrets_are_gone_and_others_stay(self):
        secrets.seal(self.context, {self.first: VALUES, self.second: VALUES})
        secrets.forget(self.context, self.first)
        self.assertEqual([self.second], [row.operation_id for row in self.rows()])

    def use_key(self, content):
        path = self.temporary_directory() / 'secrets.key'
        if content is not None:
            path.write_bytes(content)
        self.override('operations', secrets_key_file=str(path))
        return str(path)

    def test_key_that_can_not_be_used_is_named_with_what_to_do(self):
        for content in (None, b'short', b''):
            path = self.use_key(content)
            error = self.assertRaises(
                exception.SecretsKeyUnusable, secrets.seal, self.context, {self.first: VALUES})
            self.assertIn(path, str(error))
            self.assertIn('create_key', str(error))

    def test_key_with_a_newline_at_its_end_is_good(self):
        self.use_key(fernet.Fernet.generate_key() + b'\n')
        secrets.seal(self.context, {self.first: VALUES})
        self.assertEqual(VALUES, self.unsealed(self.first))

    def test_operation_without_secrets_needs_no_key(self):
        self.use_key(None)
        secrets.seal(self.context, {self.first: {}})
        self.assertEqual({}, self.unsealed(self.first))

    def test_secrets_of_another_key_can_not_be_read_and_say_why(self):
        secrets.seal(self.context, {self.first: VALUES})
        path = self.use_key(fernet.Fernet.generate_key())
        error = self.assertRaises(
            exception.SecretsKeyUnusable, self.unsealed, self.first)
        self.assertIn(path, str(error))
