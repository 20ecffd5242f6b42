# SPDX-License-Identifier: Apache-2.0
"""Requests are told by their routes, and never by what clients write."""

import types

import prometheus_client

from nova_lite import metrics
from nova_lite.api import measuring
from nova_lite.api.openstack import wsgi
from nova_lite.metrics import recorder
from tests import base

ACTION = types.SimpleNamespace(path='/servers/{server_id}/action', action='reboot')
NO_ACTION = types.SimpleNamespace(path='/servers', action=None)


class MeasuredTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.registry = prometheus_client.CollectorRegistry()
        metrics.record_with(recorder.Recorder(self.registry))
        self.addCleanup(metrics.record_with, None)

    def ask(self, method='GET', route=None, status='200 OK', error=None):
        def application(environ, start_response):
            if route:
                environ[wsgi.ROUTE] = route
            if error:
                raise error
            start_response(status, [])
            return [b'text']
        environ = {'REQUEST_METHOD': method, 'PATH_INFO': '/servers/5'}
        return measuring.Measured(application, 'osapi_compute')(environ, lambda *given: None)

    def count(self, **labels):
        return self.registry.get_sample_value('nova_lite_api_requests_total', {
            'service': 'osapi_compute', 'action': '', **labels})

    def test_a_request_is_told_by_its_route_and_its_answer(self):
        self.assertEqual([b'text'], self.ask('POST', ACTION, '202 Accepted'))
        labels = {'method': 'POST', 'route': '/servers/{server_id}/action', 'action': 'reboot'}
        self.assertEqual(1, self.count(status='202', **labels))
        self.assertEqual(1, self.registry.get_sample_value(
            'nova_lite_api_request_seconds_count', {'service': 'osapi_compute', **labels}))

    def test_what_fails_without_an_answer_is_an_internal_error(self):
        self.assertRaises(KeyError, self.ask, route=NO_ACTION, error=KeyError())
        self.assertEqual(1, self.count(method='GET', route='/servers', status='500'))

    def test_what_clients_make_up_is_one_label(self):
        for method in ('BREW', 'WHEN'):
            self.ask(method, status='404 Not Found')
        self.assertEqual(2, self.count(method='other', route='none', status='404'))

    def test_nothing_stands_in_the_way_unless_it_is_on(self):
        metrics.record_with(None)
        given = []
        measuring.Measured(lambda *words: given.extend(words), 'metadata')('environment', len)
        self.assertEqual(['environment', len], given)
