# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/api/metadata: what a guest reads, and what nobody else does."""

import json

import webob
from oslo_db import exception as db_exc

from nova_lite.api.metadata import application
from nova_lite.api.metadata import guests as known_guests
from nova_lite.db.stores import metadata as store
from tests import base
from tests.fixtures import guests

OTHER = '0123abcd-0000-4000-8000-00000000000f'


class Clock:
    """Time that stands still until it is told."""

    now = 0.0

    def __call__(self):
        return self.now


class MetadataCase(base.TestCase):
    """One guest in a database, and the service."""

    def setUp(self):
        super().setUp()
        self.database = self.useFixture(guests.GuestDatabase())
        self.database.add(metadata={'role': 'web'})
        self.start()

    def start(self):
        self.clock = Clock()
        self.application = application.Application(known_guests.Guests(self.clock))

    def ask(self, path, address=guests.ADDRESS, method='GET', body=b'', **headers):
        request = webob.Request.blank('/', method=method, body=body, headers=headers)
        request.environ['PATH_INFO'] = path
        request.environ['REMOTE_ADDR'] = address
        return request.get_response(self.application)

    def read(self, path, **kwargs):
        response = self.ask(path, **kwargs)
        self.assertEqual(200, response.status_int, response.body)
        return response.text

    def status(self, path, **kwargs):
        return self.ask(path, **kwargs).status_int


