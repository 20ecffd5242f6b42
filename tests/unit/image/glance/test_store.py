# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/image/glance/store.py, through the front door."""

import io
import json

from nova_lite import context, exception
from nova_lite.image import api
from nova_lite.objects import image_meta
from tests.fixtures import glance
from tests.unit import image as images
from tests.unit.image.glance import GlanceTestCase

BYTES = b'not a disk of any kind\n' * 10000


class SeeTest(GlanceTestCase):
    """Whose rights are used, and how often Glance is asked."""

    def test_image_is_what_glance_says(self):
        image_id = self.glance.add(name='debian', min_disk=2, hw_disk_bus='virtio', owner='demo')
        image = self.images.get(self.ours, image_id)
        self.assertEqual(('debian', 2, {'hw_disk_bus': 'virtio'}, 'demo', 5, 'active'), (
            image.name, image.min_disk, image.properties, image.owner, image.size, image.status))

    def test_users_request_is_asked_with_the_users_token(self):
        image_id = self.glance.add()
        self.images.get(self.ours, image_id)
        self.assertEqual([('GET', f'/images/{image_id}', 'token of demo')], self.glance.asked)

    def test_work_after_the_request_is_asked_as_the_service(self):
        image_id = self.glance.add(b'some bytes')
        target = io.BytesIO()
        self.images.download(self.service, image_id, target)
        self.assertEqual(b'some bytes', target.getvalue())
        self.assertEqual({glance.SERVICE}, {token for _method, _path, token in self.glance.asked})

    def test_request_without_a_token_is_not_done_as_the_service(self):
        image_id = self.glance.add(visibility='public')
        self.assertRaises(exception.ImageNotAuthorized, self.images.get,
                          context.RequestContext('fred', 'demo', overwrite=False), image_id)
        self.assertEqual([], self.glance.asked)

    def test_one_request_asks_once(self):
        image_id = self.glance.add()
        for _ in range(3):
            self.images.get(self.ours, image_id)
        self.assertEqual(1, len(self.glance.asked))
        self.images.get(glance.user_of('demo'), image_id)
        self.assertEqual(2, len(self.glance.asked))

    def test_image_of_others_is_not_there(self):
        image_id = self.glance.add()
        self.assertRaises(exception.ImageNotFound, self.images.get, self.theirs, image_id)

    def test_shared_and_community_images_are(self):
        shared = self.glance.add(visibility='shared')
        self.glance.members[shared] = ['others']
        community = self.glance.add(visibility='community')
        for image_id in (shared, community):
            self.assertEqual(image_id, self.images.get(self.theirs, image_id).id)

    def test_what_is_no_id_is_not_asked_for(self):
        self.assertRaises(exception.ImageNotFound, self.images.get, self.ours, '../../v3')
        self.assertEqual([], self.glance.asked)


class ListTest(GlanceTestCase):

    def names(self, filters=None, **how):
        return [image.name for image in self.images.list(
            self.ours, filters, sort=('name', 'asc'), **how)]

    def test_list_has_as_many_pages_as_it_takes(self):
        for number in range(130):
            self.glance.add(name=f'{number:03}')
        self.assertEqual([f'{number:03}' for number in range(130)], self.names())
        self.assertEqual(2, len(self.glance.asked))

    def test_page_begins_after_the_marker(self):
        ids = [self.glance.add(name=name) for name in 'abcd']
        self.assertEqual(['b', 'c'], self.names(marker=ids[0], limit=2))

    def test_filters_that_glance_does_not_know_are_applied_here(self):
        for name, min_ram in (('a', 0), ('b', 64), ('c', 128), ('d', 0), ('e', 256)):
            self.glance.add(name=name, min_ram=min_ram)
        self.assertEqual(['b', 'c'], self.names({'min_ram': 64}, limit=2))

    def test_property_is_a_filter(self):
        self.glance.add(name='a', os_distro='debian')
        self.glance.add(name='b')
        self.assertEqual(['a'], self.names({'property:os_distro': 'debian'}))

    def test_list_can_be_by_what_glance_does_not_sort_by(self):
        for name, min_ram in (('a', 64), ('b', 0)):
            self.glance.add(name=name, min_ram=min_ram)
        found = self.images.list(self.ours, sort=('min_ram', 'asc'))
        self.assertEqual(['b', 'a'], [image.name for image in found])
        self.assertRaises(exception.InvalidImageFilter, self.images.list, self.ours,
                          sort=('colour', 'asc'))

    def test_images_of_others_are_not_listed(self):
        self.glance.add(name='theirs', owner='others')
        self.glance.add(name='known', owner='others', visibility='community')
        self.assertEqual([], self.names())


