# SPDX-License-Identifier: Apache-2.0
"""Limits of Keystone: what they are, and that they hold for what the API makes."""

import keystoneauth1.exceptions

from nova_lite import exception
from nova_lite.conf import quota as options
from nova_lite.quota import resources, unified
from nova_lite.quota.resources import UNLIMITED
from tests import base
from tests.fixtures import keystone, limits
from tests.unit.api.openstack import case

KEY = {'keypair': {'name': 'mine'}}


class ReadTest(limits.KeystoneCase, base.TestCase):

    def test_limits_of_the_project_go_before_default_ones(self):
        self.registered.update({'class:VCPU': 8, 'class:MEMORY_MB': 4096, 'server_key_pairs': 2})
        self.projects['demo'] = {'class:VCPU': 16, 'server_key_pairs': 99}
        limits = unified.read('demo')
        self.assertEqual((3, 16, 4096, 2), tuple(limits[name] for name in (
            resources.INSTANCES, resources.CORES, resources.RAM, resources.KEY_PAIRS)))
        self.assertEqual(8, unified.read('other')[resources.CORES])

    def test_all_that_the_api_limits_has_a_limit(self):
        self.assertEqual(set(resources.ALL), set(unified.read('demo')))

    def test_strategy_decides_about_what_has_no_default_limit(self):
        self.registered.clear()
        found = []
        for strategy in (options.REQUIRE, options.IGNORE):
            self.override('quota', unified_limits_resource_strategy=strategy,
                          unified_limits_resource_list=['servers'])
            limits = unified.read('demo')
            found.append((limits[resources.INSTANCES], limits[resources.CORES]))
        self.assertEqual([(0, UNLIMITED), (UNLIMITED, 0)], found)

    def test_keystone_is_asked_once_for_each_kind(self):
        unified.read('demo')
        before = self.http.call_count
        unified.read('demo')
        self.assertEqual(2, self.http.call_count - before)

    def test_keystone_that_does_not_answer_is_no_error_of_ours(self):
        for trouble in ({'status_code': 503}, {'status_code': 403}, {'text': 'no JSON'},
                        {'json': {}}, {'exc': keystoneauth1.exceptions.ConnectFailure}):
            self.http.get(f'{keystone.URL}/registered_limits', **trouble)
            error = self.assertRaises(exception.LimitsUnavailable, unified.read, 'demo')
            self.assertEqual(503, error.code)


class EnforcedTest(limits.KeystoneCase, case.ApiTestCase):

    def test_key_pairs(self):
        self.registered['server_key_pairs'] = 1
        self.api.post('/os-keypairs', KEY)
        with self.api.refused(403) as refusals:
            self.api.post('/os-keypairs', {'keypair': {'name': 'another'}})
        self.assertIn('too many key pairs', refusals[0].message)

    def test_server_groups(self):
        self.registered['server_groups'] = 5
        self.projects['demo'] = {'server_groups': 0}
        body = {'server_group': {'name': 'apart', 'policies': ['affinity']}}
        with self.api.refused(403):
            self.api.post('/os-server-groups', body)
        self.stranger.post('/os-server-groups', body)

    def test_servers_and_what_they_are_made_of(self):
        flavor, image = self.make_flavor(vcpus=2, memory_mb=64), self.offer_image()
        server = {'server': {'name': 'web', 'flavorRef': flavor, 'imageRef': image}}
        for own, refused in (({'servers': 0}, 'instances'), ({'class:VCPU': 1}, 'cores'),
                             ({'class:MEMORY_MB': 63}, 'ram')):
            self.projects['demo'] = own
            with self.api.refused(403) as refusals:
                self.api.post('/servers', server)
            self.assertIn(f'Quota exceeded for {refused}', refusals[0].message)
        self.projects['demo'] = {'servers': 1, 'class:VCPU': 2, 'class:MEMORY_MB': 64}
        self.api.post('/servers', server)
        with self.api.refused(403):
            self.api.post('/servers', server)

    def test_they_are_shown_as_limits_and_quotas(self):
        self.registered.update({'class:VCPU': 8, 'servers': 4})
        self.projects['demo'] = {'servers': 7}
        absolute = self.api.get('/limits').json['limits']['absolute']
        self.assertEqual((7, 8), (absolute['maxTotalInstances'], absolute['maxTotalCores']))
        quotas = self.api.get('/os-quota-sets/demo').json['quota_set']
        self.assertEqual((7, 8), (quotas['instances'], quotas['cores']))
        defaults = self.api.get('/os-quota-sets/demo/defaults').json['quota_set']
        self.assertEqual((4, 8), (defaults['instances'], defaults['cores']))

    def test_limits_set_by_the_api_do_not_hold(self):
        answer = self.admin.put('/os-quota-sets/demo', {'quota_set': {'instances': 50}})
        self.assertEqual(3, answer.json['quota_set']['instances'])
        self.override('quota', driver=options.DATABASE)
        self.assertEqual(50, self.api.get('/os-quota-sets/demo').json['quota_set']['instances'])

    def test_keystone_that_does_not_answer_makes_the_api_say_so(self):
        self.http.get(f'{keystone.URL}/registered_limits', status_code=500)
        with self.api.refused(503):
            self.api.post('/os-keypairs', KEY)
