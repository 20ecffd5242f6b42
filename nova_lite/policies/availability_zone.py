# SPDX-License-Identifier: Apache-2.0
"""Policies of availability zones."""

from nova_lite.policies import base

LIST = 'os_compute_api:os-availability-zone:list'
DETAIL = 'os_compute_api:os-availability-zone:detail'

RULES = [
    base.rule(LIST, base.ANYBODY, 'List availability zones.', 'GET /os-availability-zone'),
    base.rule(DETAIL, base.ADMIN, 'List availability zones with their hosts and services.',
              'GET /os-availability-zone/detail'),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