class ChangeTest(GlanceTestCase):

    def test_only_what_differs_is_sent(self):
        image_id = self.glance.add(a='1', b='2')
        self.images.set_properties(self.ours, image_id, {'b': '3', 'x/y': '4'})
        patch = next(request for request in self.glance.http.request_history
                     if request.method == 'PATCH')
        self.assertEqual([{'op': 'replace', 'path': '/b', 'value': '3'},
                          {'op': 'add', 'path': '/x~1y', 'value': '4'}], json.loads(patch.text))

    def test_changed_image_is_answered(self):
        image_id = self.glance.add(a='1', b='2')
        image = self.images.remove_property(self.ours, image_id, 'a')
        self.assertEqual({'b': '2'}, image.properties)
        self.assertRaises(exception.ImageMetadataNotFound, self.images.remove_property,
                          self.ours, image_id, 'a')

    def test_property_with_the_name_of_a_field_is_refused(self):
        self.assertRaises(exception.InvalidImageProperty, self.images.set_properties,
                          self.ours, self.glance.add(), {'owner': 'others'})

    def test_state_is_changed_by_an_action(self):
        image_id = self.glance.add()
        image = self.images.update(self.ours, image_id, {'status': image_meta.DEACTIVATED})
        self.assertEqual(image_meta.DEACTIVATED, image.status)

    def test_members_are_left_to_glance(self):
        self.assertRaises(exception.ImageMembersAreGlances, self.images.update,
                          self.ours, self.glance.add(), {'members': ['others']})
        self.assertRaises(exception.ImageMembersAreGlances, self.images.create, self.ours,
                          api.NewImage(name='shot', members=['others']), io.BytesIO(BYTES))

    def test_image_of_others_is_not_changed(self):
        image_id = self.glance.add(visibility='public')
        self.assertRaises(exception.ImageNotAuthorized, self.images.update, self.theirs, image_id,
                          {'name': 'mine'})
        self.assertRaises(exception.ImageNotAuthorized, self.images.delete, self.theirs, image_id)

    def test_deleted_image_is_gone(self):
        image_id = self.glance.add()
        self.images.get(self.ours, image_id)
        self.images.delete(self.ours, image_id)
        self.assertRaises(exception.ImageNotFound, self.images.get, self.ours, image_id)

    def test_protected_image_says_so(self):
        self.assertRaises(exception.ImageProtected, self.images.delete, self.ours,
                          self.glance.add(protected=True))


class CreateTest(GlanceTestCase):

    def create(self, content=BYTES, **description):
        return self.images.create(self.ours, api.NewImage(name='shot', **description),
                                  io.BytesIO(content))

    def test_image_is_what_was_sent(self):
        seen = []
        image = self.images.create(
            self.ours, api.NewImage(name='shot', min_disk=1, properties={'a': 'b'}),
            io.BytesIO(BYTES), total=len(BYTES), progress=lambda *step: seen.append(step))
        self.assertEqual(('raw', 'bare', 1, {'a': 'b'}, len(BYTES), 'demo'), (
            image.disk_format, image.container_format, image.min_disk, image.properties,
            image.size, image.owner))
        self.assertEqual(BYTES, self.glance.bytes[image.id])
        self.assertEqual((len(BYTES), len(BYTES)), seen[-1])

    def test_format_is_found_by_the_first_bytes(self):
        self.assertEqual('qcow2', self.create(images.qcow2()).disk_format)

    def test_id_may_be_known_before(self):
        image_id = self.create().id
        self.glance.images.clear()
        self.assertEqual(image_id, self.create(id=image_id).id)
        self.assertRaises(exception.ImageConflict, self.create, id=image_id)

    def test_unsafe_image_is_not_left_behind(self):
        for content in (b'', images.qcow2(backing_file=b'/etc/shadow')):
            self.assertRaises(exception.ImageUnacceptable, self.create, content)
        self.assertEqual({}, self.glance.images)

    def test_image_that_arrives_as_something_else_is_not_left_behind(self):
        self.glance.loses = 1
        self.assertRaises(exception.ImageCorrupt, self.create)
        self.assertEqual({}, self.glance.images)

    def test_failed_upload_leaves_nothing(self):
        self.glance.failures = [None, 503]
        self.assertRaises(exception.ImageServiceUnavailable, self.create)
        self.assertEqual({}, self.glance.images)

    def test_upload_that_glance_still_holds_is_removed_a_moment_later(self):
        self.glance.failures = [None, 500, 500]
        self.assertRaises(exception.ImageServiceUnavailable, self.create)
        self.assertEqual(({}, [0.5]), (self.glance.images, self.pauses))
