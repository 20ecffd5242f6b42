# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/status/identity.py: a Keystone that answers, and ones that do not."""

import requests
import requests_mock
from oslo_upgradecheck.upgradecheck import Code

from nova_lite.cmd.status import identity
from tests import base
from tests.fixtures import keystone


class TokensTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.options = self.useFixture(keystone.Options(self._conf))
        self.keystone = self.useFixture(keystone.Keystone())
        self.override('api', auth_strategy='keystone')

    def configure(self):
        self.options.give_user('keystone_authtoken', keystone.SERVICE_USER)

    def test_keystone_that_lets_the_service_in_is_good(self):
        self.configure()
        self.assertEqual(Code.SUCCESS, identity.tokens().code)

    def test_keystone_that_refuses_the_password_is_a_failure(self):
        self.configure()
        self.keystone.http.post(f'{keystone.URL}/auth/tokens', status_code=401)
        found = identity.tokens()
        self.assertEqual(Code.FAILURE, found.code)
        self.assertNotIn('hush', found.details)

    def test_keystone_that_does_not_answer_is_a_failure(self):
        self.configure()
        for method in (self.keystone.http.get, self.keystone.http.post):
            method(requests_mock.ANY, exc=requests.ConnectionError)
        self.assertEqual(Code.FAILURE, identity.tokens().code)

    def test_nobody_who_could_ask_is_a_failure(self):
        found = identity.tokens()
        self.assertEqual(Code.FAILURE, found.code)
        self.assertIn('auth_type', found.details)

    def test_nobody_is_asked_without_keystone(self):
        self.override('api', auth_strategy='noauth2')
        self.keystone.http.get(requests_mock.ANY, exc=requests.ConnectionError)
        self.assertEqual(Code.SUCCESS, identity.tokens().code)
