# SPDX-License-Identifier: Apache-2.0
"""Metadata of servers: what is read, set, replaced and removed, and when not."""

from oslo_utils import fixture as utils_fixture

from nova_lite.states import vm
from tests.fixtures import records
from tests.unit.api.openstack import case


class ServerMetadataTest(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        self.clock = self.useFixture(utils_fixture.TimeFixture())
        self.server = records.active_server(self.context, metadata={'role': 'web', 'tier': '1'})
        self.path = f'/servers/{self.server["uuid"]}/metadata'

    def all(self):
        return self.api.get(self.path).json['metadata']

    def test_metadata_is_read_whole_and_by_item(self):
        self.assertEqual({'role': 'web', 'tier': '1'}, self.all())
        self.assertEqual({'meta': {'role': 'web'}}, self.api.get(f'{self.path}/role').json)
        with self.api.refused(404) as refused:
            self.api.get(f'{self.path}/lost')
        self.assertEqual('Metadata item was not found: lost', refused[0].message)

    def test_post_adds_and_put_replaces(self):
        answer = self.api.post(self.path, {'metadata': {'tier': '2', 'new': ''}})
        self.assertEqual({'role': 'web', 'tier': '2', 'new': ''}, answer.json['metadata'])
        answer = self.api.put(self.path, {'metadata': {'only': 'this'}})
        self.assertEqual({'only': 'this'}, answer.json['metadata'])
        self.assertEqual({'only': 'this'}, self.all())
        self.assertEqual({}, self.api.put(self.path, {'metadata': {}}).json['metadata'])

    def test_item_is_set_by_its_own_address(self):
        answer = self.api.put(f'{self.path}/role', {'meta': {'role': 'db'}})
        self.assertEqual({'meta': {'role': 'db'}}, answer.json)
        self.assertEqual({'role': 'db', 'tier': '1'}, self.all())
        with self.api.refused(400) as refused:
            self.api.put(f'{self.path}/role', {'meta': {'tier': 'db'}})
        self.assertIn('Request body and URI mismatch', refused[0].message)

    def test_item_is_removed_once(self):
        self.assertEqual(204, self.api.delete(f'{self.path}/role').status)
        self.assertEqual({'tier': '1'}, self.all())
        with self.api.refused(404):
            self.api.delete(f'{self.path}/role')

    def test_wrong_pairs_are_refused_and_change_nothing(self):
        for pairs in ({'': 'x'}, {'k' * 256: 'x'}, {'k': 'x' * 256}, {'k': 1}, {'k': None},
                      {'k/': 'x'}):
            with self.api.refused(400):
                self.api.post(self.path, {'metadata': pairs})
        self.assertEqual({'role': 'web', 'tier': '1'}, self.all())

    def test_change_is_a_change_of_the_server(self):
        before = self.admin.get(f'/servers/{self.server["uuid"]}').json['server']['updated']
        self.clock.advance_time_seconds(2)
        self.api.post(self.path, {'metadata': {'new': 'x'}})
        after = self.admin.get(f'/servers/{self.server["uuid"]}').json['server']
        self.assertGreater(after['updated'], before)
        self.assertEqual('x', after['metadata']['new'])

    def test_server_that_is_not_built_keeps_its_metadata(self):
        building = self.make_server(metadata={'a': 'b'})
        with self.api.refused(409) as refused:
            self.api.post(f'/servers/{building["uuid"]}/metadata', {'metadata': {'a': 'c'}})
        self.assertEqual(f"Cannot 'update metadata' instance {building['uuid']} while it is in "
                         f'vm_state {vm.BUILDING}', refused[0].message)

    def test_numbers_of_statements_are_constant(self):
        with self.database.statements() as sent:
            self.api.post(self.path, {'metadata': {str(number): 'x' for number in range(9)}})
        self.assertEqual(8, len(sent), sent)
