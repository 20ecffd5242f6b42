# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/instance_metadata/ec2.py."""

from nova_lite.instance_metadata import ec2, facts
from tests import base
from tests.fixtures import guests


def tree(version='latest', **changes):
    """Answer the meta-data of a guest."""
    return ec2.meta_data(facts.GuestFacts.from_row(guests.row(**changes), {}), version)


class TestEc2(base.TestCase):

    def test_latest_says_all_that_ec2_clients_ask_for(self):
        self.assertEqual({
            'ami-id': 'ami-aaaabbbb', 'ami-launch-index': '3', 'ami-manifest-path': 'FIXME',
            'block-device-mapping': {'ami': 'vda', 'root': '/dev/vda',
                                     'ephemeral0': '/dev/vdb', 'swap': '/dev/vdc'},
            'hostname': 'my-server.novalocal', 'instance-action': 'none',
            'instance-id': 'i-0000002a', 'instance-type': 'm1.tiny',
            'local-hostname': 'my-server.novalocal', 'local-ipv4': '10.0.0.5',
            'placement': {'availability-zone': 'nova'},
            'public-hostname': 'my-server.novalocal', 'public-ipv4': '',
            'public-keys': {'0': {'openssh-key': 'ssh-ed25519 AAAA me'}},
            'reservation-id': 'r-abcdefgh', 'security-groups': 'default',
        }, tree())

    def test_newest_version_is_the_latest(self):
        self.assertEqual(tree(), tree('2009-04-04'))

    def test_old_versions_know_less(self):
        self.assertEqual(
            {'ami-id', 'ami-launch-index', 'ami-manifest-path', 'hostname', 'instance-id',
             'local-ipv4', 'public-keys', 'reservation-id', 'security-groups'},
            set(tree('1.0')))
        self.assertNotIn('instance-action', tree('2008-02-01'))

    def test_kernel_and_ramdisk_are_said_if_there_are_any(self):
        found = tree(kernel_id=guests.UUID, ramdisk_id=guests.IMAGE)
        self.assertEqual(('aki-0123abcd', 'ari-aaaabbbb'),
                         (found['kernel-id'], found['ramdisk-id']))

    def test_what_a_server_does_not_have_is_left_out(self):
        found = tree(key_name=None, image_ref=None, network_info=[])
        self.assertFalse({'public-keys', 'ami-id', 'kernel-id'} & set(found))
        self.assertEqual('', found['local-ipv4'])

    def test_disks_are_named_after_the_root_disk(self):
        for root, ephemeral in (('/dev/sda', '/dev/sdb'), ('/dev/hdc', '/dev/hdd'),
                                ('/dev/sda1', '/dev/sdb'), (None, '/dev/vdb'),
                                ('odd', '/dev/vdb')):
            devices = tree(root_device_name=root)['block-device-mapping']
            self.assertEqual(ephemeral, devices['ephemeral0'], root)
