# SPDX-License-Identifier: Apache-2.0
from nova_lite.api.openstack.compute import extension_list
from tests.unit.api.openstack import case


class ExtensionsTest(case.ApiTestCase):

    def test_all_are_listed_in_the_order_of_their_names(self):
        listed = self.api.get('/extensions').json['extensions']
        aliases = [extension['alias'] for extension in listed]
        self.assertEqual(sorted(aliases), aliases)
        self.assertEqual(len(extension_list.ROWS), len(set(aliases)))

    def test_one_is_shown_as_it_is_listed(self):
        listed = self.api.get('/extensions', version='2.104').json['extensions']
        for extension in listed:
            shown = self.api.get(f'/extensions/{extension["alias"]}').json
            self.assertEqual({'extension': extension}, shown)

    def test_legacy_api_has_one_more(self):
        listed = self.api.get('/v2/extensions').json['extensions']
        aliases = [extension['alias'] for extension in listed]
        self.assertEqual(sorted(aliases), aliases)
        self.assertEqual({'OS-EXT-VIF-NET'}, set(aliases) - set(extension_list.ALL))
        self.assertEqual('ExtendedVIFNet', self.api.get(
            '/v2/extensions/OS-EXT-VIF-NET').json['extension']['name'])
        self.assertEqual(404, self.api.send('GET', '/extensions/OS-EXT-VIF-NET').status)

    def test_fields_of_an_extension(self):
        self.assertEqual({
            'alias': 'NMN', 'name': 'Multinic', 'links': [], 'updated': '2014-12-03T00:00:00Z',
            'description': 'Add and remove fixed addresses of servers.',
            'namespace': 'http://docs.openstack.org/compute/ext/fake_xml',
        }, self.api.get('/extensions/NMN').json['extension'])

    def test_extension_that_is_not_there_is_not_found(self):
        answer = self.api.send('GET', '/extensions/os-lost')
        self.assertEqual((404, 'itemNotFound', 'The resource could not be found.'),
                         (answer.status, answer.fault, answer.message))

    def test_nothing_is_asked_of_the_database(self):
        with self.database.statements() as statements:
            self.api.get('/extensions')
        self.assertEqual([], statements)

    def test_who_has_no_role_may_see_them(self):
        self.give_roles()
        self.api.get('/extensions')
