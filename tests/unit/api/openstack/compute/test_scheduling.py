# SPDX-License-Identifier: Apache-2.0
"""The scheduler's decisions and questions to it, by REST."""

from nova_lite.db.stores import decisions
from tests.fixtures import records
from tests.unit.api.openstack import case

DECIDED = {'project_id': 'demo', 'considered': 2, 'causes': {'memory': 1}, 'message': None,
           'request': {'amounts': {'VCPU': 1}, 'count': 1}}


class SchedulingTest(case.ApiTestCase):

    def setUp(self):
        super().setUp()
        records.compute_host(records.caller(is_admin=True))

    def decide(self, server, operation_id=1, **what):
        decisions.add(self.context, {**DECIDED, 'operation_id': operation_id, 'selections': [
            {'consumer': server, 'host': 'cmp1', 'node': 'n1', 'alternates': []}], **what})

    def ask(self, path, **asked):
        return self.admin.send('POST', f'/os-scheduling/{path}', {path.replace('-', '_'): asked})

    def test_decision_is_shown_with_its_time_and_its_causes(self):
        self.decide(self.make_server()['uuid'])
        shown = self.admin.get('/os-scheduling/decisions/1').json['decision']
        self.assertEqual((1, 1, 2), (shown['id'], shown['operation_id'],
                                     shown['considered_hosts']))
        self.assertEqual([('memory', 1)], [
            (one['cause'], one['hosts']) for one in shown['causes']])
        self.assertEqual('cmp1 is the only host that fits.', shown['placements'][0]['text'])

    def test_list_takes_one_statement(self):
        server = self.make_server()['uuid']
        for _number in range(4):
            self.decide(server)
        self.admin.get('/os-scheduling/decisions')
        with self.database.statements() as sent:
            found = self.admin.get(f'/os-scheduling/decisions?server_id={server}').json
        self.assertEqual((4, 1), (len(found['decisions']), len(sent)))

    def test_unknown_parameters_are_refused(self):
        for query in ('colour=blue', 'refused=perhaps', 'operation_id=x', 'server_id=x'):
            self.assertEqual(400, self.admin.send(
                'GET', f'/os-scheduling/decisions?{query}').status, query)

    def test_marker_that_is_no_number_is_not_there(self):
        self.assertEqual(400, self.admin.send(
            'GET', '/os-scheduling/decisions?marker=x').status)

    def test_explanation_brings_the_record_along(self):
        server = self.make_server()['uuid']
        self.decide(server)
        found = self.ask('explain', server_id=server).json['explanation']
        self.assertEqual((1, server), (
            found['decision']['id'], found['decision']['placements'][0]['server_id']))
        self.assertEqual(['cmp1'], [row['host'] for row in found['hosts']])

    def test_subject_is_named_in_one_way(self):
        server = self.make_server()['uuid']
        for asked in ({}, {'limit': 5}, {'server_id': server, 'decision_id': 1}):
            answer = self.ask('explain', **asked)
            self.assertEqual(400, answer.status)
            self.assertIn('name one of server_id', answer.message)

    def test_sizes_are_those_of_the_question_and_the_project_is_the_askers(self):
        self.make_flavor()
        found = self.ask('what-if', flavorRef='small', ram=128, limit=1).json['explanation']
        self.assertEqual({'VCPU': 1, 'MEMORY_MB': 128, 'DISK_GB': 1}, found['request']['amounts'])
        self.assertEqual(1, found['placed'])

    def test_new_hosts_are_described_as_flavors_are(self):
        found = self.ask('what-if', ram=16384, supposed={'add_hosts': [
            {'name': 'new', 'ram': 32768, 'availability_zone': 'east', 'like': 'cmp1'}],
            'allocation_ratios': {'MEMORY_MB': 1.5}}, hosts=['new']).json['explanation']
        (row,) = found['hosts']
        self.assertEqual(('new', 'east', 1), (row['host'], row['zone'], row['placed']))

    def test_limits_of_the_form_are_kept(self):
        for asked in ({'limit': 0}, {'limit': 501}, {'count': 1001}, {'supposed': {'x': []}},
                      {'supposed': {'allocation_ratios': {'VCPU': 0}}}):
            self.assertEqual(400, self.ask('what-if', vcpus=1, **asked).status, asked)
