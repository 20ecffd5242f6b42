# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/manage/scheduler.py: why, and what if, as an operator asks."""

import contextlib
import io

from nova_lite.db.stores import decisions, flavors, services
from tests import base
from tests.fixtures import database, records
from tests.fixtures import manage as manage_fixture


class SchedulerCommandsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.context = records.caller(is_admin=True)
        self.manage = self.useFixture(manage_fixture.Manage())
        for name in ('cmp1', 'cmp2'):
            records.compute_host(self.context, name)
        flavors.create(self.context, {
            'flavorid': 'big', 'name': 'big', 'memory_mb': 9000, 'vcpus': 2, 'root_gb': 1})

    def what_if(self, *words):
        return self.manage('scheduler', 'what-if', *words)

    def explain(self, *words):
        return self.manage('scheduler', 'explain', *words)

    def decide(self, operation_id, **what):
        decisions.add(self.context, {
            'operation_id': operation_id, 'project_id': 'demo', 'considered': 2, 'causes': {},
            'request': {'amounts': {'VCPU': 1}, 'count': 1}, 'selections': [], 'message': None,
            **what})

    def disable(self, host, reason):
        row = services.get_by_host(self.context, host, 'nova-lite-compute')
        services.update(self.context, row['id'], {'disabled': True, 'disabled_reason': reason})

    def test_refusal_is_told_with_the_smallest_change_first(self):
        self.disable('cmp2', 'rest')
        answer = self.what_if('--flavor', 'big')
        self.assertEqual(0, answer.code)
        for words in ('0 of 1 server(s) would find room; 0 of 2 host(s) fit.',
                      'Of 2 hosts, 1 is disabled; of the rest, 1 has too little memory',
                      'has too little memory (9000 MB needed, 8192 MB free)',
                      'enable cmp2 (disabled: rest)'):
            self.assertIn(words, answer.out)
        first = answer.out.index('a flavor with 8,192 MB memory instead of 9,000')
        self.assertLess(first, answer.out.index('hardware with 9,000 MB memory in cmp1'))

    def test_room_is_told_with_the_reason_for_each_server(self):
        out = self.what_if('--vcpus', 1, '--count', 2, '--disable-host', 'cmp2').out
        self.assertIn('2 of 2 server(s) would find room; 1 of 2 host(s) fit.', out)
        self.assertIn('Server 2: cmp1 is the only host that fits.', out)

    def test_clouds_can_be_supposed(self):
        found = self.what_if(
            '--flavor', 'big', '--add-host', 'cmp9:4:16384:50:east', '--without-host', 'cmp1',
            '--ratio', 'VCPU=2', '--extra-spec', 'capabilities:vcpus_total=>= 1',
            '--hint', 'a=1', '--hint', 'a=2', '--ignore-host', 'cmp2', '-f', 'json').json
        (placed,) = found['placements']
        self.assertEqual('cmp9', placed['host'])
        self.assertEqual({'a': ['1', '2']}, found['request']['hints'])
        self.assertEqual({'cmp2', 'cmp9'}, {row['host'] for row in found['hosts']})

    def test_lines_of_values_tell_of_hosts(self):
        lines = self.what_if('--vcpus', 20, '--host', 'cmp2', '-f', 'value').out.splitlines()
        self.assertEqual(['cmp2', 'nova', 'no', '0', '-',
                          'has too few CPUs (20 needed, 16 free)'], lines[0].split('\t')[:6])

    def test_decision_is_told_as_it_was_and_as_it_would_be(self):
        (server,), number = records.servers(self.context)
        self.decide(number, selections=[{
            'consumer': server['uuid'], 'host': 'cmp1', 'node': 'n1',
            'alternates': [['cmp2', 'n2']], 'why': {
                'next': ['cmp2', 'n2'], 'weight': 1.0, 'next_weight': 0.5,
                'shares': {'RAMWeigher': [1.0, 0.5]}}}])
        for words in (('--server', server['uuid']), ('--decision', 1), ('--operation', number),
                      ('--request-id', self.context.request_id)):
            answer = self.explain(*words)
            self.assertEqual(0, answer.code, answer.err)
            self.assertIn(f'Server {server["uuid"]}: cmp1 weighs 1, cmp2 0.5: RAMWeigher +0.5. '
                          'Alternates: cmp2.', answer.out)
            self.assertIn('Now:\n1 of 1 server(s) would find room', answer.out)

    def test_refusal_is_told_as_it_was_recorded(self):
        self.decide(1, message='Of 2 hosts, 2 are disabled.')
        self.assertIn('No host: Of 2 hosts, 2 are disabled.',
                      self.explain('--decision', 1).out)

    def test_server_whose_decisions_are_archived_is_told_as_it_is(self):
        (server,), _number = records.servers(self.context)
        answer = self.explain('--server', server['uuid'])
        self.assertIn('No decision is on record', answer.out)
        self.assertIsNone(self.explain('--server', server['uuid'], '-f', 'json').json['decision'])

    def test_what_is_not_there_is_said(self):
        self.assertIn('There is no decision of the scheduler on decision 7',
                      self.explain('--decision', 7).err)
        self.assertIn('there is no host x',
                      self.what_if('--vcpus', 1, '--without-host', 'x').err)
        self.assertIn('name a flavor', self.what_if().err)

    def test_words_that_mean_nothing_are_usage_errors(self):
        for words in (('--add-host', 'a:1'), ('--hint', 'a'), ('--ratio', 'VCPU=-1'),
                      ('--count', '0'), ('--vcpus', '-1')):
            with contextlib.redirect_stderr(io.StringIO()):
                error = self.assertRaises(SystemExit, self.what_if, *words)
            self.assertEqual(2, error.code)

    def test_more_hosts_than_told_are_counted(self):
        self.assertIn('1 more host(s); see --limit and --host.',
                      self.what_if('--vcpus', 1, '--limit', 1).out)
