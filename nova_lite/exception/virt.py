# SPDX-License-Identifier: Apache-2.0
"""Errors of what runs the guests."""

from nova_lite.exception import base


class HypervisorUnavailable(base.ServiceUnavailable):
    """The hypervisor does not answer; it may later."""

    msg_fmt = 'The hypervisor at %(uri)s can not be reached: %(reason)s'
    safe = False


class HypervisorUnusable(base.NovaLiteException):
    """The host can not do what its configuration asks for; an operator must act."""

    msg_fmt = 'This host can not run guests as it is configured: %(reason)s'


class DiskCreationFailed(base.NovaLiteException):
    """A disk of a server could not be made."""

    msg_fmt = 'Disk %(disk)s of server %(instance_uuid)s could not be created: %(reason)s'


class GuestStartFailed(base.NovaLiteException):
    """The hypervisor refused to define or to start a guest."""

    msg_fmt = 'The guest of server %(instance_uuid)s could not be started: %(reason)s'
    safe = True


class GuestFenced(base.Conflict):
    """A newer operation has started the guest; this one is stale."""

    msg_fmt = ('The guest of server %(instance_uuid)s was started by a newer operation '
               '(fence %(running)d, ours is %(fence)d).')


class GuestRemovalFailed(base.NovaLiteException):
    """The hypervisor could not end or forget a guest; its files are untouched."""

    msg_fmt = 'The guest of server %(instance_uuid)s could not be removed: %(reason)s'


class FakeDriverFailure(base.NovaLiteException):
    """A failure that the configuration of the fake driver asked for."""

    msg_fmt = '%(reason)s'
    safe = True


class UptimeUnknown(base.NovaLiteException):
    """The host can't say since when it runs."""

    msg_fmt = 'The uptime of the host is not known: %(reason)s'
