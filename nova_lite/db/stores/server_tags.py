# SPDX-License-Identifier: Apache-2.0
"""Tags of servers: SQL."""

import sqlalchemy as sa

from nova_lite.db import engine
from nova_lite.db.stores import instances

tags = instances.tags


def get(context, instance_uuid):
    """Answer the tags of a server in their order."""
    with engine.reader(context) as connection:
        return list(connection.execute(sa.select(tags.c.tag).where(
            tags.c.instance_uuid == instance_uuid).order_by(tags.c.tag)).scalars())


def add(context, instance_uuid, names):
    """Add tags that the server does not have."""
    with engine.writer(context) as connection:
        if names:
            connection.execute(tags.insert(), [
                {'instance_uuid': instance_uuid, 'tag': name} for name in names])


def clear(context, instance_uuid):
    """Remove all tags of a server."""
    with engine.writer(context) as connection:
        connection.execute(tags.delete().where(tags.c.instance_uuid == instance_uuid))


def remove(context, instance_uuid, name):
    """Remove one tag; answer whether it was there."""
    with engine.writer(context) as connection:
        return bool(connection.execute(tags.delete().where(
            tags.c.instance_uuid == instance_uuid, tags.c.tag == name)).rowcount)
