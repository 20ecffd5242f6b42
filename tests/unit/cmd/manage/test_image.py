# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/manage/image.py: what an operator types and reads."""

import contextlib
import io
import json
import os

from nova_lite.cmd import manage
from tests import base
from tests.fixtures import glance, keystone
from tests.unit import image as images


class ImageCommandsCase(base.TestCase):

    def setUp(self):
        super().setUp()
        self.top = self.temporary_directory()
        self.source = self.top / 'disk.qcow2'
        self.source.write_bytes(images.qcow2())
        self.config = self.top / 'nova_lite.conf'
        self.config.write_text(f'[image]\nstore = files\ndirectory = {self.top}/images\n')

    def manage(self, *argv):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = manage.main(['--config-file', str(self.config), 'image', *argv])
        return code, out.getvalue(), err.getvalue()

    def answer(self, *argv):
        code, out, err = self.manage(*argv, '--json')
        self.assertEqual(0, code, err)
        return json.loads(out)

    def create(self, *argv, name='cirros'):
        return self.answer('create', name, '--file', str(self.source), *argv)


class TestImageCommands(ImageCommandsCase):

    def test_create_says_what_it_took_and_what_to_do_next(self):
        code, out, _err = self.manage('create', 'cirros', '--file', str(self.source))
        self.assertEqual(0, code)
        self.assertIn('qcow2, 4.1 KiB, a disk of 1.0 GiB, public', out)
        self.assertIn('"imageRef": "', out)

    def test_create_takes_all_that_can_be_said_of_an_image(self):
        kernel = self.top / 'vmlinuz'
        kernel.write_bytes(b'kernel' * 100)
        self.answer('create', 'vmlinuz', '--file', str(kernel), '--disk-format', 'aki')
        image = self.create('--kernel', 'vmlinuz', '--property', 'hw_disk_bus=sata',
                            '--min-disk', '2', '--min-ram', '64', '--visibility', 'shared',
                            '--project', 'p1', '--member', 'p2', '--protected')
        self.assertEqual(
            (2, 64, 'shared', 'p1', ['p2'], True, 'sata'),
            (image['min_disk'], image['min_ram'], image['visibility'], image['owner'],
             image['members'], image['protected'], image['properties']['hw_disk_bus']))
        self.assertEqual(self.answer('show', 'vmlinuz')['id'], image['properties']['kernel_id'])

    def test_image_of_a_project_is_private_unless_told_otherwise(self):
        self.assertEqual('private', self.create('--project', 'p1')['visibility'])

    def test_create_if_absent_can_be_repeated(self):
        first = self.create('--if-absent')
        self.assertEqual(first, self.create('--if-absent'))
        self.assertEqual(1, len(self.answer('list')))

    def test_wrong_format_is_one_line_and_leaves_nothing(self):
        code, out, err = self.manage(
            'create', 'cirros', '--file', str(self.source), '--disk-format', 'raw')
        self.assertEqual((1, ''), (code, out))
        self.assertIn('it is said to be raw, but its content is qcow2', err)
        self.assertEqual([], self.answer('list'))

    def test_missing_file_is_named(self):
        code, _out, err = self.manage('create', 'cirros', '--file', f'{self.top}/none')
        self.assertEqual(1, code)
        self.assertIn(f'{self.top}/none: No such file', err)

    def test_name_of_two_images_asks_for_an_id(self):
        first = self.create()
        self.create()
        code, _out, err = self.manage('show', 'cirros')
        self.assertEqual(1, code)
        self.assertIn(first['id'], err)
        self.assertEqual(first, self.answer('show', first['id']))

    def test_empty_list_says_how_to_begin(self):
        self.assertIn('image create NAME', self.manage('list')[1])

    def test_list_shows_each_image_by_name(self):
        self.create(name='b')
        self.create(name='a')
        out = self.manage('list')[1]
        self.assertLess(out.index('| a '), out.index('| b '))
        self.assertIn('4.1 KiB', out)

    def test_show_shows_the_properties(self):
        self.create('--property', 'os_type=linux')
        self.assertRegex(self.manage('show', 'cirros')[1], r'(?s)properties:.*os_type +\| linux ')

    def test_set_changes_what_it_names_and_keeps_the_rest(self):
        self.create('--property', 'a=1', '--property', 'b=2', '--min-ram', '64')
        image = self.answer('set', 'cirros', '--property', 'c=3', '--unset-property', 'a',
                            '--deactivate')
        self.assertEqual(({'b': '2', 'c': '3'}, 64, 'deactivated'),
                         (image['properties'], image['min_ram'], image['status']))

    def test_protected_image_is_deleted_after_its_protection_was_taken_away(self):
        self.create('--protected')
        self.assertEqual(1, self.manage('delete', 'cirros')[0])
        self.answer('set', 'cirros', '--no-protected')
        self.assertIn('is deleted', self.manage('delete', 'cirros')[1])
        self.assertEqual([], self.answer('list'))

    def test_delete_of_an_unknown_image_deletes_none(self):
        self.create()
        self.assertEqual(1, self.manage('delete', 'cirros', 'unknown')[0])
        self.assertEqual(1, len(self.answer('list')))

    def test_save_writes_the_bytes(self):
        self.create()
        out = self.manage('save', 'cirros', '--file', f'{self.top}/out')[1]
        self.assertIn('its checksum is right', out)
        self.assertEqual(self.source.read_bytes(), (self.top / 'out').read_bytes())

    def test_save_writes_into_what_is_no_file_and_leaves_it_there(self):
        self.create()
        pipe = self.top / 'pipe'
        os.mkfifo(pipe)
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        self.addCleanup(os.close, reader)
        self.assertEqual(0, self.manage('save', 'cirros', '--file', str(pipe))[0])
        self.assertTrue(pipe.is_fifo())
        self.assertEqual(self.source.read_bytes(), os.read(reader, 65536))

    def test_what_a_killed_command_has_left_is_removed_and_said(self):
        left = self.top / 'images' / '.upload-x'
        left.mkdir(parents=True)
        _code, _out, err = self.manage('list')
        self.assertIn('.upload-x', err)
        self.assertFalse(left.exists())


