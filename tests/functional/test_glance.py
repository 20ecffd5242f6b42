# SPDX-License-Identifier: Apache-2.0
"""Servers from images of Glance, and the images proxy, with tokens of Keystone."""

from nova_lite.db.stores import flavors
from tests import base
from tests.fixtures import glance, keystone
from tests.functional import api_client, world

PROXY = '2.35'


class GlanceCase(base.TestCase):
    """Users of two projects, and an admin; the world's own image is Glance's too."""

    def setUp(self):
        super().setUp()
        self.world = self.useFixture(world.World(hosts=('cmp1',)))
        self.keystone = self.useFixture(keystone.Keystone())
        options = self.useFixture(keystone.Options(self._conf))
        options.have_api_validate_tokens()
        self.override('api', auth_strategy='keystone')
        self.glance = self.useFixture(glance.Glance(options, self.keystone))
        self.api = self.useFixture(api_client.ApiClient())
        self.member = self.client('fred', 'demo', 'member', 'reader')
        self.stranger = self.client('sam', 'other', 'member', 'reader')
        self.admin = self.client('boss', 'ops', 'admin', 'member', 'reader')
        flavors.create(self.world.admin, {
            'flavorid': '1', 'name': 'small', 'memory_mb': 64, 'vcpus': 1, 'root_gb': 1})

    def client(self, user, project, *roles):
        client = api_client.ApiClient(application=self.api.application)
        client.token = self.keystone.token(user, project, *roles)
        return client

    def boot(self, image_id, client=None):
        """Ask for a server; answer what came back."""
        server = {'name': 'web', 'imageRef': image_id, 'flavorRef': '1', 'networks': 'none'}
        return (client or self.member).send(
            'POST', '/servers', {'server': server}, version='2.37')


class BootTest(GlanceCase):

    def test_server_is_built_from_a_private_image(self):
        server = self.boot(self.glance.add()).json['server']['id']
        self.world.run()
        self.assertEqual('ACTIVE', self.member.get(f'/servers/{server}').json['server']['status'])

    def test_glance_is_asked_once_however_many_servers_are_built(self):
        image_id = self.glance.add()
        body = {'server': {'name': 'web', 'imageRef': image_id, 'flavorRef': '1',
                           'networks': 'none', 'min_count': 5, 'max_count': 5}}
        self.member.post('/servers', body, version='2.37')
        self.world.run()
        self.assertEqual([('GET', f'/images/{image_id}')], self.glance.paths())
        self.assertEqual(self.member.token, self.glance.asked[0][2])

    def test_image_of_others_makes_the_request_wrong(self):
        image_id = self.glance.add()
        answer = self.boot(image_id, self.stranger)
        self.assertEqual((400, 'badRequest'), (answer.status, answer.fault))
        self.assertIn('Can not find requested image', answer.message)
        self.assertEqual(202, self.boot(image_id, self.admin).status)

    def test_image_that_can_not_be_used_makes_the_request_wrong(self):
        for fields, words in (
                ({'status': 'queued'}, 'is not active'), ({'status': 'saving'}, 'is not active'),
                ({'status': 'deactivated'}, 'is not active'), ({'min_ram': 65}, '65'),
                ({'min_disk': 2}, '2'), ({'virtual_size': 2 << 30}, '2')):
            answer = self.boot(self.glance.add(**fields))
            self.assertEqual(400, answer.status, fields)
            self.assertIn(words, answer.message)

    def test_glance_that_is_down_is_said_to_be(self):
        image_id = self.glance.add()
        self.glance.failures = [500]
        answer = self.boot(image_id)
        self.assertEqual((503, 'serviceUnavailable'), (answer.status, answer.fault))
        self.assertNotIn(glance.URL, answer.text)


