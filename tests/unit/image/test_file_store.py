# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/image/file_store.py: all or nothing, whatever crashes."""

import io
import json
import os
import pathlib

from oslo_utils import uuidutils

from nova_lite import exception
from nova_lite.image import file_store
from tests import base

ID = uuidutils.generate_uuid()


class Watched(io.BytesIO):
    """A source that lets somebody look each time before it is read."""

    def __init__(self, content, look):
        super().__init__(content)
        self._look = look

    def read(self, size=-1):
        self._look()
        return super().read(size)


class Killed(BaseException):
    """Stands for a SIGKILL at this place."""


class TestFileStore(base.TestCase):

    def setUp(self):
        super().setUp()
        self.directory = self.temporary_directory() / 'images'
        self.store = self.new_store()

    def new_store(self):
        return file_store.FileStore(str(self.directory), 65536)

    def add(self, image_id=ID, content=b'content'):
        self.store.add(image_id, io.BytesIO(content),
                       lambda copied: {'id': image_id, 'size': copied.size, 'name': 'x'})

    def names(self):
        return sorted(path.name for path in self.directory.iterdir())

    def test_store_that_was_never_used_is_empty(self):
        self.assertEqual([], self.store.rows())
        self.assertEqual([], self.store.remove_leftovers())
        self.assertRaises(exception.ImageNotFound, self.store.row, ID)
        self.assertFalse(self.directory.exists())

    def test_added_image_is_there_for_other_processes(self):
        self.add()
        self.assertEqual({'id': ID, 'size': 7, 'name': 'x'}, self.new_store().row(ID))
        with self.new_store().open(ID) as data:
            self.assertEqual(b'content', data.read())

    def test_files_are_for_the_group_and_nobody_else(self):
        self.add()
        modes = {path.name: path.stat().st_mode & 0o777
                 for path in (self.directory / ID, *(self.directory / ID).iterdir())}
        self.assertEqual({ID: 0o750, 'data': 0o640, 'image.json': 0o640}, modes)

    def test_image_is_not_seen_before_its_last_byte(self):
        seen = []
        source = Watched(b'x', lambda: seen.append(self.new_store().rows()))
        self.store.add(ID, source, lambda copied: {'id': ID})
        self.assertEqual([[], []], seen)
        self.assertEqual([{'id': ID}], self.store.rows())

    def test_failed_upload_leaves_nothing(self):
        def refuse(_copied):
            raise exception.ImageUnacceptable(image_id=ID, reason='so.')

        self.assertRaises(exception.ImageUnacceptable,
                          self.store.add, ID, io.BytesIO(b'x'), refuse)
        self.assertEqual(['.lock'], self.names())

    def test_killed_upload_is_cleaned_up_by_the_next_command(self):
        left = self.directory / f'.upload-{ID}-1'
        left.mkdir(parents=True)
        (left / 'data').write_bytes(b'half')
        (self.directory / f'.upload-{ID}-2').mkdir()
        self.assertEqual({f'.upload-{ID}-1', f'.upload-{ID}-2'},
                         set(self.store.remove_leftovers()))
        self.assertEqual(['.lock'], self.names())

    def test_upload_that_goes_on_is_left_alone(self):
        removed = []
        source = Watched(
            b'content', lambda: removed.extend(self.new_store().remove_leftovers()))
        self.store.add(ID, source, lambda copied: {'id': ID})
        self.assertEqual([], removed)
        self.assertEqual(['.lock', ID], self.names())

    def test_deletion_that_was_killed_halfway_is_finished_by_the_next_command(self):
        self.add()
        self.patch_method(file_store.shutil, 'rmtree', Killed())
        self.assertRaises(Killed, self.store.remove, ID)
        self.assertRaises(exception.ImageNotFound, self.new_store().row, ID)
        self.restore()
        self.assertEqual(1, len(self.new_store().remove_leftovers()))
        self.assertEqual(['.lock'], self.names())

    def patch_method(self, owner, name, error):
        original = getattr(owner, name)

        def fail(*args, **kwargs):
            raise error

        setattr(owner, name, fail)
        self.restore = lambda: setattr(owner, name, original)
        self.addCleanup(self.restore)

    def test_id_is_given_once(self):
        self.add()
        self.assertRaises(exception.ImageExists, self.add)
        self.assertEqual(['.lock', ID], self.names())

    def test_second_removal_finds_nothing(self):
        self.add()
        self.store.remove(ID)
        self.assertRaises(exception.ImageNotFound, self.store.remove, ID)

    def test_open_bytes_outlive_a_removal(self):
        self.add()
        with self.store.open(ID) as data:
            self.store.remove(ID)
            self.assertEqual(b'content', data.read())

    def test_change_by_another_process_is_noticed(self):
        self.add()
        self.store.row(ID)
        self.new_store().change(ID, lambda row: dict(row, name='y'))
        self.assertEqual('y', self.store.row(ID)['name'])

    def test_removal_by_another_process_is_noticed(self):
        self.add()
        self.store.row(ID)
        self.new_store().remove(ID)
        self.assertRaises(exception.ImageNotFound, self.store.row, ID)

    def test_known_record_is_not_read_again(self):
        self.add()
        first = self.store.row(ID)
        self.assertIs(first, self.store.row(ID))

    def test_broken_record_is_an_error_and_does_not_hide_the_others(self):
        other = uuidutils.generate_uuid()
        self.add()
        self.add(other)
        for broken in ('{', '[]', json.dumps({'id': other})):
            (self.directory / ID / 'image.json').write_text(broken)
            self.assertRaises(exception.ImageCorrupt, self.new_store().row, ID)
            self.assertEqual([other], [row['id'] for row in self.new_store().rows()])

    def test_directory_that_is_a_file_is_named_in_the_error(self):
        pathlib.Path(self.directory).write_text('')
        error = self.assertRaises(exception.ImageStoreUnusable, self.add)
        self.assertIn(str(self.directory), str(error))
        self.assertRaises(exception.ImageStoreUnusable, self.store.rows)

    def test_root_gives_what_it_creates_to_the_owner_of_the_directory(self):
        if os.geteuid() != 0:
            self.skipTest('only root can give files away')
        self.directory.mkdir()
        os.chown(self.directory, 12345, 54321)
        self.add()
        owners = {(path.stat().st_uid, path.stat().st_gid)
                  for path in self.directory.rglob('*')}
        self.assertEqual({(12345, 54321)}, owners)