class TestPages(MetadataCase):

    def test_top_lists_the_ec2_versions(self):
        lines = self.read('/').split('\n')
        self.assertEqual(('1.0', '2009-04-04', 'latest'), (lines[0], *lines[-2:]))

    def test_openstack_lists_its_versions(self):
        lines = self.read('/openstack').split('\n')
        self.assertEqual(('2012-08-10', '2020-10-14', 'latest'), (lines[0], *lines[-2:]))

    def test_version_lists_its_documents(self):
        self.assertEqual(
            'meta_data.json\nnetwork_data.json\npassword\nuser_data\nvendor_data.json\n'
            'vendor_data2.json', self.read('/openstack/latest/'))
        self.assertEqual('meta_data.json\nuser_data', self.read('/openstack/2012-08-10'))
        self.assertEqual('meta-data/\nuser-data', self.read('/2009-04-04/'))

    def test_guest_without_user_data_is_shown_none(self):
        self.database.change(user_data=None)
        self.assertNotIn('user_data', self.read('/openstack/latest'))
        self.assertEqual('meta-data/', self.read('/latest'))
        self.assertEqual(404, self.status('/openstack/latest/user_data'))
        self.assertEqual(404, self.status('/latest/user-data'))

    def test_documents_are_json(self):
        response = self.ask('/openstack/latest/meta_data.json')
        self.assertEqual('application/json', response.content_type)
        self.assertEqual({'role': 'web'}, response.json['meta'])
        self.assertEqual('ipv4_dhcp', json.loads(
            self.read('/openstack/latest/network_data.json'))['networks'][0]['type'])

    def test_user_data_is_given_byte_for_byte(self):
        for path in ('/latest/user-data', '/openstack/latest/user_data'):
            response = self.ask(path)
            self.assertEqual(b'#!/bin/sh\n\xff\x00', response.body)
            self.assertEqual('application/octet-stream', response.content_type)

    def test_ec2_values_are_text(self):
        self.assertEqual('i-0000002a', self.read('/latest/meta-data/instance-id'))
        self.assertEqual('10.0.0.5', self.read('/2009-04-04/meta-data/local-ipv4/'))
        self.assertEqual('nova', self.read('/latest/meta-data/placement/availability-zone'))

    def test_ec2_directories_are_listed(self):
        self.assertIn('placement/\npublic-hostname', self.read('/latest/meta-data'))
        self.assertEqual('0=my key', self.read('/latest/meta-data/public-keys/'))
        self.assertEqual('openssh-key', self.read('/latest/meta-data/public-keys/0/'))
        self.assertEqual('ssh-ed25519 AAAA me',
                         self.read('/latest/meta-data/public-keys/0/openssh-key'))

    def test_old_version_does_not_have_what_came_later(self):
        self.assertEqual(404, self.status('/openstack/2012-08-10/network_data.json'))
        self.assertEqual(404, self.status('/openstack/2012-08-10/password'))
        self.assertEqual(404, self.status('/1.0/meta-data/instance-type'))

    def test_names_that_are_not_there_are_404(self):
        for path in ('/1999-01-01', '/latest/x', '/latest/meta-data/x',
                     '/latest/meta-data/hostname/x', '/openstack/x', '/openstack/latest/x',
                     '/openstack/latest/meta_data.json/x', '/openstack/content/0000',
                     '/openstack/content', '/latest/user-data/x', '/favicon.ico'):
            self.assertEqual(404, self.status(path), path)

    def test_hostile_paths_are_404(self):
        for path in ('/../../etc/passwd', '/latest/meta-data/../../openstack', '/latest/\xff\xfe',
                     '/latest/\x00', '/' + 'a' * 100_000, '/' + 'a/' * 400, '/%2e%2e/',
                     '/openstack/content/../latest/user_data', '/latest/meta-data/__class__'):
            self.assertEqual(404, self.status(path), path[:40])

    def test_slashes_may_be_repeated(self):
        self.assertEqual('i-0000002a', self.read('//latest///meta-data//instance-id//'))

    def test_only_reading_is_allowed(self):
        for method in ('POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'NONSENSE'):
            response = self.ask('/latest/user-data', method=method)
            self.assertEqual(405, response.status_int)
            self.assertEqual({'GET', 'HEAD'}, set(response.allow))

    def test_head_answers_without_a_body(self):
        response = self.ask('/latest/meta-data/instance-id', method='HEAD')
        self.assertEqual((200, b''), (response.status_int, response.body))


class TestWhoAsks(MetadataCase):

    def test_address_of_no_server_is_told_nothing(self):
        for address in ('10.0.0.99', '', 'nonsense', '::1', '10.0.0.5.', None):
            self.assertEqual(404, self.status('/latest/meta-data/', address=address), address)

    def test_ipv4_client_of_a_dual_socket_is_known(self):
        self.assertEqual('i-0000002a',
                         self.read('/latest/meta-data/instance-id', address='::ffff:10.0.0.5'))

    def test_forwarded_address_counts_only_if_configured(self):
        headers = {'X-Forwarded-For': '6.6.6.6, 10.0.0.5'}
        self.assertEqual(404, self.status('/', address='192.0.2.1', **headers))
        self.override('api', use_forwarded_for=True)
        self.assertEqual(200, self.status('/', address='192.0.2.1', **headers))
        forged = {'X-Forwarded-For': '10.0.0.5, 6.6.6.6'}
        self.assertEqual(404, self.status('/', address='192.0.2.1', **forged))

    def test_address_that_two_servers_have_on_two_networks_is_told_nothing(self):
        self.database.add(network_id=2, id=43, uuid=OTHER)
        self.assertEqual(404, self.status('/'))
        self.assertIn('several networks', self.logs.output)

    def test_deleted_server_is_told_nothing(self):
        self.database.change(deleted=True)
        self.assertEqual(404, self.status('/'))

    def test_address_that_passes_on_takes_no_facts_with_it(self):
        self.read('/latest/meta-data/instance-id')
        self.database.give(guests.ADDRESS, OTHER)
        self.database.add(address='10.0.0.6', id=43, uuid=OTHER, user_data=None)
        self.assertEqual(404, self.status('/latest/user-data'))
        self.assertEqual('i-0000002b', self.read('/latest/meta-data/instance-id'))
        self.database.give(guests.ADDRESS, None)
        self.assertEqual(404, self.status('/latest/user-data'))


class TestCost(MetadataCase):

    def test_first_request_costs_three_statements_and_the_next_one(self):
        for path, statements in (('/latest/meta-data/instance-id', 3),
                                 ('/openstack/latest/meta_data.json', 1)):
            with self.database.statements() as sent:
                self.read(path)
            self.assertEqual(statements, len(sent), sent)

    def test_changes_are_seen_when_the_facts_expire(self):
        self.read('/latest/meta-data/hostname')
        self.database.change(hostname='new')
        self.assertEqual('my-server.novalocal', self.read('/latest/meta-data/hostname'))
        self.clock.now = 16
        self.assertEqual('new.novalocal', self.read('/latest/meta-data/hostname'))

    def test_nothing_is_kept_if_so_configured(self):
        self.override('api', metadata_cache_expiration=0)
        self.start()
        self.read('/latest/meta-data/hostname')
        self.database.change(hostname='new')
        self.assertEqual('new.novalocal', self.read('/latest/meta-data/hostname'))

    def test_broken_database_is_500_without_details(self):
        def fail(*_args):
            raise db_exc.DBConnectionError('password of the database')

        original, store.by_fixed_address = store.by_fixed_address, fail
        self.addCleanup(setattr, store, 'by_fixed_address', original)
        response = self.ask('/latest')
        self.assertEqual(500, response.status_int)
        self.assertNotIn('password', response.text)


class TestPassword(MetadataCase):

    path = '/openstack/latest/password'

    def test_guest_posts_its_password_once(self):
        self.assertEqual('', self.read(self.path))
        self.read(self.path, method='POST', body=b'c2VjcmV0\nAA==\n')
        self.assertEqual('c2VjcmV0\nAA==\n', self.read(self.path))
        self.assertEqual(409, self.status(self.path, method='POST', body=b'other'))
        self.assertEqual('c2VjcmV0\nAA==\n', self.read('/openstack/2013-04-04/password'))

    def test_what_can_be_no_password_is_refused(self):
        for body in (b'', b'x' * 1021, b'\xff', b'a\x00b', b'x' * 10_000_000):
            self.assertEqual(400, self.status(self.path, method='POST', body=body))
        self.assertEqual('', self.read(self.path))

    def test_longest_password_is_kept(self):
        self.read(self.path, method='POST', body=b'x' * 1020)
        self.assertEqual('x' * 1020, self.read(self.path))

    def test_stranger_posts_nothing(self):
        self.assertEqual(404, self.status(self.path, address='10.0.0.9', method='POST', body=b'x'))

    def test_other_methods_are_405(self):
        response = self.ask(self.path, method='DELETE')
        self.assertEqual(405, response.status_int)
        self.assertIn('POST', response.allow)
        self.assertEqual(405, self.status('/openstack/2012-08-10/password', method='POST'))
