# SPDX-License-Identifier: Apache-2.0
"""The sending side: seals a message, sends it, opens the answer."""

from oslo_config import cfg

from nova_lite import exception, metrics
from nova_lite.metrics import catalogue
from nova_lite.rpc import envelope, identity, pending, serializer, versions

CONF = cfg.CONF

FIRST = '1.0'
"""Version of an interface's first release, whose methods most messages are for."""


class Client:
    """What an rpcapi class sends with.

    :param topic: conductor, scheduler or compute
    :param version: newest version of the interface that the caller knows
    :param version_cap: newest version to use, where [upgrade_levels] is not to decide
    """

    def __init__(self, topic, version='1.0', version_cap=None):
        self.topic = topic
        self._version = version
        self._version_cap = version_cap

    def can_send(self, version):
        """Whether every server understands messages of that version."""
        return versions.is_compatible(self._newest(), version)

    def call(self, ctxt, method, *, host=None, timeout=None, since=FIRST, **arguments):
        """Ask, and wait for the answer.

        :param host: a certain host; None for any server of the topic
        :param timeout: seconds; None takes [rpc] default_timeout
        :param since: version of the interface that has the method in this form: that is what is
            sent, so an older server understands what has not changed
        :raises BrokerUnavailable: nothing was sent
        :raises RecipientUnknown: there is no queue for it
        :raises MessagingTimeout: no answer came; it may have been done
        :raises RecipientFailed: the recipient could not check who asks; nothing was done
        :raises MessageRefused: the answer is not the recipient's
        :raises: what the method raises, as its class; RemoteError for what is
            no error of the product
        """
        with metrics.timed(catalogue.RPC_CALLS, self.topic, method):
            timeout = CONF.rpc.default_timeout if timeout is None else timeout
            recipient = envelope.Recipient(self.topic, host)
            sealed, message = self._sealed(
                ctxt, recipient, method, arguments, since=since, lifetime=timeout)
            with pending.questions.noted(method, recipient):
                reply = identity.bus().client_for(self.topic).call(
                    {'envelope': sealed, **message}, method, host=host, timeout=timeout)
            answer = envelope.check_answer(identity.current(), recipient, sealed, reply)
            if 'error' in answer:
                error = serializer.error_from_wire(answer['error'], recipient)
                if isinstance(error, exception.UnsupportedVersion):
                    # A service of an older release than the records told of.
                    versions.forget()
                raise error
            return serializer.from_wire(ctxt, answer['result'])

    def cast(self, ctxt, method, *, host=None, since=FIRST, **arguments):
        """Send, and wait only until the broker has it.

        :raises BrokerUnavailable: nothing was sent
        :raises RecipientUnknown: there is no queue for it
        """
        recipient = envelope.Recipient(self.topic, host)
        self._cast(ctxt, recipient, method, arguments, since=since)

    def fanout(self, ctxt, method, *, since=FIRST, **arguments):
        """Send to every server of the topic that runs now.

        Hosts share no key, so each gets a message of its own.
        """
        recipient = envelope.Recipient(self.topic, fanout=True)
        if not recipient.is_compute_host():
            self._cast(ctxt, recipient, method, arguments, since=since)
            return
        for host in identity.current().hosts.names():
            self._cast(ctxt, envelope.Recipient(self.topic, host), method, arguments,
                       since=since)

    def _cast(self, ctxt, recipient, method, arguments, *, since):
        sealed, message = self._sealed(
            ctxt, recipient, method, arguments, since=since, lifetime=CONF.rpc.cast_lifetime)
        with metrics.timed(catalogue.RPC_CASTS, self.topic, method):
            identity.bus().client_for(self.topic).cast(
                {'envelope': sealed, **message}, method, host=recipient.host,
                fanout=recipient.fanout)

    def _newest(self):
        return self._version_cap or versions.newest(self.topic, self._version)

    def _sealed(self, ctxt, recipient, method, arguments, *, since, lifetime):
        if not self.can_send(since):
            raise exception.VersionCapped(topic=self.topic, cap=self._newest(), version=since)
        message = {
            'method': method,
            'version': since,
            'args': serializer.arguments_to_wire(ctxt, arguments),
            'context': envelope.primitive(ctxt.to_dict()),
        }
        size = len(envelope.canonical(message))
        if size > CONF.rpc.max_message_bytes:
            raise exception.MessageTooLarge(method=method, recipient=recipient, size=size,
                                            limit=CONF.rpc.max_message_bytes)
        try:
            sealed = envelope.seal(identity.current(), recipient, message, lifetime=lifetime)
        except exception.MessageRefused as error:
            # The host never joined or was revoked: there is nobody to send to.
            raise exception.RecipientUnknown(method=method, recipient=recipient) from error
        return sealed, message
