# SPDX-License-Identifier: Apache-2.0
"""Sessions with other services: whose rights they use, and what they share."""

from unittest import mock

from keystoneauth1 import fixture, service_token, token_endpoint
from keystoneauth1.identity import v3
from requests_mock.contrib import fixture as requests_fixture

from nova_lite import context, exception, keystone_sessions
from tests import base
from tests.fixtures import keystone

GLANCE = 'http://glance.test'


class SessionsTestCase(base.TestCase):
    """A Keystone and a Glance at the edge of HTTP."""

    def setUp(self):
        super().setUp()
        self.options = self.useFixture(keystone.Options(self._conf))
        self.http = self.useFixture(requests_fixture.Fixture())
        self.http.get(keystone.URL, json={'version': fixture.V3Discovery(keystone.URL)})
        self.http.get(f'{GLANCE}/v2/images', json={'images': []})
        self._conf.load_raw_values(group='glance', endpoint_override=GLANCE)

    def give_user(self, group, name):
        """Configure a group's own user; answer how often Keystone has let it in."""
        self.options.give_user(group, name)

        def is_hers(request):
            return request.json()['auth']['identity']['password']['user']['name'] == name
        return self.http.post(f'{keystone.URL}/auth/tokens', json=fixture.V3Token(user_name=name),
                              headers={'X-Subject-Token': f'token of {name}'},
                              additional_matcher=is_hers)

    def asked_of_glance(self, auth=None):
        """Ask Glance; answer the headers that it got."""
        keystone_sessions.adapter_for('glance', auth).get('/v2/images')
        return self.http.last_request.headers

    def request(self):
        """Answer the context of a request with a token."""
        ctxt = context.RequestContext('fred', 'demo', overwrite=False)
        ctxt.user_auth_plugin = token_endpoint.Token(GLANCE, 'token of fred')
        return ctxt

    def test_a_group_without_a_user_of_its_own_takes_the_services(self):
        self.give_user('service_user', 'nova')
        self.assertEqual('token of nova', self.asked_of_glance()['X-Auth-Token'])

    def test_a_group_has_its_own_user_if_it_names_one(self):
        self.give_user('service_user', 'nova')
        self.give_user('glance', 'painter')
        self.assertEqual('token of painter', self.asked_of_glance()['X-Auth-Token'])

    def test_nobody_is_waited_for_for_ever(self):
        self.give_user('service_user', 'nova')
        self.asked_of_glance()
        self.assertEqual({20}, {request.timeout for request in self.http.request_history})

    def test_operator_says_how_long_a_service_is_waited_for(self):
        self.give_user('service_user', 'nova')
        self._conf.load_raw_values(group='glance', timeout=7)
        self.asked_of_glance()
        self.assertEqual(7, self.http.last_request.timeout)

    def test_the_service_gets_one_token_for_many_questions(self):
        let_in = self.give_user('service_user', 'nova')
        for _ in range(3):
            self.asked_of_glance()
        self.assertEqual(1, let_in.call_count)

    def test_nobody_asks_without_a_user(self):
        self.assertRaises(exception.NoServiceUser, keystone_sessions.session_for, 'glance')

    def test_the_caller_asks_by_his_own_rights(self):
        headers = self.asked_of_glance(keystone_sessions.auth_of_user(self.request()))
        self.assertEqual('token of fred', headers['X-Auth-Token'])
        self.assertNotIn('X-Service-Token', headers)

    def test_the_service_vouches_for_the_caller_if_it_shall(self):
        self.give_user('service_user', 'nova')
        self.override('service_user', send_service_user_token=True)
        auth = keystone_sessions.auth_of_user(self.request())
        self.assertIsInstance(auth, service_token.ServiceTokenAuthWrapper)
        headers = self.asked_of_glance(auth)
        self.assertEqual(('token of fred', 'token of nova'),
                         (headers['X-Auth-Token'], headers['X-Service-Token']))

    def test_a_context_without_a_token_is_nobodys(self):
        ctxt = context.RequestContext('fred', 'demo', overwrite=False)
        self.assertRaises(exception.NoTokenOfUser, keystone_sessions.auth_of_user, ctxt)

    def test_sessions_of_a_group_share_their_connections(self):
        auth = mock.create_autospec(v3.Token, instance=True)
        first, second = (keystone_sessions.session_for('glance', auth) for _ in range(2))
        self.assertIs(first.session, second.session)

    def test_the_sample_has_passwords_as_secrets(self):
        secret = {option.dest for option in keystone_sessions.session_options() if option.secret}
        self.assertEqual({'password'}, secret)
