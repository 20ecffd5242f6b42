# SPDX-License-Identifier: Apache-2.0
"""What the API shows with servers and other tables hold, in as few statements as possible.

``complete`` needs at most three, however many servers there are.
"""

import sqlalchemy as sa

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.stores import instances as store
from nova_lite.db.stores import services

instances = store.instances


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


def complete(context, rows, *, with_fault, with_service):
    """Add ``metadata``, ``tags``, ``fault`` and ``service`` to rows of servers.

    :param with_fault: the states of servers whose newest fault is wanted
    :param with_service: whether the compute service of the host is wanted
    """
    found = {row['uuid']: row for row in rows}
    for row in rows:
        row.update(metadata={}, tags=[], fault=None, service=None)
    if not found:
        return
    with engine.reader(context) as connection:
        _add_pairs(connection, found)
        _add_faults(connection, [row for row in rows if row['vm_state'] in with_fault])
        if with_service:
            _add_services(connection, [row for row in rows if row['host']])


def _add_pairs(connection, found):
    metadata, tags = store.metadata, store.tags
    no_key = sa.cast(sa.null(), metadata.c.key.type).label('key')
    pairs = sa.union_all(
        sa.select(metadata.c.instance_uuid, metadata.c.key, metadata.c.value)
        .where(metadata.c.instance_uuid.in_(found)),
        sa.select(tags.c.instance_uuid, no_key, tags.c.tag).where(
            tags.c.instance_uuid.in_(found)))
    for uuid, key, value in connection.execute(pairs):
        if key is None:
            found[uuid]['tags'].append(value)
        else:
            found[uuid]['metadata'][key] = value
    for row in found.values():
        row['tags'].sort()


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
