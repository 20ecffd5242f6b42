# SPDX-License-Identifier: Apache-2.0
"""Policies of snapshots of volumes that a server has to help with."""

from nova_lite.policies import base

CREATE = 'os_compute_api:os-assisted-volume-snapshots:create'
DELETE = 'os_compute_api:os-assisted-volume-snapshots:delete'

_ALL = '/os-assisted-volume-snapshots'

RULES = [
    base.rule(CREATE, base.SERVICE_OR_ADMIN,
              'Have a server help with a snapshot of one of its volumes.', f'POST {_ALL}'),
    base.rule(DELETE, base.SERVICE_OR_ADMIN,
              'Have a server help with the removal of a snapshot of one of its volumes.',
              f'DELETE {_ALL}/{{snapshot_id}}'),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
