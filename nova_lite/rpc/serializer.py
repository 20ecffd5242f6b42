# SPDX-License-Identifier: Apache-2.0
"""Arguments, results and errors as they cross the wire, and back."""

import traceback

from oslo_log import log

from nova_lite import context as nova_context
from nova_lite import exception
from nova_lite.objects import base as objects_base
from nova_lite.rpc import envelope

LOG = log.getLogger(__name__)

_objects = objects_base.NovaLiteObjectSerializer()


def to_wire(context, value):
    """Answer plain values for objects and everything else."""
    return envelope.primitive(_objects.serialize_entity(context, value))


def from_wire(context, value):
    """Make the objects of plain values; those of a newer release are lowered first."""
    return _objects.deserialize_entity(context, value)


def arguments_to_wire(context, arguments):
    """Answer the arguments of a method as plain values."""
    return {name: to_wire(context, value) for name, value in arguments.items()}


def arguments_from_wire(context, arguments):
    """Answer the arguments of a method."""
    return {name: from_wire(context, value) for name, value in arguments.items()}


def context_from_wire(values, sender):
    """Make the context of a received message.

    What a host claims to be is not believed: it asks as nobody special, whatever
    the request that it works on. What is no text of one line would be more than
    one of the log.
    """
    context = nova_context.RequestContext.from_dict({
        name: value for name, value in values.items()
        if not isinstance(value, str) or value.isprintable()}).child()
    if sender.is_host:
        context.is_admin = False
        context.roles = []
    context.sender = sender
    return context


def error_to_wire(error):
    """Answer an error for the caller."""
    return {'kind': type(error).__name__, 'text': str(error),
            'keywords': envelope.primitive(getattr(error, 'kwargs', {})),
            'trace': ''.join(traceback.format_exception(error))}


def error_from_wire(values, recipient):
    """Make the error that the other side raised, as its class if it is one of ours.

    Only classes of nova_lite.exception are made; anything else is a RemoteError.
    """
    cls = getattr(exception, str(values.get('kind')), None)
    if isinstance(cls, type) and issubclass(cls, exception.NovaLiteException):
        return cls(str(values.get('text')), **_keywords(values))
    LOG.debug('Trace of the error at %s: %s', recipient, values.get('trace'))
    return exception.RemoteError(
        kind=values.get('kind'), recipient=recipient, text=values.get('text'))


def _keywords(values):
    keywords = values.get('keywords')
    if not isinstance(keywords, dict):
        return {}
    return {name: value for name, value in keywords.items() if name != 'message'}
