# SPDX-License-Identifier: Apache-2.0
"""What the API shows with servers and other tables hold, in as few statements as possible.

``complete`` needs at most three, however many servers there are.
"""

import sqlalchemy as sa

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.models import server_group as group_models
from nova_lite.db.stores import instances as store
from nova_lite.db.stores import services

instances = store.instances
groups = group_models.ServerGroup.__table__
members = group_models.ServerGroupMember.__table__


def get_row(context, uuid):
    """Answer one server's row alone, in one statement.

    :raises InstanceNotFound: if there is none that the caller may see
    """
    query = sa.select(instances).where(
        instances.c.uuid == uuid, instances.c.deleted.is_(False), store.visible_to(context))
    with engine.reader(context) as connection:
        row = connection.execute(query).mappings().first()
    if row is None:
        raise exception.InstanceNotFound(instance_id=uuid)
    return dict(row)


def complete(context, rows, *, with_fault, with_service, with_groups=False):
    """Add ``metadata``, ``tags``, ``server_groups``, ``fault`` and ``service`` to rows of servers.

    :param with_fault: the states of servers whose newest fault is wanted
    :param with_service: whether the compute service of the host is wanted
    :param with_groups: whether the server groups are wanted; else there are none
    """
    found = {row['uuid']: row for row in rows}
    for row in rows:
        row.update(metadata={}, tags=[], server_groups=[], fault=None, service=None)
    if not found:
        return
    with engine.reader(context) as connection:
        _add_parts(connection, found, with_groups)
        _add_faults(connection, [row for row in rows if row['vm_state'] in with_fault])
        if with_service:
            _add_services(connection, [row for row in rows if row['host']])


def _add_parts(connection, found, with_groups):
    """One statement for all that a server has several of; each row says what it is one of."""
    metadata, tags = store.metadata, store.tags
    parts = [_part('metadata', metadata.c.instance_uuid, metadata.c.value, metadata.c.key),
             _part('tags', tags.c.instance_uuid, tags.c.tag)]
    owners = [metadata.c.instance_uuid, tags.c.instance_uuid]
    if with_groups:
        parts.append(_part('server_groups', members.c.instance_uuid, groups.c.uuid).join_from(
            members, groups, groups.c.id == members.c.group_id))
        owners.append(members.c.instance_uuid)
    wanted = [part.where(owner.in_(found)) for part, owner in zip(parts, owners, strict=True)]
    for kind, uuid, value, key in connection.execute(sa.union_all(*wanted)):
        if key is None:
            found[uuid][kind].append(value)
        else:
            found[uuid][kind][key] = value
    for row in found.values():
        row['tags'].sort()


NO_KEY = sa.cast(sa.null(), store.metadata.c.key.type)


def _part(kind, owner, value, key=NO_KEY):
    """Answer the query of one kind of part; only pairs have a key."""
    return sa.select(sa.literal_column(f"'{kind}'").label('kind'), owner, value, key.label('key'))


def _add_faults(connection, rows):
    faults = store.faults
    found = {row['uuid']: row for row in rows}
    if not found:
        return
    newest = (sa.select(sa.func.max(faults.c.id)).where(faults.c.instance_uuid.in_(found))
              .group_by(faults.c.instance_uuid))
    for fault in connection.execute(
            sa.select(faults).where(faults.c.id.in_(newest))).mappings():
        found[fault['instance_uuid']]['fault'] = dict(fault)


def _add_services(connection, rows):
    hosts = {row['host'] for row in rows}
    if not hosts:
        return
    table = services.services
    by_host = {service['host']: dict(service) for service in connection.execute(sa.select(
        table.c.host, table.c.disabled, table.c.forced_down,
        sa.func.coalesce(services.is_seen(), sa.false()).label('is_seen')).where(
            table.c.binary == 'nova-lite-compute', table.c.host.in_(hosts))).mappings()}
    for row in rows:
        row['service'] = by_host.get(row['host'])
