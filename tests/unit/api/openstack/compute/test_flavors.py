# SPDX-License-Identifier: Apache-2.0
from nova_lite.api.openstack.microversions import Feature
from tests.unit.api.openstack import case


class FlavorsTestCase(case.ApiTestCase):

    def ask(self, name='m1.tiny', **fields):
        """Answer the body of a create request."""
        return {'flavor': {'name': name, 'ram': 512, 'vcpus': 1, 'disk': 1, **fields}}

    def ids(self, query='', client=None, **options):
        answer = (client or self.api).get(f'/flavors{query}', **options)
        return [flavor['id'] for flavor in answer.json['flavors']]


class ShowTest(FlavorsTestCase):

    def test_fields_of_each_version(self):
        self.make_flavor(description='for tests')
        always = {
            'id', 'name', 'ram', 'disk', 'vcpus', 'swap', 'links', 'OS-FLV-EXT-DATA:ephemeral',
            'os-flavor-access:is_public'}
        old = {'rxtx_factor', 'OS-FLV-DISABLED:disabled'}
        steps = {1: old, Feature.FLAVOR_DESCRIPTION: {*old, 'description'},
                 Feature.FLAVOR_EXTRA_SPECS: {*old, 'description', 'extra_specs'},
                 Feature.NO_FLAVOR_FACTOR: {'description', 'extra_specs'}}
        added = set()
        for minor in range(1, 105):
            added = steps.get(minor, added)
            for path in ('/flavors/small', '/flavors/detail'):
                answer = self.api.get(path, version=f'2.{minor}').json
                shown = answer.get('flavor') or answer['flavors'][0]
                self.assertEqual(always | added, set(shown), (path, minor))
        self.assertEqual('for tests', shown['description'])
        self.assertEqual({'hw:cpu_policy': 'shared'}, shown['extra_specs'])

    def test_no_swap_was_an_empty_text_before_2_75(self):
        self.make_flavor()
        self.make_flavor(flavorid='swapping', name='m1.swapping', swap=512)
        for version, nothing in (('2.74', ''), ('2.75', 0)):
            shown = self.api.get('/flavors/detail', version=version).json['flavors']
            self.assertEqual([nothing, 512], [flavor['swap'] for flavor in shown])

    def test_short_list_has_the_description_since_2_55(self):
        self.make_flavor(description='for tests')
        old = self.api.get('/flavors', version='2.54').json['flavors'][0]
        new = self.api.get('/flavors', version='2.55').json['flavors'][0]
        self.assertEqual({'id', 'name', 'links'}, set(old))
        self.assertEqual('for tests', new['description'])

    def test_parameters_of_one_are_refused_since_2_102(self):
        self.make_flavor()
        self.api.get('/flavors/small?colour=red', version='2.101')
        with self.api.refused(400):
            self.api.get('/flavors/small?colour=red', version='2.102')

    def test_flavor_that_is_not_there_is_not_found(self):
        with self.api.refused(404) as refused:
            self.api.get('/flavors/huge')
        self.assertEqual('Flavor huge could not be found.', refused[0].message)

    def test_links_lead_to_the_flavor(self):
        self.make_flavor()
        own, bookmark = self.api.get('/flavors/small').json['flavor']['links']
        self.assertEqual('http://localhost/v2.1/flavors/small', own['href'])
        self.assertEqual('http://localhost/flavors/small', bookmark['href'])

    def test_number_of_statements_does_not_grow_with_the_list(self):
        self.make_flavor()
        with self.database.statements() as few:
            self.api.get('/flavors/detail', version='2.61')
        for number in range(5):
            self.make_flavor(flavorid=f'f{number}', name=f'f{number}')
        with self.database.statements() as many:
            self.api.get('/flavors/detail', version='2.61')
        self.assertEqual((2, 2), (len(few), len(many)))