class ProxyTest(GlanceCase):

    def show(self, image_id, client=None):
        return (client or self.member).get(f'/images/{image_id}', version=PROXY).json['image']

    def test_image_is_shown_in_the_words_of_the_compute_api(self):
        server = '11111111-1111-4111-8111-111111111111'
        image_id = self.glance.add(b'x' * 10, min_ram=64, min_disk=1, instance_uuid=server,
                                   hw_disk_bus='virtio')
        image = self.show(image_id)
        self.assertEqual(
            ('cirros', 'ACTIVE', 100, 64, 1, 10, server, 'virtio'), (
                image['name'], image['status'], image['progress'], image['minRam'],
                image['minDisk'], image['OS-EXT-IMG-SIZE:size'], image['server']['id'],
                image['metadata']['hw_disk_bus']))

    def test_image_is_found_in_glance_too(self):
        image_id = self.glance.add()
        self.assertEqual(
            {'rel': 'alternate', 'type': 'application/vnd.openstack.image',
             'href': f'{glance.URL}/images/{image_id}'}, self.show(image_id)['links'][2])

    def test_states_have_the_names_and_progress_of_the_compute_api(self):
        for state, status, progress in (
                ('queued', 'SAVING', 25), ('saving', 'SAVING', 50), ('active', 'ACTIVE', 100),
                ('killed', 'ERROR', 0), ('deactivated', 'UNKNOWN', 0),
                ('importing', 'UNKNOWN', 0), ('pending_delete', 'DELETED', 0)):
            image = self.show(self.glance.add(status=state))
            self.assertEqual((status, progress), (image['status'], image['progress']), state)

    def test_list_is_filtered_and_paged(self):
        for name, fields in (('a', {'status': 'queued'}), ('b', {'min_ram': 64}),
                             ('c', {'os_distro': 'debian'})):
            self.glance.add(name=name, created_at=f'2026-01-01T00:00:0{ord(name) - 97}Z', **fields)
        self.glance.add(name='theirs', owner='other')
        for query, names in (
                ('', 'cba'), ('?status=SAVING', 'a'), ('?status=ACTIVE', 'cb'), ('?minRam=64', 'b'),
                ('?property-os_distro=debian', 'c'), ('?status=lost', ''), ('?name=b', 'b'),
                ('?limit=2', 'cb')):
            found = self.member.get(f'/images/detail{query}', version=PROXY).json['images']
            self.assertEqual(names, ''.join(image['name'] for image in found), query)
        first = self.member.get('/images?limit=2', version=PROXY).json
        rest = self.member.get(f'/images?marker={first["images"][-1]["id"]}', version=PROXY).json
        self.assertEqual(['a'], [image['name'] for image in rest['images']])

    def test_metadata_are_glances_and_a_request_asks_for_the_image_once(self):
        image_id = self.glance.add(a='1')
        path = f'/images/{image_id}/metadata'
        self.glance.asked.clear()
        self.member.put(f'{path}/b', {'meta': {'b': '2'}}, version=PROXY)
        self.assertEqual([('GET', f'/images/{image_id}'), ('PATCH', f'/images/{image_id}')],
                         self.glance.paths())
        self.member.delete(f'{path}/a', version=PROXY)
        self.assertEqual({'b': '2'}, self.member.get(path, version=PROXY).json['metadata'])
        self.member.put(path, {'metadata': {'c': '3'}}, version=PROXY)
        self.assertEqual({'c': '3'}, self.show(image_id)['metadata'])

    def test_images_of_others_are_not_there(self):
        image_id = self.glance.add()
        for method in ('GET', 'DELETE'):
            self.assertEqual(404, self.stranger.send(
                method, f'/images/{image_id}', version=PROXY).status)
        self.glance.images[image_id]['visibility'] = 'public'
        self.show(image_id, self.stranger)
        self.assertEqual(403, self.stranger.send(
            'DELETE', f'/images/{image_id}', version=PROXY).status)

    def test_deleted_image_is_gone_and_a_protected_one_stays(self):
        image_id = self.glance.add(protected=True)
        answer = self.member.send('DELETE', f'/images/{image_id}', version=PROXY)
        self.assertEqual(403, answer.status)
        self.assertIn('protected', answer.message)
        self.glance.images[image_id]['protected'] = False
        self.member.delete(f'/images/{image_id}', version=PROXY)
        self.assertEqual(404, self.member.send('GET', f'/images/{image_id}', version=PROXY).status)
