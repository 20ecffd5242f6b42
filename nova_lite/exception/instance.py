# SPDX-License-Identifier: Apache-2.0
"""Errors about servers."""

from nova_lite.exception import base


class InstanceNotFound(base.NotFound):
    """No such server, or it belongs to another project."""

    msg_fmt = 'Instance %(instance_id)s could not be found.'


class InstanceInvalidState(base.Conflict):
    """The table of operations does not allow this from the present state."""

    msg_fmt = (
        "Cannot '%(method)s' instance %(instance_uuid)s while it is in %(attr)s %(state)s"
    )


class InstanceIsLocked(base.Conflict):
    """The server is locked; only an admin may act on it."""

    msg_fmt = 'Instance %(instance_uuid)s is locked'


class ServerIsWorkedOn(base.Conflict):
    """An operation is at work on the server, which says itself how it ends."""

    msg_fmt = (
        'Operation %(operation_id)s (%(kind)s) is at work on server %(instance_uuid)s. '
        'See "operation show", or end it first with --abandon.'
    )


class ServerHasNoHost(base.Conflict):
    """A server without a host has no guest."""

    msg_fmt = 'Server %(instance_uuid)s is on no host, so it can not be active.'


class InstanceActionNotFound(base.NotFound):
    """The server has no action with that request id."""

    msg_fmt = 'Action for request_id %(action_id)s not found'


class ConsoleLogNotAvailable(base.Conflict):
    """The server is on no host, or its host has no log for it yet."""

    msg_fmt = 'Instance %(instance_uuid)s is not ready: it has no console log without a host.'


class MetadataItemNotFound(base.NotFound):
    """The server has no pair of that name."""

    msg_fmt = 'Metadata item was not found: %(key)s'


class TagNotFound(base.NotFound):
    """The server does not have the tag."""

    msg_fmt = "Server %(instance_uuid)s has no tag '%(tag)s'"


class ServerNetworkNotFound(base.NotFound):
    """The server is in no network of that label."""

    msg_fmt = 'Server %(instance_id)s is in no network %(label)s'


class TagInvalid(base.Invalid):
    """The tag in the address is none that a server can have."""

    msg_fmt = "Tag '%(tag)s' is invalid: %(reason)s"


class TooManyTags(base.Invalid):
    """A server can have so many tags and no more."""

    msg_fmt = 'The number of tags exceeded the per-server limit %(most)d'


class MultipleServersWithHostname(base.Invalid):
    """A host name can be given to one server only."""

    msg_fmt = 'A hostname can be given to one server only, and several are asked for.'


class NameTooLongForMultipleServers(base.Invalid):
    """With the numbers that tell several servers apart the name is longer than names are."""

    msg_fmt = ('The name is too long for %(number)d servers: it may have %(most)d letters with its '
               'number.')


class MultipleServersWithFixedIp(base.Invalid):
    """A fixed address can be given to one server only."""

    msg_fmt = 'A fixed_ip can be given to one server only, and several are asked for.'
