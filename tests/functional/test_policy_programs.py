# SPDX-License-Identifier: Apache-2.0
"""The programs of oslo.policy on our policies, as an operator types them."""

import json
import os
import pathlib
import subprocess
import sys

import fixtures
import yaml

from nova_lite import policies
from nova_lite.policies import aggregates, enforcement, servers, services
from tests import base
from tests.fixtures import manage
from tests.functional import world

PROGRAMS = pathlib.Path(sys.executable).parent
NAMESPACE = ('--namespace', 'nova_lite')
TOKEN = {'token': {'roles': [{'name': 'member'}], 'project': {'id': 'demo'},
                   'user': {'id': 'fred', 'domain': {'id': 'default'}}}}


class ProgramsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.directory = self.temporary_directory()
        self.policies = self.directory / 'policy.yaml'
        self.config = self.directory / 'nova_lite.conf'
        self.config.write_text(f'[oslo_policy]\npolicy_file = {self.policies}\n')
        self.output = self.directory / 'output.yaml'

    def write(self, **names):
        """Write the operator's policies: names of servers' -> check."""
        self.policies.write_text(yaml.safe_dump(
            {getattr(servers, name): check for name, check in names.items()}))

    def run_program(self, name, *arguments, code=0):
        """Run a program; answer what it has printed."""
        done = subprocess.run(
            [PROGRAMS / name, *arguments], capture_output=True, text=True, check=False,
            env={**os.environ, 'PYTHONWARNINGS': 'ignore'})
        self.assertEqual(code, done.returncode, done.stderr)
        return done.stdout

    def ask_about(self, name, *arguments, code=0):
        """Run a program that reads the operator's policies."""
        return self.run_program(
            name, *NAMESPACE, '--config-file', str(self.config), *arguments, code=code)

    def output_rules(self):
        return yaml.safe_load(self.output.read_text())

    def test_sample_has_each_policy_with_what_it_is_for(self):
        text = self.run_program('oslopolicy-sample-generator', *NAMESPACE)
        for rule in policies.list_rules():
            self.assertIn(f'#"{rule.name}": "{rule.check_str}"', text)
        self.assertIn('# DELETE  /servers/{server_id}\n# Intended scope(s): project\n', text)
        self.assertIn('"os_compute_api:os-services":"rule:admin_api" has been deprecated', text)
        self.assertIsNone(yaml.safe_load(text))

    def test_generator_merges_the_operators_policies_into_ours(self):
        self.write(SHOW='role:auditor')
        self.ask_about('oslopolicy-policy-generator', '--output-file', str(self.output))
        found = self.output_rules()
        self.assertEqual({rule.name for rule in policies.list_rules()}, set(found))
        self.assertEqual(('role:auditor', 'rule:project_member_or_admin'),
                         (found[servers.SHOW], found[servers.DELETE]))

    def test_what_the_operator_need_not_write_is_listed(self):
        self.write(SHOW='role:auditor', DELETE='rule:project_member_or_admin')
        self.assertEqual(f'"{servers.DELETE}": "rule:project_member_or_admin"',
                         self.ask_about('oslopolicy-list-redundant').strip())

    def test_validator_finds_what_there_is_not(self):
        self.write(SHOW='rule:project_reader_or_admin')
        self.ask_about('oslopolicy-validator')
        self.policies.write_text('"os_compute_api:servers:shw": "role:auditor"')
        self.assertIn('os_compute_api:servers:shw',
                      self.ask_about('oslopolicy-validator', code=1))

    def test_checker_tells_what_a_token_is_good_for(self):
        self.write(SHOW='role:auditor')
        self.ask_about('oslopolicy-policy-generator', '--output-file', str(self.output))
        token = self.directory / 'token.json'
        token.write_text(json.dumps(TOKEN))
        for rule, verdict in ((servers.CREATE, 'passed'), (servers.SHOW, 'failed'),
                              (services.LIST, 'failed'), (aggregates.INDEX, 'failed')):
            told = self.run_program('oslopolicy-checker', '--policy', str(self.output),
                                    '--access', str(token), '--rule', rule)
            self.assertEqual(f'{verdict}: {rule}', told.strip())

    def test_json_is_turned_into_yaml(self):
        old = self.directory / 'policy.json'
        old.write_text(json.dumps({servers.SHOW: 'role:auditor',
                                   servers.DELETE: 'rule:project_member_or_admin'}))
        self.run_program('oslopolicy-convert-json-to-yaml', *NAMESPACE, '--policy-file', str(old),
                         '--output-file', str(self.output))
        self.assertEqual({servers.SHOW: 'role:auditor'}, self.output_rules())


class ManageTest(base.TestCase):

    def test_nova_lite_manage_asks_no_policy(self):
        self.useFixture(world.World())
        self.useFixture(fixtures.MonkeyPatch(f'{enforcement.__name__}.enforcer', self.fail))
        manager = self.useFixture(manage.Manage())
        for words in (('service', 'list'), ('host', 'list'), ('aggregate', 'list'), ('audit',),
                      ('service', 'force-down', 'cmp1', '--yes')):
            answer = manager(*words)
            self.assertEqual(0, answer.code, answer.err)
