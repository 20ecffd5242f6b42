# SPDX-License-Identifier: Apache-2.0
from nova_lite.image import api as image_api
from nova_lite.objects import image_meta
from tests.fixtures import records
from tests.unit.api.openstack import case

SERVER = '22222222-2222-4222-8222-222222222222'


class ImagesTestCase(case.ApiTestCase):

    def make(self, name='cirros', **fields):
        """Store an image of the project demo; answer its id."""
        return self.offer_image(None, **{
            'name': name, 'visibility': image_meta.PRIVATE, 'owner': 'demo', **fields})

    def names(self, query='', client=None):
        return [image['name'] for image in (client or self.api).get(
            f'/images{query}').json['images']]


class ImagesTest(ImagesTestCase):

    def test_short_form_has_three_links(self):
        image_id = self.make()
        (image,) = self.api.get('/images').json['images']
        own, bookmark, alternate = image.pop('links')
        self.assertEqual({'id': image_id, 'name': 'cirros'}, image)
        self.assertEqual(f'http://localhost/v2.1/images/{image_id}', own['href'])
        self.assertEqual(f'http://localhost/images/{image_id}', bookmark['href'])
        self.assertEqual('application/vnd.openstack.image', alternate['type'])

    def test_details_are_those_of_the_store(self):
        image_id = self.make(min_ram=64, min_disk=1, properties={
            'hw_disk_bus': 'virtio', 'instance_uuid': SERVER, 'auto_disk_config': 'true'})
        image = self.api.get(f'/images/{image_id}').json['image']
        self.assertEqual(image, self.api.get('/images/detail').json['images'][0])
        self.assertEqual(('ACTIVE', 100, 64, 1, 512, SERVER, 'AUTO', 'virtio'), (
            image['status'], image['progress'], image['minRam'], image['minDisk'],
            image['OS-EXT-IMG-SIZE:size'], image['server']['id'], image['OS-DCF:diskConfig'],
            image['metadata']['hw_disk_bus']))

    def test_image_from_no_server_names_none(self):
        image = self.api.get(f'/images/{self.make()}').json['image']
        self.assertNotIn('server', image)
        self.assertNotIn('OS-DCF:diskConfig', image)

    def test_deactivated_image_is_of_unknown_status(self):
        image_id = self.make()
        image_api.API().update(
            records.caller(is_admin=True), image_id, {'status': image_meta.DEACTIVATED})
        image = self.api.get(f'/images/{image_id}').json['image']
        self.assertEqual(('UNKNOWN', 0), (image['status'], image['progress']))
        self.assertEqual(['cirros'], self.names('?status=UNKNOWN'))
        self.assertEqual([], self.names('?status=ACTIVE'))

    def test_filters(self):
        self.make('a', min_ram=64, properties={'instance_uuid': SERVER})
        self.make('b', min_disk=5, properties={'image_type': 'snapshot', 'os_distro': 'debian'})
        for query, expected in (
                ('name=a', ['a']), ('status=active', ['b', 'a']), ('status=SAVING', []),
                (f'server={SERVER}', ['a']), (f'server=http://x/v2.1/servers/{SERVER}', ['a']),
                ('type=snapshot', ['b']), ('minRam=64', ['a']), ('minDisk=5', ['b']),
                ('property-os_distro=debian', ['b']), ('colour=red', ['b', 'a']),
                ('changes-since=2999-01-01T00:00:00Z', [])):
            with self.subTest(query=query):
                self.assertEqual(sorted(expected), sorted(self.names(f'?{query}')))

    def test_filters_of_another_form_are_refused(self):
        for query in ('minRam=x', 'minDisk=-1', 'changes-since=yesterday', 'limit=x',
                      'marker=lost'):
            with self.subTest(query=query), self.api.refused(400):
                self.names(f'?{query}')

    def test_pages_follow_each_other(self):
        for name in 'abc':
            self.make(name)
        first = self.api.get('/images/detail?limit=2').json
        link = first['images_links'][0]['href']
        rest = self.api.get(link[link.index('/v2.1'):]).json
        self.assertEqual(['a', 'b', 'c'], sorted(
            image['name'] for image in first['images'] + rest['images']))
        self.assertNotIn('images_links', rest)

    def test_deleted_image_is_gone(self):
        path = f'/images/{self.make()}'
        self.assertEqual(204, self.api.delete(path).status)
        with self.api.refused(404):
            self.api.get(path)
        with self.api.refused(404):
            self.api.delete(path)

    def test_protected_image_stays(self):
        path = f'/images/{self.make(protected=True)}'
        with self.api.refused(403):
            self.api.delete(path)
        self.api.get(path)

    def test_images_of_others_are_not_there_and_public_ones_are_not_theirs_to_change(self):
        private = self.make('mine')
        public = self.make('everybodys', visibility=image_meta.PUBLIC)
        self.assertEqual(['everybodys'], self.names(client=self.stranger))
        for method, path, body in (
                ('GET', '', None), ('DELETE', '', None), ('GET', '/metadata', None),
                ('POST', '/metadata', {'metadata': {'a': 'b'}}),
                ('PUT', '/metadata', {'metadata': {}}),
                ('PUT', '/metadata/a', {'meta': {'a': 'b'}})):
            answer = self.stranger.send(method, f'/images/{private}{path}', body)
            self.assertEqual((404, 'itemNotFound'), (answer.status, answer.fault))
            if method != 'GET':
                answer = self.stranger.send(method, f'/images/{public}{path}', body)
                self.assertEqual((403, 'forbidden'), (answer.status, answer.fault))

    def test_readers_change_nothing(self):
        image_id = self.make(properties={'a': 'b'})
        self.give_roles('reader')
        for method, path, body in (
                ('DELETE', '', None), ('POST', '/metadata', {'metadata': {'a': 'c'}}),
                ('PUT', '/metadata', {'metadata': {}}), ('DELETE', '/metadata/a', None),
                ('PUT', '/metadata/a', {'meta': {'a': 'c'}})):
            answer = self.api.send(method, f'/images/{image_id}{path}', body)
            self.assertEqual((403, 'forbidden'), (answer.status, answer.fault), path)
        self.assertEqual({'a': 'b'}, self.api.get(f'/images/{image_id}').json['image']['metadata'])

    def test_addresses_went_with_2_36(self):
        for path in ('/images', '/images/detail', f'/images/{self.make()}'):
            self.api.get(path, version='2.35')
            with self.api.refused(404):
                self.api.get(path, version='2.36')


