# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/manage/audit.py: exit codes, and what is printed."""

from nova_lite import exception
from nova_lite.audit import run as audit
from nova_lite.audit.finding import Code, Finding
from nova_lite.cmd.manage import audit as command
from tests import base
from tests.fixtures import database, manage

BY_HAND = Code('by-hand', '{subject} is bent', advice='buy another')
BY_REPAIR = Code('by-repair', '{subject} is loose', 'fix {subject}')


class AuditCommandTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.useFixture(database.Database())
        self.manage = self.useFixture(manage.Manage())
        self.found, self.repaired = [], []
        self.patch(audit, 'audit', self.look)

    def look(self, operator, **kwargs):
        self.asked = kwargs
        return audit.Report(list(self.found), ('cmp1',), ('cmp2',))

    def find(self, *codes):
        self.found = [Finding(code, 'disk', 'cmp1',
                              repair=code.remedy and (lambda: self.repaired.append(1) or True))
                      for code in codes]

    def test_nothing_wrong(self):
        answer = self.manage('audit')
        self.assertEqual(command.CLEAN, answer.code)
        self.assertIn('Nothing is wrong.', answer.out)
        self.assertIn('Not asked, for they are down: cmp2.', answer.out)

    def test_findings_are_shown_with_what_to_do(self):
        self.find(BY_HAND, BY_REPAIR)
        answer = self.manage('audit')
        self.assertEqual(command.LEFT, answer.code)
        for words in ('disk is bent', 'by hand: buy another', 'fix disk', '2 left'):
            self.assertIn(words, answer.out)
        self.assertEqual([], self.repaired)

    def test_repair_leaves_what_only_a_person_can_do(self):
        self.find(BY_REPAIR)
        self.assertEqual(command.CLEAN, self.manage('audit', '--repair', '--yes').code)
        self.find(BY_HAND, BY_REPAIR)
        answer = self.manage('audit', '--repair', '--yes')
        self.assertEqual(command.LEFT, answer.code)
        self.assertIn('2 finding(s), 1 left.', answer.out)
        self.assertEqual([1, 1], self.repaired)

    def test_repair_without_a_yes_changes_nothing(self):
        self.find(BY_REPAIR)
        self.assertEqual(command.ERROR, self.manage('audit', '--repair').code)
        self.assertEqual(command.LEFT, self.manage('audit', '--repair', '--dry-run').code)
        self.assertEqual([], self.repaired)

    def test_programs_read_json_alone_on_stdout(self):
        self.find(BY_HAND)
        [one] = self.manage('audit', '-f', 'json').json
        self.assertEqual(('by-hand', False, None),
                         (one['code'], one['can_be_repaired'], one['done']))

    def test_audit_that_can_not_be_made_has_a_code_of_its_own(self):
        def fail(operator, **kwargs):
            raise exception.AuditIncomplete(host='cmp1', reason='it is down')
        self.patch(audit, 'audit', fail)
        self.assertEqual(command.ERROR, self.manage('audit', '--host', 'cmp1').code)

    def test_what_is_asked_for_is_looked_at(self):
        self.manage('audit', '--host', 'cmp1', '--record-only')
        self.assertEqual({'only_host': 'cmp1', 'ask_hosts': False}, self.asked)
