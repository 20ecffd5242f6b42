# SPDX-License-Identifier: Apache-2.0
"""Policies of the list of migrations."""

from nova_lite.policies import base

INDEX = 'os_compute_api:os-migrations:index'
ALL_PROJECTS = 'os_compute_api:os-migrations:index:all_projects'
HOST = 'os_compute_api:os-migrations:index:host'

_LIST = 'GET /os-migrations'

RULES = [
    base.rule(INDEX, base.PROJECT_MANAGER_OR_ADMIN,
              'List the migrations of the servers of a project.', _LIST),
    base.rule(ALL_PROJECTS, base.ADMIN, 'List the migrations of all projects.', _LIST),
    base.rule(HOST, base.ADMIN, 'See between which hosts a server moves.', _LIST),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
