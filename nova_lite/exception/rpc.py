# SPDX-License-Identifier: Apache-2.0
"""Errors of messages between daemons."""

from nova_lite.exception import base


class BrokerUnavailable(base.ServiceUnavailable):
    """The message broker can't be reached; the message has not been sent."""

    msg_fmt = 'The message broker is unavailable; %(method)s was not sent to %(recipient)s.'


class RecipientUnknown(base.ServiceUnavailable):
    """No queue takes messages for the recipient: it has never been started."""

    msg_fmt = 'Nobody takes messages for %(recipient)s; %(method)s was not delivered.'


class MessagingTimeout(base.ServiceUnavailable):
    """No answer came in time; what was asked for may have been done or not."""

    msg_fmt = 'No answer to %(method)s from %(recipient)s within %(timeout)s s.'


class RecipientFailed(base.ServiceUnavailable):
    """The recipient could not look into the message: what it checks senders by was away."""

    msg_fmt = '%(recipient)s could not check who sent %(method)s.'


class MessageTooLarge(base.Invalid):
    """The message is larger than [rpc] max_message_bytes; page or shorten it."""

    msg_fmt = ('The message %(method)s to %(recipient)s would have %(size)d bytes; '
               '%(limit)d are allowed.')
    code = 413


class MessageRefused(base.Forbidden):
    """The message does not prove who sent it, or is not for this recipient."""

    msg_fmt = 'Message refused: %(reason)s.'
    safe = False


class NoSuchMethod(base.NovaLiteException):
    """The recipient has no such method for others to call."""

    msg_fmt = '%(recipient)s has no method %(method)s.'


class UnsupportedVersion(base.NovaLiteException):
    """The recipient's interface is too old or too new for the message."""

    msg_fmt = ('%(recipient)s serves version %(served)s of its interface; '
               '%(method)s came as version %(version)s.')


class VersionCapped(base.NovaLiteException):
    """The message needs a newer interface than [upgrade_levels] lets us use."""

    msg_fmt = '%(topic)s is pinned to version %(cap)s by [upgrade_levels]; %(version)s is needed.'


class RemoteError(base.NovaLiteException):
    """The other side failed with something that is no error of the product."""

    msg_fmt = '%(kind)s at %(recipient)s: %(text)s'


class KeyFileUnusable(base.NovaLiteException):
    """The file with the key that messages are signed with can't be used."""

    msg_fmt = ('The key file %(path)s can not be used: %(reason)s. Controllers make theirs with '
               '"nova-lite-manage host create_key", and a compute host\'s with '
               '"nova-lite-manage host add NAME"; see [rpc] key_file.')


class HostNameInvalid(base.Invalid):
    """The name of the host can't be part of the names of its queues."""

    msg_fmt = ("'%(host)s' can not be the name of a host: use letters, digits, dots and hyphens, "
               'at most 63 of them.')


class BrokerCommandFailed(base.NovaLiteException):
    """RabbitMQ's command line tool refused, or is not on this machine."""

    msg_fmt = ('"rabbitmqctl %(command)s" failed: %(reason)s. On another machine than the '
               "broker's, see --print-broker-commands.")


class AlreadyRunning(base.NovaLiteException):
    """Another process of the daemon works for the same host on this machine."""

    msg_fmt = '%(binary)s runs already for host %(host)s on this machine.'
