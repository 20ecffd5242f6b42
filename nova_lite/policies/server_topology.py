# SPDX-License-Identifier: Apache-2.0
"""Policies of NUMA topologies."""

from nova_lite.policies import base

INDEX = 'compute:server:topology:index'
HOST_INDEX = 'compute:server:topology:host:index'

_TOPOLOGY = 'GET /servers/{server_id}/topology'

RULES = [
    base.rule(INDEX, base.PROJECT_READER_OR_ADMIN, 'Show the NUMA topology of a server.',
              _TOPOLOGY),
    base.rule(HOST_INDEX, base.ADMIN,
              "See which NUMA nodes and processors of the host are a server's.", _TOPOLOGY),
]


def list_rules():
    """Answer the rules, for oslo.policy."""
    return RULES
