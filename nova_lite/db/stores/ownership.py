# SPDX-License-Identifier: Apache-2.0
"""Whose a record is, for what a compute host asks: SQL. Asked by conductor/permissions.py."""

import sqlalchemy as sa

from nova_lite.db import engine
from nova_lite.db.models import instance
from nova_lite.db.models import operation as operation_models
from nova_lite.db.stores import services
from nova_lite.states import operation as op

instances = instance.Instance.__table__
operations = operation_models.Operation.__table__


def is_hosts_incarnation(context, incarnation, host):
    """Answer whether a start of a service was the host's; one that is void is nobody's."""
    with engine.reader(context) as connection:
        return bool(connection.execute(
            sa.select(services.is_hosts_incarnation(incarnation, host))).scalar())


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
