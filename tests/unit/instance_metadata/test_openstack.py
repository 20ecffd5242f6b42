# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/instance_metadata/openstack.py: what each version says."""

import base64
import dataclasses
import json

from nova_lite.instance_metadata import facts, openstack
from tests import base
from tests.fixtures import guests


class TestOpenStackDocuments(base.TestCase):

    def setUp(self):
        super().setUp()
        self.facts = facts.GuestFacts.from_row(guests.row(), {'role': 'web'})

    def meta_data(self, version=openstack.LATEST, **changes):
        known = dataclasses.replace(self.facts, **changes)
        return json.loads(openstack.documents(version)['meta_data.json'].render(known, version))

    def document(self, name):
        return json.loads(openstack.documents('latest')[name].render(self.facts, 'latest'))

    def test_meta_data_says_what_the_guest_is(self):
        document = self.meta_data()
        seed = document.pop('random_seed')
        self.assertEqual(512, len(base64.b64decode(seed)))
        self.assertEqual({
            'uuid': guests.UUID, 'name': 'My server', 'hostname': 'my-server.novalocal',
            'availability_zone': 'nova', 'launch_index': 3, 'meta': {'role': 'web'},
            'public_keys': {'my key': 'ssh-ed25519 AAAA me'},
            'keys': [{'name': 'my key', 'type': 'ssh', 'data': 'ssh-ed25519 AAAA me'}],
            'project_id': 'ours', 'devices': [], 'dedicated_cpus': []}, document)

    def test_versions_add_keys_as_nova_did(self):
        common = {'uuid', 'name', 'hostname', 'availability_zone', 'launch_index', 'meta',
                  'public_keys', 'keys'}
        for version, added in (
                ('2012-08-10', set()),
                ('2013-04-04', {'random_seed'}),
                ('2013-10-17', set()),
                ('2015-10-15', {'project_id'}),
                ('2016-06-30', {'devices'}),
                ('2016-10-06', set()),
                ('2017-02-22', set()),
                ('2018-08-27', set()),
                ('2020-10-14', {'dedicated_cpus'}),
                ('latest', set())):
            common |= added
            self.assertEqual(common, set(self.meta_data(version)), version)

    def test_versions_add_documents_as_nova_did(self):
        names = {'meta_data.json', 'user_data'}
        for version, added in (
                ('2012-08-10', set()),
                ('2013-04-04', set()),
                ('2013-10-17', {'vendor_data.json'}),
                ('2015-10-15', {'network_data.json'}),
                ('2016-06-30', set()),
                ('2016-10-06', {'vendor_data2.json'}),
                ('2020-10-14', set())):
            names |= added
            self.assertEqual(names, set(openstack.documents(version)), version)

    def test_server_created_with_little_says_little(self):
        document = self.meta_data(metadata={}, key=None)
        self.assertFalse({'meta', 'public_keys', 'keys', 'files', 'admin_pass'} & set(document))

    def test_password_and_files_are_said_where_they_are_known(self):
        document = self.meta_data(admin_password='secret', files=(
            facts.File('/etc/motd', b'hello'), facts.File('/a', b'')))
        self.assertEqual('secret', document['admin_pass'])
        self.assertEqual([{'path': '/etc/motd', 'content_path': '/content/0000'},
                          {'path': '/a', 'content_path': '/content/0001'}], document['files'])

    def test_tagged_nic_is_a_device(self):
        nics = (guests.nic(tag='public'), guests.nic())
        self.assertEqual(
            [{'type': 'nic', 'bus': 'none', 'address': 'none', 'mac': guests.MAC,
              'tags': ['public']}],
            self.meta_data(nics=nics)['devices'])

    def test_hostname_with_a_dot_or_without_a_domain_is_taken_as_it_is(self):
        self.facts = facts.GuestFacts.from_row(guests.row(hostname='a.example'), {})
        self.assertEqual('a.example', self.meta_data()['hostname'])
        self.override('api', dhcp_domain='')
        self.facts = facts.GuestFacts.from_row(guests.row(), {})
        self.assertEqual('my-server', self.meta_data()['hostname'])

    def test_certificate_is_a_key_of_type_x509(self):
        key = facts.KeyPair('c', '-----BEGIN CERTIFICATE-----\nAA')
        self.assertEqual('x509', self.meta_data(key=key)['keys'][0]['type'])

    def test_vendor_data_is_the_operators_file(self):
        path = self.temporary_directory() / 'vendor.json'
        path.write_text('{"repository": "near"}')
        self.override('api', vendordata_jsonfile_path=str(path))
        self.assertEqual({'repository': 'near'}, self.document('vendor_data.json'))
        self.assertEqual({'static': {'repository': 'near'}}, self.document('vendor_data2.json'))

    def test_vendor_data_follows_the_file(self):
        path = self.temporary_directory() / 'vendor.json'
        self.override('api', vendordata_jsonfile_path=str(path))
        for text, found in ((None, {}), ('{"a": 1}', {'a': 1}), ('{', {}), ('[1]', {})):
            if text:
                path.write_text(text)
            self.assertEqual(found, self.document('vendor_data.json'))
            path.unlink(missing_ok=True)

    def test_without_vendor_data_the_documents_are_empty(self):
        self.assertEqual({}, self.document('vendor_data.json'))
        self.assertEqual({'static': {}}, self.document('vendor_data2.json'))
