# SPDX-License-Identifier: Apache-2.0
"""Servers: SQL. States are changed in operations.py only."""

import sqlalchemy as sa

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.models import instance as models
from nova_lite.db.stores import notices
from nova_lite.states import power

instances = models.Instance.__table__
metadata = models.InstanceMetadata.__table__
tags = models.InstanceTag.__table__
faults = models.InstanceFault.__table__


def visible_to(context):
    """What the caller may see: everything for admins, else their project's."""
    if context.is_admin:
        return sa.true()
    return instances.c.project_id == context.project_id


def with_metadata(connection, rows):
    """Add metadata to rows of servers, one statement however many they are."""
    found = {row['uuid']: dict(row, metadata={}) for row in rows}
    if found:
        for pair in connection.execute(sa.select(metadata).where(
                metadata.c.instance_uuid.in_(found))):
            found[pair.instance_uuid]['metadata'][pair.key] = pair.value
    return list(found.values())


def get_by_uuid(context, uuid, *, read_deleted=False):
    """Answer one server's row with its metadata.

    :raises InstanceNotFound: if there is none that the caller may see
    """
    query = sa.select(instances).where(instances.c.uuid == uuid, visible_to(context))
    if not read_deleted:
        query = query.where(instances.c.deleted.is_(False))
    with engine.reader(context) as connection:
        rows = with_metadata(connection, connection.execute(query).mappings())
    if not rows:
        raise exception.InstanceNotFound(instance_id=uuid)
    return rows[0]


def get_by_host(context, host, *, marker=0, limit=500):
    """Answer a page of the servers of a host that are not deleted, by id.

    Without their user data: it is as large as all the rest twenty times, and
    the host has no use for it once a server is built.
    """
    columns = [column for column in instances.c if column is not instances.c.user_data]
    query = (sa.select(*columns)
             .where(instances.c.host == host, instances.c.deleted.is_(False),
                    instances.c.id > marker)
             .order_by(instances.c.id).limit(limit))
    with engine.reader(context) as connection:
        return with_metadata(connection, connection.execute(query).mappings())


def hosts_of(context, uuids):
    """Answer uuid -> host, or None, of the servers that there are, whoever asks."""
    query = sa.select(instances.c.uuid, instances.c.host).where(
        instances.c.uuid.in_(uuids), instances.c.deleted.is_(False))
    with engine.reader(context) as connection:
        return {row.uuid: row.host for row in connection.execute(query)}


def get_by_reservation(context, reservation_id):
    """Answer the servers of one create request, in the order of their launch index."""
    query = (sa.select(instances)
             .where(instances.c.reservation_id == reservation_id, visible_to(context))
             .order_by(instances.c.launch_index))
    with engine.reader(context) as connection:
        return with_metadata(connection, connection.execute(query).mappings())


def create(context, rows):
    """Insert servers; each row may carry ``metadata`` and ``tags``."""
    columns = [{name: value for name, value in row.items() if name not in ('metadata', 'tags')}
               for row in rows]
    pairs = [{'instance_uuid': row['uuid'], 'key': key, 'value': value}
             for row in rows for key, value in row.get('metadata', {}).items()]
    labels = [{'instance_uuid': row['uuid'], 'tag': tag}
              for row in rows for tag in row.get('tags', ())]
    with engine.writer(context) as connection:
        connection.execute(instances.insert().values(created_at=db_now(), updated_at=db_now()),
                           columns)
        if pairs:
            connection.execute(metadata.insert(), pairs)
        if labels:
            connection.execute(tags.insert(), labels)
        notices.created(context, rows)


def update(context, uuid, changes):
    """Change what a user may change at any time: names, addresses, disk config, zone."""
    with engine.writer(context) as connection:
        notices.changing(context, context, uuid, changes)
        connection.execute(instances.update().where(
            instances.c.uuid == uuid, instances.c.deleted.is_(False)).values(
                updated_at=db_now(), **changes))


def observe_power(context, uuid, fence, power_state):
    """Record what a guest was seen doing; answer the ``vm_state`` that follows.

    A server that an operation is busy with is left to that operation.
    """
    with engine.writer(context) as connection:
        found = connection.execute(sa.select(instances.c.vm_state, instances.c.power_state).where(
            instances.c.uuid == uuid, instances.c.fence == fence,
            instances.c.task_state.is_(None), instances.c.deleted.is_(False))).first()
        if found is None:
            return None
        vm_state = power.vm_state_after(found.vm_state, power_state)
        if (vm_state, power_state) != tuple(found):
            notices.changing(context, context, uuid,
                             {'vm_state': vm_state, 'power_state': power_state})
            connection.execute(instances.update().where(
                instances.c.uuid == uuid, instances.c.fence == fence,
                instances.c.task_state.is_(None)).values(
                    vm_state=vm_state, power_state=power_state, updated_at=db_now()))
        return vm_state
