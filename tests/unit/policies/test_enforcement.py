# SPDX-License-Identifier: Apache-2.0
import pathlib

import ddt

from nova_lite import exception, policies
from nova_lite.policies import base as policy_base
from nova_lite.policies import enforcement, keypairs, servers, services
from tests import base
from tests.fixtures import policy_file, records

OWN = {'project_id': 'demo', 'user_id': 'fred'}
FOREIGN = {'project_id': 'other', 'user_id': 'mallory'}

READER, MEMBER, MANAGER, ADMIN = (
    ['reader'], ['member', 'reader'], ['manager', 'member', 'reader'],
    ['admin', 'manager', 'member', 'reader'])


def write_policies(case, text, name='policy.yaml'):
    """Be an operator who starts with a file; answer its path. None: there is no file yet."""
    path = pathlib.Path(case.useFixture(policy_file.PolicyFile(name)).path)
    if text is not None:
        path.write_text(text)
    enforcement.enforcer()
    return path


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

    @ddt.data({'system_scope': 'all'}, {'domain_id': 'default'})
    def test_tokens_of_other_scopes_are_not_for_what_belongs_to_projects(self, scope):
        context = records.caller(roles=ADMIN, **scope)
        self.assertFalse(enforcement.allows(context, servers.SHOW, OWN))
        error = self.assertRaises(exception.PolicyNotAuthorized, enforcement.check_scope,
                                  context, servers.SHOW)
        self.assertIn(servers.SHOW, str(error))

    def test_who_has_no_project_owns_nothing_in_one(self):
        self.override('oslo_policy', enforce_new_defaults=False)
        write_policies(self, '')
        unscoped = records.caller(project_id=None, roles=[])
        self.assertFalse(enforcement.allows(unscoped, servers.CREATE))
        self.assertTrue(enforcement.allows(unscoped, keypairs.CREATE))

    def test_operator_may_say_who_is_an_admin(self):
        write_policies(self, '"context_is_admin": "role:operator or user_id:root"')
        for found, expected in (({'roles': ADMIN}, False), ({'roles': ['operator']}, True),
                                ({'user_id': 'root', 'roles': READER}, True)):
            self.assertIs(expected, enforcement.is_admin(records.caller(**found)), found)

    def test_same_question_is_put_to_the_rules_once_between_two_looks(self):
        asked = []
        enforcer = enforcement.enforcer()
        self.patch(enforcer._rules, 'authorize', lambda rule, *_args: asked.append(rule) or True)
        self.patch(enforcer, '_answers', {})
        self.patch(enforcer, '_looked_at', enforcement.time.monotonic() + 1000)
        for caller in ({'roles': READER}, {'roles': READER}, {'roles': MEMBER},
                       {'roles': READER, 'service_roles': MEMBER},
                       {'roles': READER, 'user_domain_id': 'other'}):
            self.assertTrue(enforcement.allows(records.caller(**caller), servers.SHOW))
        self.assertEqual([servers.SHOW] * 4, asked)

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


@ddt.ddt
class FilesTest(base.TestCase):
    """What the operator writes, while the process goes on."""

    def setUp(self):
        super().setUp()
        self.patch(enforcement, 'LOOK_EVERY', 0)
        self.reader = records.caller(roles=READER)

    def may_list(self):
        return enforcement.allows(self.reader, servers.INDEX)

    def test_files_that_come_change_and_go_count_at_the_next_look(self):
        path = write_policies(self, None)
        self.assertTrue(self.may_list())
        path.write_text(f'"{servers.INDEX}": "!"')
        self.assertFalse(self.may_list())
        path.write_text(f'"{servers.INDEX}": "role:reader"')
        self.assertTrue(self.may_list())
        path.write_text(f'"{servers.INDEX}": "role:operator"')
        self.assertFalse(self.may_list())
        path.unlink()
        self.assertTrue(self.may_list())

    @ddt.data('"a": [', 'text', '- a', '7', '"os_compute_api:servers:index": 7', '"a": "\0"')
    def test_broken_file_leaves_the_last_good_rules_and_is_told_once(self, broken):
        path = write_policies(self, f'"{servers.INDEX}": "!"')
        self.assertFalse(self.may_list())
        path.write_text(broken)
        for _ in range(3):
            self.assertFalse(self.may_list())
        self.assertEqual(1, self.logs.output.count('The policies stay as they were'))
        self.assertIn(f'{path} can not be read', self.logs.output)
        path.unlink()
        self.assertTrue(self.may_list())

    def test_there_is_no_start_with_a_broken_file(self):
        error = self.assertRaises(
            exception.PoliciesUnreadable, write_policies, self, '"a": [')
        self.assertIn('policy.yaml', str(error))

    def test_files_of_the_directories_count_too(self):
        directory = self.temporary_directory()
        self.override('oslo_policy', policy_dirs=[str(directory)])
        write_policies(self, f'"{servers.INDEX}": "role:reader"')
        self.assertTrue(self.may_list())
        (directory / 'strict.yaml').write_text(f'"{servers.INDEX}": "!"')
        self.assertFalse(self.may_list())
        (directory / 'strict.yaml').unlink()
        self.assertTrue(self.may_list())

    def test_file_may_be_json(self):
        write_policies(self, f'{{"{servers.INDEX}": "!"}}', name='policy.json')
        self.assertFalse(self.may_list())


class FormerNamesTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.patch(enforcement, 'LOOK_EVERY', 0)

    def warnings(self):
        return [line for line in self.logs.output.splitlines() if 'deprecated' in line]

    def test_name_that_a_policy_had_once_works_and_is_told_of_when_it_is_read(self):
        path = write_policies(self, '"os_compute_api:os-services": "role:member"')
        member = records.caller(roles=MEMBER)
        for rule in (services.LIST, services.UPDATE, services.DELETE) * 2:
            self.assertTrue(enforcement.allows(member, rule), rule)
        (warning,) = self.warnings()
        self.assertIn('os_compute_api:os-services, which is deprecated since 21.0.0', warning)
        self.assertIn(services.LIST, warning)
        path.write_text('')
        self.assertFalse(enforcement.allows(member, services.LIST))

    def test_new_name_goes_before_the_old_one(self):
        write_policies(self, '"os_compute_api:os-services": "role:member"\n'
                             f'"{services.LIST}": "!"')
        member = records.caller(roles=MEMBER)
        self.assertFalse(enforcement.allows(member, services.LIST))
        self.assertTrue(enforcement.allows(member, services.UPDATE))

    def test_rules_that_were_given_up_may_be_referred_to(self):
        write_policies(self, f'"{services.LIST}": "rule:admin_or_owner"')
        self.assertTrue(enforcement.allows(records.caller(roles=[]), services.LIST))
        self.assertFalse(enforcement.allows(records.caller(roles=[]), services.LIST, FOREIGN))
        self.assertEqual([], self.warnings())

    def test_rule_that_was_given_up_is_told_of_if_it_is_set(self):
        write_policies(self, '"admin_api": "role:operator"')
        (warning,) = self.warnings()
        self.assertIn('admin_api, which is deprecated since 21.0.0', warning)

    def test_nothing_is_told_of_what_nobody_uses(self):
        write_policies(self, f'"{services.LIST}": "role:operator"')
        self.assertEqual([], self.warnings())

    def test_former_defaults_count_beside_the_new_ones_if_these_are_not_enforced(self):
        self.override('oslo_policy', enforce_new_defaults=False)
        path = write_policies(self, '')
        for _ in range(2):
            nobody = records.caller(roles=[])
            self.assertTrue(enforcement.allows(nobody, servers.DELETE, OWN))
            self.assertFalse(enforcement.allows(nobody, servers.DELETE, FOREIGN))
            self.assertFalse(enforcement.allows(nobody, services.LIST))
            path.write_text('"a": "!"')
        enforcement.enforcer.cache_clear()
        self.override('oslo_policy', enforce_new_defaults=True)
        self.assertFalse(enforcement.allows(nobody, servers.DELETE, OWN))


class RulesTest(base.TestCase):

    def test_names_are_unique_and_every_rule_is_described(self):
        rules = policies.list_rules()
        self.assertEqual(len({rule.name for rule in rules}), len(rules))
        for rule in rules:
            self.assertTrue(rule.description, rule.name)

    def test_every_operation_is_for_a_scope(self):
        for rule in policies.list_rules():
            if rule not in policy_base.RULES:
                self.assertIn('project', rule.scope_types)