class TestGlance(ImageCommandsCase):
    """The same commands where images are Glance's."""

    def setUp(self):
        super().setUp()
        self.glance = self.useFixture(glance.Glance(self.useFixture(keystone.Options(self._conf))))
        self.config.write_text(f"""
[image]
store = glance
[glance]
auth_type = {keystone.PLUGIN}
auth_url = {keystone.URL}
username = glance-user
password = hush
user_domain_name = Default
project_name = service
project_domain_name = Default
endpoint_override = {glance.URL}
""")

    def test_image_is_created_changed_saved_and_deleted(self):
        image = self.create('--property', 'a=1', '--project', 'p1', '--min-disk', '2')
        self.assertEqual(('p1', 'private', 'qcow2', 2), (
            image['owner'], image['visibility'], image['disk_format'], image['min_disk']))
        changed = self.answer('set', 'cirros', '--property', 'b=2', '--deactivate', '--protected')
        self.assertEqual(({'a': '1', 'b': '2'}, 'deactivated'),
                         (changed['properties'], changed['status']))
        self.answer('set', 'cirros', '--activate', '--no-protected')
        self.answer('save', 'cirros', '--file', str(self.top / 'copy'))
        self.assertEqual(self.source.read_bytes(), (self.top / 'copy').read_bytes())
        self.answer('delete', 'cirros')
        self.assertEqual([], self.answer('list'))

    def test_images_of_all_projects_are_listed(self):
        for owner in ('p1', 'p2'):
            self.glance.add(name=owner, owner=owner)
        self.assertEqual(['p1', 'p2'], [image['name'] for image in self.answer('list')])
        self.assertEqual(1, len(self.answer('list', '--project', 'p1')))

    def test_sharing_is_left_to_the_client_of_glance(self):
        self.create()
        code, _out, err = self.manage('set', 'cirros', '--member', 'p2')
        self.assertEqual(1, code)
        self.assertIn('openstack image add project', err)
