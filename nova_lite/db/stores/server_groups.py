# SPDX-License-Identifier: Apache-2.0
"""Server groups and their members: SQL. The scheduler reads them with scheduling_facts.py."""

import sqlalchemy as sa
from oslo_utils import uuidutils

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.models import instance as instance_models
from nova_lite.db.models import server_group as models
from nova_lite.db.stores import notices
from nova_lite.notifications import server_group as news

groups = models.ServerGroup.__table__
members = models.ServerGroupMember.__table__
servers = instance_models.Instance.__table__


def _with_members(connection, rows):
    """Add the uuids of members that live to rows of groups, one statement for all of them."""
    found = {row['id']: dict(row, members=[]) for row in rows}
    if found:
        for group_id, uuid in connection.execute(
                sa.select(members.c.group_id, servers.c.uuid)
                .join(servers, servers.c.uuid == members.c.instance_uuid)
                .where(members.c.group_id.in_(found), servers.c.deleted.is_(False))
                .order_by(servers.c.id)):
            found[group_id]['members'].append(uuid)
    return list(found.values())


def list_groups(context, *, all_projects=False, limit=None, offset=0):
    """Answer a page of groups as rows with ``members``, in the order they were made in.

    :param all_projects: the caller's alone unless set
    """
    query = sa.select(groups).order_by(groups.c.id).limit(limit).offset(offset)
    if not all_projects:
        query = query.where(groups.c.project_id == context.project_id)
    with engine.reader(context) as connection:
        return _with_members(connection, connection.execute(query).mappings())


def get(context, uuid):
    """Answer one group's row with ``members``.

    :raises ServerGroupNotFound: if there is none that the caller may see
    """
    query = sa.select(groups).where(groups.c.uuid == uuid)
    if not context.is_admin:
        query = query.where(groups.c.project_id == context.project_id)
    with engine.reader(context) as connection:
        rows = _with_members(connection, connection.execute(query).mappings())
    if not rows:
        raise exception.ServerGroupNotFound(group_id=uuid)
    return rows[0]


def create(context, *, name, policy, rules):
    """Insert a group of the caller's project; answer its row."""
    uuid = uuidutils.generate_uuid()
    with engine.writer(context) as connection:
        connection.execute(groups.insert().values(
            uuid=uuid, project_id=context.project_id, user_id=context.user_id, name=name,
            policy=policy, rules=rules, created_at=db_now()))
        _tell(context, 'create', groups.c.uuid == uuid)
        return get(context, uuid)


def delete(context, uuid):
    """Forget a group; its members stay where they are.

    :raises ServerGroupNotFound: if there is none
    """
    with engine.writer(context) as connection:
        _tell(context, 'delete', groups.c.uuid == uuid)
        gone = connection.execute(groups.delete().where(groups.c.uuid == uuid))
        if not gone.rowcount:
            raise exception.ServerGroupNotFound(group_id=uuid)


def id_of(context, uuid):
    """Answer the number of a group of the caller's own project, admin or not.

    Members see each other's ids, so a group has servers of one project only.

    :raises ServerGroupNotFound: if the project has none of that id
    """
    with engine.reader(context) as connection:
        found = connection.execute(sa.select(groups.c.id).where(
            groups.c.uuid == uuid, groups.c.project_id == context.project_id)).scalar()
    if found is None:
        raise exception.ServerGroupNotFound(group_id=uuid)
    return found


def add_members(context, group_id, uuids):
    """Make new servers members; part of the transaction that records them.

    :raises ServerGroupNotFound: if the group has just been deleted
    """
    try:
        with engine.writer(context) as connection:
            connection.execute(members.insert(), [
                {'group_id': group_id, 'instance_uuid': uuid} for uuid in uuids])
            _tell(context, 'add_member', groups.c.id == group_id)
    except engine.db_exc.DBReferenceError:
        raise exception.ServerGroupNotFound(group_id=group_id) from None


def _tell(context, action, which):
    """Tell other systems of a change, in its transaction; of no group there is nothing to tell."""
    notices.told(context, lambda: [news.event(action, row) for row in _found(context, which)])


def _found(context, which):
    with engine.reader(context) as connection:
        return _with_members(
            connection, connection.execute(sa.select(groups).where(which)).mappings())