class ListTest(FlavorsTestCase):

    def setUp(self):
        super().setUp()
        self.make_flavor(flavorid='a', name='web.large', memory_mb=4096, root_gb=40)
        self.make_flavor(flavorid='b', name='db.small', memory_mb=64, root_gb=0, description='b')
        self.make_flavor(flavorid='c', name='web.small', memory_mb=512, root_gb=5)

    def test_private_flavors_are_for_admins_who_ask(self):
        self.make_flavor(flavorid='p', name='private', is_public=False)
        self.assertEqual(['a', 'b', 'c'], self.ids())
        self.assertEqual(['a', 'b', 'c'], self.ids('?is_public=none'))
        self.assertEqual(['a', 'b', 'c'], self.ids(client=self.admin))
        self.assertEqual(['p'], self.ids('?is_public=false', self.admin))
        self.assertEqual(['a', 'b', 'c', 'p'], self.ids('?is_public=None', self.admin))
        with self.api.refused(404):
            self.api.get('/flavors/p')

    def test_disabled_flavors_are_for_admins(self):
        self.make_flavor(flavorid='d', name='disabled', disabled=True)
        self.assertEqual(['a', 'b', 'c'], self.ids())
        self.assertEqual(['a', 'b', 'c', 'd'], self.ids(client=self.admin))

    def test_filters_by_least_memory_and_disk(self):
        self.assertEqual(['a', 'c'], self.ids('?minRam=512'))
        self.assertEqual(['a'], self.ids('?minDisk=6'))
        self.assertEqual(['a', 'b', 'c'], self.ids('?minDisk=-1'))

    def test_filters_that_are_no_numbers_are_refused(self):
        for query in ('minRam=x', 'minDisk=1.5', 'minRam=', 'is_public=perhaps'):
            with self.subTest(query=query), self.api.refused(400) as refused:
                self.admin.get(f'/flavors?{query}')
            name, _, value = query.partition('=')
            self.assertEqual(f'Invalid {name} filter [{value}]', refused[0].message)

    def test_filter_by_name_came_with_2_102(self):
        self.assertEqual(['a', 'c'], self.ids('?name=web', version='2.102'))
        self.assertEqual(['a', 'b', 'c'], self.ids('?name=web', version='2.74'))
        with self.api.refused(400):
            self.api.get('/flavors?name=web', version='2.101')

    def test_name_is_a_regular_expression(self):
        self.assertEqual([['a', 'c'], ['b', 'c'], ['a'], []], [
            self.ids(f'?name={name}', version='2.102')
            for name in ('^web', 'small$', '^web.large$', '^small')])
        for path in ('/flavors', '/flavors/detail'):
            with self.api.refused(400):
                self.api.get(f'{path}?name=[', version='2.102')

    def test_unknown_parameters_are_refused_since_2_75(self):
        self.assertEqual(['a', 'b', 'c'], self.ids('?colour=red', version='2.74'))
        with self.api.refused(400):
            self.api.get('/flavors?colour=red', version='2.75')

    def test_pages_follow_each_other_in_every_order(self):
        for key in ('flavorid', 'memory_mb', 'description', 'updated_at', 'vcpu_weight'):
            for direction in ('asc', 'desc'):
                query = f'sort_key={key}&sort_dir={direction}'
                whole = self.ids(f'?{query}')
                first = self.api.get(f'/flavors?{query}&limit=2').json
                link = first['flavors_links'][0]['href']
                rest = self.api.get(link[link.index('/v2.1'):]).json
                paged = [flavor['id'] for flavor in first['flavors'] + rest['flavors']]
                self.assertEqual(whole, paged, query)
                self.assertNotIn('flavors_links', rest)

    def test_marker_that_is_not_there_is_refused(self):
        with self.api.refused(400):
            self.api.get('/flavors?marker=lost')


