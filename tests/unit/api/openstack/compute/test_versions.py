# SPDX-License-Identifier: Apache-2.0
"""What is said of the versions of the API, whole, as the API reference has it; and negotiation."""

import ddt
import webob

from tests.unit.api.openstack import case

TOKEN = {'X-Auth-Token': 'fred:demo'}
NEWEST = '2.104'
BOTH = 'OpenStack-API-Version, X-OpenStack-Nova-API-Version'
OF_VERSIONS = ('OpenStack-API-Version', 'X-OpenStack-Nova-API-Version', 'Vary')

OLD = {'id': 'v2.0', 'status': 'SUPPORTED', 'version': '', 'min_version': '',
       'updated': '2011-01-21T11:33:21Z'}
NEW = {'id': 'v2.1', 'status': 'CURRENT', 'version': NEWEST, 'min_version': '2.1',
       'updated': '2013-07-23T11:33:21Z'}


def _self(path):
    return {'rel': 'self', 'href': f'http://localhost{path}'}


def _media_types(short):
    return [{'base': 'application/json',
             'type': f'application/vnd.openstack.compute+json;version={short}'}]


def _document(row, path, short):
    return {'version': {**row, 'media-types': _media_types(short), 'links': [
        _self(path),
        {'rel': 'describedby', 'type': 'text/html', 'href': 'http://docs.openstack.org/'}]}}


class VersionsCase(case.ApiTestCase):
    """Asks with headers as they are."""

    def ask(self, path, method='GET', **headers):
        headers = {name.replace('_', '-'): value for name, value in headers.items()}
        return webob.Request.blank(path, method=method, headers=headers).get_response(
            self.api.application)


@ddt.ddt
class DocumentsTest(VersionsCase):

    def test_root_lists_all(self):
        answer = self.ask('/')
        self.assertEqual(200, answer.status_int)
        self.assertEqual({'versions': [{**OLD, 'links': [_self('/v2/')]},
                                       {**NEW, 'links': [_self('/v2.1/')]}]}, answer.json)

    @ddt.data('/v2.1', '/v2.1/')
    def test_current_version_describes_itself(self, path):
        answer = self.ask(path)
        self.assertEqual((200, _document(NEW, '/v2.1/', '2.1')), (answer.status_int, answer.json))

    def test_header_tells_where_the_openapi_document_is(self):
        self.assertEqual('<http://localhost/v2.1/openapi.json>; rel="service-desc"',
                         self.ask('/v2.1').headers['Link'])
        self.assertEqual(200, self.ask('/v2.1/openapi.json').status_int)
        self.assertNotIn('Link', self.ask('/v2').headers)

    @ddt.data('/v2', '/v2/')
    def test_old_version_describes_itself(self, path):
        answer = self.ask(path)
        self.assertEqual((200, _document(OLD, '/v2/', '2')), (answer.status_int, answer.json))

    @ddt.data('/', '/v2', '/v2.1', '/v2.1/')
    def test_token_and_microversion_change_nothing(self, path):
        plain = self.ask(path)
        for headers in (TOKEN, {'X-Auth-Token': ''}, {'OpenStack-API-Version': 'compute 2.999'}):
            answer = self.ask(path, **headers)
            self.assertEqual((200, plain.json), (answer.status_int, answer.json))

    @ddt.data('/', '/v2', '/v2.1/')
    def test_they_can_be_asked_for_without_body(self, path):
        answer = self.ask(path, 'HEAD')
        self.assertEqual((200, b''), (answer.status_int, answer.body))

    @ddt.data('/v1', '/v3/', '/v2.2/servers', '/servers/detail')
    def test_addresses_without_version_are_answered_with_a_choice(self, path):
        answer = self.ask(path)
        self.assertEqual(300, answer.status_int)
        self.assertEqual({'choices': [
            {'id': 'v2.0', 'status': 'SUPPORTED', 'media-types': _media_types('2'),
             'links': [_self(f'/v2{path}')]},
            {'id': 'v2.1', 'status': 'CURRENT', 'media-types': _media_types('2.1'),
             'links': [_self(f'/v2.1{path}')]}]}, answer.json)


