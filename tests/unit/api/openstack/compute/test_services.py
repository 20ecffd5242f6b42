# SPDX-License-Identifier: Apache-2.0
import datetime

from oslo_utils import fixture as time_fixture

from nova_lite.objects import base as objects_base
from tests.fixtures import records
from tests.unit.api.openstack import case

COMPUTE = {'host': 'cmp1', 'binary': 'nova-compute'}
LOST = {'host': 'lost', 'binary': 'nova-compute'}


class ServicesTestCase(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        self.clock = self.useFixture(time_fixture.TimeFixture())
        records.compute_host(self.context)
        records.controller(self.context)

    def services(self, query='', version='2.104'):
        return self.admin.get(f'/os-services{query}', version=version).json['services']

    def compute(self, version='2.104'):
        """Answer the compute service as it is listed."""
        (service,) = self.services('?binary=nova-compute', version)
        return service


class ListTest(ServicesTestCase):

    def test_fields_of_each_version(self):
        always = {'id', 'binary', 'host', 'zone', 'status', 'state', 'updated_at',
                  'disabled_reason'}
        for minor in range(1, 105):
            service = self.compute(f'2.{minor}')
            self.assertEqual(always | ({'forced_down'} if minor >= 11 else set()),
                             set(service), minor)
            self.assertIs(int if minor < 53 else str, type(service['id']), minor)

    def test_filters_by_host_and_binary(self):
        self.assertEqual(['cmp1', 'controller'], [each['host'] for each in self.services()])
        self.assertEqual(['cmp1'], [each['host'] for each in self.services('?host=cmp1')])
        self.assertEqual([], self.services('?host=cmp1&binary=nova-conductor'))

    def test_service_that_is_not_heard_of_is_down(self):
        self.assertEqual('up', self.compute()['state'])
        self.clock.advance_time_delta(datetime.timedelta(seconds=21))
        self.assertEqual('down', self.compute()['state'])

    def test_zone_is_the_default_one_unless_it_has_its_own(self):
        self.override(default_availability_zone='north')
        self.assertEqual('north', self.compute()['zone'])

    def test_unknown_parameters_are_refused_since_2_75(self):
        self.services('?colour=red', '2.74')
        with self.api.refused(400):
            self.services('?colour=red', '2.75')

    def test_list_needs_one_statement(self):
        with self.database.statements() as sent:
            self.services()
        self.assertEqual(1, len(sent))

    def test_all_of_it_is_for_admins(self):
        uuid = self.compute()['id']
        for method, path, body, version in (
                ('GET', '/os-services', None, '2.1'),
                ('PUT', '/os-services/enable', COMPUTE, '2.1'),
                ('PUT', '/os-services/disable', COMPUTE, '2.1'),
                ('PUT', '/os-services/disable-log-reason',
                 {**COMPUTE, 'disabled_reason': 'x'}, '2.1'),
                ('PUT', '/os-services/force-down', {**COMPUTE, 'forced_down': True}, '2.11'),
                ('PUT', f'/os-services/{uuid}', {'status': 'disabled'}, '2.53'),
                ('DELETE', f'/os-services/{uuid}', None, '2.53')):
            answer = self.api.send(method, path, body, version=version)
            self.assertEqual((403, 'forbidden'), (answer.status, answer.fault), path)
        self.assertEqual(('enabled', False), (
            self.compute()['status'], self.compute()['forced_down']))


class ChangeByAddressTest(ServicesTestCase):

    def change(self, what, version='2.52', **more):
        return self.admin.put(
            f'/os-services/{what}', {**COMPUTE, **more}, version=version).json['service']

    def test_disabled_service_is_enabled_again(self):
        self.assertEqual({**COMPUTE, 'status': 'disabled'}, self.change('disable'))
        self.assertEqual('disabled', self.compute()['status'])
        self.assertEqual({**COMPUTE, 'status': 'enabled'}, self.change('enable'))
        self.assertEqual('enabled', self.compute()['status'])

    def test_reason_stays_until_the_service_is_enabled(self):
        self.assertEqual(
            {**COMPUTE, 'status': 'disabled', 'disabled_reason': 'smoke'},
            self.change('disable-log-reason', disabled_reason='smoke'))
        self.assertEqual('smoke', self.compute()['disabled_reason'])
        self.change('enable')
        self.assertIsNone(self.compute()['disabled_reason'])

    def test_reason_is_any_text_with_something_in_it(self):
        for reason in (' smoke ', 'fire\nand smoke', 'Rauch, weiß'):
            self.change('disable-log-reason', disabled_reason=reason)
            self.assertEqual(reason, self.compute()['disabled_reason'])
        for reason in ('', ' ', '\n\t', 'a\x07', 'x' * 256, None, 5):
            with self.subTest(reason=reason), self.api.refused(400):
                self.change('disable-log-reason', disabled_reason=reason)

    def test_service_is_forced_down_since_2_11(self):
        self.assertEqual({**COMPUTE, 'forced_down': True},
                         self.change('force-down', '2.11', forced_down='true'))
        self.assertEqual('down', self.compute()['state'])
        self.change('force-down', forced_down=False)
        self.assertEqual('up', self.compute()['state'])
        with self.api.refused(404):
            self.change('force-down', '2.10', forced_down=True)

    def test_service_that_is_not_there_is_not_found(self):
        with self.api.refused(404) as refused:
            self.admin.put('/os-services/enable', LOST)
        self.assertEqual('Could not find binary nova-compute on host lost.', refused[0].message)

    def test_half_an_address_is_refused(self):
        for body in ({'host': 'cmp1'}, {'binary': 'x'}, {**COMPUTE, 'colour': 'red'},
                     {**COMPUTE, 'host': 'a b'}, {**COMPUTE, 'host': ''}):
            with self.subTest(body=body), self.api.refused(400):
                self.admin.put('/os-services/disable', body)

    def test_uuids_replaced_addresses_with_2_53(self):
        for what in ('enable', 'disable', 'disable-log-reason', 'force-down'):
            answer = self.admin.send('PUT', f'/os-services/{what}', COMPUTE, version='2.53')
            self.assertGreaterEqual(answer.status, 400, what)


class ChangeTest(ServicesTestCase):

    def setUp(self):
        super().setUp()
        self.path = f'/os-services/{self.compute()["id"]}'

    def change(self, path=None, **body):
        return self.admin.put(path or self.path, body, version='2.53').json['service']

    def test_whole_service_is_answered(self):
        changed = self.change(status='disabled', disabled_reason='smoke', forced_down=True)
        self.assertEqual(changed, self.compute('2.53'))
        self.assertEqual(('disabled', 'smoke', True, 'down'), (
            changed['status'], changed['disabled_reason'], changed['forced_down'],
            changed['state']))
        changed = self.change(status='enabled', forced_down='no')
        self.assertEqual(('enabled', None, False, 'up'), (
            changed['status'], changed['disabled_reason'], changed['forced_down'],
            changed['state']))

    def test_forcing_down_does_not_enable(self):
        self.change(status='disabled', disabled_reason='smoke')
        self.assertEqual('smoke', self.change(forced_down=True)['disabled_reason'])

    def test_changes_that_contradict_themselves_are_refused(self):
        for body in ({}, {'disabled_reason': 'x'}, {'status': 'enabled', 'disabled_reason': 'x'},
                     {'forced_down': True, 'disabled_reason': 'x'}, {'status': 'sleepy'},
                     {'status': 'disabled', 'disabled_reason': ''}, {'colour': 'red'}):
            with self.subTest(body=body), self.api.refused(400):
                self.change(**body)

    def test_only_compute_services_are_changed(self):
        conductor = self.services('?host=controller')[0]['id']
        with self.api.refused(400) as refused:
            self.change(f'/os-services/{conductor}', status='disabled')
        self.assertIn('Updating a nova-conductor service is not supported',
                      refused[0].message)

    def test_service_is_named_by_uuid(self):
        with self.api.refused(400):
            self.change('/os-services/1', status='disabled')
        with self.api.refused(404):
            self.change('/os-services/00000000-0000-4000-8000-000000000000', status='disabled')
        with self.api.refused(404):
            self.admin.put(self.path, {'status': 'disabled'}, version='2.52')


class DeleteTest(ServicesTestCase):

    def test_deleted_service_is_gone_and_registers_again(self):
        for version in ('2.52', '2.53'):
            path = f'/os-services/{self.compute(version)["id"]}'
            self.assertEqual(204, self.admin.delete(path, version=version).status)
            self.assertEqual(['controller'], [each['host'] for each in self.services()])
            with self.api.refused(404):
                self.admin.delete(path, version=version)
            records.compute_host(self.context)

    def test_service_whose_host_has_servers_stays(self):
        row = records.active_server(self.context)
        path = f'/os-services/{self.compute()["id"]}'
        with self.api.refused(409) as refused:
            self.admin.delete(path, version='2.53')
        self.assertIn('cmp1', refused[0].message)
        self.assertEqual('up', self.compute()['state'])
        self.assertEqual('cmp1', objects_base.store('instances').get_by_uuid(
            self.context, row['uuid'])['host'])

    def test_id_of_another_form_is_refused(self):
        for service_id, version in (('x', '2.52'), ('9' * 30, '2.52'), ('7', '2.53'),
                                    ('%D9%A3', '2.52')):
            with self.subTest(service_id=service_id), self.api.refused(400):
                self.admin.delete(f'/os-services/{service_id}', version=version)
