# SPDX-License-Identifier: Apache-2.0
"""Projects that requests name: who is asked about them, and what the answers mean."""

import requests
from keystoneauth1 import access, fixture
from keystoneauth1.identity import access as plugins
from requests_mock.contrib import fixture as requests_fixture

from nova_lite import context, exception
from nova_lite.api import projects
from tests import base
from tests.fixtures import keystone


class CheckTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(keystone.Options(self._conf))
        self.http = self.useFixture(requests_fixture.Fixture())
        self.http.get(keystone.URL, json={'version': fixture.V3Discovery(keystone.URL)})
        self.context = self.caller({'identity': keystone.URL})

    @staticmethod
    def caller(catalog):
        """Answer the context of a request with a token that has a catalog."""
        body = fixture.V3Token(user_id='fred', project_id='demo')
        for kind, url in catalog.items():
            body.add_service(kind).add_standard_endpoints(public=url)
        made = context.RequestContext('fred', 'demo', overwrite=False)
        made.user_auth_plugin = plugins.AccessInfoPlugin(
            access.create(body=body, auth_token='token of fred'))
        return made

    def have_keystone_answer(self, name='other', **answer):
        return self.http.get(f'{keystone.URL}/projects/{name}', **answer)

    def test_project_of_keystone_is_there(self):
        asked = self.have_keystone_answer(json={'project': {'id': 'other'}})
        projects.check(self.context, 'other')
        self.assertEqual('token of fred', asked.last_request.headers['X-Auth-Token'])

    def test_id_that_no_project_has_is_refused(self):
        self.have_keystone_answer(status_code=404, json={'error': {}})
        error = self.assertRaises(
            exception.InvalidProject, projects.check, self.context, 'other')
        self.assertEqual('Project ID other is not a valid project.', str(error))

    def test_only_a_clear_no_refuses(self):
        for answer in ({'status_code': 403}, {'status_code': 500},
                       {'exc': requests.exceptions.ConnectTimeout}):
            asked = self.have_keystone_answer(**answer)
            projects.check(self.context, 'other')
            self.assertTrue(asked.called, answer)

    def test_callers_own_project_is_not_asked_about(self):
        asked = self.have_keystone_answer('demo', status_code=404)
        projects.check(self.context, 'demo')
        self.assertFalse(asked.called)

    def test_without_keystone_every_project_is_there(self):
        asked = self.have_keystone_answer(status_code=404)
        projects.check(context.RequestContext('fred', 'demo', overwrite=False), 'other')
        self.assertFalse(asked.called)

    def test_ids_are_no_addresses_of_something_else(self):
        asked = self.have_keystone_answer('a%2F%3Fb', status_code=404)
        for name in ('..', '.', 'a/?b'):
            self.assertRaises(exception.InvalidProject, projects.check, self.context, name)
        self.assertEqual(1, asked.call_count)

    def test_catalog_without_keystone_is_said(self):
        stray = self.caller({'compute': 'http://compute.test'})
        self.assertRaises(exception.KeystoneNotFound, projects.check, stray, 'other')
