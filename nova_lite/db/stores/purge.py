# SPDX-License-Identifier: Apache-2.0
"""Forgetting the archive for good: SQL of ``db purge``. No daemon reads the archive."""

import collections

import sqlalchemy as sa

from nova_lite.db import engine
from nova_lite.db.models import shadow

ROWS_AT_ONCE = 500


def purge(context, *, before=None):
    """Delete archived rows; yield a Counter of table name -> rows for each transaction.

    :param before: only of what ended before that time; None deletes all
    """
    for table in shadow.SHADOWS.values():
        while moved := _purge_page(context, table, before):
            yield moved


@engine.retry_on_deadlock
def _purge_page(context, table, before):
    query = sa.select(table.c.archive_id).limit(ROWS_AT_ONCE)
    if before is not None:
        query = query.where(table.c.ended_at < before)
    with engine.writer(context) as connection:
        ids = connection.execute(query).scalars().all()
        if not ids:
            return collections.Counter()
        deleted = connection.execute(table.delete().where(table.c.archive_id.in_(ids))).rowcount
    return collections.Counter({table.name: deleted})
