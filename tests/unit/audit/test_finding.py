# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/audit/finding.py, and that operators can look each code up."""

from nova_lite.audit import finding as findings
from nova_lite.audit.finding import Code, Finding
from tests import base

CODES = [value for value in vars(findings).values() if isinstance(value, Code)]
PAGE = base.TOP / 'doc/source/admin/audit.rst'


class FindingTest(base.TestCase):

    CODE = Code('bent', '{subject} is {angle} degrees off on {host}', 'straighten {subject}')

    def finding(self, repair=None):
        return Finding(self.CODE, 'disk', 'cmp1', {'angle': 7}, repair=repair)

    def test_words_are_filled_with_what_was_found(self):
        self.assertEqual('disk is 7 degrees off on cmp1', self.finding().problem)

    def test_remedy_is_there_only_where_there_is_a_repair(self):
        self.assertIsNone(self.finding().remedy)
        self.assertEqual('straighten disk', self.finding(lambda: True).remedy)

    def test_repair_says_what_it_did(self):
        self.assertEqual('straighten disk', self.finding(lambda: True).repaired().done)
        self.assertEqual('nothing: it was so no more', self.finding(lambda: None).repaired().done)


class CodesTest(base.TestCase):

    def test_names_are_different(self):
        self.assertEqual(len(CODES), len({code.name for code in CODES}))

    def test_every_code_is_in_the_operators_guide(self):
        text = PAGE.read_text(encoding='utf-8')
        self.assertEqual([], [code.name for code in CODES if f'``{code.name}``' not in text])

    def test_every_code_says_what_to_do(self):
        self.assertEqual([], [code.name for code in CODES if not (code.remedy or code.advice)])
