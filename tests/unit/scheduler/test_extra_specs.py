# SPDX-License-Identifier: Apache-2.0
"""Scopes and operators of extra specs."""

import ddt

from nova_lite.scheduler import extra_specs
from tests import base

MET = (
    ('abc', 'abc'), ('8', '= 4'), (8, '= 8'), ('4', '== 4.0'), ('4', '!= 5'), ('4', '<= 4'),
    ('4', '>= 4'), ('abc', 's== abc'), ('abc', 's!= abd'), ('abc', 's< abd'), ('abc', 's<= abc'),
    ('abd', 's> abc'), ('abd', 's>= abd'), ('abcdef', '<in> cd'), (['aes', 'avx2'], '<in> avx2'),
    (('aes', 'avx2'), '<all-in> avx2 aes'), ('b', '<or> a <or> b'), ('a b', 's== a b'), ('', ''),
)
NOT_MET = (
    ('abc', 'abd'), ('3', '= 4'), ('4', '== 5'), ('4', '!= 4'), ('5', '<= 4'), ('3', '>= 4'),
    ('abc', 's== ab'), ('abc', 's!= abc'), ('abd', 's< abc'), ('abc', 's> abd'),
    ('abc', '<in> xy'), ('abc', '<in>'), (['aes'], '<all-in> avx2 aes'), ('c', '<or> a <or> b'),
    ('<or>', '<or> a'), ('text', '>= 4'), ('4', '>= text'), ('4', '=='), ('abc', ''),
)


@ddt.ddt
class OperatorTest(base.TestCase):

    @ddt.data(*MET)
    @ddt.unpack
    def test_value_meets_requirement(self, value, requirement):
        self.assertTrue(extra_specs.satisfies(value, requirement))

    @ddt.data(*NOT_MET)
    @ddt.unpack
    def test_value_does_not_meet_requirement(self, value, requirement):
        self.assertFalse(extra_specs.satisfies(value, requirement))


class ScopeTest(base.TestCase):

    def test_keys_of_a_scope_and_keys_without_scope_are_within_it(self):
        specs = {'a:one': '1', 'b:two': '2', 'three': '3', 'a:four:five': '4'}
        self.assertEqual({'one': '1', 'three': '3', 'four:five': '4'},
                         extra_specs.within('a', specs))

    def test_requirements_are_told_in_a_fixed_order(self):
        self.assertEqual('a = 1, b x', extra_specs.in_words({'b': 'x', 'a': '= 1'}))
