# SPDX-License-Identifier: Apache-2.0
import ddt

from nova_lite import exception, policies
from nova_lite.policies import base as policy_base
from nova_lite.policies import enforcement, servers
from tests import base
from tests.fixtures import records

OWN = {'project_id': 'demo', 'user_id': 'fred'}
FOREIGN = {'project_id': 'other', 'user_id': 'mallory'}

READER, MEMBER, MANAGER, ADMIN = (
    ['reader'], ['member', 'reader'], ['manager', 'member', 'reader'],
    ['admin', 'manager', 'member', 'reader'])


@ddt.ddt
class RolesTest(base.TestCase):

    @ddt.data(
        (servers.SHOW, [], OWN, False), (servers.SHOW, READER, OWN, True),
        (servers.SHOW, READER, FOREIGN, False), (servers.SHOW, ADMIN, FOREIGN, True),
        (servers.DELETE, READER, OWN, False), (servers.DELETE, MEMBER, OWN, True),
        (servers.DELETE, MANAGER, FOREIGN, False), (servers.DELETE, ADMIN, FOREIGN, True),
        (servers.DETAIL_ALL_TENANTS, MANAGER, OWN, False),
        (servers.DETAIL_ALL_TENANTS, ADMIN, OWN, True),
    )
    @ddt.unpack
    def test_role_decides(self, rule, roles, target, allowed):
        context = records.caller(roles=roles)
        self.assertIs(allowed, enforcement.allows(context, rule, target))

    def test_system_scope_is_not_for_servers(self):
        context = records.caller(roles=ADMIN, system_scope='all')
        self.assertFalse(enforcement.allows(context, servers.SHOW, OWN))

    def test_same_question_is_put_to_the_rules_once_between_two_looks(self):
        asked = []
        enforcer = enforcement.enforcer()
        self.patch(enforcer, 'authorize', lambda rule, *_args: asked.append(rule) or True)
        self.patch(enforcer, '_answers', {})
        self.patch(enforcer, '_looked_at', enforcement.time.monotonic() + 1000)
        for roles in (READER, READER, MEMBER):
            self.assertTrue(enforcement.allows(records.caller(roles=roles), servers.SHOW))
        self.assertEqual([servers.SHOW] * 2, asked)

    def test_who_asks_for_whom_is_never_mixed_up(self):
        mallory = records.caller(user_id='mallory', project_id='other', roles=MEMBER)
        for _ in range(2):
            self.assertTrue(enforcement.allows(records.caller(roles=MEMBER), servers.SHOW, OWN))
            self.assertFalse(enforcement.allows(mallory, servers.SHOW, OWN))
            self.assertTrue(enforcement.allows(mallory, servers.SHOW, FOREIGN))

    def test_refusal_names_the_rule(self):
        error = self.assertRaises(exception.PolicyNotAuthorized, enforcement.authorize,
                                  records.caller(roles=READER), servers.CREATE)
        self.assertIn(servers.CREATE, str(error))


class RulesTest(base.TestCase):

    def test_names_are_unique_and_every_rule_is_described(self):
        rules = policies.list_rules()
        self.assertEqual(len({rule.name for rule in rules}), len(rules))
        for rule in rules:
            self.assertTrue(rule.description, rule.name)

    def test_every_operation_is_for_a_scope(self):
        for rule in policies.list_rules():
            if rule not in policy_base.RULES:
                self.assertEqual(['project'], rule.scope_types)
