# SPDX-License-Identifier: Apache-2.0
"""The signed envelope: who a message is from, for whom, and until when it is good.

The signature is an HMAC-SHA256 over sender, recipient, method, version,
arguments, context, nonce and expiry, with a key that only the two sides have
(keys.py). So a host can't speak for another, change what it forwards, read a
message into another queue, or send one twice.

An answer carries a signature over the request's nonce, so it can only be the
answer to that request.
"""

import collections
import dataclasses
import hmac
import json
import secrets
import threading

from oslo_serialization import jsonutils
from oslo_utils import timeutils

from nova_lite import exception
from nova_lite.rpc import identity

WIRE = 1
"""Form of the envelope; another number is refused."""

NONCE_BYTES = 16
CONTROLLER_TOPICS = frozenset({'conductor', 'scheduler'})
HOSTS_MAY_WRITE_TO = frozenset({'conductor'})
"""Topics that accept messages of hosts; the broker's permissions say the same."""


def primitive(value):
    """Answer a value as it will come out of JSON at the other side."""
    return json.loads(jsonutils.dumps(value))


def canonical(value):
    """Answer the bytes that are signed; the same for both sides of the wire."""
    return json.dumps(value, sort_keys=True, separators=(',', ':')).encode('ascii')


def now():
    """Answer the time in seconds, by the clock that tests may set."""
    return timeutils.utcnow_ts(microsecond=True)


def _signature(key, *parts):
    return hmac.new(key, canonical(parts), 'sha256').hexdigest()


@dataclasses.dataclass(frozen=True)
class Recipient:
    """Where a message goes.

    :ivar host: None for any server of the topic
    """

    topic: str
    host: str | None = None
    fanout: bool = False

    def __str__(self):
        return f'{self.topic}.{self.host}' if self.host else self.topic

    def is_compute_host(self):
        """Whether it is a host's own queue, whose messages have the host's key."""
        return self.topic not in CONTROLLER_TOPICS


def seal(sender, recipient, message, *, lifetime):
    """Answer the envelope of a message.

    :param sender: Identity that sends
    :param message: {'method', 'version', 'args', 'context'}, primitives
    :param lifetime: seconds for which it is good
    """
    fields = {
        'wire': WIRE,
        'kind': sender.sender.kind,
        'host': sender.sender.host,
        'recipient': [recipient.topic, recipient.host, recipient.fanout],
        'nonce': secrets.token_hex(NONCE_BYTES),
        'expires': now() + lifetime,
    }
    key = sender.key_for(recipient.host if recipient.is_compute_host() else None)
    return {**fields, 'signature': _signature(key, 'request', fields, message)}


class Opener:
    """Checks envelopes for one server.

    :param receiver: Identity that receives
    :param topic: what it serves; host: under which name
    """

    def __init__(self, receiver, *, topic, host, clock_skew):
        self._receiver = receiver
        self._topic = topic
        self._host = host
        self._clock_skew = clock_skew
        self._nonces = Nonces()

    def open(self, envelope, message):
        """Answer the sender of a message.

        :raises MessageRefused: unless everything is right
        """
        try:
            fields = dict(envelope)
            signature = fields.pop('signature')
            sender = identity.Sender(fields['kind'], fields['host'])
            recipient = Recipient(*fields['recipient'])
            expires, nonce = float(fields['expires']), str(fields['nonce'])
        except (KeyError, TypeError, ValueError) as error:
            raise exception.MessageRefused(reason='it has no envelope') from error
        self._check_route(fields, sender, recipient)
        expected = _signature(self._key_of(sender), 'request', fields, message)
        if not hmac.compare_digest(expected, str(signature)):
            raise exception.MessageRefused(reason='its signature is wrong')
        self._check_time(expires, nonce, sender)
        return sender

    def _check_route(self, fields, sender, recipient):
        if fields.get('wire') != WIRE or sender.kind not in (identity.CONTROLLER, identity.HOST):
            raise exception.MessageRefused(reason='its form is unknown')
        is_for_us = recipient.topic == self._topic and recipient.host in (None, self._host)
        if not is_for_us:
            raise exception.MessageRefused(reason=f'it is for {recipient}')
        if sender.is_host and recipient.topic not in HOSTS_MAY_WRITE_TO:
            raise exception.MessageRefused(reason=f'hosts do not write to {recipient.topic}')

    def _key_of(self, sender):
        return self._receiver.key_for(sender.host if sender.is_host else None)

    def _check_time(self, expires, nonce, sender):
        if expires + self._clock_skew < now():
            raise exception.MessageRefused(reason='it is too old')
        if not self._nonces.note((sender.host, nonce), expires + self._clock_skew):
            raise exception.MessageRefused(reason='it came before')

    def answer_signature(self, envelope, answer):
        """Answer the signature of an answer to a request that was opened."""
        sender = identity.Sender(envelope['kind'], envelope['host'])
        return _signature(self._key_of(sender), 'answer', envelope['nonce'], answer)


def check_answer(asker, recipient, envelope, reply):
    """Answer what the other side answered.

    :raises MessageRefused: if somebody else answered
    """
    key = asker.key_for(recipient.host if recipient.is_compute_host() else None)
    try:
        answer, signature = reply['answer'], str(reply['signature'])
    except (KeyError, TypeError) as error:
        raise exception.MessageRefused(reason='the answer is not signed') from error
    if not hmac.compare_digest(
            _signature(key, 'answer', envelope['nonce'], answer), signature):
        raise exception.MessageRefused(reason='the signature of the answer is wrong')
    return answer


class Nonces:
    """The nonces that were seen, each until its message is too old anyway."""

    def __init__(self):
        self._lock = threading.Lock()
        self._expiry = {}
        self._order = collections.deque()

    def note(self, nonce, expires):
        """Answer whether a nonce is new."""
        with self._lock:
            self._forget_expired()
            if nonce in self._expiry:
                return False
            self._expiry[nonce] = expires
            self._order.append(nonce)
            return True

    def _forget_expired(self):
        """Drop from the old end; one that lives longer may keep others a little, never less."""
        present = now()
        while self._order and self._expiry[self._order[0]] < present:
            del self._expiry[self._order.popleft()]
