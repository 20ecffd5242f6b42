# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/db/stores/console_auth_tokens.py: for how long a token is good."""

from oslo_utils import fixture as time_fixture

from nova_lite import exception
from nova_lite.db.stores import console_auth_tokens as store
from tests import base
from tests.fixtures import database, ended, records

LIFETIME = 600


class ConsoleAuthTokensTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.clock = self.useFixture(time_fixture.TimeFixture())
        self.context = records.caller()
        (self.server,), _operation = records.servers(self.context)

    def issue(self):
        return store.issue(self.context, store.Connection(
            console_type='novnc', instance_uuid=self.server['uuid'], host='192.0.2.1', port=5900),
            LIFETIME)

    def rows(self):
        return ended.contents('console_auth_tokens')

    def test_token_leads_to_its_console(self):
        row = store.find(self.context, self.issue())
        self.assertEqual(('novnc', self.server['uuid'], '192.0.2.1', 5900, None, None), tuple(
            row[name] for name in ('console_type', 'instance_uuid', 'host', 'port', 'tls_port',
                                   'internal_access_path')))

    def test_record_has_no_token_that_could_be_used(self):
        token = self.issue()
        self.assertNotEqual(token, self.issue())
        self.assertNotIn(token, str(self.rows()))
        self.assertGreaterEqual(len(token), 40)

    def test_token_is_good_until_it_expires(self):
        token = self.issue()
        self.clock.advance_time_seconds(LIFETIME - 1)
        store.find(self.context, token)
        self.clock.advance_time_seconds(1)
        self.assertRaises(exception.ConsoleTokenNotFound, store.find, self.context, token)

    def test_token_of_a_deleted_server_is_not_good(self):
        token = self.issue()
        ended.change('instances', self.server['uuid'], deleted=True)
        self.assertRaises(exception.ConsoleTokenNotFound, store.find, self.context, token)

    def test_only_what_has_expired_is_removed(self):
        self.issue()
        self.clock.advance_time_seconds(1)
        good = self.issue()
        self.clock.advance_time_seconds(LIFETIME - 1)
        store.remove_expired(self.context)
        store.remove_expired(self.context)
        self.assertEqual(1, len(self.rows()))
        store.find(self.context, good)
