# SPDX-License-Identifier: Apache-2.0
"""A private image of a real Glance comes to the hosts of an aggregate, through all daemons."""

from tests.live import own_servers
from tests.live.test_keystone import DISK, KeystoneCase


class AheadOfTimeTest(KeystoneCase):

    def test_hosts_have_the_image_before_a_server_is_built_from_it(self):
        image = self.add_private_image()
        boss = self.client('boss')
        path = '/os-aggregates'
        made = boss.send('POST', path, {'aggregate': {'name': self.own('rack')}})['aggregate']
        path = f'{path}/{made["id"]}'
        boss.send('POST', f'{path}/action', {'add_host': {'host': self.own('key')}})
        newest = {'OpenStack-API-Version': 'compute 2.81'}
        self.assertEqual(400, self.status(boss, 'POST', f'{path}/images', {
            'cache': [{'id': '99999999-9999-4999-8999-999999999999'}]}, **newest))
        boss.send('POST', f'{path}/images', {'cache': [{'id': image}]}, headers=newest)
        own_servers.wait_until(
            lambda: (self.own('key'), image) in self.cloud.fake_things('images'),
            'a copy on the host')
        fred = self.client('fred')
        fred.wait_until_active(fred.create('web', image, self.add_flavor(), 'auto'))
        self.assertEqual(400, self.status(self.client('sam'), 'POST', '/servers', {'server': {
            'name': 'web', 'imageRef': image, 'flavorRef': 'tiny', 'networks': 'none'}}))
        self.assertEqual([], self.cloud.findings())

    def add_private_image(self):
        """Give Glance an image of the project of most users; answer its id."""
        boss, images = self.session('boss'), f'{self.companions.glance_url}/v2/images'
        image = boss.post(images, json={'name': 'own', 'disk_format': 'raw',
                                        'container_format': 'bare',
                                        'visibility': 'private'}).json()['id']
        boss.put(f'{images}/{image}/file', data=DISK,
                 headers={'Content-Type': 'application/octet-stream'})
        return image
