# SPDX-License-Identifier: Apache-2.0
"""Who may use a private flavor, and what that means for lists and servers."""

from tests.unit.api.openstack import case

ACCESS = '/flavors/private/os-flavor-access'
ACTION = '/flavors/private/action'


class FlavorAccessTest(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        self.make_flavor()
        self.make_flavor(flavorid='private', name='m1.private', is_public=False)
        self.member = self.api.as_user('mary', 'guests')

    def projects(self, answer):
        return [row['tenant_id'] for row in answer.json['flavor_access']]

    def add(self, project='guests', path=ACTION, **options):
        return self.admin.post(path, {'addTenantAccess': {'tenant': project}}, **options)

    def remove(self, project='guests'):
        return self.admin.post(ACTION, {'removeTenantAccess': {'tenant': project}})

    def ids(self, client, query=''):
        return [flavor['id'] for flavor in client.get(f'/flavors{query}').json['flavors']]

    def test_project_sees_a_private_flavor_once_it_has_access(self):
        with self.member.refused(404):
            self.member.get('/flavors/private')
        self.assertEqual(['small'], self.ids(self.member))
        self.assertIn('guests', self.projects(self.add()))
        self.member.get('/flavors/private')
        self.assertEqual(['private', 'small'], self.ids(self.member))
        self.assertNotIn('guests', self.projects(self.remove()))
        with self.member.refused(404):
            self.member.get('/flavors/private')

    def test_list_names_every_project_with_access(self):
        self.add('guests')
        self.add('friends')
        answer = self.admin.get(ACCESS)
        self.assertEqual({'guests', 'friends'}, set(self.projects(answer)) - {'ops'})
        self.assertEqual({'private'}, {row['flavor_id'] for row in answer.json['flavor_access']})

    def test_new_private_flavor_is_for_no_project(self):
        self.admin.post('/flavors', {'flavor': {
            'id': 'mine', 'name': 'mine', 'ram': 1, 'vcpus': 1, 'disk': 1,
            'os-flavor-access:is_public': False}})
        self.assertEqual({'flavor_access': []},
                         self.admin.get('/flavors/mine/os-flavor-access').json)

    def test_admin_finds_private_flavors_by_asking_for_them(self):
        self.add('friends')
        self.assertEqual(['private'], self.ids(self.admin, '?is_public=false'))
        self.assertEqual(['private', 'small'], self.ids(self.admin, '?is_public=none'))
        self.assertEqual(['small'], self.ids(self.member, '?is_public=none'))

    def test_access_is_given_once_and_taken_once(self):
        self.add()
        with self.admin.refused(409):
            self.add()
        self.remove()
        with self.admin.refused(404):
            self.remove()

    def test_public_flavor_has_no_list(self):
        with self.admin.refused(404):
            self.admin.get('/flavors/small/os-flavor-access')

    def test_public_flavor_takes_no_access_since_2_7(self):
        self.add(path='/flavors/small/action', version='2.6')
        with self.admin.refused(409) as refusals:
            self.add('friends', path='/flavors/small/action', version='2.7')
        self.assertEqual('Can not add access to a public flavor.', refusals[0].message)

    def test_flavor_that_is_not_there_is_not_found(self):
        with self.admin.refused(404):
            self.add(path='/flavors/huge/action')

    def test_members_change_nothing(self):
        for body in ({'addTenantAccess': {'tenant': 'guests'}},
                     {'removeTenantAccess': {'tenant': 'guests'}}):
            with self.member.refused(403):
                self.member.post(ACTION, body)
        with self.member.refused(403):
            self.member.get(ACCESS)
