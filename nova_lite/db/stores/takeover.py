# SPDX-License-Identifier: Apache-2.0
"""An operation takes a server over from whatever runs: SQL."""

import sqlalchemy as sa

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.stores import instances as store
from nova_lite.db.stores import notices

servers = store.instances


def take_over(context, uuid, task_state):
    """Raise the server's fence, so that no older operation can write to it any more.

    Part of the transaction that begins the new operation.

    :returns: the row as it was before, with the new ``fence``
    :raises InstanceNotFound: if there is none that the caller may see
    """
    with engine.writer(context) as connection:
        before = connection.execute(sa.select(servers).where(
            servers.c.uuid == uuid, servers.c.deleted.is_(False), store.visible_to(context),
        ).with_for_update()).mappings().first()
        if before is None:
            raise exception.InstanceNotFound(instance_id=uuid)
        notices.changing(context, context, uuid, {'task_state': task_state})
        connection.execute(servers.update().where(servers.c.uuid == uuid).values(
            fence=servers.c.fence + 1, task_state=task_state, updated_at=db_now()))
        return dict(before, fence=before['fence'] + 1)