@ddt.ddt
class NegotiationTest(VersionsCase):

    def announced(self, path='/v2.1/flavors', **headers):
        """Answer status and the three headers of an answer."""
        answer = self.ask(path, **{**TOKEN, **headers})
        return (answer.status_int, *(answer.headers.get(name) for name in OF_VERSIONS))

    @ddt.data(
        ({}, '2.1'),
        ({'OpenStack-API-Version': 'compute 2.26'}, '2.26'),
        ({'OpenStack-API-Version': 'compute 2.27'}, '2.27'),
        ({'OpenStack-API-Version': 'compute latest'}, NEWEST),
        ({'OpenStack-API-Version': 'Compute  2.5'}, '2.5'),
        ({'OpenStack-API-Version': 'identity 3.1,compute 2.30, volume 3.9'}, '2.30'),
        ({'OpenStack-API-Version': 'volume 3.9'}, '2.1'),
        ({'OpenStack-API-Version': 'weather 99.9'}, '2.1'),
        ({'OpenStack-API-Version': 'compute'}, '2.1'),
        ({'X-OpenStack-Nova-API-Version': '2.26'}, '2.26'),
        ({'X-OpenStack-Nova-API-Version': '2.27'}, '2.27'),
        ({'X-OpenStack-Nova-API-Version': 'latest'}, NEWEST),
        ({'X-OpenStack-Nova-API-Version': '2.2', 'OpenStack-API-Version': 'compute 2.50'}, '2.50'),
        ({'X-OpenStack-Nova-API-Version': '2.2', 'OpenStack-API-Version': 'volume 3.9'}, '2.2'),
    )
    @ddt.unpack
    def test_answer_has_the_version_that_was_asked_for(self, headers, version):
        self.assertEqual((200, f'compute {version}', version, BOTH), self.announced(**headers))

    @ddt.data('/v2.1/flavors/none', '/v2.1/nothing', '/v2.1/flavors?sort_key=weather')
    def test_refusals_have_it_too(self, path):
        self.assertEqual(('compute 2.80', '2.80', BOTH), self.announced(
            path, **{'OpenStack-API-Version': 'compute 2.80'})[1:])

    @ddt.data('2.0', '2.105', '1.1', '3.1', '2.99999')
    def test_version_that_is_not_there_is_refused_with_the_range(self, text):
        for headers in ({'OpenStack-API-Version': f'compute {text}'},
                        {'X-OpenStack-Nova-API-Version': text}):
            answer = self.ask('/v2.1/flavors', **TOKEN, **headers)
            self.assertEqual(406, answer.status_int)
            self.assertEqual({'computeFault': {'code': 406, 'message': (
                f'Version {text} is not supported by the API. '
                f'Minimum is 2.1 and maximum is {NEWEST}.')}}, answer.json)
            self.assertEqual(BOTH, answer.headers['Vary'])

    @ddt.data('2', '2.', 'x', '2.01', 'LATEST', '2.1 2.2', '2.-1', '2.٣')
    def test_version_of_another_form_is_refused(self, text):
        answer = self.ask('/v2.1/flavors', **TOKEN, **{
            'OpenStack-API-Version': f'compute {text}'.encode().decode('latin-1')})
        self.assertEqual((400, 'badRequest', BOTH), (
            answer.status_int, next(iter(answer.json)), answer.headers['Vary']))
        self.assertIn('is of invalid format. Must be of format MajorNum.MinorNum.',
                      answer.json['badRequest']['message'])

    def test_old_api_has_none(self):
        for headers in ({}, {'OpenStack-API-Version': 'compute 2.999'},
                        {'X-OpenStack-Nova-API-Version': 'x'}):
            self.assertEqual((200, None, None, None), self.announced('/v2/flavors', **headers))
