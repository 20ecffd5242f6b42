# SPDX-License-Identifier: Apache-2.0
"""The host is not too busy: operations in hand, with a limit for all or by aggregate."""

from oslo_config import cfg

from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.scheduler.filters import base

CONF = cfg.CONF
LIMIT = 'max_io_ops_per_host'
"""The option, and the key of an aggregate's metadata."""

BUSY = base.Cause('io_ops', 'is busy with as many operations as it may',
                  'are busy with as many operations as they may')


class IoOpsFilter(base.Filter):
    """Fewer servers are being built, copied or moved on the host than the option allows."""

    needs = frozenset({Fact.WORK})

    def limit_of(self, host):
        """Answer how many there may be."""
        return CONF.filter_scheduler.max_io_ops_per_host

    def why_not(self, request, host):
        """Compare the operations that the host has to run now."""
        return base.Rejection(BUSY) if host.io_ops >= self.limit_of(host) else None


class AggregateIoOpsFilter(IoOpsFilter):
    """The lowest limit of the host's aggregates holds; without one, the option."""

    needs = frozenset({Fact.WORK, Fact.AGGREGATES})

    def limit_of(self, host):
        return host.aggregates.number(LIMIT, super().limit_of(host))
