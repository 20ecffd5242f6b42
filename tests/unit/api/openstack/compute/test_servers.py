# SPDX-License-Identifier: Apache-2.0
import datetime

from oslo_utils import timeutils

from nova_lite.db import engine
from nova_lite.db.models import instance as models
from nova_lite.db.models import network as network_models
from nova_lite.objects import base as objects_base
from nova_lite.states import vm
from tests.fixtures import records
from tests.unit.api.openstack import case

instances = models.Instance.__table__

LOST_IMAGE = '99999999-9999-4999-8999-999999999999'


class ServersTestCase(case.ApiTestCase):

    def change(self, row, **columns):
        """Set columns of a server behind the API's back."""
        with engine.writer(None) as connection:
            connection.execute(instances.update().where(
                instances.c.uuid == row['uuid']).values(**columns))

    def ask(self, name='web', **server):
        """Answer the body of a create request."""
        return {'server': {'name': name, 'imageRef': records.IMAGE_ID, 'flavorRef': 'small',
                           **server}}


class CreateTest(ServersTestCase):

    def setUp(self):
        super().setUp()
        self.make_flavor()
        self.make_network()
        self.offer_image()

    def created(self, body, version=None, client=None):
        """Send a create request; answer the row it made."""
        answer = (client or self.api).post('/servers', body, version=version)
        return objects_base.store('instances').get_by_uuid(
            records.caller(is_admin=True), answer.json['server']['id'])

    def test_create_answers_id_password_and_location_before_anything_is_built(self):
        answer = self.api.post('/servers', self.ask())
        server = answer.json['server']
        self.assertEqual(202, answer.status)
        self.assertTrue(answer.headers['Location'].endswith(f'/v2.1/servers/{server["id"]}'))
        self.assertEqual(12, len(server['adminPass']))
        self.assertEqual([{'name': 'default'}], server['security_groups'])
        self.assertEqual(1, len(self.woken))

    def test_given_password_is_answered_and_none_where_it_is_switched_off(self):
        first = self.api.post('/servers', self.ask(adminPass='correct horse'))
        self.override('api', enable_instance_password=False)
        second = self.api.post('/servers', self.ask())
        self.assertEqual('correct horse', first.json['server']['adminPass'])
        self.assertNotIn('adminPass', second.json['server'])

    def test_all_options_are_recorded(self):
        row = self.created(self.ask(
            metadata={'role': 'web'}, config_drive='yes', user_data='aGVsbG8=',
            accessIPv4='192.0.2.7', accessIPv6='2001:db8::7', description='front end',
            networks='none', tags=['b', 'a'], hostname='web.example.org',
            **{'OS-DCF:diskConfig': 'AUTO'}), version='2.94')
        self.assertEqual({'role': 'web'}, row['metadata'])
        self.assertTrue(row['config_drive'])
        self.assertTrue(row['auto_disk_config'])
        self.assertEqual('aGVsbG8=', row['user_data'])
        self.assertEqual(('192.0.2.7', '2001:db8::7'), (row['access_ip_v4'], row['access_ip_v6']))
        self.assertEqual('front end', row['display_description'])
        self.assertEqual('web.example.org', row['hostname'])
        shown = self.api.get(f'/servers/{row["uuid"]}', version='2.94').json['server']
        self.assertEqual(['a', 'b'], shown['tags'])

    def test_description_was_the_name_before_there_was_one(self):
        self.assertEqual('web', self.created(self.ask())['display_description'])
        self.assertIsNone(self.created(self.ask(), version='2.19')['display_description'])

    def test_networks_must_be_named_since_2_37(self):
        with self.api.refused(400):
            self.api.post('/servers', self.ask(), version='2.37')
        self.api.post('/servers', self.ask(networks='auto'), version='2.37')
        with self.api.refused(400):
            self.api.post('/servers', self.ask(networks='auto'), version='2.36')

    def test_empty_list_of_networks_is_as_none_at_all(self):
        for version in ('2.1', '2.37', '2.104'):
            self.api.post('/servers', self.ask(networks=[]), version=version)
        self.make_network('second', '10.1.0.0/24')
        with self.api.refused(409):
            self.api.post('/servers', self.ask(networks=[]), version='2.37')

    def test_port_that_is_named_is_not_there(self):
        for port, status in ((records.IMAGE_ID, 400), ('x', 400)):
            with self.api.refused(status):
                self.api.post('/servers', self.ask(networks=[{'port': port}]))

    def test_group_that_is_named_has_to_be_there(self):
        self.api.post('/servers', self.ask(security_groups=[{'name': 'default'}]))
        with self.api.refused(400) as refused:
            self.api.post('/servers', self.ask(security_groups=[{'name': 'web'}]))
        self.assertIn('web', refused[0].message)

    def test_host_that_is_asked_for_has_to_be_there(self):
        for name in ('host', 'hypervisor_hostname'):
            with self.admin.refused(400):
                self.admin.post('/servers', self.ask(networks='none', **{name: 'moon'}),
                                version='2.74')

    def test_null_stood_for_none_in_the_old_api(self):
        body = self.ask(key_name=None, user_data=None)
        self.api.post('/v2/servers', body)
        with self.api.refused(400):
            self.api.post('/servers', body)

    def test_root_disk_made_of_the_image_may_be_spelled_out(self):
        root = {'uuid': records.IMAGE_ID, 'source_type': 'image', 'destination_type': 'local',
                'boot_index': 0, 'delete_on_termination': True}
        self.api.post('/servers', self.ask(block_device_mapping_v2=[root]))
        for change in ({'source_type': 'volume'}, {'destination_type': 'volume'},
                       {'uuid': 'a' * 8 + '-1111-4111-8111-' + 'a' * 12}):
            with self.api.refused(400):
                self.api.post('/servers', self.ask(block_device_mapping_v2=[{**root, **change}]))

    def test_requests_with_disks_had_an_address_of_their_own(self):
        for root in ('/v2.1', '/v2'):
            answer = self.api.post(f'{root}/os-volumes_boot', self.ask())
            self.assertEqual(202, answer.status)
            self.assertTrue(answer.headers['Location'].endswith(
                f'{root}/servers/{answer.json["server"]["id"]}'))

    def test_volumes_are_refused_by_the_old_api_too(self):
        volumes = [{'volume_id': records.IMAGE_ID, 'device_name': 'vda'}]
        for path in ('/servers', '/v2/servers'):
            with self.api.refused(400):
                self.api.post(path, self.ask(block_device_mapping=volumes))
            self.api.post(path, self.ask(block_device_mapping=[]))

    def test_several_servers_are_told_apart_by_number(self):
        self.api.post('/servers', self.ask(min_count='2', max_count=3))
        names = [each['name'] for each in self.api.get(
            '/servers?sort_key=display_name&sort_dir=asc').json['servers']]
        self.assertEqual(['web-1', 'web-2', 'web-3'], names)

    def test_counts_that_contradict_each_other_are_refused(self):
        for least, most in ((3, 2), (0, 1), (1, 0), (-1, 1), (1, 2 ** 40)):
            with self.subTest(least=least, most=most), self.api.refused(400):
                self.api.post('/servers', self.ask(min_count=least, max_count=most))

    def test_one_host_name_is_not_given_to_several_servers(self):
        for version, hostname in (('2.90', 'web'), ('2.94', 'web.example.org')):
            body = self.ask(hostname=hostname, networks='none', max_count=2)
            with self.api.refused(400) as refused:
                self.api.post('/servers', body, version=version)
            self.assertIn('one server only', refused[0].message)

    def test_name_has_to_leave_room_for_the_numbers_of_several_servers(self):
        self.api.post('/servers', self.ask(name='n' * 253, max_count=9))
        for name, number in (('n' * 254, 2), ('n' * 253, 10)):
            with self.api.refused(400) as refused:
                self.api.post('/servers', self.ask(name=name, max_count=number))
            self.assertIn(f'too long for {number} servers', refused[0].message)
        self.api.post('/servers', self.ask(name='n' * 255))

    def test_reservation_is_answered_on_request(self):
        answer = self.api.post('/servers', self.ask(return_reservation_id=True))
        self.assertRegex(answer.json['reservation_id'], '^r-[0-9a-z]{8}$')

    def test_what_is_named_and_not_there_makes_the_request_wrong(self):
        for wrong, words in (
                ({'flavorRef': 'huge'}, 'Flavor huge could not be found.'),
                ({'imageRef': 'no-uuid'}, 'Invalid imageRef provided.'),
                ({'imageRef': ''}, 'Invalid imageRef provided.'),
                ({'imageRef': LOST_IMAGE}, f'Can not find requested image {LOST_IMAGE}'),
                ({'key_name': 'lost'}, 'Invalid key_name provided. You have no key pair lost.'),
                ({'networks': [{'port': records.IMAGE_ID}]},
                 f'Port id {records.IMAGE_ID} could not be found.'),
                ({'availability_zone': 'moon'},
                 'The requested availability zone is not available: moon'),
                ({'min_count': 2, 'max_count': 1}, 'min_count must be <= max_count')):
            self.refused_with(words, self.ask(**wrong))
        without_image = self.ask()
        del without_image['server']['imageRef']
        self.refused_with('Missing imageRef attribute', without_image)

    def refused_with(self, words, body):
        with self.subTest(body=body), self.api.refused(400) as refused:
            self.api.post('/servers', body)
        self.assertEqual(words, refused[0].message)

    def test_address_does_instead_of_the_id_of_a_flavor_and_not_of_an_image(self):
        self.created(self.ask(flavorRef='http://cloud/v2.1/flavors/small'))
        for path in ('/servers', '/v2/servers'):
            with self.api.refused(400):
                self.api.post(path, self.ask(
                    imageRef=f'http://cloud/images/{records.IMAGE_ID}'))

    def test_only_admins_choose_a_host(self):
        records.compute_host(records.caller(is_admin=True))
        forced = self.ask(availability_zone='nova:cmp1:node1')
        wanted = self.ask(host='cmp1', networks='none')
        for body, version in ((forced, '2.1'), (wanted, '2.74')):
            with self.api.refused(403):
                self.api.post('/servers', body, version=version)
            self.admin.post('/servers', body, version=version)

    def test_host_is_named_in_one_way_only(self):
        with self.admin.refused(400):
            self.admin.post('/servers', self.ask(
                availability_zone='nova:cmp1', host='cmp1', networks='none'), version='2.74')

    def test_flavor_without_root_disk_is_for_admins(self):
        self.make_flavor(flavorid='diskless', name='diskless', root_gb=0)
        with self.api.refused(403) as refused:
            self.api.post('/servers', self.ask(flavorRef='diskless'))
        self.assertEqual('Only volume-backed servers are allowed for flavors with zero disk.',
                         refused[0].message)
        self.admin.post('/servers', self.ask(flavorRef='diskless'))

    def test_disabled_flavor_is_as_good_as_gone(self):
        self.make_flavor(flavorid='old', name='old', disabled=True)
        with self.api.refused(400):
            self.api.post('/servers', self.ask(flavorRef='old'))

    def test_repeated_request_with_its_key_answers_the_same_server_without_password(self):
        headers = {'Idempotency-Key': 'abc'}
        first = self.api.post('/servers', self.ask(), headers=headers).json['server']
        second = self.api.post('/servers', self.ask(), headers=headers).json['server']
        self.assertEqual(first['id'], second['id'])
        self.assertNotIn('adminPass', second)
        self.assertEqual(1, len(self.api.get('/servers').json['servers']))

    def test_key_with_another_body_is_refused(self):
        headers = {'Idempotency-Key': 'abc'}
        self.api.post('/servers', self.ask(), headers=headers)
        with self.api.refused(422):
            self.api.post('/servers', self.ask(name='db'), headers=headers)

    def test_key_that_can_not_be_kept_is_refused(self):
        with self.api.refused(400):
            self.api.post('/servers', self.ask(), headers={'Idempotency-Key': 'x' * 65})

    def test_unknown_property_is_refused_here_and_dropped_by_the_old_api(self):
        with self.api.refused(400):
            self.api.post('/servers', self.ask(colour='red'))
        self.api.post('/v2/servers', self.ask(colour='red'))

    def test_files_were_taken_until_2_56(self):
        body = self.ask(personality=[{'path': '/etc/motd', 'contents': 'aGk='}], networks='none')
        self.api.post('/servers', body, version='2.56')
        with self.api.refused(400):
            self.api.post('/servers', body, version='2.57')

    def test_reader_may_not_create(self):
        self.give_roles('reader')
        with self.api.refused(403):
            self.api.post('/servers', self.ask())


