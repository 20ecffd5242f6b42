# SPDX-License-Identifier: Apache-2.0
"""Client of the scheduler's endpoint; the twin of manager.py.

Version history:

* 1.0 - select_destinations
"""

from nova_lite import rpc

TOPIC = 'scheduler'

SELECT_TIMEOUT = 60
"""Seconds; several hundred servers in a large cloud, behind a queue of other requests."""


class SchedulerAPI:
    """What others ask of a scheduler."""

    def __init__(self):
        self._client = rpc.Client(TOPIC, version='1.0')

    def select_destinations(self, context, spec, operation_id, lease, *, consumers, exclude,
                            release_first=False):
        """Choose a node for each consumer and claim its room there, for all or for none.

        Safe to repeat: what an earlier call with the same arguments claimed is
        its answer.

        :param spec: objects.RequestSpec
        :param operation_id: the operation that the servers are scheduled for
        :param lease: which its worker holds
        :param consumers: uuids of the servers
        :param exclude: [host, node] pairs on which they failed before
        :param release_first: what they hold on excluded nodes is released by
            the new claim
        :returns: list of objects.Selection, in the order of the consumers
        :raises NoValidHost: if not all of them find room
        :raises LeaseLost: if the operation is no longer its worker's
        """
        return self._client.call(
            context, 'select_destinations', timeout=SELECT_TIMEOUT, spec=spec,
            operation_id=operation_id, lease=lease, consumers=consumers, exclude=exclude,
            release_first=release_first)
