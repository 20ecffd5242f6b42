# SPDX-License-Identifier: Apache-2.0
import sys

from nova_lite import policies
from nova_lite.policies import programs, servers
from tests import base


class EnforcerTest(base.TestCase):

    def enforcer(self, *arguments):
        self.patch(sys, 'argv', ['oslopolicy-list-redundant', *arguments])
        made = programs.enforcer()
        made.load_rules()
        return made

    def configuration(self):
        """Write a configuration with policies of its own; answer its path."""
        directory = self.temporary_directory()
        (directory / 'own.yaml').write_text(f'"{servers.SHOW}": "role:auditor"')
        (directory / 'nova_lite.conf').write_text('[oslo_policy]\npolicy_file = own.yaml\n')
        return directory / 'nova_lite.conf'

    def test_it_knows_all_rules(self):
        names = {rule.name for rule in policies.list_rules()}
        self.assertEqual(names, set(self.enforcer().registered_rules))

    def test_files_of_the_command_line_count(self):
        made = self.enforcer('--namespace', 'nova_lite', '--config-file',
                             str(self.configuration()))
        self.assertEqual({servers.SHOW: 'role:auditor'}, {
            name: rule.check_str for name, rule in made.file_rules.items()})

    def test_directories_of_the_command_line_count(self):
        made = self.enforcer('--config-dir', str(self.configuration().parent))
        self.assertEqual([servers.SHOW], list(made.file_rules))
