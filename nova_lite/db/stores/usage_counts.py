# SPDX-License-Identifier: Apache-2.0
"""What projects and users have, counted from the records themselves: SQL.

A server counts from its create request until it is deleted. The columns are
those of an index (ix_instances_quota), so no row is read.
"""

import sqlalchemy as sa

from nova_lite.db import engine
from nova_lite.db.models import server_group as group_models
from nova_lite.db.stores import instances as store

servers = store.instances
groups = group_models.ServerGroup.__table__
members = group_models.ServerGroupMember.__table__


def of_servers(context, project_id, user_id, *, group=None):
    """Answer what the servers of a project amount to, in one statement.

    :param user_id: whose part is wanted too
    :param group: uuid of a server group whose living members are counted, too
    :returns: (of the project, of the user, members of the group); the first
        two are {'instances', 'cores', 'ram'}
    """
    mine = servers.c.user_id == user_id
    query = sa.select(
        sa.func.count(), _sum(servers.c.vcpus), _sum(servers.c.memory_mb),
        _sum(sa.case((mine, 1), else_=0)), _sum(sa.case((mine, servers.c.vcpus), else_=0)),
        _sum(sa.case((mine, servers.c.memory_mb), else_=0)), _members_of(group),
    ).where(*_of(servers, project_id), servers.c.deleted.is_(False))
    with engine.reader(context) as connection:
        *counted, in_group = map(int, connection.execute(query).one())
    return _named(counted[:3]), _named(counted[3:]), in_group


def _sum(column):
    return sa.func.coalesce(sa.func.sum(column), 0)


def _named(counted):
    return dict(zip(('instances', 'cores', 'ram'), counted, strict=True))


def _members_of(group):
    if group is None:
        return sa.literal_column('0')
    member = servers.alias()
    return (sa.select(sa.func.count()).select_from(members)
            .join(groups, groups.c.id == members.c.group_id)
            .join(member, member.c.uuid == members.c.instance_uuid)
            .where(groups.c.uuid == group, member.c.deleted.is_(False)).scalar_subquery())


def _of(table, project_id, user_id=None):
    conditions = [table.c.project_id == project_id]
    if user_id is not None:
        conditions.append(table.c.user_id == user_id)
    return conditions


def of_groups(context, project_id, user_id=None):
    """Answer how many server groups a project has, or a user in it."""
    query = sa.select(sa.func.count()).where(*_of(groups, project_id, user_id))
    with engine.reader(context) as connection:
        return connection.execute(query).scalar_one()


def of_everything(context, project_id, user_id=None):
    """Answer what a project has, or a user in it: {resource: number}, in one statement."""
    number_of_groups = (sa.select(sa.func.count()).select_from(groups)
                        .where(*_of(groups, project_id, user_id)).scalar_subquery())
    query = sa.select(
        sa.func.count(), _sum(servers.c.vcpus), _sum(servers.c.memory_mb), number_of_groups,
    ).where(*_of(servers, project_id, user_id), servers.c.deleted.is_(False))
    with engine.reader(context) as connection:
        *counted, in_groups = map(int, connection.execute(query).one())
    return {**_named(counted), 'server_groups': in_groups}
