# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/image/api.py: who may see and change what."""

import io

from nova_lite import exception
from nova_lite.image import api
from nova_lite.objects import image_meta
from tests import base
from tests.unit import image as images

BYTES = b'not a disk of any kind\n' * 400


class ImageCase(base.TestCase):
    """An empty store, and somebody of project ``ours``."""

    def setUp(self):
        super().setUp()
        self.directory = self.temporary_directory() / 'images'
        self.override('image', directory=str(self.directory), chunk_size_kb=64)
        self.api = api.API()
        self.ours = images.member_of('ours')
        self.theirs = images.member_of('theirs')
        self.admin = images.admin()

    def create(self, context=None, content=BYTES, **description):
        description.setdefault('name', 'cirros')
        return self.api.create(
            context or self.ours, api.NewImage(**description), io.BytesIO(content))


class TestChoice(base.TestCase):

    def test_named_store_is_used(self):
        for name in ('glance', 'files'):
            self.override('image', store=name)
            self.assertEqual(name, api.chosen())

    def test_store_without_a_name_is_glance_where_there_is_keystone(self):
        for strategy, name in (('keystone', 'glance'), ('noauth2', 'files')):
            self.override('api', auth_strategy=strategy)
            self.assertEqual(name, api.chosen())

    def test_glance_without_keystone_is_refused(self):
        self.override('api', auth_strategy='noauth2')
        api.check_choice()
        self.override('image', store='glance')
        error = self.assertRaises(exception.ImageStoreMischosen, api.check_choice)
        self.assertIn('store = files', str(error))


class TestCreate(ImageCase):

    def test_created_image_says_what_its_bytes_are(self):
        image = self.create()

        self.assertEqual(('raw', 'bare', len(BYTES), 'active', 'ours'), (
            image.disk_format, image.container_format, image.size, image.status, image.owner))
        self.assertEqual(32, len(image.checksum))
        self.assertEqual(128, len(image.os_hash_value))

    def test_qcow2_is_recognized_with_the_size_of_its_disk(self):
        image = self.create(content=images.qcow2(5 << 30))
        self.assertEqual(('qcow2', 5 << 30), (image.disk_format, image.virtual_size))

    def test_qcow2_that_is_said_to_be_raw_is_refused(self):
        self.assertRaises(exception.ImageUnacceptable, self.create,
                          content=images.qcow2(), disk_format='raw')
        self.assertEqual([], self.api.list(self.admin))

    def test_raw_bytes_that_are_said_to_be_qcow2_are_refused(self):
        self.assertRaises(exception.ImageUnacceptable, self.create, disk_format='qcow2')

    def test_qcow2_with_a_backing_file_is_refused(self):
        self.assertRaises(exception.ImageUnacceptable, self.create,
                          content=images.qcow2(backing_file=b'/etc/shadow'))

    def test_format_that_no_server_can_use_is_refused(self):
        self.assertRaises(exception.InvalidDiskFormat, self.create, disk_format='vmdk')

    def test_kernel_with_the_mark_of_a_boot_sector_is_a_kernel(self):
        kernel = bytearray(BYTES)
        kernel[510:512] = b'\x55\xaa'
        image = self.create(content=bytes(kernel), disk_format='aki')
        self.assertEqual(('aki', 'aki'), (image.disk_format, image.container_format))

    def test_empty_image_is_refused(self):
        self.assertRaises(exception.ImageUnacceptable, self.create, content=b'')

    def test_refused_image_leaves_nothing_behind(self):
        self.assertRaises(exception.ImageUnacceptable, self.create, content=b'')
        self.assertEqual(['.lock'], [path.name for path in self.directory.iterdir()])

    def test_kernel_of_another_project_cannot_be_used(self):
        kernel = self.create(self.theirs)
        self.assertRaises(exception.ImageUnacceptable, self.create,
                          properties={'kernel_id': kernel.id})

    def test_only_an_admin_publishes(self):
        self.assertRaises(exception.ImageNotAuthorized, self.create, visibility='public')
        self.assertEqual('public', self.create(self.admin, visibility='public').visibility)

    def test_id_can_be_chosen_once(self):
        image = self.create()
        self.assertRaises(exception.ImageExists, self.create, id=image.id)

    def test_descriptions_beyond_the_limits_are_refused(self):
        for wrong in ({'name': 'x' * 256}, {'name': 'a\nb'}, {'min_disk': -1},
                      {'min_ram': 2 ** 40}, {'visibility': 'secret'}):
            self.assertRaises(exception.ImageUnacceptable, self.create, **wrong)
        for properties in ({'': 'x'}, {'x' * 256: ''}, {'a': 'x' * 5000}, {'a': 7},
                           {str(number): '' for number in range(129)}):
            self.assertRaises(exception.InvalidImageProperty, self.create, properties=properties)

    def test_progress_is_told_up_to_the_end(self):
        seen = []
        self.api.create(self.ours, api.NewImage('x'), io.BytesIO(bytes(200_000)), total=200_000,
                        progress=lambda done, total: seen.append((done, total)))
        self.assertEqual(
            [(65536, 200_000), (131072, 200_000), (196608, 200_000), (200_000, 200_000)], seen)


