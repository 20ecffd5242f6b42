# SPDX-License-Identifier: Apache-2.0
from nova_lite.db.stores import metadata
from tests.unit.api.openstack import case

ENCRYPTED = 'dGhlIGd1ZXN0J3Mgb3duIHBhc3N3b3Jk\n' * 30


class ServerPasswordTest(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        self.uuid = self.make_server()['uuid']
        self.path = f'/servers/{self.uuid}/os-server-password'

    def post(self, text):
        """Do what the metadata service does when the guest posts one."""
        metadata.set_password(self.context, self.uuid, text)

    def test_without_one_it_is_empty(self):
        self.assertEqual({'password': ''}, self.api.get(self.path).json)

    def test_what_the_guest_has_posted_is_shown(self):
        self.post(ENCRYPTED)
        self.assertEqual({'password': ENCRYPTED}, self.api.get(self.path).json)
        self.assertNotIn(ENCRYPTED.strip(), self.logs.output)

    def test_guest_may_post_another_after_the_first_was_cleared(self):
        self.post(ENCRYPTED)
        answer = self.api.delete(self.path)
        self.assertEqual((204, ''), (answer.status, answer.text))
        self.assertEqual({'password': ''}, self.api.get(self.path).json)
        self.post('another')
        self.assertEqual({'password': 'another'}, self.api.get(self.path).json)

    def test_clearing_what_is_not_there_is_no_error(self):
        self.assertEqual(204, self.api.delete(self.path).status)

    def test_other_projects_neither_see_nor_clear_it(self):
        self.post(ENCRYPTED)
        for method in ('GET', 'DELETE'):
            self.assertEqual(404, self.stranger.send(method, self.path).status)
        self.assertEqual({'password': ENCRYPTED}, self.admin.get(self.path).json)

    def test_number_of_statements(self):
        with self.database.statements() as statements:
            self.api.get(self.path)
        self.assertEqual(2, len(statements))
