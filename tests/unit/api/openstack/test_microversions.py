# SPDX-License-Identifier: Apache-2.0
import dataclasses

import ddt
import webob

from nova_lite import exception
from nova_lite.api.openstack import microversions, router, wsgi
from nova_lite.api.openstack.compute.routes import flavors
from nova_lite.api.openstack.microversions import Feature, Microversion, Series
from tests import base
from tests.unit.api.openstack import case


@ddt.ddt
class NegotiationTest(base.TestCase):

    @ddt.data(
        ({}, '2.1'),
        ({'openstack-api-version': 'compute 2.37'}, '2.37'),
        ({'openstack-api-version': 'compute latest'}, '2.104'),
        ({'openstack-api-version': 'volume 3.5, compute 2.9'}, '2.9'),
        ({'openstack-api-version': 'volume 3.5'}, '2.1'),
        ({'x-openstack-nova-api-version': '2.2'}, '2.2'),
        ({'x-openstack-nova-api-version': '2.2', 'openstack-api-version': 'compute 2.3'}, '2.3'),
    )
    @ddt.unpack
    def test_header_decides(self, headers, expected):
        self.assertEqual(expected, str(microversions.negotiate(headers)))

    @ddt.data('', 'x', '2', '2.', '.2', '2.01', '02.1', '2.1.1', '2.x', '-2.1', '2.٣', '0.1')
    def test_version_of_another_form_is_malformed(self, text):
        self.assertRaises(exception.MalformedMicroversion, microversions.parse, text)

    @ddt.data('2.0', '2.105', '1.1', '3.0', '2.999999999')
    def test_version_that_is_not_known_is_not_supported(self, text):
        self.assertRaises(exception.MicroversionNotSupported, microversions.parse, text)


class SeriesTest(base.TestCase):

    def test_value_holds_from_its_feature_to_the_next(self):
        series = Series('a', (Feature.SERVER_TAGS, 'b'), (Feature.NO_PROXIES, 'c'))
        self.assertEqual(['a', 'a', 'b', 'b', 'c', 'c'], [
            series.at(Microversion(minor)) for minor in (1, 25, 26, 35, 36, 104)])

    def test_features_must_ascend(self):
        self.assertRaises(
            ValueError, Series, 'a', (Feature.NO_PROXIES, 'b'), (Feature.SERVER_TAGS, 'c'))


class HeadersTest(case.ApiTestCase):

    def test_answer_tells_its_version_in_both_headers(self):
        answer = self.api.get('/servers', version='2.37')
        self.assertEqual('compute 2.37', answer.headers['OpenStack-API-Version'])
        self.assertEqual('2.37', answer.headers['X-OpenStack-Nova-API-Version'])
        self.assertEqual('OpenStack-API-Version, X-OpenStack-Nova-API-Version',
                         answer.headers['Vary'])

    def test_error_tells_its_version_too(self):
        answer = self.api.send('GET', '/servers/x', version='2.37')
        self.assertEqual('2.37', answer.headers['X-OpenStack-Nova-API-Version'])

    def test_version_out_of_range_answers_406_with_the_range(self):
        answer = self.api.send('GET', '/servers', version='2.105')
        self.assertEqual((406, 'computeFault'), (answer.status, answer.fault))
        self.assertEqual('Version 2.105 is not supported by the API. '
                         'Minimum is 2.1 and maximum is 2.104.', answer.message)

    def test_malformed_version_answers_400(self):
        answer = self.api.send('GET', '/servers', version='new')
        self.assertEqual((400, 'badRequest'), (answer.status, answer.fault))

    def test_old_api_has_no_microversions(self):
        answer = self.api.get('/v2/servers', version='2.99999')
        self.assertNotIn('OpenStack-API-Version', answer.headers)
        self.assertNotIn('X-OpenStack-Nova-API-Version', answer.headers)

    def test_every_answer_has_the_request_id_under_both_names(self):
        for path in ('/servers', '/servers/x'):
            headers = self.api.send('GET', path).headers
            self.assertRegex(headers['x-openstack-request-id'], '^req-')
            self.assertEqual(headers['x-openstack-request-id'], headers['x-compute-request-id'])


class OtherVersionsTest(case.ApiTestCase):
    """What only other versions have is not there, as if it had never been."""

    def test_method_of_other_versions(self):
        self.make_flavor()
        body = {'flavor': {'description': 'new'}}
        for version, status in (('2.54', 404), ('2.55', 200)):
            self.assertEqual(status, self.admin.send(
                'PUT', '/flavors/small', body, version=version).status)

    def test_method_of_no_version_is_told_which_there_are(self):
        answer = self.api.send('POST', '/flavors/small', {}, version='2.54')
        self.assertEqual((405, 'DELETE, GET'), (answer.status, answer.headers['Allow']))

    def test_action_of_other_versions(self):
        add, remove = (row for row in flavors.ROWS if row.action)
        application = router.Application([
            dataclasses.replace(add, since=Feature.SERVER_TAGS), remove])
        for action, error in (('addTenantAccess', exception.RouteNotFound),
                              ('fly', exception.InvalidAction)):
            http = webob.Request.blank('/flavors/small/action', method='POST', json={action: {}})
            http.headers[microversions.LEGACY_HEADER] = '2.25'
            http.environ[wsgi.CONTEXT] = self.context
            self.assertRaises(error, application.answer, http)
