# SPDX-License-Identifier: Apache-2.0
"""Schemas of what only admins do with servers."""

from nova_lite.api.openstack.compute.schemas import parts
from nova_lite.states import transitions

STATE = {'type': 'string', 'enum': sorted(transitions.TABLE[transitions.RESET_STATE].ends_in)}

RESET_STATE = parts.series(parts.closed({'os-resetState': parts.closed({'state': STATE})}))