class CreateTest(FlavorsTestCase):

    def test_flavor_is_made_as_described(self):
        answer = self.admin.post('/flavors', self.ask(
            id=7, swap='64', rxtx_factor='2.0', description='for tests',
            **{'OS-FLV-EXT-DATA:ephemeral': 3, 'os-flavor-access:is_public': 'false'}),
            version='2.61')
        flavor = answer.json['flavor']
        self.assertEqual(200, answer.status)
        self.assertEqual(('7', 'm1.tiny', 512, 1, 1, 64, 2.0, 3, False, False, 'for tests', {}), (
            flavor['id'], flavor['name'], flavor['ram'], flavor['vcpus'], flavor['disk'],
            flavor['swap'], flavor['rxtx_factor'], flavor['OS-FLV-EXT-DATA:ephemeral'],
            flavor['OS-FLV-DISABLED:disabled'], flavor['os-flavor-access:is_public'],
            flavor['description'], flavor['extra_specs']))

    def test_flavor_without_id_gets_a_uuid(self):
        flavor = self.admin.post('/flavors', self.ask()).json['flavor']
        self.assertRegex(flavor['id'], '^[0-9a-f-]{36}$')
        self.assertEqual(('', 1.0, True), (
            flavor['swap'], flavor['rxtx_factor'], flavor['os-flavor-access:is_public']))

    def test_factor_of_the_network_has_gone_with_2_102(self):
        self.admin.post('/flavors', self.ask(rxtx_factor=2), version='2.101')
        self.assertEqual(200, self.admin.get(
            '/flavors/detail?sort_key=rxtx_factor', version='2.101').status)
        with self.admin.refused(400):
            self.admin.post('/flavors', self.ask(name='other', rxtx_factor=2), version='2.102')
        for path in ('/flavors', '/flavors/detail'):
            with self.admin.refused(400):
                self.admin.get(f'{path}?sort_key=rxtx_factor', version='2.102')

    def test_name_and_id_are_unique(self):
        self.admin.post('/flavors', self.ask(id='tiny'))
        for again, message in (
                (self.ask(id='other'), 'Flavor with name m1.tiny already exists.'),
                (self.ask(name='other', id='tiny'), 'Flavor with ID tiny already exists.')):
            with self.api.refused(409) as refused:
                self.admin.post('/flavors', again)
            self.assertEqual(message, refused[0].message)

    def test_values_out_of_range_are_refused(self):
        for wrong in ({'ram': 0}, {'ram': '0'}, {'vcpus': -1}, {'vcpus': '00'}, {'disk': -1},
                      {'disk': 2 ** 31}, {'disk': str(2 ** 31)}, {'swap': '9999999999'},
                      {'rxtx_factor': 0}, {'rxtx_factor': '0.0'}, {'rxtx_factor': 1e39},
                      {'rxtx_factor': 'fast'}, {'name': ''}, {'name': ' x'}, {'id': 'a/b'},
                      {'id': ' a'}, {'ram': True}, {'os-flavor-access:is_public': 'perhaps'},
                      {'colour': 'red'}):
            with self.subTest(wrong=wrong), self.api.refused(400):
                self.admin.post('/flavors', self.ask(**wrong))

    def test_description_came_with_2_55(self):
        with self.api.refused(400):
            self.admin.post('/flavors', self.ask(description='x'), version='2.54')
        self.admin.post('/flavors', self.ask(description='x' * 65535), version='2.55')

    def test_old_api_drops_what_it_does_not_know(self):
        self.admin.post('/v2/flavors', self.ask(colour='red'))


class ChangeTest(FlavorsTestCase):

    def setUp(self):
        super().setUp()
        self.make_flavor()

    def test_description_is_changed_since_2_55(self):
        body = {'flavor': {'description': 'new'}}
        answer = self.admin.put('/flavors/small', body, version='2.55')
        self.assertEqual('new', answer.json['flavor']['description'])
        self.assertIsNone(self.admin.put(
            '/flavors/small', {'flavor': {'description': None}},
            version='2.61').json['flavor']['description'])
        with self.api.refused(404):
            self.admin.put('/flavors/small', body, version='2.54')
        with self.api.refused(404):
            self.admin.put('/flavors/huge', body, version='2.55')

    def test_nothing_else_is_changed(self):
        for body in ({'flavor': {'ram': 1}}, {'flavor': {}}, {}):
            with self.subTest(body=body), self.api.refused(400):
                self.admin.put('/flavors/small', body, version='2.55')

    def test_delete_answers_202_and_the_flavor_is_gone(self):
        self.assertEqual(202, self.admin.delete('/flavors/small').status)
        with self.api.refused(404):
            self.admin.get('/flavors/small')
        with self.api.refused(404):
            self.admin.delete('/flavors/small')

    def test_only_admins_change_flavors(self):
        for method, path, body in (
                ('POST', '/flavors', self.ask()),
                ('PUT', '/flavors/small', {'flavor': {'description': 'x'}}),
                ('DELETE', '/flavors/small', None)):
            self.assertEqual(403, self.api.send(method, path, body, version='2.55').status)
