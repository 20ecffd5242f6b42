# SPDX-License-Identifier: Apache-2.0
"""The rules that the policies of all resources are made of: who is who.

A policy is checked against a target, which is the project (and the user) that
the thing belongs to; for what does not exist yet, the caller's own.

Names and checks that Nova once had are known as deprecated: a name in the
operator's file goes on working, the checks count with enforce_new_defaults off.
"""

from oslo_policy import policy

CONTEXT_IS_ADMIN = 'context_is_admin'
ADMIN = f'rule:{CONTEXT_IS_ADMIN}'
PROJECT_MANAGER_OR_ADMIN = 'rule:project_manager_or_admin'
PROJECT_MEMBER_OR_ADMIN = 'rule:project_member_or_admin'
PROJECT_READER_OR_ADMIN = 'rule:project_reader_or_admin'
SERVICE_OR_ADMIN = f'role:service or {ADMIN}'
"""For other services, which need not be admins."""

OWN_USER_OR_ADMIN = '(rule:context_is_admin) or user_id:%(user_id)s'
ANYBODY = '@'

FORMER_ADMIN = 'rule:admin_api'
FORMER_OWNER = 'rule:admin_or_owner'

PROJECT = ['project']
ANY_SCOPE = ['project', 'domain', 'system']

_ROLES_DECIDE = 'The roles admin, manager, member and reader decide instead.'
_SINCE_ROLES = '21.0.0'

_IS_ADMIN = 'is_admin:True'
_IS_ADMIN_OR_OWNER = 'is_admin:True or project_id:%(project_id)s'


def formerly(name, check, reason=_ROLES_DECIDE, since=_SINCE_ROLES):
    """Describe what a rule was before, for oslo.policy.

    :param since: release of Nova
    """
    return policy.DeprecatedRule(
        name, check, deprecated_reason=reason, deprecated_since=since)


def _given_up(name, check, description):
    """Describe a rule that nothing is checked by any more, but that files may refer to."""
    return policy.RuleDefault(
        name, check, description, deprecated_for_removal=True,
        deprecated_reason=_ROLES_DECIDE, deprecated_since=_SINCE_ROLES)


_FORMER_ADMIN_API = formerly(FORMER_ADMIN, _IS_ADMIN)
_FORMER_ADMIN_OR_OWNER = formerly(FORMER_OWNER, _IS_ADMIN_OR_OWNER)

RULES = [
    policy.RuleDefault(
        CONTEXT_IS_ADMIN, 'role:admin',
        'Decides who is an admin, for policies and for what lists show.',
        deprecated_rule=_FORMER_ADMIN_API),
    _given_up('admin_or_owner', _IS_ADMIN_OR_OWNER,
              'Admins, and everybody of the project that the thing belongs to.'),
    _given_up('admin_api', _IS_ADMIN, 'Admins.'),
    policy.RuleDefault(
        'project_manager_api', 'role:manager and project_id:%(project_id)s',
        'Managers of the project that the thing belongs to.'),
    policy.RuleDefault(
        'project_member_api', 'role:member and project_id:%(project_id)s',
        'Members of the project that the thing belongs to.'),
    policy.RuleDefault(
        'project_reader_api', 'role:reader and project_id:%(project_id)s',
        'Readers of the project that the thing belongs to.'),
    policy.RuleDefault(
        'project_manager_or_admin', 'rule:project_manager_api or rule:context_is_admin',
        'Managers of the project, and admins.', deprecated_rule=_FORMER_ADMIN_API),
    policy.RuleDefault(
        'project_member_or_admin', 'rule:project_member_api or rule:context_is_admin',
        'Members of the project, and admins.', deprecated_rule=_FORMER_ADMIN_OR_OWNER),
    policy.RuleDefault(
        'project_reader_or_admin', 'rule:project_reader_api or rule:context_is_admin',
        'Readers of the project, and admins.', deprecated_rule=_FORMER_ADMIN_OR_OWNER),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES


def rule(name, check, description, *operations, scopes=PROJECT, instead_of=None):
    """Describe one policy.

    :param operations: 'METHOD /path' of each route that it is for
    :param scopes: of tokens that it is for
    :param instead_of: what ``formerly`` answers
    """
    paths = [dict(zip(('method', 'path'), text.split(' ', 1), strict=True)) for text in operations]
    return policy.DocumentedRuleDefault(
        name=name, check_str=check, description=description, operations=paths,
        scope_types=scopes, deprecated_rule=instead_of)
