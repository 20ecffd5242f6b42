# SPDX-License-Identifier: Apache-2.0
"""Schemas of deletes that wait for nothing. Nobody looks at what is below the action's name."""

from nova_lite.api.openstack.compute.schemas import parts

FORCE_DELETE = parts.series(parts.closed({'forceDelete': {}}))