class ShowTest(ServersTestCase):

    def test_server_of_another_project_is_not_there(self):
        row = self.make_server()
        for method, body in (('GET', None), ('DELETE', None), ('PUT', {'server': {}})):
            answer = self.stranger.send(method, f'/servers/{row["uuid"]}', body)
            self.assertEqual((404, 'itemNotFound'), (answer.status, answer.fault))
        self.api.get(f'/servers/{row["uuid"]}')

    def test_admin_sees_where_a_server_is_and_its_owner_does_not(self):
        row = self.make_server()
        self.change(row, host='cmp1', node='node1')
        mine = self.api.get(f'/servers/{row["uuid"]}').json['server']
        admins = self.admin.get(f'/servers/{row["uuid"]}').json['server']
        self.assertNotIn('OS-EXT-SRV-ATTR:host', mine)
        self.assertEqual('cmp1', admins['OS-EXT-SRV-ATTR:host'])
        self.assertEqual('node1', admins['OS-EXT-SRV-ATTR:hypervisor_hostname'])
        self.assertEqual(56, len(mine['hostId']))

    def test_flavor_is_a_link_until_2_46_and_its_values_since(self):
        row = self.make_server()
        old = self.api.get(f'/servers/{row["uuid"]}', version='2.46').json['server']['flavor']
        new = self.api.get(f'/servers/{row["uuid"]}', version='2.47').json['server']['flavor']
        self.assertEqual('small', old['id'])
        self.assertEqual({'vcpus': 1, 'ram': 64, 'disk': 1, 'ephemeral': 0, 'swap': 0,
                          'original_name': 'm1.small', 'extra_specs': {}}, new)

    def test_newest_fault_of_a_failed_server_is_shown(self):
        row = self.make_server()
        with engine.writer(None) as connection:
            for message in ('old', 'No valid host was found.'):
                connection.execute(models.InstanceFault.__table__.insert().values(
                    instance_uuid=row['uuid'], code=500, message=message, details='a trace',
                    created_at=timeutils.utcnow()))
        self.change(row, vm_state=vm.ERROR)
        mine = self.api.get(f'/servers/{row["uuid"]}').json['server']
        admins = self.admin.get(f'/servers/{row["uuid"]}').json['server']
        self.assertEqual('ERROR', mine['status'])
        self.assertEqual('No valid host was found.', mine['fault']['message'])
        self.assertNotIn('details', mine['fault'])
        self.assertEqual('a trace', admins['fault']['details'])

    def test_host_status_tells_what_is_known_of_the_service(self):
        context = records.caller(is_admin=True)
        records.compute_host(context)
        row = self.make_server()
        self.assertEqual('', self.host_status(row))
        self.change(row, host='cmp1')
        self.assertEqual('UP', self.host_status(row))
        service = objects_base.store('services').get_by_host(context, 'cmp1', 'nova-lite-compute')
        objects_base.store('services').update(context, service['id'], {'disabled': True})
        self.assertEqual('MAINTENANCE', self.host_status(row))
        objects_base.store('services').update(context, service['id'], {'forced_down': True})
        self.assertEqual('DOWN', self.host_status(row))

    def host_status(self, row):
        return self.admin.get(
            f'/servers/{row["uuid"]}', version='2.16').json['server']['host_status']

    def test_addresses_are_by_network(self):
        row = self.make_server()
        self.change(row, network_info=[{
            'id': 'x', 'address': 'fa:16:3e:00:00:01', 'network': {'label': 'private'},
            'fixed_ips': [{'address': '10.0.0.3', 'version': 4}]}])
        shown = self.api.get(f'/servers/{row["uuid"]}').json['server']
        self.assertEqual({'private': [{
            'version': 4, 'addr': '10.0.0.3', 'OS-EXT-IPS:type': 'fixed',
            'OS-EXT-IPS-MAC:mac_addr': 'fa:16:3e:00:00:01'}]}, shown['addresses'])

    def test_show_costs_at_most_four_statements(self):
        records.compute_host(records.caller(is_admin=True))
        row = self.make_server(metadata={'a': 'b'}, tags=['x'])
        self.change(row, host='cmp1', vm_state=vm.ERROR)
        with self.database.statements() as sent:
            self.admin.get(f'/servers/{row["uuid"]}', version='latest')
        self.assertLessEqual(len(sent), 4, sent)

    def test_links_have_the_project_where_the_address_had_it(self):
        row = self.make_server()
        links = self.api.get(f'/demo/servers/{row["uuid"]}').json['server']['links']
        self.assertEqual([f'http://localhost/v2.1/demo/servers/{row["uuid"]}',
                          f'http://localhost/demo/servers/{row["uuid"]}'],
                         [link['href'] for link in links])


