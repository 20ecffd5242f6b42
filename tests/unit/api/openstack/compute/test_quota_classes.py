# SPDX-License-Identifier: Apache-2.0
"""Tests of the API of quota classes: forms, who is meant, who may."""

from tests.unit.api.openstack import case


class QuotaClassesTest(case.ApiTestCase):

    def show(self, name='default', version='2.1'):
        return self.admin.get(
            f'/os-quota-class-sets/{name}', version=version).json['quota_class_set']

    def put(self, name='default', version='2.1', **fields):
        return self.admin.put(f'/os-quota-class-sets/{name}', {'quota_class_set': fields},
                              version=version).json['quota_class_set']

    def test_every_version_answers_in_its_form(self):
        for minor in range(1, 105):
            shown = self.show(version=f'2.{minor}')
            self.assertEqual({**self.put(version=f'2.{minor}'), 'id': 'default'}, shown)
            self.assertEqual(('floating_ips' in shown, 'server_groups' in shown),
                             (minor < 50, minor >= 50))
            self.assertEqual('injected_files' in shown, minor < 57)

    def test_default_class_is_the_limit_of_all_who_have_no_own(self):
        self.assertEqual(40, self.put(cores='40')['cores'])
        for below in ('demo', 'demo/defaults', 'demo?user_id=fred'):
            self.assertEqual(
                40, self.api.get(f'/os-quota-sets/{below}').json['quota_set']['cores'])
        self.assertEqual(10, self.show()['instances'])

    def test_limits_of_networks_are_kept_until_2_49(self):
        wanted = {'fixed_ips': 9, 'floating_ips': 8, 'security_groups': 7,
                  'security_group_rules': 6}
        self.assertLessEqual(wanted.items(), self.put(**wanted).items())
        self.assertLessEqual(wanted.items(), self.show(version='2.49').items())

    def test_other_classes_are_kept_and_have_no_effect(self):
        self.put('gold', cores=99)
        self.assertEqual((99, 20), (self.show('gold')['cores'], self.show()['cores']))
        self.assertEqual(20, self.api.get('/os-quota-sets/demo').json['quota_set']['cores'])

    def test_limits_that_can_not_be_are_refused(self):
        for version, fields in (('2.1', {'cores': -2}), ('2.1', {'cores': '9999999999'}),
                                ('2.1', {'force': True}), ('2.50', {'floating_ips': 1}),
                                ('2.57', {'injected_files': 1})):
            with self.subTest(fields=fields), self.admin.refused(400):
                self.put(version=version, **fields)
        for method in ('GET', 'PUT'):
            body = {'quota_class_set': {}} if method == 'PUT' else None
            self.assertEqual(400, self.admin.send(
                method, f'/os-quota-class-sets/{"x" * 256}', body).status)

    def test_classes_are_for_admins(self):
        for method, body in (('GET', None), ('PUT', {'quota_class_set': {'cores': 1}})):
            self.assertEqual(403, self.api.send(
                method, '/os-quota-class-sets/default', body).status)
