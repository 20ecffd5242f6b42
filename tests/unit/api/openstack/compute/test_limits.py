# SPDX-License-Identifier: Apache-2.0
"""Tests of the summary of limits: what is in it, whose it is."""

from tests.fixtures import records
from tests.unit.api.openstack import case


class LimitsTest(case.ApiTestCase):

    def absolute(self, query='', version='2.1', client=None):
        limits = (client or self.api).get(f'/limits{query}', version=version).json['limits']
        self.assertEqual([], limits['rate'])
        return limits['absolute']

    def test_limits_of_the_oldest_version(self):
        records.servers(self.context, min_count=2, max_count=2)
        self.assertEqual({
            'maxImageMeta': 128, 'maxPersonality': 5, 'maxPersonalitySize': 10240,
            'maxSecurityGroupRules': -1, 'maxSecurityGroups': -1, 'maxServerGroupMembers': 10,
            'maxServerGroups': 10, 'maxServerMeta': 128, 'maxTotalCores': 20,
            'maxTotalFloatingIps': -1, 'maxTotalInstances': 10, 'maxTotalKeypairs': 100,
            'maxTotalRAMSize': 51200, 'totalCoresUsed': 2, 'totalFloatingIpsUsed': 0,
            'totalInstancesUsed': 2, 'totalRAMUsed': 128, 'totalSecurityGroupsUsed': 0,
            'totalServerGroupsUsed': 0}, self.absolute())

    def test_every_version_answers_in_its_form(self):
        for minor in range(1, 105):
            self.absolute(version=f'2.{minor}')

    def test_limits_are_those_of_the_project_and_not_of_the_user(self):
        for query in ('', '?user_id=fred'):
            self.admin.put(f'/os-quota-sets/demo{query}', {
                'quota_set': {'cores': 7 if query else 40}})
        records.servers(records.caller('wilma'))
        found = self.absolute()
        self.assertEqual((40, 1), (found['maxTotalCores'], found['totalCoresUsed']))

    def test_nothing_is_ever_reserved(self):
        records.servers(self.context)
        self.assertEqual(self.absolute(), self.absolute('?reserved=1'))

    def test_admin_may_look_at_another_project(self):
        records.servers(self.context)
        operator = self.api.as_user('admin', 'ops')
        self.assertEqual((0, 1), tuple(
            self.absolute(query, client=operator)['totalInstancesUsed']
            for query in ('', '?tenant_id=demo')))
        for client in (self.api, self.stranger):
            self.assertEqual(403, client.send('GET', '/limits?tenant_id=demo').status)

    def test_unknown_parameters_are_refused_since_2_75(self):
        self.absolute('?colour=red', '2.74')
        self.assertEqual(400, self.api.send('GET', '/limits?colour=red', version='2.75').status)
