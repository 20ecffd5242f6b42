# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/api/openstack/compute/schemas/servers.py: requests of every microversion.

Answers are held against it in tests/unit/api/openstack/compute/views/test_servers.py.
"""

from nova_lite import exception
from nova_lite.api.openstack import microversions, validation
from nova_lite.api.openstack.compute.schemas import servers
from tests import base
from tests.fixtures import records

VERSIONS = range(1, 105)
NEW = {
    'name', 'imageRef', 'flavorRef', 'adminPass', 'metadata', 'networks', 'OS-DCF:diskConfig',
    'accessIPv4', 'accessIPv6', 'personality', 'block_device_mapping', 'block_device_mapping_v2',
    'availability_zone', 'config_drive', 'key_name', 'min_count', 'max_count',
    'return_reservation_id', 'security_groups', 'user_data'}
ADDED = {19: {'description'}, 52: {'tags'}, 63: {'trusted_image_certificates'},
         74: {'host', 'hypervisor_hostname'}, 90: {'hostname'}}
REMOVED = {57: {'personality'}}
CHANGED = {'name', 'OS-DCF:diskConfig', 'accessIPv4', 'accessIPv6'}
ADDED_TO_CHANGED = {19: {'description'}, 90: {'hostname'}, 104: {'pinned_availability_zone'}}
NETWORK = {'uuid': records.IMAGE_ID}


class RequestCase(base.TestCase):

    def schema(self, series, minor):
        return series.at(microversions.Microversion(minor))

    def names(self, series, minor):
        """Answer what a version knows of a server, and what of that it asks for."""
        server = self.schema(series, minor).definition['properties']['server']
        self.assertFalse(server['additionalProperties'])
        return set(server['properties']), set(server['required'])

    def takes(self, minor, **server):
        """Answer whether a version takes a create request."""
        wanted = {'name': 'web', 'flavorRef': '1', 'networks': [NETWORK], **server}
        try:
            self.schema(servers.CREATE, minor).check({'server': wanted})
        except exception.ValidationError:
            return False
        return True


class NamesTest(RequestCase):

    def test_properties_of_new_servers(self):
        expected = set(NEW)
        for minor in VERSIONS:
            expected |= ADDED.get(minor, set())
            expected -= REMOVED.get(minor, set())
            needed = {'name', 'flavorRef'} | ({'networks'} if minor >= 37 else set())
            self.assertEqual((expected, needed), self.names(servers.CREATE, minor), minor)

    def test_properties_of_changes(self):
        expected = set(CHANGED)
        for minor in VERSIONS:
            expected |= ADDED_TO_CHANGED.get(minor, set())
            self.assertEqual((expected, set()), self.names(servers.UPDATE, minor), minor)

    def test_hints_stand_beside_the_server_by_both_names(self):
        for minor in VERSIONS:
            definition = self.schema(servers.CREATE, minor).definition
            self.assertEqual({'server', 'os:scheduler_hints', 'OS-SCH-HNT:scheduler_hints'},
                             set(definition['properties']))
            self.assertEqual(['server'], definition['required'])
            self.assertFalse(definition['additionalProperties'])

    def test_hints_that_are_known_have_their_form_and_others_any(self):
        uuid = 'ab09f5a2-61f1-4a1a-a0ec-4c62b7b2a9d5'
        hints = self.schema(servers.CREATE, 1).definition['properties']['os:scheduler_hints']
        schema = validation.Schema(hints)
        for good in ({'query': '["=", "$host", "x"]'}, {'target_cell': 'c'}, {'colour': {'a': 1}},
                     {'different_cell': 'c'}, {'different_cell': ['c', 'd']}, {'group': uuid},
                     {'same_host': uuid}, {'different_host': [uuid]}, {'cidr': '/24'}):
            schema.check(good)
        for wrong in ({'query': ['=', '$host', 'x']}, {'query': 1}, {'target_cell': 1},
                      {'different_cell': [1]}, {'group': 'g'}, {'same_host': 'x'},
                      {'different_host': ['x']}, {'cidr': '24'}):
            self.assertRaises(exception.ValidationError, schema.check, wrong)


class NetworksTest(RequestCase):

    def test_words_instead_of_networks_since_2_37(self):
        for minor in VERSIONS:
            for word in ('auto', 'none'):
                self.assertEqual(minor >= 37, self.takes(minor, networks=word), minor)
            self.assertFalse(self.takes(minor, networks='both'))
            self.assertFalse(self.takes(minor, networks=None))

    def test_interfaces_have_tags_but_from_2_37_to_2_41(self):
        for minor in VERSIONS:
            self.assertEqual(32 <= minor < 37 or minor >= 42,
                             self.takes(minor, networks=[{**NETWORK, 'tag': 'nic1'}]), minor)
            self.assertFalse(self.takes(minor, networks=[{**NETWORK, 'tag': 'a,b'}]))

    def test_interface_is_of_a_network_a_port_or_has_an_address(self):
        for minor in (1, 37, 104):
            for good in ({}, {'fixed_ip': '10.0.0.3'}, {'fixed_ip': '2001:db8::3'},
                         {'port': None}, {'port': records.IMAGE_ID}):
                self.assertTrue(self.takes(minor, networks=[{**NETWORK, **good}]), good)
            for wrong in ({'uuid': 'x'}, {'fixed_ip': 'x'}, {'port': 'x'}, {'colour': 'red'}):
                self.assertFalse(self.takes(minor, networks=[{**NETWORK, **wrong}]), wrong)


class ValuesTest(RequestCase):

    def test_hostname_has_dots_since_2_94(self):
        for minor in range(90, 105):
            self.assertTrue(self.takes(minor, hostname='web-1'))
            self.assertEqual(minor >= 94, self.takes(minor, hostname='web.example.org'), minor)
            self.assertEqual(minor >= 94, self.takes(minor, hostname='w' * 63 + '.org'), minor)
            for wrong in ('w', 'w' * 64, '-web', 'web-', 'w_b', '', None, 'web.', '.web'):
                self.assertFalse(self.takes(minor, hostname=wrong), wrong)

    def test_values_at_their_limits(self):
        for good, wrong in (
                ({'name': 'n' * 255}, {'name': 'n' * 256}),
                ({'description': None}, {'description': 'd' * 256}),
                ({'tags': ['t' * 60]}, {'tags': ['t' * 61]}),
                ({'tags': [str(n) for n in range(50)]}, {'tags': [str(n) for n in range(51)]}),
                ({'trusted_image_certificates': None}, {'trusted_image_certificates': []}),
                ({'trusted_image_certificates': ['a']},
                 {'trusted_image_certificates': ['a', 'a']}),
                ({'metadata': {'k' * 255: 'v' * 255}}, {'metadata': {'k' * 256: ''}}),
                ({'metadata': {'a-_:. 9': ''}}, {'metadata': {'a/b': ''}}),
                ({'metadata': {}}, {'metadata': {'a': 1}}),
                ({'user_data': 'YQ=='}, {'user_data': 'YQ='}),
                ({'user_data': 'YWFh' * 16383}, {'user_data': 'YWFh' * 16384}),
                ({'min_count': '1'}, {'min_count': '0x1'}), ({'max_count': 1}, {'max_count': 0}),
                ({'config_drive': 'yes'}, {'config_drive': 'maybe'}),
                ({'return_reservation_id': True}, {'return_reservation_id': 1.5}),
                ({'flavorRef': 1}, {'flavorRef': ''}), ({'flavorRef': 'x'}, {'flavorRef': None}),
                ({'accessIPv4': '192.0.2.1'}, {'accessIPv4': '::1'}),
                ({'accessIPv6': '80fe::'}, {'accessIPv6': '192.0.2.1'}),
                ({'OS-DCF:diskConfig': 'AUTO'}, {'OS-DCF:diskConfig': 'auto'}),
                ({'key_name': 'mine'}, {'key_name': None}),
                ({'security_groups': []}, {'security_groups': [{}]}),
                ({'host': 'cmp1'}, {'host': ''}),
                ({'hypervisor_hostname': 'cmp1'}, {'hypervisor_hostname': None})):
            self.assertTrue(self.takes(104, **good), list(good))
            self.assertFalse(self.takes(104, **wrong), list(wrong))
