# SPDX-License-Identifier: Apache-2.0
"""The filters around the API that options switch on, in the pipeline that is shipped."""

import webob
from oslo_config import cfg
from oslo_middleware import cors

from nova_lite.api import wsgi
from nova_lite.api.middleware import front
from tests.unit.api.openstack import case

SITE = 'https://ui.example'
TOKEN = {'X-Auth-Token': 'fred:demo'}


class FrontTest(case.ApiTestCase):
    """What the options make of the pipeline."""

    def ask(self, path='/v2.1/flavors', method='GET', **headers):
        headers = {name.replace('_', '-'): value for name, value in headers.items()}
        return webob.Request.blank(path, method=method, headers={**TOKEN, **headers}).get_response(
            wsgi.load_app('osapi_compute'))

    def link(self, **headers):
        """Answer the address of a version, in the list at the root."""
        return self.ask('/', **headers).json['versions'][1]['links'][0]['href']


class ProxyTest(FrontTest):

    FORWARDED = {'X_Forwarded_Proto': 'https', 'X_Forwarded_Host': 'cloud.example',
                 'X_Forwarded_Prefix': '/compute'}

    def test_proxy_is_not_believed_unless_an_option_says_so(self):
        self.assertEqual('http://localhost/v2.1/', self.link(**self.FORWARDED))

    def test_links_are_those_that_the_proxy_was_asked_for(self):
        self.override('oslo_middleware', enable_proxy_headers_parsing=True)
        self.assertEqual('https://cloud.example/compute/v2.1/', self.link(**self.FORWARDED))
        self.assertEqual('https://cloud.example/v2.1/',
                         self.link(Forwarded='for=192.0.2.1;proto=https;host=cloud.example'))
        document = self.ask('/v2.1/', **self.FORWARDED).json['version']
        self.assertEqual('https://cloud.example/compute/v2.1/', document['links'][0]['href'])

    def test_links_of_records_have_the_prefix_too(self):
        self.override('oslo_middleware', enable_proxy_headers_parsing=True)
        flavor = self.make_flavor()
        links = self.ask(f'/v2.1/flavors/{flavor}', **self.FORWARDED).json['flavor']['links']
        self.assertEqual([f'https://cloud.example/compute/v2.1/flavors/{flavor}',
                          f'https://cloud.example/compute/flavors/{flavor}'],
                         [link['href'] for link in links])

    def test_one_header_alone_can_say_that_the_proxy_speaks_tls(self):
        self.override('wsgi', secure_proxy_ssl_header='HTTP_X_SCHEME')
        for scheme, shown in (('https', 'https'), ('http', 'http'), ('javascript', 'http')):
            self.assertEqual(f'{shown}://cloud.example/v2.1/', self.link(
                X_Scheme=scheme, Host='cloud.example'))
        self.assertEqual('http://localhost/v2.1/', self.link(**self.FORWARDED))

    def test_request_without_such_headers_goes_past_the_filter(self):
        self.override('oslo_middleware', enable_proxy_headers_parsing=True)
        passed = front.proxy_headers({})(lambda *_given: 'past')
        self.assertEqual('past', passed({}, None))


class OtherOriginsTest(FrontTest):

    def setUp(self):
        super().setUp()
        self.override('cors', allowed_origin=[SITE])

    def test_page_of_an_allowed_site_may_read_the_answer(self):
        answer = self.ask(Origin=SITE)
        self.assertEqual((200, SITE), (
            answer.status_int, answer.headers['Access-Control-Allow-Origin']))
        self.assertEqual('OpenStack-API-Version, X-OpenStack-Nova-API-Version,Origin',
                         answer.headers['Vary'])
        self.assertIn('X-Openstack-Request-Id', answer.headers['Access-Control-Expose-Headers'])

    def test_errors_are_readable_too(self):
        answer = self.ask('/v2.1/servers/x', Origin=SITE)
        self.assertEqual((404, SITE), (
            answer.status_int, answer.headers['Access-Control-Allow-Origin']))

    def test_browser_that_asks_first_needs_no_token(self):
        answer = self.ask(method='OPTIONS', Origin=SITE, X_Auth_Token='',
                          Access_Control_Request_Method='PUT',
                          Access_Control_Request_Headers='X-Auth-Token,OpenStack-API-Version')
        self.assertEqual((200, 'PUT', 'X-Auth-Token,OpenStack-API-Version'), (
            answer.status_int, answer.headers['Access-Control-Allow-Methods'],
            answer.headers['Access-Control-Allow-Headers']))

    def test_other_sites_are_told_nothing(self):
        for headers in ({'Origin': 'https://evil.example'}, {}):
            answer = self.ask(**headers)
            self.assertNotIn('Access-Control-Allow-Origin', answer.headers)

    def test_without_allowed_sites_the_filter_is_not_there(self):
        self.override('cors', allowed_origin=None)
        self.patch(cors, 'CORS', self.fail)
        self.assertNotIn('Access-Control-Allow-Origin', self.ask(Origin=SITE).headers)


class OptionsTest(FrontTest):

    def test_defaults_stay_when_they_are_registered_twice(self):
        front.register_options(cfg.CONF)
        self.assertIn('X-Identity-Status', cfg.CONF.cors.allow_headers)
        self.assertEqual(['GET', 'PUT', 'POST', 'DELETE', 'PATCH'], cfg.CONF.cors.allow_methods)
