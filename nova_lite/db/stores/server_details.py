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


ANY = sa.select(instances).where(
    instances.c.uuid == sa.bindparam('uuid'), instances.c.deleted.is_(False))
OWN = ANY.where(instances.c.project_id == sa.bindparam('project_id'))


def get_row(context, uuid):
    """Answer one server's row alone, in one statement.

    :raises InstanceNotFound: if there is none that the caller may see
    """
    query, values = (ANY, {}) if context.is_admin else (OWN, {'project_id': context.project_id})
    with engine.reader(context) as connection:
        row = connection.execute(query, {**values, 'uuid': uuid}).mappings().first()
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
    query = ALL_PARTS if with_groups else PARTS
    for kind, uuid, value, key in connection.execute(query, {'uuids': list(found)}):
        if key is None:
            found[uuid][kind].append(value)
        else:
            found[uuid][kind][key] = value
    for row in found.values():
        row['tags'].sort()


def _part(kind, owner, value, key=None):
    """Answer the query of one kind of part; only pairs have a key."""
    shown = sa.cast(sa.null(), store.metadata.c.key.type) if key is None else key
    return sa.select(
        sa.literal_column(f"'{kind}'").label('kind'), owner, value, shown.label('key')).where(
            owner.in_(sa.bindparam('uuids', expanding=True)))


def _parts():
    """Yield the query of each kind of part."""
    metadata, tags = store.metadata.c, store.tags.c
    yield _part('metadata', metadata.instance_uuid, metadata.value, metadata.key)
    yield _part('tags', tags.instance_uuid, tags.tag)
    yield _part('server_groups', members.c.instance_uuid, groups.c.uuid).join_from(
        members, groups, groups.c.id == members.c.group_id)


ALL_PARTS = sa.union_all(*_parts())
PARTS = sa.union_all(*list(_parts())[:-1])
"""Without groups, which lists do not show."""


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
