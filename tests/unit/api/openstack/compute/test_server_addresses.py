# SPDX-License-Identifier: Apache-2.0
"""Addresses of servers."""

import sqlalchemy as sa

from nova_lite.db import engine
from nova_lite.db.models import instance as models
from tests.unit.api.openstack import case

NETWORK_INFO = [
    {'address': '52:54:00:00:00:01', 'network': {'label': label}, 'fixed_ips': [
        {'address': address, 'version': 4}]}
    for label, address in (('private', '10.0.0.3'), ('back room', '10.1.0.3'),
                           ('private', '10.0.0.4'))]
PRIVATE = [{'version': 4, 'addr': '10.0.0.3'}, {'version': 4, 'addr': '10.0.0.4'}]
BACK_ROOM = [{'version': 4, 'addr': '10.1.0.3'}]


class ServerAddressesTest(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        self.server = self.make_server()
        with engine.writer(None) as connection:
            connection.execute(sa.update(models.Instance.__table__).values(
                network_info=NETWORK_INFO))
        self.path = f'/servers/{self.server["uuid"]}/ips'

    def test_addresses_are_told_by_network(self):
        self.assertEqual({'addresses': {'private': PRIVATE, 'back room': BACK_ROOM}},
                         self.api.get(self.path).json)

    def test_one_network_is_asked_for(self):
        self.assertEqual({'private': PRIVATE}, self.api.get(f'{self.path}/private').json)
        self.assertEqual({'back room': BACK_ROOM}, self.api.get(f'{self.path}/back%20room').json)

    def test_network_that_the_server_is_not_in_is_not_found(self):
        with self.api.refused(404) as refused:
            self.api.get(f'{self.path}/public')
        self.assertIn('is in no network public', refused[0].message)

    def test_each_costs_one_statement(self):
        for path in (self.path, f'{self.path}/private'):
            with self.database.statements() as sent:
                self.api.get(path)
            self.assertEqual(1, len(sent), sent)


class AccessAddressTest(case.ApiTestCase):

    def test_long_forms_of_an_address_are_kept_short(self):
        server = self.make_server(access_ip_v6='0000:0000:0000:0000:0000:babe:220.12.22.2')
        path = f'/servers/{server["uuid"]}'
        self.assertEqual('::babe:dc0c:1602', self.api.get(path).json['server']['accessIPv6'])
        changed = self.api.put(path, {'server': {'accessIPv6': '2001:0db8:0:0:0:0:0:0001'}})
        self.assertEqual('2001:db8::1', changed.json['server']['accessIPv6'])
