# SPDX-License-Identifier: Apache-2.0
"""The API daemon: what a production server loads of it."""

from nova_lite import exception, web_service
from nova_lite.api import wsgi
from nova_lite.cmd import daemon
from nova_lite.cmd.serve import api
from nova_lite.metrics import service as metrics_service
from tests import base


class Connections:
    """Notes what happens to the connections of a process."""

    def __init__(self, events):
        self._events = events

    def prepare(self):
        self._events.append('prepare')

    def use(self):
        self._events.append('use')

    def release(self):
        self._events.append('release')


class ApplicationTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.events = []
        self.patch(daemon, 'configure', lambda *given, **more: self.events.append('configure'))
        self.patch(web_service, 'Connections', lambda **given: Connections(self.events))
        self.patch(wsgi, 'load_app', lambda name: self.events.append(name) or name)
        self.patch(api.atexit, 'register', lambda call: call())

    def test_the_process_is_ready_before_the_application_is_there(self):
        self.assertEqual('metadata', api.application('metadata', [], []))
        self.assertEqual(['configure', 'prepare', 'metadata', 'use', 'release'], self.events)

    def test_it_is_measured_from_its_first_step_on(self):
        self.override('metrics', enabled=True)
        self.patch(metrics_service, 'start_foreign', self.events.append)
        api.application('metadata', [], [])
        self.assertEqual(['configure', 'nova-lite-api', 'prepare'], self.events[:3])

    def test_all_applications_are_told_apart_by_their_ports(self):
        self.override(osapi_compute_listen_port=1774, metadata_listen_port=1775)
        self.patch(wsgi, 'load_app', lambda name: lambda environ, start_response: name)
        application = api.application(None, [], [])
        self.assertEqual(['osapi_compute', 'metadata'], [
            application({'SERVER_PORT': port}, None) for port in ('1774', '1775')])

    def test_glance_is_not_used_without_keystone(self):
        self.override('image', store='glance')
        self.override('api', auth_strategy='noauth2')
        self.assertRaises(exception.ImageStoreMischosen, api.application, 'osapi_compute', [], [])
