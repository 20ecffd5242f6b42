# SPDX-License-Identifier: Apache-2.0
from nova_lite.network import definition
from nova_lite.objects import base as objects_base
from tests.fixtures import records
from tests.unit.api.openstack import case


class NetworksTest(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        self.uuid = self.make_network()

    def make_private(self, project_id):
        """Record a network of one project; answer its uuid."""
        return objects_base.store('networks').create(
            records.caller(is_admin=True), definition.define({
                'label': project_id, 'cidr': '10.1.0.0/24', 'bridge': f'br{project_id}',
                'mtu': 1500, 'project_id': project_id}))['uuid']

    def test_project_sees_addresses_and_name(self):
        (network,) = self.api.get('/os-networks').json['networks']
        self.assertEqual((self.uuid, 'private', '10.0.0.0/24', '255.255.255.0', '10.0.0.255'), (
            network['id'], network['label'], network['cidr'], network['netmask'],
            network['broadcast']))
        self.assertNotIn('bridge', network)
        self.assertEqual(
            network, self.api.get(f'/os-networks/{self.uuid}').json['network'])

    def test_admin_sees_what_is_on_the_hosts_too(self):
        network = self.admin.get(f'/os-networks/{self.uuid}').json['network']
        self.assertEqual(('brprivate', 1500, None, True), (
            network['bridge'], network['mtu'], network['project_id'], network['multi_host']))

    def test_short_form_is_for_projects(self):
        expected = {'id': self.uuid, 'label': 'private', 'cidr': '10.0.0.0/24'}
        self.assertEqual([expected], self.api.get('/os-tenant-networks').json['networks'])
        self.assertEqual(
            expected, self.api.get(f'/os-tenant-networks/{self.uuid}').json['network'])

    def test_network_of_another_project_is_not_there(self):
        uuid = self.make_private('demo')
        for path in ('/os-networks', '/os-tenant-networks'):
            self.assertEqual([self.uuid, uuid], [
                network['id'] for network in self.api.get(path).json['networks']])
            self.assertEqual([self.uuid], [
                network['id'] for network in self.stranger.get(path).json['networks']])
            self.assertEqual(404, self.stranger.send('GET', f'{path}/{uuid}').status)

    def test_network_that_is_not_there_is_not_found(self):
        for path in ('/os-networks/lost', '/os-tenant-networks/lost'):
            with self.api.refused(404):
                self.api.get(path)

    def test_addresses_went_with_2_36(self):
        for path in ('/os-networks', f'/os-networks/{self.uuid}', '/os-tenant-networks',
                     f'/os-tenant-networks/{self.uuid}'):
            self.api.get(path, version='2.35')
            with self.api.refused(404):
                self.api.get(path, version='2.36')

    def test_lists_need_one_statement(self):
        self.make_network('other', '10.2.0.0/24')
        with self.database.statements() as sent:
            self.api.get('/os-networks')
        self.assertEqual(1, len(sent))

    def test_who_has_no_role_sees_none(self):
        self.give_roles()
        for path in ('/os-networks', f'/os-networks/{self.uuid}', '/os-tenant-networks',
                     f'/os-tenant-networks/{self.uuid}'):
            self.assertEqual(403, self.api.send('GET', path).status)
