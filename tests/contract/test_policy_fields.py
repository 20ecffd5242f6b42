# SPDX-License-Identifier: Apache-2.0
"""Policies of fields, filters and options really decide, by default and as an operator writes."""

from nova_lite import policies
from nova_lite.api.openstack.compute import routes
from nova_lite.policies import base as policy_base
from tests import base
from tests.contract import policy_probes, test_policies
from tests.fixtures import personas, policy_file
from tests.unit.api.openstack import case

FIELDS = test_policies.EXPECTED['fields']
ASKED = ('admin', 'manager', 'member', 'reader')
"""Personas that get as far as to the field, of the things' own project."""

MISSING = """{rule} is no route's own policy, so it needs a probe in
tests/contract/policy_probes.py that asks the API whether a client gets what it is about,
and a line below ``fields:`` in {file}:
    {rule}: WHO"""


def rules_of_fields():
    own = {route.policy for route in routes.TABLE} | {rule.name for rule in policy_base.RULES}
    return [rule.name for rule in policies.list_rules() if rule.name not in own]


class ProbesTest(base.TestCase):

    def test_there_is_one_for_each_policy_that_is_no_routes_own(self):
        for rule in rules_of_fields():
            told = MISSING.format(rule=rule, file=test_policies.FILE.name)
            self.assertTrue(rule in policy_probes.PROBES and rule in FIELDS, told)

    def test_there_is_none_for_what_is_no_such_policy(self):
        known = set(rules_of_fields())
        self.assertEqual(set(), {*FIELDS, *policy_probes.PROBES} - known)

    def test_expectations_name_who_there_is(self):
        self.assertEqual(set(), set(FIELDS.values()) - set(test_policies.WHO))


class FieldsTest(case.ApiTestCase):

    time_limit = 300

    def setUp(self):
        super().setUp()
        # That is refused with 403 too.
        self.override('quota', instances=-1, cores=-1, ram=-1)
        self.file = self.useFixture(policy_file.PolicyFile())
        self.things = policy_probes.make_things(self)
        self.useFixture(personas.Personas())
        self.wrong = []

    def check(self, expected, name, rule, check=None):
        """Note it if a persona does not get what it should, with a rule as the operator has it."""
        own = {} if check is None else {rule: check}
        self.file.set({**policy_probes.BESIDES.get(rule, {}), **own})
        found = policy_probes.PROBES[rule](self.api.as_user(name, '-'), self.things)
        if found is not expected:
            self.wrong.append(f'{name} {"gets" if found else "does not get"} {rule} {check or ""}')

    def test_defaults_are_the_documented_ones(self):
        for rule in policy_probes.PROBES:
            may = test_policies.WHO[FIELDS[rule]]['may']
            for name in ASKED:
                self.check(name in may and self.may_ask(name, rule), name, rule)
        self.assertEqual([], self.wrong)

    def may_ask(self, name, rule):
        """Who may not create servers can't do it with any option."""
        return name != 'reader' or ':create:' not in rule

    def test_operator_may_change_each(self):
        for rule in policy_probes.PROBES:
            self.check(False, 'admin', rule, '!')
            self.check(True, 'manager', rule, '@')
        self.assertEqual([], self.wrong)

    def test_key_pairs_of_others_are_for_admins(self):
        for name in ASKED:
            for method, path in (('GET', '/os-keypairs?user_id=fred'),
                                 ('GET', '/os-keypairs/x?user_id=fred'),
                                 ('DELETE', '/os-keypairs/x?user_id=fred')):
                answer = self.api.as_user(name, '-').send(method, path, version='2.10')
                self.assertEqual(name != 'admin', answer.status == 403, (name, method, path))
