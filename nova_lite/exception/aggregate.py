# SPDX-License-Identifier: Apache-2.0
"""Errors about aggregates and availability zones."""

from nova_lite.exception import base


class AggregateNotFound(base.NotFound):
    """No aggregate has that number."""

    msg_fmt = 'Aggregate %(aggregate_id)s could not be found.'


class AggregateNameExists(base.Conflict):
    """An aggregate of that name exists."""

    msg_fmt = 'Aggregate %(name)s already exists.'


class AggregateHostExists(base.Conflict):
    """The host is in the aggregate already."""

    msg_fmt = 'Aggregate %(aggregate_id)s already has host %(host)s.'


class AggregateHostNotFound(base.NotFound):
    """The host is not in the aggregate."""

    msg_fmt = 'Aggregate %(aggregate_id)s has no host %(host)s.'


class AggregateNotEmpty(base.Invalid):
    """An aggregate with hosts can't be deleted."""

    msg_fmt = 'Cannot delete aggregate %(aggregate_id)s: it still has hosts.'


class AggregateZoneRefused(base.Invalid):
    """The aggregate can't be given that zone; ``reason`` says which host stands against it."""

    msg_fmt = 'Cannot change the availability zone of aggregate %(aggregate_id)s: %(reason)s.'


class AggregateHostZoneRefused(base.Conflict):
    """A host can't come to the aggregate or leave it, because of its zone."""

    msg_fmt = 'Cannot change the hosts of aggregate %(aggregate_id)s: %(reason)s.'


class AvailabilityZoneNotFound(base.Invalid):
    """No enabled compute host is in that zone."""

    msg_fmt = 'The requested availability zone is not available: %(zone)s'


class PinnedZoneRefused(base.Conflict):
    """A server can only be pinned to the zone that it is in, and only if it is pinned to none."""

    msg_fmt = ('Server %(instance_uuid)s can not be pinned to availability zone %(zone)s: it is '
               'not there, or pinned to another.')
