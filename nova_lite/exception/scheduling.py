# SPDX-License-Identifier: Apache-2.0
"""Errors of choosing a host and of taking room on it."""

from nova_lite.exception import base


class NoValidHost(base.NovaLiteException):
    """No host can take the server; the reason says what stands against it, in figures.

    ``kwargs['details']``, if given, is the same with the names of hosts, for operators.
    """

    msg_fmt = 'No valid host was found. %(reason)s'
    code = 500
    safe = True


class HostsNotHeardOf(base.ServiceUnavailable):
    """Hosts count as down that may just not have been able to report; they are given time."""

    msg_fmt = ('%(down)d of %(total)d host(s) have not reported since an outage; they are given '
               '%(seconds)d s more.')


class ClaimRefused(base.Conflict):
    """The chosen node can't be had any more; choose again with fresh figures."""

    msg_fmt = 'Node %(node_id)s can not be claimed: %(why)s.'


class AlreadyClaimed(base.Conflict):
    """One of the consumers holds a claim already; the new one was not made."""

    msg_fmt = 'One of %(consumers)s holds a claim already.'


class DecisionNotFound(base.NotFound):
    """The scheduler has decided nothing such, or it was so long ago that it is archived."""

    msg_fmt = 'There is no decision of the scheduler on %(what)s.'


class SchedulerTooOld(base.ServiceUnavailable):
    """A scheduler of an older release runs beside the newer ones; it can't explain itself."""

    msg_fmt = ('A scheduler of an older release is running, which can not explain decisions. '
               'Ask again when all are upgraded.')


class SchedulerExtensionNotFound(base.Invalid):
    """The configuration names a filter, weigher or driver that can't be loaded."""

    msg_fmt = 'The %(kind)s %(name)s of the configuration could not be loaded.'
