# SPDX-License-Identifier: Apache-2.0
"""How the scheduler's decisions are shown."""

from nova_lite.api.openstack.compute.views import moments
from nova_lite.scheduler import reasons


def whole(row):
    """Answer all of a decision."""
    return {**reasons.recorded(row), 'created_at': moments.whole_seconds(row['created_at'])}
