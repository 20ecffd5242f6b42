# SPDX-License-Identifier: Apache-2.0
from nova_lite.db.stores import console_auth_tokens as store
from tests.unit.api.openstack import case


class ConsoleAuthTokensTest(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        self.server = self.make_server()

    def issue(self, **fields):
        return store.issue(self.context, store.Connection(**{
            'console_type': 'serial', 'instance_uuid': self.server['uuid'], 'host': '192.0.2.1',
            'port': 10000, 'internal_access_path': None, **fields}), 600)

    def get(self, token, version='2.104', client=None):
        return (client or self.admin).send(
            'GET', f'/os-console-auth-tokens/{token}', version=version)

    def test_token_leads_to_where_its_console_is(self):
        token = self.issue(internal_access_path='7f')
        self.assertEqual({'console': {
            'instance_uuid': self.server['uuid'], 'host': '192.0.2.1', 'port': 10000,
            'internal_access_path': '7f'}}, self.get(token, '2.31').json)

    def test_port_for_tls_came_with_2_99(self):
        token = self.issue(tls_port=5901)
        self.assertNotIn('tls_port', self.get(token, '2.98').json['console'])
        self.assertEqual(5901, self.get(token, '2.99').json['console']['tls_port'])

    def test_before_2_31_there_were_only_consoles_that_are_no_more(self):
        for token in (self.issue(), 'lost'):
            for version in ('2.1', '2.30'):
                answer = self.get(token, version)
                self.assertEqual((400, 'badRequest'), (answer.status, answer.fault))

    def test_token_that_is_not_good_is_not_found(self):
        for token in ('lost', '%F0%9F%98%80', 'x' * 3000):
            answer = self.get(token)
            self.assertEqual((404, 'Token not found'), (answer.status, answer.message))

    def test_only_admins_may_ask(self):
        token = self.issue()
        self.assertEqual(403, self.get(token, client=self.api).status)

    def test_token_is_in_no_log(self):
        token = self.issue()
        for version, client in (('2.31', self.admin), ('2.31', self.api), ('2.30', self.admin)):
            self.get(token, version, client)
        self.assertNotIn(token, self.logs.output)
        self.assertIn('GET /v2.1/os-console-auth-tokens/***', self.logs.output)

    def test_one_statement_finds_it(self):
        token = self.issue()
        with self.database.statements() as statements:
            self.get(token)
        self.assertEqual(1, len(statements))
