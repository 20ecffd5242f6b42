# SPDX-License-Identifier: Apache-2.0
"""Tags of servers."""

from tests.fixtures import records
from tests.unit.api.openstack import case


class ServerTagsTest(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        self.server = records.active_server(self.context, tags=['b', 'a'])
        self.path = f'/servers/{self.server["uuid"]}/tags'

    def tags(self):
        return self.api.get(self.path, version='2.26').json['tags']

    def test_tags_are_there_since_2_26(self):
        self.assertEqual(['a', 'b'], self.tags())
        with self.api.refused(404):
            self.api.get(self.path, version='2.25')

    def test_server_is_asked_for_one_tag(self):
        self.assertEqual(204, self.api.get(f'{self.path}/a', version='2.26').status)
        with self.api.refused(404):
            self.api.get(f'{self.path}/lost', version='2.26')

    def test_tag_is_made_once_and_its_address_is_told(self):
        answer = self.api.put(f'{self.path}/c d', None, version='2.26')
        self.assertEqual(201, answer.status)
        self.assertTrue(answer.headers['Location'].endswith(f'{self.path}/c%20d'))
        answer = self.api.put(f'{self.path}/c d', None, version='2.26')
        self.assertEqual((204, None), (answer.status, answer.headers.get('Location')))
        self.assertEqual(['a', 'b', 'c d'], self.tags())

    def test_tags_are_replaced_all_at_once(self):
        answer = self.api.put(self.path, {'tags': ['z', 'y', 'z']}, version='2.26')
        self.assertEqual({'tags': ['y', 'z']}, answer.json)
        self.assertEqual(['y', 'z'], self.tags())

    def test_tags_are_removed_one_and_all(self):
        self.assertEqual(204, self.api.delete(f'{self.path}/a', version='2.26').status)
        self.assertEqual(['b'], self.tags())
        with self.api.refused(404):
            self.api.delete(f'{self.path}/a', version='2.26')
        self.assertEqual(204, self.api.delete(self.path, version='2.26').status)
        self.assertEqual([], self.tags())

    def test_wrong_tags_are_refused_and_change_nothing(self):
        for names in (['a,b'], ['a/b'], ['x' * 61], [''], [1], ['t'] * 51):
            with self.api.refused(400):
                self.api.put(self.path, {'tags': names}, version='2.26')
        for name in ('a,b', 'x' * 61):
            with self.api.refused(400) as refused:
                self.api.put(f'{self.path}/{name}', None, version='2.26')
            self.assertIn(f"Tag '{name}' is invalid: ", refused[0].message)
        self.assertEqual(['a', 'b'], self.tags())

    def test_server_has_fifty_tags_at_most(self):
        self.api.put(self.path, {'tags': [f't{n}' for n in range(50)]}, version='2.26')
        with self.api.refused(400):
            self.api.put(f'{self.path}/more', None, version='2.26')
        self.assertEqual(204, self.api.put(f'{self.path}/t7', None, version='2.26').status)

    def test_server_that_is_not_built_keeps_its_tags(self):
        building = self.make_server(tags=['x'])
        with self.api.refused(409):
            self.api.delete(f'/servers/{building["uuid"]}/tags', version='2.26')