class ListTest(ServersTestCase):

    def names(self, query='', client=None, version=None):
        """Answer the names of the servers that a query finds."""
        answer = (client or self.api).get(f'/servers{query}', version=version)
        return sorted(server['name'] for server in answer.json['servers'])

    def test_list_has_the_callers_own_servers_only(self):
        self.make_server()
        self.assertEqual(['web'], self.names())
        self.assertEqual([], self.names(client=self.stranger))
        self.assertEqual([], self.names('?project_id=demo', client=self.stranger))

    def test_page_of_nothing_is_empty_and_the_last(self):
        self.make_server()
        for path in ('/servers', '/servers/detail'):
            self.assertEqual({'servers': []}, self.api.get(f'{path}?limit=0').json)

    def test_all_tenants_is_for_admins(self):
        self.make_server()
        admin = self.api.as_user('admin', 'office')
        self.assertEqual([], self.names(client=admin))
        self.assertEqual(['web'], self.names('?all_tenants=1', client=admin))
        self.assertEqual([], self.names('?all_tenants=1&project_id=other', client=admin))
        with self.api.refused(403):
            self.api.get('/servers/detail?all_tenants')

    def test_pages_follow_each_other(self):
        for number in range(5):
            self.make_server(name=f'web{number}')
        seen, path = [], '/servers?limit=2&sort_key=display_name&sort_dir=asc'
        while path:
            page = self.api.get(path).json
            seen += [server['name'] for server in page['servers']]
            path = page.get('servers_links') and page['servers_links'][0]['href'].partition(
                'localhost')[2]
        self.assertEqual([f'web{number}' for number in range(5)], seen)

    def test_max_limit_holds_whatever_is_asked_for(self):
        self.override('api', max_limit=2)
        for _number in range(3):
            self.make_server()
        for query in ('', '?limit=3'):
            answer = self.api.get(f'/servers{query}').json
            self.assertEqual(2, len(answer['servers']))
            self.assertIn('servers_links', answer)

    def test_marker_of_another_project_is_unknown(self):
        row = self.make_server()
        with self.stranger.refused(400):
            self.stranger.get(f'/servers?marker={row["uuid"]}')

    def test_filters_of_everybody_find_what_matches(self):
        self.make_server(name='web')
        row = self.make_server(name='db', tags=['gold', 'red'])
        self.change(row, vm_state=vm.STOPPED, locked=True)
        for query in ('?name=^d', '?status=SHUTOFF', '?status=shutoff', '?tags=gold,red',
                      '?tags-any=gold,blue', '?locked=true',
                      f'?reservation_id={row["reservation_id"]}'):
            self.assertEqual(['db'], self.names(query, version='2.73'), query)
        self.assertEqual(['web'], self.names('?not-tags=gold', version='2.26'))
        self.assertEqual(['web'], self.names('?not-tags-any=gold,blue', version='2.26'))
        self.assertEqual(['db', 'web'], self.names(
            f'?image={records.IMAGE_ID}&flavor=small'))

    def test_filters_of_admins_are_ignored_for_others(self):
        self.change(self.make_server(name='web'), host='cmp1')
        self.make_server(name='db')
        self.assertEqual(['db', 'web'], self.names('?host=cmp1'))
        self.assertEqual(['web'], self.names('?host=cmp1', client=self.admin))

    def test_more_filters_are_for_everybody_since_2_83(self):
        self.change(self.make_server(name='web'), power_state=1)
        self.make_server(name='db')
        self.assertEqual(['db', 'web'], self.names('?power_state=1', version='2.82'))
        self.assertEqual(['web'], self.names('?power_state=1', version='2.83'))

    def test_address_is_found_by_pattern(self):
        row = self.make_server(name='web')
        self.make_server(name='db')
        self.give_address(row, '10.0.0.3')
        self.assertEqual(['web'], self.names('?ip=10.0.0.3$'))
        self.assertEqual([], self.names('?ip6=10.0', version='2.5'))

    def give_address(self, row, address):
        self.make_network()
        with engine.writer(None) as connection:
            connection.execute(network_models.FixedIp.__table__.update().where(
                network_models.FixedIp.address == address).values(instance_uuid=row['uuid']))

    def test_unknown_status_finds_nothing_and_is_an_error_since_2_38(self):
        self.make_server()
        self.assertEqual([], self.names('?status=FLYING', version='2.37'))
        with self.api.refused(400) as refused:
            self.api.get('/servers?status=FLYING', version='2.38')
        self.assertEqual('Invalid status value: FLYING', refused[0].message)

    def test_unknown_parameter_is_ignored_and_an_error_since_2_75(self):
        self.make_server()
        self.assertEqual(['web'], self.names('?colour=red', version='2.74'))
        with self.api.refused(400):
            self.api.get('/servers?colour=red', version='2.75')

    def test_deleted_servers_are_for_admins_and_for_who_follows_changes(self):
        self.change(self.make_server(name='gone'), deleted=True, vm_state=vm.DELETED)
        self.assertEqual([], self.names())
        self.assertEqual([], self.names('?deleted=true'))
        self.assertEqual(['gone'], self.names('?deleted=true', client=self.admin))
        self.assertEqual(['gone'], self.names('?status=DELETED', client=self.admin))
        since = (timeutils.utcnow() - datetime.timedelta(hours=1)).isoformat()
        self.assertEqual(['gone'], self.names(f'?changes-since={since}'))
        with self.api.refused(403):
            self.api.get('/servers?status=DELETED')

    def test_changes_before_is_known_since_2_66(self):
        self.make_server()
        self.assertEqual(
            [], self.names('?changes-before=2001-01-01T00:00:00Z', version='2.66'))
        self.assertEqual(
            ['web'], self.names('?changes-before=2001-01-01T00:00:00Z', version='2.65'))

    def test_order_that_tells_where_servers_are_is_for_admins(self):
        self.admin.get('/servers?sort_key=host')
        with self.api.refused(403):
            self.api.get('/servers?sort_key=host')

    def test_statements_do_not_grow_with_the_page(self):
        counts = []
        for _round in range(2):
            for _number in range(3):
                self.make_server()
            with self.database.statements() as sent:
                self.admin.get('/servers/detail', version='latest')
            counts.append(len(sent))
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[0], 4)


