# SPDX-License-Identifier: Apache-2.0
from tests.fixtures import records
from tests.unit.api.openstack import case


class LockTest(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        records.compute_host(records.caller(is_admin=True))
        self.server = records.active_server(self.context)
        self.path = f'/servers/{self.server["uuid"]}'

    def act(self, body, version='2.104', client=None):
        return (client or self.api).send('POST', f'{self.path}/action', body, version=version)

    def shown(self, version='2.104'):
        server = self.api.get(self.path, version=version).json['server']
        return server['locked'], server.get('locked_reason', 'absent')

    def test_locked_server_refuses_its_owner_until_it_is_unlocked(self):
        answer = self.act({'lock': None})
        self.assertEqual((202, ''), (answer.status, answer.text))
        self.assertEqual((True, None), self.shown())
        answer = self.api.send('DELETE', self.path)
        self.assertEqual((409, 'conflictingRequest'), (answer.status, answer.fault))
        self.assertEqual(202, self.act({'unlock': None}).status)
        self.assertEqual((False, None), self.shown())
        self.api.delete(self.path)

    def test_reason_came_with_2_73(self):
        self.assertEqual(202, self.act({'lock': {'locked_reason': 'no'}}, '2.72').status)
        self.assertEqual((True, 'absent'), self.shown('2.72'))
        self.assertEqual((True, None), self.shown())
        self.act({'unlock': None})
        self.act({'lock': {'locked_reason': 'I am busy'}}, '2.73')
        self.assertEqual((True, 'I am busy'), self.shown())

    def test_reason_of_another_form_is_refused(self):
        for reason in ('', 'x' * 256, 7, None):
            self.assertEqual(400, self.act({'lock': {'locked_reason': reason}}, '2.73').status)
        for wrong in ({'reason': 'x'}, 'x', []):
            self.assertEqual(400, self.act({'lock': wrong}, '2.73').status)

    def test_lock_of_an_admin_is_taken_away_by_admins_only(self):
        operator = self.api.as_user('admin', 'ops')
        self.act({'lock': None}, client=operator)
        answer = self.act({'unlock': None})
        self.assertEqual((403, "Policy doesn't allow os_compute_api:os-lock-server:unlock:"
                          'unlock_override to be performed.'), (answer.status, answer.message))
        self.assertTrue(self.shown()[0])
        self.assertEqual(202, self.act({'unlock': None}, client=operator).status)
        self.assertFalse(self.shown()[0])

    def test_locked_servers_are_listed_by_their_lock_since_2_73(self):
        self.act({'lock': None})
        other = records.active_server(self.context)
        for word, uuid in (('true', self.server['uuid']), ('false', other['uuid'])):
            listed = self.api.get(f'/servers?locked={word}', version='2.73').json['servers']
            self.assertEqual([uuid], [server['id'] for server in listed])

    def test_readers_neither_lock_nor_unlock(self):
        self.give_roles('reader')
        for action in ('lock', 'unlock'):
            self.assertEqual(403, self.act({action: None}).status)

    def test_number_of_statements(self):
        with self.database.statements() as statements:
            self.act({'lock': None})
        self.assertEqual(7, len(statements))
