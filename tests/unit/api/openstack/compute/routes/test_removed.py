# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/api/openstack/compute/routes/removed.py: what is gone says so."""

from nova_lite.api.openstack.compute.routes import removed
from tests.unit.api.openstack import case

VERSIONS = ('2.1', '2.35', '2.36', '2.104')


class RemovedTest(case.ApiTestCase):

    def answer(self, method, path, version):
        for name in ('{server_id}', '{network_id}', '{domain}', '{name}'):
            path = path.replace(name, 'x')
        return self.api.send(method, path, version=version)

    def test_all_answer_410_in_all_versions(self):
        for method, path in removed.TABLE:
            for version in VERSIONS:
                answer = self.answer(method, path, version)
                self.assertEqual((410, 'computeFault'), (answer.status, answer.fault), path)
                self.assertEqual('This resource is no longer available. '
                                 'No forwarding address is given.', answer.message)
                self.assertEqual(version, answer.headers['X-OpenStack-Nova-API-Version'])

    def test_actions_answer_410_too(self):
        path = f'/servers/{self.make_server()["uuid"]}/action'
        for name in removed.ACTIONS:
            for version in VERSIONS:
                answer = self.api.send('POST', path, {name: None}, version=version)
                self.assertEqual((410, 'computeFault'), (answer.status, answer.fault), name)
        for name in ('resetNetworks', 'injectNetworkInfo'):
            answer = self.api.send('POST', path, {name: None})
            self.assertNotEqual(410, answer.status, name)

    def test_old_api_and_addresses_with_a_project_answer_the_same(self):
        for path in ('/v2/os-cells', '/v2.1/demo/os-cells'):
            self.assertEqual(410, self.api.send('GET', path).status)

    def test_neither_body_nor_query_is_looked_at(self):
        self.assertEqual(410, self.api.send('POST', '/os-networks?x=%ff', b'{').status)

    def test_what_is_left_of_an_address_answers_as_before(self):
        self.assertEqual(200, self.api.send('GET', '/os-networks', version='2.35').status)
        self.assertEqual(404, self.api.send('GET', '/os-networks', version='2.36').status)

    def test_methods_that_never_were_are_not_allowed(self):
        answer = self.api.send('PATCH', '/os-cells')
        self.assertEqual((405, 'GET, POST'), (answer.status, answer.headers['Allow']))

    def test_nobody_learns_anything_without_a_token(self):
        answer = self.api.send('GET', '/os-cells', headers={'X-Auth-Token': ''})
        self.assertEqual(401, answer.status)
