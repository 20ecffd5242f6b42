# SPDX-License-Identifier: Apache-2.0
"""tests/unit mirrors nova_lite file by file; see mirror.py for what needs a twin."""

import pathlib

import testtools

from tests.contract import mirror, sizes


class MirrorTest(testtools.TestCase):

    def test_every_module_with_logic_has_its_test_beside_it(self):
        self.assertEqual([], sorted(mirror.without_twin() - mirror.exceptions().keys()))

    def test_module_that_has_got_its_test_is_no_exception_any_more(self):
        self.assertEqual([], sorted(mirror.exceptions().keys() - mirror.without_twin()))

    def test_every_exception_names_tests_that_there_are(self):
        missing = {module: paths for module, paths in mirror.exceptions().items()
                   if not paths or not all((sizes.TOP / path).is_file() for path in paths)}
        self.assertEqual({}, missing)

    def test_exceptions_only_become_fewer(self):
        self.assertLessEqual(len(mirror.exceptions()), mirror.EXCEPTIONS_AT_MOST)


class RuleTest(testtools.TestCase):

    def test_constants_and_single_lines_need_no_test(self):
        self.assertFalse(mirror.has_logic('"""Words."""\n\nA = 1\n\n\ndef f():\n    return A\n'))

    def test_declared_fields_need_no_test(self):
        self.assertFalse(mirror.has_logic('class Noun:\n' + '    x = 1\n' * 30))

    def test_function_of_some_length_does(self):
        body = ['x = 1'] * mirror.LINES
        self.assertTrue(mirror.has_logic('\n    '.join(['def f():', *body])))
        self.assertTrue(mirror.has_logic(
            'class Noun:\n    ' + '\n        '.join(['def f():', *body])))

    def test_many_short_methods_do(self):
        methods = ''.join(f'    def f{number}(self):\n        return 1\n' for number in range(4))
        self.assertTrue(mirror.has_logic(f'class Noun:\n{methods}'))

    def test_twin_is_at_the_same_place_and_a_packages_has_its_name(self):
        for module, twin in (('nova_lite/wake.py', 'tests/unit/test_wake.py'),
                             ('nova_lite/db/engine.py', 'tests/unit/db/test_engine.py'),
                             ('nova_lite/rpc/__init__.py', 'tests/unit/rpc/test_rpc.py')):
            self.assertEqual(pathlib.PurePosixPath(twin), mirror.twin_of(module))
