# SPDX-License-Identifier: Apache-2.0
"""Weight by the work that loads a host's disks at the moment."""

from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.scheduler.weights import base


class IoOpsWeigher(base.Weigher):
    """Avoids hosts that are building, copying or moving servers (its multiplier is negative)."""

    option = 'io_ops_weight_multiplier'
    needs = frozenset({Fact.WORK})

    def figure(self, request, host):
        """Servers with such work."""
        return host.io_ops
