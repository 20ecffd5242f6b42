# SPDX-License-Identifier: Apache-2.0
"""A state, a kind, a phase or an action is a constant of nova_lite.states, never a string."""

import testtools

from tests.contract import sizes, state_literals


class StateLiteralsTest(testtools.TestCase):

    def test_code_names_states_by_their_constants(self):
        found = []
        for path in sizes.source_files():
            name = path.relative_to(sizes.TOP).as_posix()
            if name.startswith('nova_lite/') and not name.startswith('nova_lite/states/'):
                found += [f'{name}:{line}: {field} {word!r}' for line, field, word in
                          state_literals.find(path.read_text(encoding='utf-8'))]
        self.assertEqual([], found)


class FindTest(testtools.TestCase):

    def words(self, source):
        return [word for _line, _field, word in state_literals.find(source)]

    def test_finds_a_literal_in_each_place_where_a_state_is_used(self):
        for source in (
                "server.vm_state == 'active'",
                "'active' != row['vm_state']",
                "row.get('vm_state') in ('active', vm.ERROR)",
                "server.vm_state = 'active'",
                "values['vm_state'] = 'active' if up else vm.ERROR",
                "save(expected_vm_state='active')",
                "save(vm_states=['active'])",
                "save(**{'vm_state': 'active'})",
                "match server.vm_state:\n    case 'active' | vm.ERROR: stop()",
        ):
            self.assertEqual(['active'], self.words(source), source)

    def test_knows_the_other_fields(self):
        self.assertEqual(['deleting'], self.words("old_task_state = 'deleting'"))
        self.assertEqual(['build'], self.words("operation.kind == 'build'"))
        self.assertEqual(['destroy'], self.words("Work(phase='destroy')"))

    def test_leaves_everyday_words_alone(self):
        for source in (
                "image.status == 'active'",
                "method = 'delete'",
                "sender.kind == 'host'",
                "row['vm_state'] is None",
                '"""vm_state = \'active\'"""',
                'server.vm_state == vm.ACTIVE',
        ):
            self.assertEqual([], self.words(source), source)
