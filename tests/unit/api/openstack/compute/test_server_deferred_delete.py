# SPDX-License-Identifier: Apache-2.0
from tests.fixtures import records
from tests.unit.api.openstack import case


class ForceDeleteTest(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        records.compute_host(records.caller(is_admin=True))
        self.server = records.active_server(self.context)
        self.path = f'/servers/{self.server["uuid"]}'

    def force_delete(self, body=None, client=None):
        return (client or self.api).send(
            'POST', f'{self.path}/action', body or {'forceDelete': None}, version='2.1')

    def test_server_is_deleted_as_by_its_delete(self):
        answer = self.force_delete()
        self.assertEqual((202, ''), (answer.status, answer.text))
        shown = self.api.get(self.path, version='2.1').json['server']
        self.assertEqual('deleting', shown['OS-EXT-STS:task_state'])
        actions = self.api.get(f'{self.path}/os-instance-actions').json['instanceActions']
        self.assertIn('delete', [action['action'] for action in actions])

    def test_server_that_is_being_deleted_may_be_deleted_by_force(self):
        self.api.delete(self.path)
        self.assertEqual(202, self.force_delete({'forceDelete': {}}).status)

    def test_locked_server_stays(self):
        self.api.send('POST', f'{self.path}/action', {'lock': None})
        answer = self.force_delete()
        self.assertEqual((409, 'conflictingRequest'), (answer.status, answer.fault))
        operator = self.api.as_user('admin', 'ops')
        self.assertEqual(202, self.force_delete(client=operator).status)

    def test_nobody_else_is_told_of_it(self):
        stranger = self.api.as_user('stranger', 'elsewhere')
        self.assertEqual(404, self.force_delete(client=stranger).status)
