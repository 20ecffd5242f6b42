# SPDX-License-Identifier: Apache-2.0
"""An object that changes gets a new version: others on the wire may know the old one."""

from oslo_versionedobjects import fixture

from nova_lite import objects
from nova_lite.conductor import permissions
from nova_lite.objects import base as objects_base
from tests import base

FINGERPRINTS = {
    'ActiveInstanceList': '1.0-f3c97c239af3b318bf9830de002f64e1',
    'ComputeNode': '1.2-048d5c5bac92e8f0282148966914eea6',
    'Destination': '1.0-6998e455f304ccb56246360ac3bc140b',
    'Flavor': '1.0-2a9123aa07ead9147dfa16faaab6a1f7',
    'HandOver': '1.0-d537df90c23b4add4ce8622e205ec20a',
    'ImageMeta': '1.0-28a938ae4d21a6151083ade3745b8c37',
    'Instance': '1.0-2d17c2854baaf6927e30c02e726d6610',
    'InstanceList': '1.0-15ee4455f2e9348af584aafc232655a6',
    'KeyPair': '1.0-a30bc3b04b65dacf07ef09684a59ccc2',
    'Network': '1.0-8ce204897ddbca084797143c1607ea69',
    'NetworkInfo': '1.0-15ecf022a68ddbb8c2a6739cfc9f8f5e',
    'Operation': '1.0-6e2b03d1879e6af71a8680d8a2e1d0b4',
    'OperationList': '1.0-ae47c380b0c63f6f42bf729f252768a2',
    'Outcome': '1.0-9ba393e7d1e7a4b42a8c8a8375794453',
    'RequestSpec': '1.0-63e257964fc0018e8364fb41b1bb634e',
    'Selection': '1.0-db558ab70d8c4c708aee98e479171c4b',
    'Service': '1.1-3ee464c0c6f98527ffddb6d0b06d36d5',
    'TaskLog': '1.0-4ed53356565cdf2155fc500401fe34c5',
    'VIF': '1.0-c29655eaceb22882ab57fc15044ce32a',
    'Work': '1.0-d079ff0887b73885c30a1c2708c6e14a',
}
"""Name -> version and hash of fields and remotables. Where a hash differs, raise the
version of the class (minor for what is added) and note here what came out."""


class ObjectsTest(base.TestCase):
    """Every object that crosses the wire."""

    def setUp(self):
        super().setUp()
        objects.register_all()
        self.known = {name: [cls] for name, cls in objects_base.registered.items()}

    def test_no_object_changed_without_a_new_version(self):
        checker = fixture.ObjectVersionChecker(self.known)
        expected, actual = checker.test_hashes(FINGERPRINTS)
        self.assertEqual(expected, actual)

    def test_every_remotable_is_a_hosts_or_a_controllers(self):
        remotables = {
            (name, method) for name, (cls,) in self.known.items() for method in dir(cls)
            if hasattr(getattr(cls, method), 'remotable')}
        listed = set(permissions.HOSTS_MAY_ASK) | permissions.CONTROLLERS_ONLY
        self.assertEqual(remotables, listed)
