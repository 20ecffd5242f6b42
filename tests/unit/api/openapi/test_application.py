# SPDX-License-Identifier: Apache-2.0
"""The document as clients get it."""

import gzip
import json

import webob

from nova_lite.api.openapi import application, document, spans
from nova_lite.api.openstack import microversions
from tests import base
from tests.functional import api_client

ADDRESS = '/v2.1/openapi.json'


class OpenApiAddressTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.application = self.useFixture(api_client.ApiClient()).application
        application._packed.cache_clear()

    def send(self, address=ADDRESS, method='GET', **headers):
        return webob.Request.blank(address, method=method, headers={
            name.replace('_', '-'): value for name, value in headers.items()},
        ).get_response(self.application)

    def version_of(self, *arguments, **headers):
        return self.send(*arguments, **headers).json['info']['version']

    def test_it_needs_no_token_and_tells_of_all_microversions(self):
        answer = self.send()
        self.assertEqual(200, answer.status_int)
        self.assertEqual(document.make(spans.WHOLE), answer.json)
        self.assertEqual('application/json', answer.content_type)

    def test_one_microversion_is_asked_for_in_the_address_or_by_a_header(self):
        self.assertEqual('2.37', self.version_of(f'{ADDRESS}?microversion=2.37'))
        self.assertEqual('2.40', self.version_of(OpenStack_API_Version='compute 2.40'))
        self.assertEqual('2.41', self.version_of(X_OpenStack_Nova_API_Version='2.41'))
        self.assertEqual(str(microversions.MAXIMUM),
                         self.version_of(f'{ADDRESS}?microversion=latest'))
        self.assertEqual('2.37', self.version_of(
            f'{ADDRESS}?microversion=2.37', OpenStack_API_Version='compute 2.40'))

    def test_wrong_microversions_are_refused_as_everywhere(self):
        for version, code in (('2.999', 406), ('x', 400), ('', 400)):
            self.assertEqual(code, self.send(f'{ADDRESS}?microversion={version}').status_int)
        self.assertEqual(406, self.send(OpenStack_API_Version='compute 2.999').status_int)

    def test_other_methods_and_addresses_are_refused(self):
        self.assertEqual(405, self.send(method='POST').status_int)
        self.assertEqual(404, self.send(f'{ADDRESS}/x').status_int)
        self.assertEqual(b'', self.send(method='HEAD').body)

    def test_who_can_unpack_gets_it_packed(self):
        answer = self.send(Accept_Encoding='gzip')
        self.assertEqual('gzip', answer.content_encoding)
        self.assertEqual(document.make(), json.loads(gzip.decompress(answer.body)))

    def test_who_has_it_is_told_so(self):
        tag = self.send().headers['ETag']
        self.assertEqual(304, self.send(If_None_Match=tag).status_int)
        self.assertNotEqual(tag, self.send(f'{ADDRESS}?microversion=2.37').headers['ETag'])

    def test_it_is_made_once_and_few_are_kept(self):
        for _time in range(3):
            self.send()
        self.assertEqual(1, application._packed.cache_info().misses)
        for minor in range(1, 10):
            self.send(f'{ADDRESS}?microversion=2.{minor}')
        self.assertEqual(application.MOST_KEPT, application._packed.cache_info().currsize)

    def test_it_names_the_root_as_clients_reach_it(self):
        self.assertEqual('/v2.1', self.send().json['servers'][0]['url'])
        self.override('api', compute_link_prefix='https://cloud.example/compute')
        self.assertEqual('/compute/v2.1', self.send().json['servers'][0]['url'])
