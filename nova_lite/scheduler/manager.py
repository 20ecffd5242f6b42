# SPDX-License-Identifier: Apache-2.0
"""Endpoint of the scheduler; the twin of rpcapi.py. It keeps no state, so any number may run."""

from oslo_config import cfg
from oslo_log import log

from nova_lite import exception, manager
from nova_lite.scheduler import claim, explain, inquiry, selection, what_if

LOG = log.getLogger(__name__)
CONF = cfg.CONF

CONTROLLER = 'controller'


class SchedulerManager(manager.Manager):
    """What a scheduler does for conductors, and answers the API."""

    RPC_VERSION = '1.1'

    def __init__(self):
        self._was_well_for = lambda: 0.0

    def init_host(self):
        """Load driver, filters and weighers; one that can't be found stops the daemon here."""
        self._selector = selection.Selector(self._patience)
        self._inquiry = inquiry.Inquiry(self._selector.driver, self._selector.aggregates)

    def start(self, incarnation, was_well_for):
        """Know from now on whether hosts could report at all."""
        self._was_well_for = was_well_for

    def _patience(self):
        """Answer the seconds for which hosts that count as down may still report."""
        return CONF.service_down_time - self._was_well_for()

    def options_changed(self):
        """Load them anew, for requests from now on; with one that can't be found all stay."""
        try:
            self.init_host()
        except exception.SchedulerExtensionNotFound as error:
            LOG.error('The scheduler goes on with the driver, filters and weighers that it has: '
                      '%s', error)

    def select_destinations(self, context, spec, operation_id, lease, *, consumers, exclude,
                            release_first):
        """Choose a node for each consumer and claim its room there; see the twin.

        :raises NotAllowed: if anybody but a controller asks
        """
        _only_for_controllers(context, 'select_destinations')
        return self._selector.select(
            context, spec, claim.Lease(operation_id, lease), consumers,
            exclude=exclude, release_first=release_first)

    def explain(self, context, subject, limit, only):
        """Answer what would be decided now on what was decided before; see the twin.

        :raises NotAllowed: if anybody but a controller asks
        """
        _only_for_controllers(context, 'explain')
        return self._inquiry.explain(
            context, inquiry.Subject(**subject),
            explain.Question(limit=limit, only=frozenset(only)))

    def what_if(self, context, spec, supposed, *, count, limit, only):
        """Answer where servers would go in a cloud that is supposed; see the twin.

        :raises NotAllowed: if anybody but a controller asks
        """
        _only_for_controllers(context, 'what_if')
        return self._inquiry.what_if(
            context, spec, what_if.Supposed.from_values(supposed),
            explain.Question(count=count, limit=limit, only=frozenset(only)))


def _only_for_controllers(context, what):
    """A compute host runs strangers' guests; where servers are is not its to know."""
    sender = context.sender
    if sender is not None and sender.kind != CONTROLLER:
        raise exception.NotAllowed(host=sender.host, what=what)
