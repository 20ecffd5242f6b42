# SPDX-License-Identifier: Apache-2.0
"""Gives notifications to the broker, in the envelope that oslo.messaging's listeners expect.

oslo.messaging's own Notifier is not used: it makes a new id for each try and
keeps to itself whether the broker has taken the message. Here the id is that
of the record, and a message that was not taken is an error.
"""

import json

import kombu.exceptions
import oslo_messaging
from oslo_config import cfg
from oslo_log import log

from nova_lite import exception
from nova_lite.notifications import switch

LOG = log.getLogger(__name__)
CONF = cfg.CONF

EXCHANGE = 'nova'
"""[DEFAULT] control_exchange unless it is set; where consumers of Nova's notifications look."""

ENVELOPES = {'messaging': 1.0, 'messagingv2': 2.0}
LOGGED = 'log'

RETRIES = 1
"""Once more, by a new connection; the sender itself tries again later."""

BROKER_ERRORS = (oslo_messaging.MessageDeliveryFailure, kombu.exceptions.KombuError, OSError)


class Publisher:
    """Publishes by the drivers of [oslo_messaging_notifications].

    :raises NotificationDriverUnknown: if one is not offered
    """

    def __init__(self):
        self._transport = None
        self._drivers = switch.drivers()
        for name in self._drivers:
            if name != LOGGED and name not in ENVELOPES:
                raise exception.NotificationDriverUnknown(
                    name=name, known=', '.join(sorted({LOGGED, *ENVELOPES, *switch.SILENT} - {''})))

    def publish(self, row):
        """Return when the broker has a notification on every topic.

        :param row: of the outbox
        :raises BrokerUnavailable: if that could not be made sure of
        """
        message = message_of(row)
        for driver in self._drivers:
            if driver == LOGGED:
                LOG.info('Notification %s', json.dumps(message))
                continue
            for topic in CONF.notifications.versioned_notifications_topics:
                self._send(f'{topic}.{row["priority"].lower()}', row, message, ENVELOPES[driver])

    def _send(self, topic, row, message, envelope):
        try:
            if self._transport is None:
                oslo_messaging.set_transport_defaults(EXCHANGE)
                self._transport = oslo_messaging.get_notification_transport(CONF)
            # The only way by which a failure is heard of.
            self._transport._send_notification(
                oslo_messaging.Target(topic=topic), context_of(row), message, version=envelope,
                retry=RETRIES)
        except BROKER_ERRORS as error:
            raise exception.BrokerUnavailable(method='notify', recipient=topic) from error

    def close(self):
        """Close the connections."""
        if self._transport is not None:
            self._transport.cleanup()
            self._transport = None


def message_of(row):
    """Answer the envelope of a notification."""
    return {'message_id': row['event_id'], 'publisher_id': row['publisher_id'],
            'event_type': row['event_type'], 'priority': row['priority'],
            'timestamp': str(row['created_at']), 'payload': row['payload']}


def context_of(row):
    """Answer on whose behalf it happened, under the names of either age of clients."""
    by = row['asked_by']
    return {**by, 'user': by['user_id'], 'tenant': by['project_id']}
