# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/api/openstack/compute/views/servers.py: every field in every microversion.

The tables say what each version added; the sets of names are compared whole.
"""

from oslo_utils import timeutils

from nova_lite.db import engine
from nova_lite.db.models import instance as models
from nova_lite.states import vm
from tests.fixtures import records
from tests.unit.api.openstack import case

instances = models.Instance.__table__
VERSIONS = range(1, 105)

SHORT = {'id', 'name', 'links'}
BASIC = {
    'id', 'name', 'status', 'tenant_id', 'user_id', 'metadata', 'hostId', 'image', 'flavor',
    'created', 'updated', 'addresses', 'accessIPv4', 'accessIPv6', 'links', 'OS-DCF:diskConfig',
    'progress'}
EXTENDED = {
    'OS-EXT-AZ:availability_zone', 'config_drive', 'key_name', 'OS-SRV-USG:launched_at',
    'OS-SRV-USG:terminated_at', 'OS-EXT-STS:task_state', 'OS-EXT-STS:vm_state',
    'OS-EXT-STS:power_state', 'security_groups', 'os-extended-volumes:volumes_attached'}
FOR_ADMINS = {f'OS-EXT-SRV-ATTR:{name}' for name in (
    'host', 'hypervisor_hostname', 'instance_name')}
ADDED = {9: {'locked'}, 19: {'description'}, 26: {'tags'}, 63: {'trusted_image_certificates'},
         73: {'locked_reason'}, 96: {'pinned_availability_zone'}, 100: {'scheduler_hints'}}
ADDED_TO_ONE = {71: {'server_groups'}}
ADDED_FOR_OWNERS = {90: {'OS-EXT-SRV-ATTR:hostname'}}
ADDED_FOR_ADMINS = {
    3: {f'OS-EXT-SRV-ATTR:{name}' for name in (
        'reservation_id', 'launch_index', 'ramdisk_id', 'kernel_id', 'hostname',
        'root_device_name', 'user_data')},
    16: {'host_status'}}

FLAVOR = {'vcpus', 'ram', 'disk', 'ephemeral', 'swap', 'original_name', 'extra_specs'}
FIXED = {'version', 'addr', 'OS-EXT-IPS:type', 'OS-EXT-IPS-MAC:mac_addr'}
NETWORK_INFO = [{
    'id': 'x', 'address': 'fa:16:3e:00:00:01', 'network': {'label': 'private'},
    'fixed_ips': [{'address': '10.0.0.3', 'version': 4}]}]


def until(minor, *tables):
    """Answer all that was added up to a version."""
    return {name for table in tables for since, names in table.items() if since <= minor
            for name in names}


def of_owner(minor):
    """Answer what its owner is shown of one of several servers."""
    return BASIC | EXTENDED | until(minor, ADDED, ADDED_FOR_OWNERS)


def of_admin(minor):
    """Answer what an admin is shown of one of several servers."""
    return of_owner(minor) | FOR_ADMINS | until(minor, ADDED_FOR_ADMINS)


class FormCase(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        self.row = self.make_server(metadata={'a': 'b'}, tags=['x'])
        self.change(network_info=NETWORK_INFO)
        self.path = f'/servers/{self.row["uuid"]}'

    def change(self, **columns):
        with engine.writer(None) as connection:
            connection.execute(instances.update().values(**columns))

    def each(self):
        """Yield number, version, client and what that one is shown of all versions."""
        for minor in VERSIONS:
            for client, form in ((self.api, of_owner), (self.admin, of_admin)):
                yield minor, f'2.{minor}', client, form(minor)


class NamesTest(FormCase):

    def test_one(self):
        for minor, version, client, names in self.each():
            shown = client.get(self.path, version=version).json
            self.assertEqual(['server'], list(shown))
            self.assertEqual(names | until(minor, ADDED_TO_ONE), set(shown['server']), version)

    def test_one_of_several(self):
        for _minor, version, client, names in self.each():
            shown = client.get('/servers/detail', version=version).json
            self.assertEqual(['servers'], list(shown))
            self.assertEqual(names, set(shown['servers'][0]), version)

    def test_one_that_was_changed(self):
        for minor, version, client, names in self.each():
            shown = client.put(self.path, {'server': {}}, version=version).json['server']
            expected = names if minor >= 75 else BASIC | until(minor, ADDED)
            self.assertEqual(expected | until(minor, ADDED_TO_ONE), set(shown), version)

    def test_short_list(self):
        for _minor, version, client, _names in self.each():
            shown = client.get('/servers', version=version).json
            self.assertEqual(SHORT, set(shown['servers'][0]), version)

    def test_the_old_api_is_as_the_first_version(self):
        for client, form in ((self.api, of_owner), (self.admin, of_admin)):
            answer = client.get(f'/v2{self.path}')
            self.assertEqual(form(1), set(answer.json['server']))
            self.assertNotIn('OpenStack-API-Version', answer.headers)
            shown = client.get('/v2/servers/detail', version='2.104').json['servers'][0]
            self.assertEqual(form(1), set(shown))
            shown = client.put(f'/v2{self.path}', {'server': {}}).json['server']
            self.assertEqual(BASIC, set(shown))

    def test_new_server(self):
        self.make_flavor()
        self.make_network()
        self.offer_image()
        body = {'server': {'name': 'web', 'imageRef': records.IMAGE_ID, 'flavorRef': 'small'}}
        for minor in (1, 19, 32, 37, 52, 63, 74, 94, 104):
            if minor == 37:
                body['server']['networks'] = 'none'
            shown = self.api.post('/servers', body, version=f'2.{minor}').json
            self.assertEqual(['server'], list(shown))
            self.assertEqual({'id', 'links', 'OS-DCF:diskConfig', 'security_groups', 'adminPass'},
                             set(shown['server']), minor)

    def test_fault_is_shown_of_failed_servers_only(self):
        with engine.writer(None) as connection:
            connection.execute(models.InstanceFault.__table__.insert().values(
                instance_uuid=self.row['uuid'], code=404, message='gone', details='where it was',
                created_at=timeutils.utcnow()))
        self.assertNotIn('fault', self.api.get(self.path).json['server'])
        self.change(vm_state=vm.ERROR)
        for version in ('2.1', '2.104'):
            for answer in (self.api.get(self.path, version=version).json['server'],
                           self.api.get('/servers/detail', version=version).json['servers'][0],
                           self.api.put(self.path, {'server': {}}, version=version).json['server']):
                self.assertEqual({'code', 'created', 'message', 'details'}, set(answer['fault']))
                self.assertNotIn('progress', answer)


class PartsTest(FormCase):

    def test_flavor_is_a_link_until_2_46(self):
        for minor in (1, 46, 47, 104):
            shown = self.api.get(self.path, version=f'2.{minor}').json['server']['flavor']
            self.assertEqual({'id', 'links'} if minor < 47 else FLAVOR, set(shown), minor)

    def test_image_has_its_properties_since_2_98(self):
        for minor in (1, 97, 98, 104):
            for shown in (self.api.get(self.path, version=f'2.{minor}').json['server'],
                          self.api.get('/servers/detail', version=f'2.{minor}').json['servers'][0]):
                self.assertEqual({'id', 'links'} | ({'properties'} if minor >= 98 else set()),
                                 set(shown['image']), minor)
                self.assertEqual(['bookmark'], [one['rel'] for one in shown['image']['links']])

    def test_image_of_a_server_without_one_is_an_empty_text(self):
        self.change(image_ref='')
        for version in ('2.1', '2.97', '2.98', '2.104'):
            self.assertEqual('', self.api.get(self.path, version=version).json['server']['image'])

    def test_addresses_of_changed_servers_were_short_until_2_74(self):
        for minor in (1, 74, 75, 104):
            shown = self.api.put(self.path, {'server': {}}, version=f'2.{minor}').json['server']
            self.assertEqual({'version', 'addr'} if minor < 75 else FIXED,
                             set(shown['addresses']['private'][0]), minor)
        shown = self.api.get(self.path).json['server']
        self.assertEqual(FIXED, set(shown['addresses']['private'][0]))
