# SPDX-License-Identifier: Apache-2.0
"""The rules that the policies of all resources are made of: who is who.

A policy is checked against a target, which is the project (and the user) that
the thing belongs to; for what does not exist yet, the caller's own.
"""

from oslo_policy import policy

ADMIN = 'rule:context_is_admin'
PROJECT_MANAGER_OR_ADMIN = 'rule:project_manager_or_admin'
PROJECT_MEMBER_OR_ADMIN = 'rule:project_member_or_admin'
PROJECT_READER_OR_ADMIN = 'rule:project_reader_or_admin'
OWN_USER_OR_ADMIN = '(rule:context_is_admin) or user_id:%(user_id)s'
ANYBODY = '@'

PROJECT = ['project']

RULES = [
    policy.RuleDefault(
        'context_is_admin', 'role:admin',
        'Decides who is an admin, for policies and for what lists show.'),
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
        'Managers of the project, and admins.'),
    policy.RuleDefault(
        'project_member_or_admin', 'rule:project_member_api or rule:context_is_admin',
        'Members of the project, and admins.'),
    policy.RuleDefault(
        'project_reader_or_admin', 'rule:project_reader_api or rule:context_is_admin',
        'Readers of the project, and admins.'),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES


def rule(name, check, description, *operations):
    """Describe one policy.

    :param operations: 'METHOD /path' of each route that it is for
    """
    paths = [dict(zip(('method', 'path'), text.split(' ', 1), strict=True)) for text in operations]
    return policy.DocumentedRuleDefault(
        name=name, check_str=check, description=description, operations=paths,
        scope_types=PROJECT)
