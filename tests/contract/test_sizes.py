# SPDX-License-Identifier: Apache-2.0
"""The size ratchet; see sizes.py for the limits."""

import textwrap

import testtools

from tests.contract import sizes


class SizeRatchetTest(testtools.TestCase):

    def test_nothing_grows_over_its_limit(self):
        known = sizes.baseline()
        grown = {what: figure for what, figure in sizes.over_limit().items()
                 if figure > known.get(what, 0)}
        self.assertEqual({}, grown)

    def test_what_shrank_is_lowered_in_the_baseline(self):
        known = sizes.baseline()
        self.assertEqual(sizes.lowered(known, sizes.over_limit()), known,
                         'run "python -m tests.contract.sizes"')


class MeasureTest(testtools.TestCase):

    def measure(self, source, name='nova_lite/noun.py'):
        return sizes.over_limit_in(name, textwrap.dedent(source))

    def test_long_file_is_measured_by_its_kind(self):
        text = 'x = 1\n' * 750
        self.assertEqual({'nova_lite/noun.py: lines': 750}, self.measure(text))
        self.assertEqual({'tests/unit/test_noun.py: lines': 750},
                         self.measure(text, 'tests/unit/test_noun.py'))
        self.assertEqual({}, self.measure(text, 'nova_lite/compute/manager.py'))

    def test_docstring_is_not_counted_as_length_of_a_function(self):
        text = 'def f():\n    """' + 'word\n' * 60 + '"""\n    return 1\n'
        self.assertEqual({}, self.measure(text))

    def test_long_method_is_named_by_its_class(self):
        text = 'class Noun:\n    def act(self):\n' + '        x = 1\n' * 50
        self.assertEqual({'nova_lite/noun.py:Noun.act: lines': 51}, self.measure(text))

    def test_fifth_positional_argument_must_be_a_keyword(self):
        self.assertEqual({'nova_lite/noun.py:f: positional arguments': 5},
                         self.measure('def f(a, b, c, d, e): return a'))
        self.assertEqual({}, self.measure('def f(a, b, c, d, *, e): return a'))

    def test_what_every_function_has_is_not_counted_by_position(self):
        self.assertEqual({}, self.measure('class N:\n    def f(self, a, b, c, d): return a'))
        self.assertEqual({}, self.measure('def f(context, connection, a, b, c, d): return a'))

    def test_eighth_argument_needs_an_object(self):
        self.assertEqual({'nova_lite/noun.py:f: arguments': 8},
                         self.measure('def f(a, *, b, c, d, e, g, h, i): return a'))

    def test_class_with_many_methods_is_found_unless_it_is_a_front_door(self):
        text = 'class Noun:\n' + ''.join(f'    def f{n}(self): return {n}\n' for n in range(21))
        self.assertEqual({'nova_lite/noun.py:Noun: methods': 21}, self.measure(text))
        self.assertEqual({}, self.measure(text, 'nova_lite/virt/driver.py'))

    def test_baseline_never_rises(self):
        self.assertEqual({'a: lines': 500},
                         sizes.lowered({'a: lines': 500, 'gone: lines': 410}, {'a: lines': 520}))
