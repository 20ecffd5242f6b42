# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/instance_metadata/config_drive.py: what a guest finds on its drive."""

import dataclasses
import io
import json

import pycdlib

from nova_lite.instance_metadata import config_drive, facts
from tests import base
from tests.fixtures import guests


class TestConfigDrive(base.TestCase):

    def setUp(self):
        super().setUp()
        self.path = self.temporary_directory() / 'disk.config'
        self.facts = dataclasses.replace(
            facts.GuestFacts.from_row(guests.row(), {'role': 'web'}),
            admin_password='secret', files=(facts.File('/etc/motd', b'hello'),))

    def open(self):
        iso = pycdlib.PyCdlib()
        iso.open(str(self.path))
        self.addCleanup(iso.close)
        return iso

    def read(self, iso, **path):
        content = io.BytesIO()
        iso.get_file_from_iso_fp(content, **path)
        return content.getvalue()

    def names(self, iso, directory):
        return sorted(child.file_identifier().decode('utf-16-be')
                      for child in iso.list_children(joliet_path=directory)
                      if not (child.is_dot() or child.is_dotdot()))

    def test_drive_has_the_label_that_guests_look_for(self):
        config_drive.build(self.path, self.facts)
        self.assertEqual(b'config-2', self.open().pvd.volume_identifier.strip())

    def test_linux_and_windows_find_the_same_files(self):
        config_drive.build(self.path, self.facts)
        iso = self.open()
        for path, content in config_drive.files(self.facts).items():
            if 'meta_data.json' in path:
                continue  # each rendering has another random seed
            self.assertEqual(content, self.read(iso, rr_path=f'/{path}'), path)
            self.assertEqual(content, self.read(iso, joliet_path=f'/{path}'), path)

    def test_openstack_versions_are_all_there(self):
        config_drive.build(self.path, self.facts)
        iso = self.open()
        self.assertEqual(
            ['2012-08-10', '2013-04-04', '2013-10-17', '2015-10-15', '2016-06-30', '2016-10-06',
             '2017-02-22', '2018-08-27', '2020-10-14', 'content', 'latest'],
            self.names(iso, '/openstack'))
        self.assertEqual(
            ['meta_data.json', 'network_data.json', 'user_data', 'vendor_data.json',
             'vendor_data2.json'], self.names(iso, '/openstack/latest'))

    def test_password_and_files_are_on_the_drive(self):
        config_drive.build(self.path, self.facts)
        iso = self.open()
        document = json.loads(self.read(iso, rr_path='/openstack/latest/meta_data.json'))
        self.assertEqual('secret', document['admin_pass'])
        self.assertEqual('/content/0000', document['files'][0]['content_path'])
        self.assertEqual(b'hello', self.read(iso, rr_path='/openstack/content/0000'))

    def test_ec2_versions_that_are_not_skipped_are_there(self):
        config_drive.build(self.path, self.facts)
        iso = self.open()
        self.assertEqual(['2009-04-04', 'latest'], self.names(iso, '/ec2'))
        document = json.loads(self.read(iso, rr_path='/ec2/latest/meta-data.json'))
        self.assertEqual('i-0000002a', document['instance-id'])
        self.assertEqual(self.facts.user_data, self.read(iso, rr_path='/ec2/latest/user-data'))

    def test_server_without_user_data_has_no_such_file(self):
        self.facts = dataclasses.replace(self.facts, user_data=None)
        self.assertFalse([path for path in config_drive.files(self.facts) if 'user' in path])

    def test_building_again_replaces_the_drive(self):
        config_drive.build(self.path, self.facts)
        config_drive.build(self.path, dataclasses.replace(self.facts, name='other'))
        document = json.loads(self.read(self.open(), rr_path='/openstack/latest/meta_data.json'))
        self.assertEqual('other', document['name'])
        self.assertEqual([self.path], list(self.path.parent.iterdir()))

    def test_failure_leaves_neither_a_drive_nor_a_part_of_it(self):
        broken = dataclasses.replace(self.facts, files=(facts.File('/x', None),))
        self.assertRaises(TypeError, config_drive.build, self.path, broken)
        self.assertEqual([], list(self.path.parent.iterdir()))

    def test_large_user_data_fits(self):
        self.facts = dataclasses.replace(self.facts, user_data=b'\xfe' * 65535)
        config_drive.build(self.path, self.facts)
        self.assertEqual(self.facts.user_data,
                         self.read(self.open(), rr_path='/openstack/latest/user_data'))
