# SPDX-License-Identifier: Apache-2.0
"""Whose a record is, for what a compute host asks: SQL. Asked by conductor/permissions.py."""

import sqlalchemy as sa

from nova_lite.db import engine
from nova_lite.db.models import instance, service
from nova_lite.db.models import operation as operation_models
from nova_lite.states import operation as op

instances = instance.Instance.__table__
operations = operation_models.Operation.__table__
services = service.Service.__table__
incarnations = service.Incarnation.__table__


def is_hosts_operation(context, operation_id, host):
    """Answer whether the present phase of an operation is the host's."""
    with engine.reader(context) as connection:
        return connection.execute(sa.select(operations.c.id).where(
            operations.c.id == operation_id, operations.c.host == host)).first() is not None


def is_hosts_incarnation(context, incarnation, host):
    """Answer whether a start of a service was the host's; one that is void is nobody's."""
    with engine.reader(context) as connection:
        owner = connection.execute(
            sa.select(services.c.host).join(incarnations).where(
                incarnations.c.id == incarnation)).scalar()
    return owner is None or owner == host


def is_hosts_server(context, uuid, host):
    """Answer whether a server is on a host, or is being worked on there.

    :returns: None if there is no such server
    """
    worked_on = sa.exists().where(
        operations.c.instance_uuid == instances.c.uuid, operations.c.host == host,
        operations.c.state.in_(op.UNFINISHED))
    with engine.reader(context) as connection:
        row = connection.execute(
            sa.select(instances.c.host, worked_on.label('worked_on')).where(
                instances.c.uuid == uuid, instances.c.deleted.is_(False))).first()
    return None if row is None else bool(row.host == host or row.worked_on)
