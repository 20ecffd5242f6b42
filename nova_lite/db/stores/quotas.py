# SPDX-License-Identifier: Apache-2.0
"""Limits of projects, users and classes, and the rows that requests wait at: SQL.

Which limit holds is decided in nova_lite/quota; what is used, is counted in
usage_counts.py.
"""

import sqlalchemy as sa

from nova_lite.db import engine
from nova_lite.db.models import quota as models

gates = models.QuotaProject.__table__
of_projects = models.Quota.__table__
of_users = models.UserQuota.__table__
of_classes = models.QuotaClass.__table__

DEFAULT_CLASS = 'default'
CLASS, PROJECT, USER = range(3)
"""Whose a limit is; the last one that there is holds."""

CHECKS_WRAP_AT = 1_000_000_000


def wait_for(context, owner_id):
    """Keep everybody else out who counts for this project or user, until the transaction ends.

    To be sent before anything is read: in MariaDB the first plain read decides
    what the transaction sees, and has to see what those before have committed.

    :param owner_id: of the project, or of the user for what users have in all
        their projects; equal ids only wait for each other more often
    """
    with engine.writer(context) as connection:
        if _touch(connection, owner_id):
            return
        try:
            # PostgreSQL gives up a transaction in which a statement failed.
            with connection.begin_nested():
                connection.execute(gates.insert().values(project_id=owner_id, checks=1))
        except engine.db_exc.DBDuplicateEntry:
            _touch(connection, owner_id)


def _touch(connection, owner_id):
    return connection.execute(gates.update().where(gates.c.project_id == owner_id).values(
        checks=(gates.c.checks + 1) % CHECKS_WRAP_AT)).rowcount


def find(context, project_id=None, user_id=None, class_name=DEFAULT_CLASS):
    """Answer the recorded limits of a class, a project and a user, in one statement.

    :returns: CLASS, PROJECT and USER -> {resource: limit}
    """
    parts = [_part(CLASS, of_classes, of_classes.c.class_name == class_name)]
    if project_id is not None:
        parts.append(_part(PROJECT, of_projects, of_projects.c.project_id == project_id))
        if user_id is not None:
            parts.append(_part(USER, of_users, _user(project_id, user_id)))
    found = {CLASS: {}, PROJECT: {}, USER: {}}
    with engine.reader(context) as connection:
        for owner, resource, hard_limit in connection.execute(sa.union_all(*parts)):
            found[owner][resource] = hard_limit
    return found


def _part(owner, table, condition):
    return sa.select(sa.literal_column(str(owner)).label('owner'), table.c.resource,
                     table.c.hard_limit).where(condition)


def _user(project_id, user_id):
    return sa.and_(of_users.c.project_id == project_id, of_users.c.user_id == user_id)


def promised(context, project_id, *, except_for=None):
    """Answer the sum of the limits of a project's users: {resource: sum}.

    :param except_for: a user who is left out
    """
    query = (sa.select(of_users.c.resource, sa.func.sum(of_users.c.hard_limit))
             .where(of_users.c.project_id == project_id, of_users.c.hard_limit > 0)
             .group_by(of_users.c.resource))
    if except_for is not None:
        query = query.where(of_users.c.user_id != except_for)
    with engine.reader(context) as connection:
        return {resource: int(total) for resource, total in connection.execute(query)}


def list_of_projects(context, project_id=None):
    """Answer the limits that projects have of their own: {project: {resource: limit}}.

    :param project_id: only of this one
    """
    asked = sa.select(of_projects.c.project_id, of_projects.c.resource, of_projects.c.hard_limit)
    if project_id is not None:
        asked = asked.where(of_projects.c.project_id == project_id)
    found = {}
    with engine.reader(context) as connection:
        for owner, resource, hard_limit in connection.execute(
                asked.order_by(of_projects.c.project_id, of_projects.c.resource)):
            found.setdefault(owner, {})[resource] = hard_limit
    return found


def set_of_project(context, project_id, limits):
    """Record limits of a project: {resource: limit}; others stay."""
    _put(context, of_projects, {'project_id': project_id}, limits)


def set_of_user(context, project_id, user_id, limits):
    """Record limits of a user in a project: {resource: limit}; others stay."""
    _put(context, of_users, {'project_id': project_id, 'user_id': user_id}, limits)


@engine.retry_on_deadlock
def set_of_class(context, class_name, limits):
    """Record limits of a class: {resource: limit}; others stay."""
    with engine.writer(context):
        wait_for(context, class_name)
        _put(context, of_classes, {'class_name': class_name}, limits)


def _put(context, table, owner, limits):
    """Replace limits; whoever calls it has made the others wait."""
    if not limits:
        return
    condition = [table.c[name] == value for name, value in owner.items()]
    with engine.writer(context) as connection:
        connection.execute(table.delete().where(table.c.resource.in_(list(limits)), *condition))
        connection.execute(table.insert(), [
            {**owner, 'resource': resource, 'hard_limit': limit}
            for resource, limit in limits.items()])


@engine.retry_on_deadlock
def forget(context, project_id, user_id=None):
    """Remove the limits of a user in a project, or all of a project with those of its users."""
    with engine.writer(context) as connection:
        wait_for(context, project_id)
        if user_id is not None:
            connection.execute(of_users.delete().where(_user(project_id, user_id)))
            return
        connection.execute(of_users.delete().where(of_users.c.project_id == project_id))
        connection.execute(of_projects.delete().where(of_projects.c.project_id == project_id))
