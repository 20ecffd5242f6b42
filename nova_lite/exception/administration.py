# SPDX-License-Identifier: Apache-2.0
"""Errors of the operator's command line."""

from nova_lite.exception import base


class NotConfirmed(base.NovaLiteException):
    """A command that takes something away was not confirmed."""

    msg_fmt = 'Nothing was done. "--yes" does it: %(plan)s'


class ServiceIsUp(base.Conflict):
    """A daemon that runs would record itself again."""

    msg_fmt = ('Service %(binary)s on %(host)s is up; it would record itself again. Stop the '
               'daemon first, and wait %(seconds)d s.')


class HostMayHoldGuest(base.Conflict):
    """An operation can't be ended without its host, which may hold something of the guest."""

    msg_fmt = ('Host %(host)s may hold something of server %(instance_uuid)s. Bring the host back, '
               'or delete the server; or, knowing that it holds nothing or that it can stay '
               'there, say --even-if-host-holds.')


class OperationHasEnded(base.Conflict):
    """An operation that has ended can't be changed."""

    msg_fmt = 'Operation %(operation_id)s has ended already (%(state)s).'


class OperationBelongsToParent(base.Conflict):
    """One server of several that are made together is moved by what makes them all."""

    msg_fmt = 'Operation %(operation_id)s waits for operation %(parent_id)s; retry that one.'


class QueueNotFound(base.NotFound):
    """The broker has no such queue of this product."""

    msg_fmt = 'There is no queue %(queue)s; see "nova-lite-manage queue list".'


class BrokerRefused(base.NovaLiteException):
    """The broker does not let the account do it, or does not answer."""

    msg_fmt = 'The broker did not do it: %(reason)s'


class AuditIncomplete(base.NovaLiteException):
    """A host that was to be audited can't be asked."""

    msg_fmt = 'Host %(host)s can not be audited: %(reason)s'


class CertificateUnusable(base.NovaLiteException):
    """The API is to speak TLS and has no certificate that it can show."""

    msg_fmt = 'Can not use %(files)s for TLS: %(reason)s'
