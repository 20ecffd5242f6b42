# SPDX-License-Identifier: Apache-2.0
"""Metadata of servers as their owners change it: SQL."""

import sqlalchemy as sa

from nova_lite.db import engine
from nova_lite.db.stores import instances

metadata = instances.metadata


def get(context, instance_uuid):
    """Answer the metadata of a server."""
    with engine.reader(context) as connection:
        return dict(connection.execute(sa.select(metadata.c.key, metadata.c.value).where(
            metadata.c.instance_uuid == instance_uuid).order_by(metadata.c.key)).all())


def put(context, instance_uuid, pairs):
    """Add pairs or replace those of the same name; the others stay."""
    with engine.writer(context) as connection:
        if not pairs:
            return
        connection.execute(metadata.delete().where(
            metadata.c.instance_uuid == instance_uuid, metadata.c.key.in_(list(pairs))))
        connection.execute(metadata.insert(), [
            {'instance_uuid': instance_uuid, 'key': key, 'value': value}
            for key, value in pairs.items()])


def clear(context, instance_uuid):
    """Remove all pairs of a server."""
    with engine.writer(context) as connection:
        connection.execute(metadata.delete().where(metadata.c.instance_uuid == instance_uuid))


def remove(context, instance_uuid, key):
    """Remove one pair; answer whether it was there."""
    with engine.writer(context) as connection:
        return bool(connection.execute(metadata.delete().where(
            metadata.c.instance_uuid == instance_uuid, metadata.c.key == key)).rowcount)