class TestVisibility(ImageCase):

    def test_private_image_is_not_there_for_other_projects(self):
        image = self.create()
        for ask in (self.api.get, self.api.delete, lambda *args: self.api.update(*args, {})):
            self.assertRaises(exception.ImageNotFound, ask, self.theirs, image.id)
        self.assertRaises(exception.ImageNotFound, self.api.download,
                          self.theirs, image.id, io.BytesIO())
        self.assertEqual([], self.api.list(self.theirs))

    def test_public_image_is_seen_and_not_changed_by_others(self):
        image = self.create(self.admin, visibility='public')
        self.assertEqual(image.id, self.api.get(self.theirs, image.id).id)
        self.assertRaises(exception.ImageNotAuthorized, self.api.delete, self.theirs, image.id)
        for ask, what in ((self.api.update, {}), (self.api.set_properties, {'a': '1'}),
                          (self.api.remove_property, 'a')):
            self.assertRaises(exception.ImageNotAuthorized, ask, self.theirs, image.id, what)

    def test_shared_image_is_seen_by_its_members(self):
        image = self.create(visibility='shared', members=['theirs'])
        self.assertEqual(image.id, self.api.get(self.theirs, image.id).id)
        self.assertRaises(exception.ImageNotFound, self.api.get,
                          images.member_of('strangers'), image.id)

    def test_admin_sees_and_deletes_everything(self):
        image = self.create()
        self.api.delete(self.admin, image.id)
        self.assertRaises(exception.ImageNotFound, self.api.get, self.ours, image.id)

    def test_ids_that_are_paths_are_not_found(self):
        self.create()
        for wrong in ('..', '../images', '.lock', '', 'a' * 5000, 'x\x00y', '/etc/passwd',
                      '11111111-1111-1111-1111-11111111111\u0661'):
            self.assertRaises(exception.ImageNotFound, self.api.get, self.admin, wrong)


