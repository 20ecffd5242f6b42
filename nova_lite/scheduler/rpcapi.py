# SPDX-License-Identifier: Apache-2.0
"""Client of the scheduler's endpoint; the twin of manager.py.

Version history:

* 1.0 - select_destinations
* 1.1 - explain, what_if
"""

from nova_lite import exception, rpc

TOPIC = 'scheduler'

SELECT_TIMEOUT = 15
"""Seconds for one server, behind a queue of other requests. An answer that was lost in an
outage is asked for anew after it."""

SELECT_TIMEOUT_EACH = 0.2
"""Seconds for each server, in a large cloud."""

EXPLAIN_TIMEOUT = 60
"""Seconds; each host of a large cloud is held against each filter."""


class SchedulerAPI:
    """What others ask of a scheduler."""

    def __init__(self):
        self._client = rpc.Client(TOPIC, version='1.1')

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
            context, 'select_destinations',
            timeout=SELECT_TIMEOUT + SELECT_TIMEOUT_EACH * len(consumers), spec=spec,
            operation_id=operation_id, lease=lease, consumers=consumers, exclude=exclude,
            release_first=release_first)

    def explain(self, context, subject, *, limit, only=()):
        """Answer what would be decided now on what was decided before; claims nothing.

        :param subject: fields of inquiry.Subject
        :param limit: most hosts that are told of one by one
        :param only: names of the hosts that are told of; none for the best and nearest
        :returns: what explain.answer answers
        :raises DecisionNotFound: if there is none
        """
        return self._ask(context, 'explain', subject=subject, limit=limit, only=list(only))

    def what_if(self, context, spec, supposed, *, count, limit, only=()):
        """Answer where servers would go in a cloud that is supposed; claims nothing.

        :param spec: objects.RequestSpec
        :param supposed: fields of what_if.Supposed, as plain values
        :param count: servers
        :returns: what explain.answer answers
        :raises InvalidInput: if what is supposed contradicts what there is
        """
        return self._ask(context, 'what_if', spec=spec, supposed=supposed, count=count,
                         limit=limit, only=list(only))

    def _ask(self, context, method, **arguments):
        if not self._client.can_send('1.1'):
            raise exception.SchedulerTooOld
        return self._client.call(
            context, method, timeout=EXPLAIN_TIMEOUT, since='1.1', **arguments)
