# SPDX-License-Identifier: Apache-2.0
"""The page for load balancers, in the pipelines that are shipped."""

import webob

from nova_lite import exception
from nova_lite.api import wsgi
from nova_lite.objects import base as objects_base
from tests.unit.api.openstack import case


class HealthTest(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        self.file = self.temporary_directory() / 'disabled'
        self.override('healthcheck', disable_by_file_path=str(self.file))

    def ask(self, service='osapi_compute', **options):
        return webob.Request.blank('/healthcheck', **options).get_response(wsgi.load_app(service))

    def test_it_says_ok_to_anybody(self):
        for service in ('osapi_compute', 'metadata'):
            answer = self.ask(service)
            self.assertEqual((200, 'OK'), (answer.status_int, answer.text.strip()))
        self.assertEqual(204, self.ask(method='HEAD').status_int)

    def test_it_has_the_form_that_is_asked_for(self):
        answer = self.ask(headers={'Accept': 'application/json'})
        self.assertEqual(['OK', ''], answer.json['reasons'])

    def test_file_takes_the_service_out_of_use(self):
        self.file.touch()
        answer = self.ask()
        self.assertEqual((503, 'DISABLED BY FILE'), (answer.status_int, answer.text.strip()))

    def test_it_asks_the_database_one_thing(self):
        with self.database.statements() as sent:
            self.ask()
        self.assertEqual(1, len(sent))

    def test_database_that_does_not_answer_shows(self):
        def unreachable(*_given):
            raise exception.DatabaseUnavailable
        self.patch(objects_base.store('services'), 'minimum_version', unreachable)
        answer = self.ask()
        self.assertEqual((503, 'OK\nNO DATABASE'), (answer.status_int, answer.text))

    def test_operator_chooses_the_checks(self):
        self.override('healthcheck', backends=[])
        self.patch(objects_base.store('services'), 'minimum_version', self.fail)
        self.assertEqual(200, self.ask().status_int)
