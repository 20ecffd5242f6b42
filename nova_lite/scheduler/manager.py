# SPDX-License-Identifier: Apache-2.0
"""Endpoint of the scheduler; the twin of rpcapi.py. It keeps no state, so any number may run."""

from nova_lite import exception, manager
from nova_lite.scheduler import claim, selection

CONTROLLER = 'controller'


class SchedulerManager(manager.Manager):
    """What a scheduler does for conductors."""

    def init_host(self):
        """Load driver, filters and weighers; one that can't be found stops the daemon here."""
        self._selector = selection.Selector()

    def select_destinations(self, context, spec, operation_id, lease, *, consumers, exclude,
                            release_first):
        """Choose a node for each consumer and claim its room there; see the twin.

        :raises NotAllowed: if anybody but a controller asks
        """
        sender = context.sender
        if sender is not None and sender.kind != CONTROLLER:
            raise exception.NotAllowed(host=sender.host, what='select_destinations')
        return self._selector.select(
            context, spec, claim.Lease(operation_id, lease), consumers,
            exclude=exclude, release_first=release_first)
