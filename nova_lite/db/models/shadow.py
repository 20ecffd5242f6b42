# SPDX-License-Identifier: Apache-2.0
"""The archive: a ``shadow_`` twin of each table whose rows end with their server.

The twins are derived from the live tables, so a column is named once. Their
columns have no constraints: what was archived before a column existed lacks it.
Rows come in by nova_lite/db/stores/archive.py and leave by purge.py beside it.
"""

import sqlalchemy as sa

from nova_lite.db.models import (
    base,
    decision,
    instance,
    migration,
    operation,
    password,
    server_group,
    task_log,
)

PREFIX = 'shadow_'
FOUND_BY = ('uuid', 'instance_uuid', 'operation_id')
"""Columns by which somebody looks an archived row up; they have an index."""

ARCHIVED = tuple(model.__table__ for model in (
    instance.Instance, instance.InstanceMetadata, instance.InstanceTag, instance.InstanceFault,
    instance.InstanceAction, instance.InstanceActionEvent, password.InstancePassword,
    migration.Migration, server_group.ServerGroupMember, operation.Operation, decision.Decision,
    task_log.TaskLog))


def _shadow_of(table):
    """Make the twin of a table.

    ``archive_id`` is its own number: SQLite gives the numbers of rows that have
    gone to new ones. ``ended_at`` is when the thing itself ended (the server was
    deleted, the operation finished), which is what a purge goes by.
    """
    indexes = [sa.Index(None, name) for name in FOUND_BY if name in table.c]
    return sa.Table(
        PREFIX + table.name, base.Base.metadata,
        sa.Column('archive_id', base.BigId, primary_key=True),
        sa.Column('ended_at', base.Moment, nullable=False, index=True),
        *(sa.Column(column.name, column.type, autoincrement=False) for column in table.columns),
        *indexes, **base.OPTIONS)


SHADOWS = {table: _shadow_of(table) for table in ARCHIVED}
"""Live table -> its twin."""
