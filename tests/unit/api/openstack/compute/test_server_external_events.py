# SPDX-License-Identifier: Apache-2.0
from oslo_utils import uuidutils

from nova_lite.states import external_event as names
from tests.fixtures import records
from tests.unit.api.openstack import case

PATH = '/os-server-external-events'
SINCE = {names.VOLUME_EXTENDED: 51, names.POWER_UPDATE: 76,
         names.ACCELERATOR_REQUEST_BOUND: 82, names.VOLUME_REIMAGED: 93}


class ExternalEventsTest(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        records.compute_host(records.caller(is_admin=True))
        self.uuid = records.active_server(self.context)['uuid']
        self.sent = []
        self.patch_rpc()

    def patch_rpc(self):
        for name, function in (
                ('can_take_external_events', lambda api: True),
                ('external_events', lambda api, context, host, events: self.sent.append(
                    (host, events)))):
            self.useFixture(case.fixtures.MonkeyPatch(
                f'nova_lite.compute.rpcapi.ComputeAPI.{name}', function))

    def event(self, name=names.NETWORK_CHANGED, **fields):
        return {'server_uuid': self.uuid, 'name': name, **fields}

    def tell(self, *events, version='2.104', client=None):
        return (client or self.admin).send(
            'POST', PATH, {'events': list(events)}, version=version)

    def test_taken_events_are_answered_with_their_code(self):
        answer = self.tell(self.event(names.VIF_PLUGGED, tag='a-port'),
                           self.event(status='failed'))
        self.assertEqual((200, {'events': [
            {'server_uuid': self.uuid, 'name': 'network-vif-plugged', 'tag': 'a-port',
             'status': 'completed', 'code': 200},
            {'server_uuid': self.uuid, 'name': 'network-changed', 'status': 'failed',
             'code': 200}]}), (answer.status, answer.json))
        self.assertEqual([('cmp1', [
            self.event(names.VIF_PLUGGED, tag='a-port', status='completed'),
            self.event(tag=None, status='failed')])], self.sent)

    def test_if_not_all_are_taken_the_answer_is_207(self):
        lost = uuidutils.generate_uuid()
        answer = self.tell(self.event(), {'server_uuid': lost, 'name': names.NETWORK_CHANGED})
        self.assertEqual((207, [200, 404], ['completed', 'failed']), (
            answer.status, [event['code'] for event in answer.json['events']],
            [event['status'] for event in answer.json['events']]))

    def test_if_none_is_taken_nothing_is_found(self):
        answer = self.tell({'server_uuid': uuidutils.generate_uuid(),
                            'name': names.NETWORK_CHANGED})
        self.assertEqual((404, 'itemNotFound', 'No instances found for any event'),
                         (answer.status, answer.fault, answer.message))

    def test_events_came_with_their_versions(self):
        for name, minor in SINCE.items():
            event = self.event(name, tag=names.POWER_ON)
            self.assertEqual(400, self.tell(event, version=f'2.{minor - 1}').status, name)
            self.assertEqual(200, self.tell(event, version=f'2.{minor}').status, name)
        for name in names.OF_NETWORKS:
            self.assertEqual(200, self.tell(self.event(name), version='2.1').status, name)

    def test_what_is_no_event_is_refused(self):
        for event in ({}, {'server_uuid': self.uuid}, self.event('coffee-ready'),
                      self.event(status='done'), self.event(tag='x' * 256), self.event(extra=1),
                      {'server_uuid': 'x', 'name': names.NETWORK_CHANGED}):
            self.assertEqual(400, self.tell(event).status, event)
        self.assertEqual(400, self.tell().status)
        self.assertEqual([], self.sent)

    def test_only_admins_and_services_may_tell(self):
        self.assertEqual(403, self.tell(self.event(), client=self.api).status)
        self.give_roles('service')
        self.assertEqual(200, self.tell(self.event(), client=self.stranger).status)