class MetadataTest(ImagesTestCase):

    def setUp(self):
        super().setUp()
        self.image_id = self.make(properties={'a': '1', 'b': '2'})
        self.path = f'/images/{self.image_id}/metadata'

    def metadata(self):
        return self.api.get(self.path).json['metadata']

    def test_all_and_one_are_shown(self):
        self.assertEqual({'a': '1', 'b': '2'}, self.metadata())
        self.assertEqual({'meta': {'a': '1'}}, self.api.get(f'{self.path}/a').json)
        with self.api.refused(404):
            self.api.get(f'{self.path}/lost')

    def test_added_items_leave_the_others(self):
        answer = self.api.post(self.path, {'metadata': {'b': '3', 'c': '4'}})
        self.assertEqual({'metadata': {'a': '1', 'b': '3', 'c': '4'}}, answer.json)
        self.assertEqual({'a': '1', 'b': '3', 'c': '4'}, self.metadata())

    def test_replaced_metadata_are_the_only_ones(self):
        self.assertEqual({'metadata': {'c': '4'}},
                         self.api.put(self.path, {'metadata': {'c': '4'}}).json)
        self.assertEqual({'c': '4'}, self.metadata())

    def test_item_is_named_in_the_address_and_in_the_body(self):
        self.assertEqual({'meta': {'a': '9'}},
                         self.api.put(f'{self.path}/a', {'meta': {'a': '9'}}).json)
        self.assertEqual({'a': '9', 'b': '2'}, self.metadata())
        for body in ({'meta': {'b': '9'}}, {'meta': {}}, {'meta': {'a': '1', 'b': '2'}},
                     {'metadata': {'a': '1'}}):
            with self.subTest(body=body), self.api.refused(400):
                self.api.put(f'{self.path}/a', body)

    def test_removed_item_is_gone(self):
        self.assertEqual(204, self.api.delete(f'{self.path}/a').status)
        self.assertEqual({'b': '2'}, self.metadata())
        with self.api.refused(404):
            self.api.delete(f'{self.path}/a')

    def test_addresses_went_with_2_39(self):
        for path in (self.path, f'{self.path}/a'):
            self.api.get(path, version='2.38')
            with self.api.refused(404):
                self.api.get(path, version='2.39')
