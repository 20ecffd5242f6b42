# SPDX-License-Identifier: Apache-2.0
from tests.fixtures import records
from tests.unit.api.openstack import case


class ResetStateTest(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        records.compute_host(records.caller(is_admin=True))
        self.server = records.active_server(self.context)
        self.path = f'/servers/{self.server["uuid"]}'

    def reset(self, state, client=None):
        return (client or self.admin).send(
            'POST', f'{self.path}/action', {'os-resetState': {'state': state}})

    def status(self):
        return self.api.get(self.path).json['server']['status']

    def test_server_is_shown_as_it_was_declared(self):
        answer = self.reset('error')
        self.assertEqual((202, ''), (answer.status, answer.text))
        self.assertEqual('ERROR', self.status())
        self.reset('active')
        self.assertEqual('ACTIVE', self.status())

    def test_server_without_a_host_becomes_what_is_said_too(self):
        self.path = f'/servers/{self.make_server()["uuid"]}'
        self.assertEqual(202, self.reset('active').status)
        self.assertEqual('ACTIVE', self.status())
        self.assertEqual(204, self.api.delete(self.path).status)

    def test_other_states_are_refused(self):
        for state in ('stopped', 'ERROR', '', None, 1):
            self.assertEqual(400, self.reset(state).status)
        for body in ({'os-resetState': {}}, {'os-resetState': None},
                     {'os-resetState': {'state': 'error', 'x': 1}}):
            self.assertEqual(400, self.admin.send('POST', f'{self.path}/action', body).status)

    def test_only_admins_may(self):
        self.assertEqual(403, self.reset('error', self.api).status)
        self.assertEqual('ACTIVE', self.status())

    def test_lock_does_not_stop_it(self):
        self.admin.post(f'{self.path}/action', {'lock': None})
        self.assertEqual(202, self.reset('error').status)
