# SPDX-License-Identifier: Apache-2.0
"""Tests of the API of host aggregates: forms, versions, refusals."""

from nova_lite.conductor import rpcapi
from nova_lite.objects import base as objects_base
from tests.fixtures import records
from tests.unit.api.openstack import case

MADE = {'id', 'name', 'availability_zone', 'created_at', 'updated_at', 'deleted', 'deleted_at'}
WHOLE = MADE | {'hosts', 'metadata'}


class AggregatesTestCase(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        records.compute_host(self.context)
        records.compute_host(self.context, 'cmp2')

    def create(self, name='fast', version='2.41', **fields):
        return self.admin.post('/os-aggregates', {'aggregate': {'name': name, **fields}},
                               version=version).json['aggregate']

    def act(self, made, action, **body):
        return self.admin.post(f'/os-aggregates/{made["id"]}/action', {action: body},
                               version='2.104').json['aggregate']

    def update(self, made, **fields):
        return self.admin.put(f'/os-aggregates/{made["id"]}', {'aggregate': fields},
                              version='2.104').json['aggregate']

    def show(self, made, version='2.104'):
        return self.admin.get(f'/os-aggregates/{made["id"]}', version=version).json['aggregate']

    def refusal(self, status, ask, *args, **fields):
        with self.admin.refused(status) as refused:
            ask(*args, **fields)
        return refused[0].message


class FormTest(AggregatesTestCase):

    def test_fields_of_each_version(self):
        for minor in range(1, 105):
            version, uuid = f'2.{minor}', {'uuid'} if minor >= 41 else set()
            made = self.create(f'a{minor}', version)
            self.assertEqual(MADE | uuid, set(made), minor)
            self.assertEqual(WHOLE | uuid, set(self.show(made, version)), minor)
            for listed in self.admin.get(
                    '/os-aggregates', version=version).json['aggregates']:
                self.assertEqual(WHOLE | uuid, set(listed), minor)

    def test_zone_is_shown_beside_the_metadata_that_makes_it(self):
        made = self.create(availability_zone='east')
        shown = self.show(made)
        self.assertEqual(('east', {'availability_zone': 'east'}, 'east'), (
            shown['availability_zone'], shown['metadata'], made['availability_zone']))
        self.assertIsNone(self.create('other', availability_zone=None)['availability_zone'])

    def test_answers_have_the_code_200(self):
        answer = self.admin.post('/os-aggregates', {'aggregate': {'name': 'fast'}})
        self.assertEqual(200, answer.status)
        answer = self.admin.delete(f'/os-aggregates/{answer.json["aggregate"]["id"]}')
        self.assertEqual((200, ''), (answer.status, answer.text))

    def test_spaces_around_names_are_refused_here_and_cut_off_by_the_old_api(self):
        self.refusal(400, self.create, ' fast ')
        self.refusal(400, self.create, 'fast', availability_zone=' east ')
        answer = self.admin.post('/v2/os-aggregates', {'aggregate': {
            'name': ' fast ', 'availability_zone': ' east ', 'colour': 'red'}})
        self.assertEqual(('fast', 'east'), (
            answer.json['aggregate']['name'], answer.json['aggregate']['availability_zone']))
        self.refusal(400, self.admin.post, '/v2/os-aggregates', {'aggregate': {'name': '  '}})

    def test_bodies_that_can_not_be_meant_are_refused(self):
        for fields in ({'name': ''}, {'name': 'x' * 256}, {'name': 'a', 'availability_zone': ''},
                       {'name': 'a', 'availability_zone': 'a:b'}, {'name': 'a', 'colour': 'red'}):
            with self.subTest(fields=fields):
                self.refusal(400, self.create, **fields)
        made = self.create()
        self.refusal(400, self.update, made)
        for pairs in ({'a/b': 'c'}, {'a': 1}, {'a': 'x' * 256}, {'': 'a'},
                      {'availability_zone': ''}, {'availability_zone': 'a:b'}):
            with self.subTest(pairs=pairs):
                self.refusal(400, self.act, made, 'set_metadata', metadata=pairs)
        for host in ('', 'a b', 'a/b'):
            self.refusal(400, self.act, made, 'add_host', host=host)

    def test_address_is_a_number(self):
        for wrong in ('x', '1.5', '%D9%A3'):
            self.refusal(400, self.admin.get, f'/os-aggregates/{wrong}')
        for lost in ('-1', '0', '4711', '9' * 30):
            self.refusal(404, self.admin.get, f'/os-aggregates/{lost}')
            self.refusal(404, self.admin.delete, f'/os-aggregates/{lost}')


class ChangeTest(AggregatesTestCase):

    def test_name_and_zone_are_changed_apart(self):
        made = self.create(availability_zone='east')
        self.assertEqual('east', self.update(made, name='new')['availability_zone'])
        changed = self.update(made, availability_zone='west')
        self.assertEqual(('new', 'west'), (changed['name'], changed['availability_zone']))
        self.assertEqual({}, self.update(made, availability_zone=None)['metadata'])

    def test_name_that_is_taken_is_a_conflict(self):
        self.create('a')
        other = self.create('b')
        self.assertIn('a already exists', self.refusal(409, self.create, 'a'))
        self.refusal(409, self.update, other, name='a')

    def test_hosts_come_and_go(self):
        made = self.create()
        self.assertEqual(['cmp1'], self.act(made, 'add_host', host='cmp1')['hosts'])
        self.refusal(409, self.act, made, 'add_host', host='cmp1')
        self.refusal(404, self.act, made, 'add_host', host='lost')
        self.refusal(404, self.act, made, 'remove_host', host='cmp2')
        self.refusal(400, self.admin.delete, f'/os-aggregates/{made["id"]}')
        self.assertEqual([], self.act(made, 'remove_host', host='cmp1')['hosts'])
        self.admin.delete(f'/os-aggregates/{made["id"]}')
        self.refusal(404, self.show, made)

    def test_metadata_is_added_and_removed_by_key(self):
        made = self.create(availability_zone='east')
        shown = self.act(made, 'set_metadata', metadata={'ssd': 'true', 'rack': '1'})
        self.assertEqual({'availability_zone': 'east', 'ssd': 'true', 'rack': '1'},
                         shown['metadata'])
        shown = self.act(made, 'set_metadata', metadata={'rack': None, 'availability_zone': None})
        self.assertEqual(({'ssd': 'true'}, None), (shown['metadata'], shown['availability_zone']))

    def test_host_is_in_one_zone(self):
        east = self.create('east', availability_zone='east')
        west = self.create('west', availability_zone='west')
        self.act(east, 'add_host', host='cmp1')
        self.refusal(409, self.act, west, 'add_host', host='cmp1')
        plain = self.create('plain')
        self.act(plain, 'add_host', host='cmp1')
        self.refusal(400, self.update, plain, availability_zone='west')
        self.refusal(400, self.act, plain, 'set_metadata', metadata={'availability_zone': 'west'})

    def test_host_with_servers_stays_in_its_zone(self):
        east = self.create('east', availability_zone='east')
        self.act(east, 'add_host', host='cmp1')
        west = self.create('west', availability_zone='west')
        records.active_server(self.context)
        records.active_server(self.context, 'cmp2')
        self.refusal(400, self.update, east, availability_zone='north')
        self.refusal(400, self.act, east, 'set_metadata', metadata={'availability_zone': None})
        self.refusal(409, self.act, east, 'remove_host', host='cmp1')
        self.refusal(409, self.act, west, 'add_host', host='cmp2')
        service = objects_base.store('services').get_by_host(
            self.context, 'cmp1', 'nova-lite-compute')
        self.assertEqual('east', service['availability_zone'])

    def test_action_that_is_not_there_is_refused(self):
        self.refusal(400, self.act, self.create(), 'explode', host='cmp1')


class PolicyTest(AggregatesTestCase):

    def test_all_of_it_is_for_admins(self):
        path = f'/os-aggregates/{self.create()["id"]}'
        for method, where, body in (
                ('GET', '/os-aggregates', None),
                ('POST', '/os-aggregates', {'aggregate': {'name': 'x'}}),
                ('GET', path, None), ('PUT', path, {'aggregate': {'name': 'x'}}),
                ('DELETE', path, None),
                ('POST', f'{path}/action', {'add_host': {'host': 'cmp1'}}),
                ('POST', f'{path}/action', {'remove_host': {'host': 'cmp1'}}),
                ('POST', f'{path}/action', {'set_metadata': {'metadata': {}}})):
            self.assertEqual(403, self.api.send(method, where, body).status, (method, where))


class ImagesTest(AggregatesTestCase):
    """Images that hosts are to fetch ahead of time."""

    def setUp(self):
        super().setUp()
        self.made = self.create()
        self.image_id = self.offer_image(None)

    def cache(self, *image_ids, number=None, version='2.81', client=None):
        return (client or self.admin).send(
            'POST', f'/os-aggregates/{number or self.made["id"]}/images',
            {'cache': [{'id': image_id} for image_id in image_ids]}, version=version)

    def test_conductor_is_told(self):
        sent = []
        self.patch(rpcapi.ConductorAPI, 'cache_images', lambda _self, *given: sent.append(given))
        answer = self.cache(self.image_id)
        self.assertEqual((202, ''), (answer.status, answer.text))
        self.assertEqual([(self.made['id'], [self.image_id])], [given[1:] for given in sent])

    def test_what_is_not_there_is_refused(self):
        lost = '99999999-9999-4999-8999-999999999999'
        for status, images, number in ((404, [self.image_id], 999), (400, [lost], None),
                                       (400, [], None), (400, ['x'], None),
                                       (400, [self.image_id] * 2, None)):
            self.assertEqual(status, self.cache(*images, number=number).status)

    def test_it_came_with_2_81_and_is_for_admins(self):
        self.assertEqual(404, self.cache(self.image_id, version='2.80').status)
        self.assertEqual(403, self.cache(self.image_id, client=self.api).status)
