# SPDX-License-Identifier: Apache-2.0
import io

import fixtures
import webob

from nova_lite import exception
from nova_lite.api.middleware import fault_wrapper, size_limit
from nova_lite.policies import enforcement
from tests import base
from tests.unit.api.openstack import case


class SizeLimitTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.override('oslo_middleware', max_request_body_size=10)

    def read(self, body, **environ):
        """Answer what the application behind the limit reads."""
        def application(environ, _start_response):
            return [environ['wsgi.input'].read()]
        http = webob.Request.blank('/', method='POST')
        http.environ.update({'wsgi.input': io.BytesIO(body), **environ})
        return size_limit.SizeLimit(application)(http.environ, None)[0]

    def test_body_up_to_the_limit_comes_through(self):
        self.assertEqual(b'x' * 10, self.read(b'x' * 10, CONTENT_LENGTH='10'))

    def test_longer_body_is_refused_by_its_length(self):
        for length in ('11', '9' * 5000):
            self.assertRaises(
                exception.RequestTooLarge, self.read, b'x' * 11, CONTENT_LENGTH=length)

    def test_longer_body_of_unknown_length_is_refused_while_it_is_read(self):
        self.assertRaises(exception.RequestTooLarge, self.read, b'x' * 11, CONTENT_LENGTH='',
                          HTTP_TRANSFER_ENCODING='chunked')

    def test_length_that_is_no_number_is_refused(self):
        for length in ('-1', 'x', '٣'):
            self.assertRaises(
                exception.MalformedRequestBody, self.read, b'x', CONTENT_LENGTH=length)


class FaultWrapperTest(base.TestCase):

    def failing(self, error):
        """Answer what a client is told when the application fails."""
        def application(_environ, _start_response):
            raise error
        http = webob.Request.blank('/servers')
        http.environ['openstack.request_id'] = 'req-1'
        return http.get_response(fault_wrapper.FaultWrapper(application))

    def test_unexpected_error_is_told_by_its_request_only(self):
        response = self.failing(RuntimeError('password is hunter2'))
        self.assertEqual(500, response.status_int)
        self.assertIn('req-1', response.json['computeFault']['message'])
        self.assertNotIn('hunter2', response.text)
        self.assertIn('hunter2', self.logs.output)

    def test_unsafe_error_of_ours_is_not_shown(self):
        response = self.failing(exception.PasteConfigNotFound(path='/secret'))
        self.assertEqual(500, response.status_int)
        self.assertNotIn('/secret', response.text)

    def test_each_status_has_novas_name(self):
        for error, name in ((exception.Invalid(), 'badRequest'),
                            (exception.Unauthorized(), 'unauthorized'),
                            (exception.Forbidden(), 'forbidden'),
                            (exception.NotFound(), 'itemNotFound'),
                            (exception.Conflict(), 'conflictingRequest'),
                            (exception.RequestTooLarge(), 'overLimit'),
                            (exception.UnsupportedContentType(), 'badMediaType'),
                            (exception.ServiceUnavailable(), 'serviceUnavailable')):
            response = self.failing(error)
            self.assertEqual({name: {'code': error.code, 'message': str(error)}}, response.json)


class NoAuthTest(case.ApiTestCase):

    def ask(self, **headers):
        http = webob.Request.blank('/v2.1/servers', headers={
            name.replace('_', '-'): value for name, value in headers.items()})
        return http.get_response(self.api.application)

    def test_user_is_given_a_token_to_use(self):
        response = self.ask(X_Auth_User='fred', X_Auth_Project_Id='demo')
        self.assertEqual(204, response.status_int)
        self.assertEqual('fred:demo', response.headers['X-Auth-Token'])
        self.assertEqual(200, self.ask(X_Auth_Token='fred:demo').status_int)

    def test_token_without_project_means_the_users_own(self):
        self.assertEqual(200, self.ask(X_Auth_Token='fred').status_int)

    def test_who_does_not_say_a_usable_name_is_not_let_in(self):
        for headers in ({}, {'X_Auth_Token': ''}, {'X_Auth_Token': ':demo'},
                        {'X_Auth_Token': 'x' * 65}, {'X_Auth_Token': 'a b:c'},
                        {'X_Auth_Token': 'fred:demo:more'}, {'X_Auth_User': 'a/b'}):
            response = self.ask(**headers)
            self.assertEqual(401, response.status_int, headers)
            self.assertIn('unauthorized', response.json)

    def test_project_in_the_address_must_be_the_callers(self):
        self.api.get('/demo/servers')
        with self.api.refused(400):
            self.api.get('/other/servers')


class VersionsTest(case.ApiTestCase):

    def ask(self, path):
        return webob.Request.blank(path).get_response(self.api.application)

    def test_root_lists_the_versions_without_a_token(self):
        versions = self.ask('/').json['versions']
        self.assertEqual(['v2.0', 'v2.1'], [version['id'] for version in versions])
        self.assertEqual(('2.1', '2.104'),
                         (versions[1]['min_version'], versions[1]['version']))

    def test_each_version_describes_itself_without_a_token(self):
        for path, name in (('/v2.1/', 'v2.1'), ('/v2.1', 'v2.1'), ('/v2/', 'v2.0')):
            response = self.ask(path)
            self.assertEqual(name, response.json['version']['id'])
            self.assertRegex(response.headers['x-openstack-request-id'], '^req-')

    def test_other_addresses_are_told_where_to_look(self):
        response = self.ask('/servers')
        self.assertEqual(300, response.status_int)
        self.assertEqual('http://localhost/v2.1/servers',
                         response.json['choices'][1]['links'][0]['href'])

    def test_links_have_the_configured_prefix(self):
        self.override('api', compute_link_prefix='https://cloud.example/compute')
        self.assertEqual('https://cloud.example/compute/v2.1/',
                         self.ask('/').json['versions'][1]['links'][0]['href'])


class PolicyFileTest(case.ApiTestCase):

    def test_change_of_the_file_counts_without_a_restart(self):
        path = self.temporary_directory() / 'policy.yaml'
        path.write_text('')
        self.override('oslo_policy', policy_file=str(path))
        self.useFixture(fixtures.MonkeyPatch(
            'nova_lite.policies.enforcement.LOOK_EVERY', 0))
        self.useFixture(fixtures.MonkeyPatch(
            'nova_lite.policies.enforcement.enforcer', _fresh_enforcer()))
        self.api.get('/servers')
        path.write_text('"os_compute_api:servers:index": "!"')
        with self.api.refused(403):
            self.api.get('/servers')


def _fresh_enforcer():

    made = enforcement.enforcer.__wrapped__()
    return lambda: made
