# SPDX-License-Identifier: Apache-2.0
"""Which tokens are believed, how often Keystone is asked, and what loads its libraries."""

import subprocess
import sys

import requests
import webob

from nova_lite import exception
from nova_lite.api.middleware import auth_token
from tests import base
from tests.fixtures import keystone


class AuthTokenTest(base.TestCase):
    """The real auth_token in front of an application that tells what it got."""

    def setUp(self):
        super().setUp()
        self.options = self.useFixture(keystone.Options(self._conf))
        self.keystone = self.useFixture(keystone.Keystone())

    def trust_keystone(self, **options):
        self.options.have_api_validate_tokens(**options)
        return auth_token.AuthToken(self.application)

    def application(self, environ, start_response):
        self.environ = environ
        return webob.Response('in')(environ, start_response)

    def ask(self, edge, token, path='/servers', **headers):
        http = webob.Request.blank(path, headers={'X-Auth-Token': token, **headers})
        return http.get_response(edge)

    def test_caller_is_who_keystone_says_and_not_what_he_says_himself(self):
        edge = self.trust_keystone()
        forged = {'X-Roles': 'admin', 'X-User-Id': 'boss', 'X-Service-Roles': 'service',
                  'X-Identity-Status': 'Confirmed', 'OpenStack-System-Scope': 'all'}
        self.ask(edge, self.keystone.token('fred', 'demo', 'member'), **forged)
        self.assertEqual(('fred', 'demo', 'member', None, None), tuple(
            self.environ.get(name) for name in (
                'HTTP_X_USER_ID', 'HTTP_X_PROJECT_ID', 'HTTP_X_ROLES', 'HTTP_X_SERVICE_ROLES',
                'HTTP_OPENSTACK_SYSTEM_SCOPE')))
        self.assertEqual(401, self.ask(edge, 'garbage', **forged).status_int)

    def test_keystone_is_asked_once_about_a_token_by_all_pipelines(self):
        first, second = self.trust_keystone(), auth_token.AuthToken(self.application)
        token = self.keystone.token('fred', 'demo', 'member')
        for edge in (first, second, first):
            self.assertEqual(200, self.ask(edge, token).status_int)
        self.assertEqual(1, self.keystone.validations)

    def test_nothing_is_kept_if_the_operator_says_so(self):
        edge = self.trust_keystone(token_cache_time=-1)
        token = self.keystone.token('fred', 'demo', 'member')
        self.ask(edge, token)
        self.keystone.revoke(token)
        self.assertEqual(401, self.ask(edge, token).status_int)

    def test_expired_token_is_good_beside_one_of_a_service(self):
        edge = self.trust_keystone()
        expired = self.keystone.token('fred', 'demo', 'member', expires=keystone.LONG_AGO)
        self.assertEqual(401, self.ask(edge, expired).status_int)
        for roles, status in (('service', 200), ('member', 401)):
            own = self.keystone.token('glance', 'service', roles)
            self.assertEqual(
                status, self.ask(edge, expired, **{'X-Service-Token': own}).status_int)

    def test_answer_that_is_none_of_keystones_is_an_outage_and_is_not_kept(self):
        edge = self.trust_keystone()
        token = self.keystone.token('fred', 'demo', 'member')
        address = f'{keystone.URL}/auth/tokens'
        for wrong in ({'text': '{"to'}, {'json': []}, {'text': ''}, {'json': {'other': 1}},
                      {'exc': requests.exceptions.ChunkedEncodingError}, {'status_code': 500}):
            self.keystone.http.get(address, **wrong)
            self.assertRaises(exception.TokenNotChecked, self.ask, edge, token)
        self.keystone.http.get(address, json=self.keystone.found(token))
        self.assertEqual(200, self.ask(edge, token).status_int)

    def test_keystone_that_says_nothing_is_not_waited_for_for_ever(self):
        for options, seconds in (({}, 10), ({'http_connect_timeout': 3}, 3)):
            edge = self.trust_keystone(**options)
            self.ask(edge, self.keystone.token('fred', 'demo', 'member'))
            self.assertEqual(seconds, self.keystone.http.last_request.timeout)

    def test_rules_of_an_application_credential_count_for_this_api(self):
        edge = self.trust_keystone()
        token = self.keystone.token('fred', 'demo', 'member', access_rules=[
            {'id': '1', 'service': 'compute', 'method': 'GET', 'path': '/servers'},
            {'id': '2', 'service': 'image', 'method': 'GET', 'path': '/flavors'}])
        self.assertEqual([200, 401], [
            self.ask(edge, token, path).status_int for path in ('/servers', '/flavors')])

    def test_nobody_begins_to_serve_who_can_not_ask_keystone(self):
        self.assertRaises(exception.KeystoneNotConfigured, auth_token.AuthToken, self.application)

    def test_nobody_begins_to_serve_without_what_access_rules_need(self):
        self.assertRaises(
            exception.CatalogRefused, self.trust_keystone, include_service_catalog=False)

    def test_operators_choice_of_a_cache_goes_first(self):
        self.options.have_api_validate_tokens(
            memcached_servers='127.0.0.1:11211', service_type='compute-b')
        found = auth_token._options()
        self.assertEqual('compute-b', found['service_type'])
        self.assertNotIn('cache', found)


class TokensTest(base.TestCase):

    def test_the_oldest_goes_when_there_are_too_many(self):
        kept = auth_token.Tokens(300)
        for number in range(auth_token.MOST_TOKENS + 1):
            kept.set(number, b'token', time=300)
        self.assertEqual((None, b'token'), (kept.get(0), kept.get(auth_token.MOST_TOKENS)))


class LoadingTest(base.TestCase):

    def test_who_knows_no_keystone_does_not_load_its_libraries(self):
        done = subprocess.run([sys.executable, '-W', 'ignore', '-c', (
            'import sys\n'
            'from nova_lite.api import wsgi\n'
            'from nova_lite.conf import CONF\n'
            'CONF([], default_config_files=[])\n'
            'CONF.set_override("auth_strategy", "noauth2", group="api")\n'
            f'CONF.set_override("api_paste_config", "{base.TOP}/etc/nova_lite/api-paste.ini", '
            'group="wsgi")\n'
            'wsgi.load_app("osapi_compute")\n'
            'print(*(name for name in sys.modules if name.startswith("keystone")))')],
            capture_output=True, text=True, check=True, timeout=60)
        self.assertEqual('', done.stdout.strip())
