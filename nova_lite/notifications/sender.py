# SPDX-License-Identifier: Apache-2.0
"""Sends the notifications that wait, from any conductor, in the order of their record.

A notification is removed after the broker has it: one that is sent and not
removed, for the process died between, is sent again under the same id.
"""

import contextlib
import time

from oslo_config import cfg
from oslo_log import log

from nova_lite import context as nova_context
from nova_lite import exception, metrics
from nova_lite.metrics import catalogue
from nova_lite.notifications import publishing, switch
from nova_lite.objects import base as objects_base

LOG = log.getLogger(__name__)
CONF = cfg.CONF

LEASE = 30.0
"""Seconds for which others leave the sending to us."""

AT_A_TIME = 5.0
"""Seconds of one run at most."""

PAGE = 100


def spacing():
    """Answer the seconds between two runs; 0, which is never, while notifications are off."""
    return CONF.notifications.send_interval if switch.is_on() else 0


class Sender:
    """What one conductor process sends.

    :param owner: incarnation of the process
    """

    def __init__(self, owner, clock=time.monotonic):
        self._owner = owner
        self._clock = clock
        self._publisher = publishing.Publisher() if switch.is_on() else None
        self._waiting = (None, 0.0)

    def described(self):
        """Answer in words how many wait, as they were at the last look; asks nobody."""
        count, moment = self._waiting
        if self._publisher is None:
            return 'notifications are off'
        if count is None:
            return 'not looked at yet'
        return f'{count} notification(s) waited {time.monotonic() - moment:.1f} s ago'

    def send(self):
        """Send what waits; answer how many notifications that were.

        :raises BrokerUnavailable: the rest waits on
        """
        if self._publisher is None:
            return 0
        context = nova_context.get_admin_context()
        store = objects_base.store('notification_outbox')
        deadline = self._clock() + AT_A_TIME
        # Nothing is written while nothing waits.
        waits = bool(store.page(context, 1))
        self._waiting = (store.depth(context)['waiting'] if waits else 0, time.monotonic())
        metrics.note(catalogue.NOTIFICATIONS_WAITING, self._waiting[0])
        if not waits or not store.acquire(context, self._owner, LEASE):
            return 0
        total = 0
        while sent := self._send_page(context, store, deadline):
            total += sent
        return total

    def _send_page(self, context, store, deadline):
        """Send some; none when it is time to see whether the daemon is to stop."""
        sent = []
        try:
            for row in store.page(context, PAGE):
                if self._clock() > deadline:
                    break
                self._publisher.publish(row)
                sent.append(row['id'])
                metrics.count(catalogue.NOTIFICATIONS_SENT)
        finally:
            if sent:
                store.remove(context, sent)
        LOG.debug('%d notifications were sent', len(sent))
        return len(sent)

    def stop(self):
        """Send no more, and let another conductor do it at once."""
        if self._publisher is not None:
            with contextlib.suppress(exception.ServiceUnavailable):
                objects_base.store('notification_outbox').release(
                    nova_context.get_admin_context(), self._owner)
            self._publisher.close()