class TestUpdate(ImageCase):

    def test_update_replaces_properties_and_shows_in_the_next_get(self):
        image = self.create(properties={'a': '1', 'b': '2'})
        self.api.get(self.ours, image.id)

        self.api.update(self.ours, image.id, {'properties': {'b': '3'}, 'min_ram': 64})

        changed = self.api.get(self.ours, image.id)
        self.assertEqual(({'b': '3'}, 64), (changed.properties, changed.min_ram))

    def test_properties_that_somebody_else_sets_meanwhile_stay(self):
        image = self.create(properties={'a': '1', 'b': '2'})
        change = self.api._store.change

        def after_somebody_else(*args):
            self.patch(self.api._store, 'change', change)
            self.api.set_properties(self.admin, image.id, {'c': '3'})
            return change(*args)

        for ask, mine in ((self.api.set_properties, {'d': '4'}), (self.api.remove_property, 'a')):
            self.patch(self.api._store, 'change', after_somebody_else)
            ask(self.ours, image.id, mine)
        self.assertEqual({'b': '2', 'c': '3', 'd': '4'},
                         self.api.get(self.ours, image.id).properties)

    def test_property_that_is_not_there_cannot_be_removed(self):
        image = self.create(properties={'a': '1'})
        self.assertRaises(exception.ImageMetadataNotFound, self.api.remove_property,
                          self.ours, image.id, 'b')

    def test_what_the_bytes_are_cannot_be_updated(self):
        image = self.create()
        self.assertRaises(exception.ImageUnacceptable, self.api.update,
                          self.ours, image.id, {'checksum': 'x'})

    def test_owner_neither_publishes_nor_gives_away(self):
        image = self.create()
        for change in ({'visibility': 'public'}, {'owner': 'theirs'}, {'status': 'deactivated'}):
            self.assertRaises(exception.ImageNotAuthorized, self.api.update,
                              self.ours, image.id, change)

    def test_limits_hold_for_updates(self):
        image = self.create()
        self.assertRaises(exception.InvalidImageProperty, self.api.update,
                          self.ours, image.id, {'properties': {'': ''}})
        self.assertEqual({}, self.api.get(self.ours, image.id).properties)

    def test_protected_image_is_not_deleted(self):
        image = self.create(protected=True)
        self.assertRaises(exception.ImageProtected, self.api.delete, self.ours, image.id)
        self.api.update(self.ours, image.id, {'protected': False})
        self.api.delete(self.ours, image.id)


class TestDownload(ImageCase):

    def test_download_to_a_path_gives_the_bytes(self):
        image = self.create()
        target = self.temporary_directory() / 'base'
        self.api.download(self.ours, image.id, target)
        self.assertEqual(BYTES, target.read_bytes())
        self.assertEqual([target], list(target.parent.iterdir()))

    def test_download_to_a_stream_gives_the_bytes(self):
        image = self.create()
        stream, seen = io.BytesIO(), []
        self.api.download(self.ours, image.id, stream,
                          lambda done, total: seen.append((done, total)))
        self.assertEqual(BYTES, stream.getvalue())
        self.assertEqual([(len(BYTES), len(BYTES))], seen)

    def test_zeros_become_holes_and_stay_zeros(self):
        content = bytes(1 << 20) + b'end' + bytes(1 << 20)
        image = self.create(content=content)
        target = self.temporary_directory() / 'base'
        self.api.download(self.ours, image.id, target)
        self.assertEqual(content, target.read_bytes())
        self.assertLess(target.stat().st_blocks * 512, 1 << 19)

    def test_changed_bytes_are_found_and_the_old_file_stays(self):
        image = self.create()
        stored = self.directory / image.id / 'data'
        stored.write_bytes(b'X' + BYTES[1:])
        target = self.temporary_directory() / 'base'
        target.write_bytes(b'old')
        self.assertRaises(exception.ImageCorrupt, self.api.download, self.ours, image.id, target)
        self.assertEqual(b'old', target.read_bytes())
        self.assertEqual([target], list(target.parent.iterdir()))

    def test_truncated_bytes_are_found(self):
        image = self.create()
        (self.directory / image.id / 'data').write_bytes(BYTES[:-1])
        self.assertRaises(exception.ImageCorrupt, self.api.download,
                          self.ours, image.id, io.BytesIO())

    def test_deactivated_image_is_listed_and_not_given(self):
        image = self.create()
        self.api.update(self.admin, image.id, {'status': image_meta.DEACTIVATED})
        self.assertEqual(1, len(self.api.list(self.ours)))
        self.assertRaises(exception.ImageNotActive, self.api.download,
                          self.ours, image.id, io.BytesIO())
