# SPDX-License-Identifier: Apache-2.0
import json
import urllib.parse

from tests.unit.api.openstack import case

PATH = '/os-assisted-volume-snapshots'
VOLUME = '521752a6-acf6-4b2d-bc7a-119f9148cd8c'
CREATE_INFO = {'snapshot_id': '421752a6-acf6-4b2d-bc7a-119f9148cd8c', 'type': 'qcow2',
               'new_file': 'new_file_name'}


class AssistedVolumeSnapshotsTest(case.ApiTestCase):

    def create(self, client=None, **changes):
        return (client or self.admin).send('POST', PATH, {'snapshot': {
            'volume_id': VOLUME, 'create_info': CREATE_INFO, **changes}})

    def delete(self, info, client=None, version='2.104', more=''):
        text = info if isinstance(info, str) else json.dumps(info)
        return (client or self.admin).send(
            'DELETE', f'{PATH}/a-snapshot?delete_info={urllib.parse.quote(text)}{more}',
            version=version)

    def test_volume_that_no_server_uses_can_not_be_snapshot(self):
        answer = self.create()
        self.assertEqual(
            (400, 'badRequest', f'No volume Block Device Mapping with id {VOLUME}.'),
            (answer.status, answer.fault, answer.message))

    def test_snapshot_of_such_a_volume_is_not_found(self):
        answer = self.delete({'volume_id': VOLUME, 'file_to_merge': 'a'})
        self.assertEqual(
            (404, 'itemNotFound', f'No volume Block Device Mapping with id {VOLUME}.'),
            (answer.status, answer.fault, answer.message))

    def test_what_is_not_as_it_must_be_is_refused(self):
        for changes in ({'volume_id': ''}, {'create_info': {}}, {'extra': 1},
                        {'create_info': {**CREATE_INFO, 'type': 'raw'}}):
            answer = self.create(**changes)
            self.assertEqual(400, answer.status)
            self.assertNotIn('Block Device Mapping', answer.message)
        for info in ('', '{', '[]', '7', '{}', {'volume_id': 7}, '[' * 2000):
            self.assertEqual(400, self.delete(info).status, info)
        self.assertEqual(400, self.admin.send('DELETE', f'{PATH}/a-snapshot').status)

    def test_other_parameters_are_refused_since_2_75(self):
        for version, status in (('2.74', 404), ('2.75', 400)):
            answer = self.delete({'volume_id': VOLUME}, version=version, more='&colour=red')
            self.assertEqual(status, answer.status)

    def test_only_admins_and_services_may(self):
        self.assertEqual(403, self.create(self.api).status)
        self.assertEqual(403, self.delete({'volume_id': VOLUME}, self.api).status)
        self.give_roles('service')
        self.assertEqual(400, self.create(self.api).status)
        self.assertEqual(404, self.delete({'volume_id': VOLUME}, self.api).status)
