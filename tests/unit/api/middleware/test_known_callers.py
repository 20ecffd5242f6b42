# SPDX-License-Identifier: Apache-2.0
"""Callers that come again: what is known of them, of whom nothing is kept, and for how long."""

import datetime

import fixtures
import webob
from oslo_middleware import request_id
from oslo_utils import timeutils

from nova_lite.api.middleware import auth_token, keystone_context, known_callers
from nova_lite.api.openstack import wsgi
from tests import base
from tests.fixtures import keystone

FORGED = {'X-Roles': 'admin', 'X-User-Id': 'boss', 'X-Project-Id': 'other',
          'X-Identity-Status': 'Confirmed', 'OpenStack-System-Scope': 'all'}


class KnownCallersTest(base.TestCase):
    """Both filters around an application, before a Keystone."""

    def setUp(self):
        super().setUp()
        self.useFixture(keystone.Options(self._conf)).have_api_validate_tokens()
        self.keystone = self.useFixture(keystone.Keystone())
        self.edge = auth_token.AuthToken(keystone_context.KeystoneContext(self.application))
        self.asked_library = []
        fetch = auth_token._Protocol.fetch_token
        self.useFixture(fixtures.MonkeyPatch(
            'nova_lite.api.middleware.auth_token._Protocol.fetch_token',
            lambda protocol, token, **options: (
                self.asked_library.append(token) or fetch(protocol, token, **options))))

    def application(self, environ, start_response):
        self.context = environ[wsgi.CONTEXT]
        return webob.Response('in')(environ, start_response)

    def ask(self, token, **headers):
        """Answer the status of a request, and the context in which it came through."""
        self.context = None
        http = webob.Request.blank('/servers', headers={'X-Auth-Token': token, **headers})
        http.environ[request_id.ENV_REQUEST_ID] = f'req-{len(self.asked_library)}'
        return http.get_response(self.edge).status_int, self.context

    def token(self, scope=None, **options):
        found = self.keystone.token('fred', 'demo' if scope is None else None, 'member', **options)
        if scope is not None:
            scope(self.keystone.found(found))
        return found

    def test_who_comes_again_is_who_he_was(self):
        for scope in (None, lambda answer: answer.set_system_scope(),
                      lambda answer: answer.set_domain_scope('id', 'name'), lambda answer: None):
            token = self.token(scope)
            (_, first), (_, again) = self.ask(token), self.ask(token)
            self.assertEqual([token], self.asked_library[-1:])
            self.assertEqual(1, self.asked_library.count(token))
            self.assertEqual(first.to_policy_values(), again.to_policy_values())
            for name in known_callers.OF_CALLER:
                self.assertEqual(getattr(first, name), getattr(again, name), name)
            self.assertIs(first.user_auth_plugin, again.user_auth_plugin)

    def test_each_request_has_its_own_ids(self):
        token = self.token()
        (_, first), (_, again) = self.ask(token), self.ask(token)
        self.assertEqual(('req-0', 'req-1'), (first.request_id, again.request_id))
        self.assertNotEqual(first.span_id, again.span_id)

    def test_headers_say_nothing_of_who_comes_again(self):
        token = self.token()
        self.ask(token)
        _, found = self.ask(token, **FORGED)
        self.assertEqual(('fred', 'demo', ['member'], None, False), (
            found.user_id, found.project_id, found.roles, found.system_scope, found.is_admin))

    def test_policy_says_each_time_who_is_admin(self):
        token = self.token()
        self.ask(token)
        self.useFixture(fixtures.MonkeyPatch(
            'nova_lite.policies.enforcement.is_admin', lambda made: made.user_id == 'fred'))
        self.assertTrue(self.ask(token)[1].is_admin)

    def test_token_is_good_until_it_expires(self):
        now = timeutils.utcnow()
        token = self.token(expires=now + datetime.timedelta(seconds=60))
        self.ask(token)
        clock = self.useFixture(fixtures.MockPatchObject(timeutils, 'utcnow')).mock
        clock.return_value = now + datetime.timedelta(seconds=59)
        self.assertIsNotNone(self.found(token))
        clock.return_value = now + datetime.timedelta(seconds=61)
        self.assertIsNone(self.found(token))

    @staticmethod
    def found(token):
        return known_callers.callers(auth_token.CONF.keystone_authtoken.token_cache_time).find(
            {known_callers.TOKEN: token})

    def test_an_old_answer_of_keystone_is_not_believed_longer(self):
        token = self.token()
        self.ask(token)
        # The edge keeps its own; another one has what Keystone has said, and nobody known.
        known_callers.callers.cache_clear()
        self.edge = auth_token.AuthToken(keystone_context.KeystoneContext(self.application))
        for _ in range(2):
            self.assertEqual(200, self.ask(token)[0])
        self.assertEqual((3, 1), (self.asked_library.count(token), self.keystone.validations))
        self.assertIsNone(self.found(token))

    def test_nothing_is_kept_if_the_operator_keeps_no_answers(self):
        self.useFixture(keystone.Options(self._conf)).have_api_validate_tokens(
            token_cache_time=-1)
        self.edge = auth_token.AuthToken(keystone_context.KeystoneContext(self.application))
        token = self.token()
        self.assertEqual(200, self.ask(token)[0])
        self.keystone.revoke(token)
        self.assertEqual(401, self.ask(token)[0])

    def test_limits_of_a_token_are_held_against_each_request(self):
        ruled = self.token(access_rules=[
            {'id': '1', 'service': 'compute', 'method': 'GET', 'path': '/servers'}])
        bound = self.token()
        self.keystone.found(bound)['token']['bind'] = {}
        for token in (ruled, bound):
            for _ in range(2):
                self.assertEqual(200, self.ask(token)[0])
            self.assertEqual(2, self.asked_library.count(token))

    def test_who_is_helped_by_a_service_is_looked_at_each_time(self):
        token, service = self.token(), self.keystone.token('glance', 'service', 'service')
        for _ in range(2):
            _, found = self.ask(token, **{'X-Service-Token': service})
            self.assertEqual(['service'], found.service_roles)
        self.assertEqual([], self.ask(token)[1].service_roles)

    def test_request_that_failed_made_its_caller_known_too(self):
        token = self.token()
        failing = auth_token.AuthToken(keystone_context.KeystoneContext(self.fail_at))
        self.edge = failing
        self.assertRaises(ZeroDivisionError, self.ask, token)
        self.assertIsNotNone(self.found(token))

    @staticmethod
    def fail_at(environ, start_response):
        raise ZeroDivisionError
