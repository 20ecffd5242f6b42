# SPDX-License-Identifier: Apache-2.0
"""Tests of the API of quotas: forms, users, what may be set, who may."""

from tests.fixtures import records
from tests.unit.api.openstack import case

DEFAULTS = {
    'cores': 20, 'fixed_ips': -1, 'floating_ips': -1, 'injected_file_content_bytes': 10240,
    'injected_file_path_bytes': 255, 'injected_files': 5, 'instances': 10, 'key_pairs': 100,
    'metadata_items': 128, 'ram': 51200, 'security_group_rules': -1, 'security_groups': -1,
    'server_group_members': 10, 'server_groups': 10}


class QuotasTestCase(case.ApiTestCase):

    def show(self, below='', version='2.1', client=None, project='demo'):
        return (client or self.api).get(
            f'/os-quota-sets/{project}{below}', version=version).json['quota_set']

    def put(self, query='', version='2.1', project='demo', **fields):
        return self.admin.put(f'/os-quota-sets/{project}{query}', {'quota_set': fields},
                              version=version).json['quota_set']

    def refused(self, status=400, **arguments):
        """Answer what a request to set limits is told."""
        with self.admin.refused(status) as refused:
            self.put(**arguments)
        return refused[0].message


class FormTest(QuotasTestCase):

    def test_limits_and_defaults_of_the_oldest_version(self):
        self.assertEqual({**DEFAULTS, 'id': 'demo'}, self.show())
        self.assertEqual({**DEFAULTS, 'id': 'demo'}, self.show('/defaults'))

    def test_every_version_answers_in_its_form(self):
        for minor in range(1, 105):
            version = f'2.{minor}'
            shown = self.show(version=version)
            self.assertEqual(shown, self.show('/defaults', version))
            detail = self.show('/detail', version)
            self.assertEqual(shown, {'id': 'demo', **{
                name: value['limit'] for name, value in detail.items() if name != 'id'}})
            self.assertEqual({**self.put(version=version), 'id': 'demo'}, shown)
            self.assertEqual('fixed_ips' in shown, minor < 36)
            self.assertEqual('injected_files' in shown, minor < 57)

    def test_answer_of_an_update_has_no_id(self):
        self.assertEqual({**DEFAULTS, 'cores': 40}, self.put(cores=40))

    def test_limits_of_networks_are_kept_for_those_who_ask_for_them(self):
        wanted = {'floating_ips': 7, 'security_groups': 45}
        self.assertEqual({**DEFAULTS, **wanted},
                         self.put(floating_ips=7, security_groups='45', networks=3))
        detail = self.show('/detail')
        self.assertEqual({'limit': 7, 'in_use': 0, 'reserved': 0}, detail['floating_ips'])
        shown = self.api.get('/limits').json['limits']['absolute']
        self.assertEqual((7, 45), (shown['maxTotalFloatingIps'], shown['maxSecurityGroups']))

    def test_detail_shows_what_is_used(self):
        records.servers(self.context, min_count=2, max_count=2)
        records.servers(records.caller('wilma'))
        self.put('?user_id=fred', cores=7)
        for query, limit, used in (('', 20, 3), ('?user_id=fred', 7, 2), ('?user_id=x', 20, 0)):
            shown = self.show(f'/detail{query}')
            self.assertEqual({'limit': limit, 'in_use': used, 'reserved': 0}, shown['cores'])
            self.assertEqual(64 * used, shown['ram']['in_use'])

    def test_detail_and_show_cost_the_same_however_many_servers_there_are(self):
        sizes = []
        for number in (1, 5):
            records.servers(self.context, min_count=number, max_count=number)
            with self.database.statements() as sent:
                self.show('/detail')
                self.show()
            sizes.append(len(sent))
        self.assertEqual([3, 3], sizes)

    def test_unknown_parameters_are_refused_since_2_75(self):
        self.show('?colour=red', '2.74')
        for below in ('', '/detail'):
            with self.api.refused(400):
                self.show(f'{below}?colour=red', '2.75')


class UpdateTest(QuotasTestCase):

    def test_limits_that_are_not_named_stay(self):
        self.put(cores=40)
        self.put(ram='-1')
        self.assertEqual((40, -1), (self.show()['cores'], self.show()['ram']))
        self.assertEqual(20, self.show('/defaults')['cores'])

    def test_users_limits_are_their_own(self):
        self.put('?user_id=fred', cores=7)
        self.assertEqual([7, 20, 20], [self.show(query)['cores'] for query in (
            '?user_id=fred', '?user_id=wilma', '')])

    def test_limit_below_what_is_used_has_to_be_forced(self):
        records.servers(self.context, min_count=3, max_count=3)
        self.assertIn('instances', self.refused(instances=2))
        self.assertEqual(2, self.put(instances=2, force=True)['instances'])
        self.assertIn('reserved 3', self.refused(instances=1, force='False'))

    def test_user_can_not_have_more_than_the_project(self):
        self.assertIn('less than or equal to 20', self.refused(query='?user_id=fred', cores=21))
        self.refused(query='?user_id=fred', cores=-1)

    def test_values_that_are_no_limits_are_refused(self):
        for value in (-2, '-2', 2 ** 31, str(2 ** 31), '9999999999', 'x', None, 1.5, ''):
            with self.subTest(value=value):
                self.refused(cores=value)
        self.assertEqual(DEFAULTS['cores'], self.show()['cores'])

    def test_fields_that_a_version_does_not_know_are_refused(self):
        for version, field in (('2.1', 'colour'), ('2.36', 'floating_ips'),
                               ('2.57', 'injected_files')):
            self.refused(version=version, **{field: 1})

    def test_deleted_limits_are_the_defaults_again(self):
        self.put(cores=40)
        self.put('?user_id=fred', cores=7)
        answer = self.admin.delete('/os-quota-sets/demo?user_id=fred')
        self.assertEqual((202, ''), (answer.status, answer.text))
        self.assertEqual((40, 40), (self.show()['cores'], self.show('?user_id=fred')['cores']))
        self.admin.delete('/os-quota-sets/demo')
        self.assertEqual(20, self.show()['cores'])

    def test_id_that_no_project_can_have_is_refused(self):
        self.refused(project='x' * 256, cores=1)
        self.put(project='x' * 255, cores=1)
        self.refused(query=f'?user_id={"x" * 256}', cores=1)


class PermissionTest(QuotasTestCase):

    def test_projects_see_their_own(self):
        self.give_roles('reader')
        self.show()
        self.show('/detail?user_id=wilma')
        for below in ('', '/detail'):
            with self.stranger.refused(403):
                self.show(below, client=self.stranger)
        self.show('/defaults', client=self.stranger)

    def test_only_admins_set_and_delete(self):
        with self.api.refused(403):
            self.api.put('/os-quota-sets/demo', {'quota_set': {'cores': 100}})
        with self.api.refused(403):
            self.api.delete('/os-quota-sets/demo')
        self.assertEqual(20, self.show()['cores'])
