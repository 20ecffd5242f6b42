# SPDX-License-Identifier: Apache-2.0
"""What of a token of Keystone becomes the context of a request."""

from oslo_middleware import request_id

from nova_lite import exception
from nova_lite.api.middleware import keystone_context
from nova_lite.api.openstack import wsgi
from tests import base

HEADERS = {
    'HTTP_X_IDENTITY_STATUS': 'Confirmed', 'HTTP_X_AUTH_TOKEN': 'secret',
    'HTTP_X_SERVICE_TOKEN': 'hush', 'HTTP_X_USER_ID': 'fred', 'HTTP_X_USER_NAME': 'Fred',
    'HTTP_X_USER_DOMAIN_ID': 'default', 'HTTP_X_PROJECT_ID': 'demo',
    'HTTP_X_PROJECT_NAME': 'Demo', 'HTTP_X_PROJECT_DOMAIN_ID': 'default',
    'HTTP_X_ROLES': 'member,reader'}


class KeystoneContextTest(base.TestCase):

    def context(self, **headers):
        """Answer the context with which a request reaches the application."""
        environ = {**HEADERS, **headers}
        keystone_context.KeystoneContext(lambda *_: [])(environ, None)
        return environ[wsgi.CONTEXT]

    def test_user_and_project_are_known_by_id_and_by_name(self):
        found = self.context()
        self.assertEqual(
            ('fred', 'Fred', 'default', 'demo', 'Demo', 'default', ['member', 'reader'], False),
            (found.user_id, found.user_name, found.user_domain_id, found.project_id,
             found.project_name, found.project_domain_id, found.roles, found.is_admin))

    def test_the_policy_says_who_is_admin(self):
        self.assertTrue(self.context(HTTP_X_ROLES='admin').is_admin)
        self.assertFalse(self.context(HTTP_X_ROLES='administrator').is_admin)

    def test_scope_of_the_token_is_known(self):
        of_system = self.context(HTTP_X_PROJECT_ID=None, HTTP_OPENSTACK_SYSTEM_SCOPE='all')
        of_domain = self.context(HTTP_X_PROJECT_ID=None, HTTP_X_DOMAIN_ID='default')
        self.assertEqual([(None, 'all', None), (None, None, 'default')], [
            (found.project_id, found.system_scope, found.domain_id)
            for found in (of_system, of_domain)])

    def test_service_that_asks_for_the_user_is_known(self):
        found = self.context(HTTP_X_SERVICE_USER_ID='cinder', HTTP_X_SERVICE_ROLES='service')
        self.assertEqual(('cinder', ['service']), (found.service_user_id, found.service_roles))

    def test_request_has_its_ids(self):
        found = self.context(**{request_id.ENV_REQUEST_ID: 'req-1',
                                request_id.GLOBAL_REQ_ID: 'req-2'})
        self.assertEqual(('req-1', 'req-2'), (found.request_id, found.global_request_id))

    def test_tokens_are_in_nothing_that_is_written_or_sent(self):
        found = self.context(**{keystone_context.PLUGIN: 'plugin with the token'})
        self.assertEqual('plugin with the token', found.user_auth_plugin)
        for shown in (found.to_dict(), found.get_logging_values(), found.to_policy_values()):
            for secret in ('secret', 'hush', 'plugin'):
                self.assertNotIn(secret, str(shown))
        self.assertIsNone(type(found).from_dict(found.to_dict()).user_auth_plugin)

    def test_nobody_passes_whom_keystone_did_not_confirm(self):
        for headers in ({'HTTP_X_IDENTITY_STATUS': 'Invalid'}, {'HTTP_X_IDENTITY_STATUS': None},
                        {'HTTP_X_USER_ID': None}):
            self.assertRaises(exception.Unauthorized, self.context, **headers)
