# SPDX-License-Identifier: Apache-2.0
"""Images of a real Glance, by the rights of real users; tests/fixtures/glance.py has its rules."""

import io
import os

from nova_lite import context, exception
from nova_lite.image import api
from nova_lite.objects import image_meta
from nova_lite.virt.libvirt.disk import image_cache
from tests import base
from tests.fixtures import keystone
from tests.live import companions

MEGABYTE = 1 << 20
BYTES = os.urandom(MEGABYTE)


class GlanceTest(base.TestCase):
    """The front door, two projects and the service itself."""

    time_limit = 300
    loopback = True

    def setUp(self):
        super().setUp()
        self.companions = companions.lend_to(self)
        options = self.useFixture(keystone.Options(self._conf))
        options.give_user('glance', 'nova')
        self._conf.load_raw_values(group='glance', **{
            name: value for name, value in self.companions.nova_options()['service_user'].items()
            if name in ('auth_url', 'username', 'password')})
        self.override('image', store='glance')
        api._store.cache_clear()
        self.addCleanup(api._store.cache_clear)
        self.images = api.API()
        self.service = context.get_admin_context()
        self.ours, self.theirs = self.member_of('painters'), self.member_of('readers')
        self.path = self.temporary_directory() / 'copy'

    def member_of(self, name):
        """Answer the context of a request of a new project's member."""
        name = f'{name}-{self.id().rpartition(".")[2]}'[:60]
        project_id = self.companions.add_project(name)
        user_id = self.companions.add_user(name, name, 'member')
        made = context.RequestContext(user_id, project_id, overwrite=False)
        made.user_auth_plugin = self.companions.session(name, name).auth
        return made

    def create(self, content=BYTES, **description):
        return self.images.create(self.ours, api.NewImage(name=self.id(), **description),
                                  io.BytesIO(content))

    def fresh(self, ctxt):
        """Answer the context of the next request of the same user."""
        made = context.RequestContext(ctxt.user_id, ctxt.project_id, overwrite=False)
        made.user_auth_plugin = ctxt.user_auth_plugin
        return made

    def test_20_mb_go_up_and_come_down_again(self):
        content, seen = BYTES * 20, []
        image = self.images.create(
            self.ours, api.NewImage(name='large', properties={'hw_disk_bus': 'virtio'}),
            io.BytesIO(content), total=len(content), progress=lambda *step: seen.append(step))
        self.assertEqual((len(content), 'raw', 'bare', {'hw_disk_bus': 'virtio'}), (
            image.size, image.disk_format, image.container_format, image.properties))
        self.assertEqual((len(content), len(content)), seen[-1])
        self.images.download(self.service, image.id, self.path)
        self.assertEqual(content, self.path.read_bytes())

    def test_upload_of_unknown_length_is_sent_in_chunks(self):
        image = self.create()
        target = io.BytesIO()
        self.images.download(self.service, image.id, target)
        self.assertEqual(BYTES, target.getvalue())

    def test_download_begins_in_the_middle(self):
        image = self.create()
        row = self.images._store.row(self.service, image.id)
        with self.images._store.open(self.service, row) as source:
            begin = source.read(MEGABYTE // 4)
            source._drop()
            rest = b''.join(iter(lambda: source.read(MEGABYTE // 4), b''))
            self.assertEqual(206, source._response.status_code)
        self.assertEqual(BYTES, begin + rest)

    def test_private_image_is_for_its_project_and_the_service(self):
        image_id = self.create().id
        self.assertRaises(exception.ImageNotFound, self.images.get, self.theirs, image_id)
        self.assertEqual(image_id, self.images.get(self.service, image_id).id)
        self.assertEqual([], self.images.list(self.theirs, {'name': self.id()}))

    def test_shared_image_is_for_members_that_have_accepted_in_lists(self):
        image_id = self.create(visibility=image_meta.SHARED).id
        self.assertRaises(exception.ImageNotFound, self.images.get, self.theirs, image_id)
        self.share(image_id, 'POST', f'{image_id}/members', self.ours, {
            'member': self.theirs.project_id})
        self.assertEqual([], self.images.list(self.theirs, {'name': self.id()}))
        self.share(image_id, 'PUT', f'{image_id}/members/{self.theirs.project_id}', self.theirs, {
            'status': 'accepted'})
        self.assertEqual([image_id], [
            image.id for image in self.images.list(self.theirs, {'name': self.id()})])
        self.assertEqual(image_id, self.images.get(self.fresh(self.theirs), image_id).id)
        self.assertRaises(exception.ImageNotAuthorized, self.images.delete, self.theirs, image_id)

    def share(self, image_id, method, path, ctxt, body):
        """Do something with members, as a user's client does."""
        self.images._store._client.request(
            ctxt, method, f'/images/{path}', image_id, json=body)

    def test_community_image_is_for_who_knows_it(self):
        image_id = self.create(visibility=image_meta.COMMUNITY).id
        self.assertEqual(image_id, self.images.get(self.theirs, image_id).id)
        self.assertEqual([], self.images.list(self.theirs, {'name': self.id()}))

    def test_only_an_admin_publishes(self):
        self.assertRaises(exception.ImageNotAuthorized, self.create, visibility=image_meta.PUBLIC)
        image_id = self.create().id
        self.images.update(self.service, image_id, {'visibility': image_meta.PUBLIC})
        self.assertEqual(image_id, self.images.get(self.theirs, image_id).id)
        self.assertRaises(exception.ImageNotAuthorized, self.images.update, self.theirs, image_id,
                          {'name': 'mine'})

    def test_protected_image_stays(self):
        image_id = self.create(protected=True).id
        self.assertRaises(exception.ImageProtected, self.images.delete, self.ours, image_id)
        self.assertRaises(exception.ImageProtected, self.images.delete, self.service, image_id)
        self.images.update(self.ours, image_id, {'protected': False})
        self.images.delete(self.ours, image_id)
        self.assertRaises(exception.ImageNotFound, self.images.get, self.ours, image_id)

    def test_properties_come_and_go(self):
        image_id = self.create(properties={'a': '1', 'b': '2'}).id
        self.images.set_properties(self.ours, image_id, {'b': '3', 'c/d~': '4'})
        self.images.remove_property(self.ours, image_id, 'a')
        self.assertEqual({'b': '3', 'c/d~': '4'},
                         self.images.get(self.fresh(self.ours), image_id).properties)

    def test_deactivated_image_is_not_fetched(self):
        image_id = self.create().id
        self.images.update(self.service, image_id, {'status': image_meta.DEACTIVATED})
        self.assertEqual(image_meta.DEACTIVATED,
                         self.images.get(self.fresh(self.ours), image_id).status)
        self.assertRaises(exception.ImageNotActive, self.images.download, self.service, image_id,
                          self.path)

    def test_file_that_is_another_one_is_no_image(self):
        image_id = self.create().id
        self.companions.stored_file(image_id).write_bytes(bytes(MEGABYTE))
        self.assertRaises(exception.ImageCorrupt, self.images.download, self.service, image_id,
                          self.path)
        self.assertEqual([], list(self.path.parent.iterdir()))

    def test_unsafe_image_leaves_nothing(self):
        self.assertRaises(exception.ImageUnacceptable, self.create, b'KDMV' + bytes(MEGABYTE),
                          disk_format='raw')
        self.assertRaises(exception.ImageUnacceptable, self.create, b'')
        self.assertEqual([], self.images.list(self.ours, {'owner': self.ours.project_id}))

    def test_id_is_taken_once(self):
        image_id = self.create().id
        self.assertRaises(exception.ImageConflict, self.create, id=image_id)
        self.assertEqual(MEGABYTE, self.images.get(self.fresh(self.ours), image_id).size)

    def test_list_is_filtered_sorted_and_paged(self):
        for number in range(3):
            self.images.create(self.ours, api.NewImage(
                name=f'image-{number}', min_ram=64 * number,
                properties={'os_distro': 'debian'} if number else {}), io.BytesIO(BYTES[:1024]))
        mine = {'owner': self.ours.project_id}
        for filters, expected in (
                ({}, ['image-0', 'image-1', 'image-2']), ({'min_ram': 65}, ['image-2']),
                ({'property:os_distro': 'debian'}, ['image-1', 'image-2']),
                ({'status': ('queued', 'saving')}, []), ({'name': 'image-1'}, ['image-1'])):
            found = self.images.list(self.ours, {**mine, **filters}, sort=('name', 'asc'))
            self.assertEqual(expected, [image.name for image in found], filters)
        first = self.images.list(self.ours, mine, sort=('name', 'asc'), limit=2)
        rest = self.images.list(self.ours, mine, sort=('name', 'asc'), marker=first[-1].id)
        self.assertEqual(['image-2'], [image.name for image in rest])
        self.assertRaises(exception.MarkerNotFound, self.images.list, self.ours, mine,
                          marker='11111111-1111-4111-8111-111111111111')

    def test_host_keeps_a_checked_copy_of_a_private_image(self):
        image = self.create(BYTES * 2)
        directory = self.temporary_directory()
        cache = image_cache.ImageCache(self.images, directory)
        cache.prepare()
        cache.fetch_disk(self.service, image)
        with open(cache.find(image.id).path, 'rb') as copy:
            self.assertEqual(BYTES * 2, copy.read())