class UpdateTest(ServersTestCase):

    def test_update_changes_what_is_given_and_answers_it(self):
        row = self.make_server()
        shown = self.api.put(f'/servers/{row["uuid"]}', {'server': {
            'name': 'new', 'accessIPv4': '192.0.2.9', 'OS-DCF:diskConfig': 'AUTO'}}).json['server']
        self.assertEqual('new', shown['name'])
        self.assertEqual('192.0.2.9', shown['accessIPv4'])
        self.assertEqual('AUTO', shown['OS-DCF:diskConfig'])

    def test_answer_was_short_until_2_74(self):
        row = self.make_server()
        old = self.api.put(f'/servers/{row["uuid"]}', {'server': {}}, version='2.74')
        new = self.api.put(f'/servers/{row["uuid"]}', {'server': {}}, version='2.75')
        self.assertNotIn('key_name', old.json['server'])
        self.assertIn('key_name', new.json['server'])

    def test_description_and_hostname_wait_for_their_versions(self):
        row = self.make_server()
        path = f'/servers/{row["uuid"]}'
        for property_, before, since in (('description', '2.18', '2.19'),
                                         ('hostname', '2.89', '2.90')):
            body = {'server': {property_: 'web-7'}}
            with self.api.refused(400):
                self.api.put(path, body, version=before)
            self.api.put(path, body, version=since)

    def test_server_is_let_out_of_its_zone_and_pinned_to_it_again_since_2_104(self):
        row = self.make_server()
        self.change(row, requested_zone='nova', availability_zone='nova')
        self.assertIsNone(self.pin(row, None))
        with self.api.refused(409):
            self.pin(row, 'elsewhere')
        self.assertEqual('nova', self.pin(row, 'nova'))
        self.assertEqual('nova', self.pin(row, 'nova'))
        with self.api.refused(400):
            self.pin(row, None, version='2.103')

    def test_server_changes_its_zone_only_by_way_of_none(self):
        row = self.make_server()
        self.change(row, requested_zone='old', availability_zone='new')
        for zone in ('new', 'elsewhere'):
            with self.api.refused(409):
                self.pin(row, zone)
        self.assertIsNone(self.pin(row, None))
        self.assertEqual('new', self.pin(row, 'new'))

    def pin(self, row, zone, version='2.104'):
        """Pin a server to a zone; answer the zone that it is pinned to then."""
        return self.api.put(f'/servers/{row["uuid"]}', {'server': {
            'pinned_availability_zone': zone}}, version=version).json['server'][
                'pinned_availability_zone']


class DeleteTest(ServersTestCase):

    def test_delete_is_recorded_and_somebody_woken(self):
        row = self.make_server()
        answer = self.api.delete(f'/servers/{row["uuid"]}')
        self.assertEqual((204, ''), (answer.status, answer.text))
        shown = self.api.get(f'/servers/{row["uuid"]}').json['server']
        self.assertEqual('deleting', shown['OS-EXT-STS:task_state'])
        self.assertEqual(1, len(self.woken))

    def test_locked_server_refuses_its_owner_and_allows_admin(self):
        row = self.make_server()
        self.change(row, locked=True)
        answer = self.api.send('DELETE', f'/servers/{row["uuid"]}')
        self.assertEqual((409, 'conflictingRequest'), (answer.status, answer.fault))
        self.admin.delete(f'/servers/{row["uuid"]}')
