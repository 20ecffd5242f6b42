# SPDX-License-Identifier: Apache-2.0
"""Idempotency-Keys: SQL."""

import sqlalchemy as sa
from oslo_config import cfg

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.models import operation as models

CONF = cfg.CONF
keys = models.IdempotencyKey.__table__


def _mine(context, key):
    return sa.and_(keys.c.project_id == context.project_id, keys.c.user_id == context.user_id,
                   keys.c.key == key)


def find(context, key, body_hash):
    """Answer the reservation that the key made, None if it has made none.

    :raises IdempotencyKeyReused: it came with another body
    """
    with engine.reader(context) as connection:
        row = connection.execute(sa.select(keys).where(
            _mine(context, key), keys.c.expires_at > db_now())).first()
    if row is None:
        return None
    if row.body_hash != body_hash:
        raise exception.IdempotencyKeyReused(key=key)
    return row.reservation_id


def remember(context, key, body_hash, reservation_id):
    """Insert a key.

    :raises IdempotencyKeyTaken: it is there already
    """
    try:
        with engine.writer(context) as connection:
            connection.execute(keys.delete().where(
                _mine(context, key), keys.c.expires_at <= db_now()))
            connection.execute(keys.insert().values(
                project_id=context.project_id, user_id=context.user_id, key=key,
                body_hash=body_hash, reservation_id=reservation_id, created_at=db_now(),
                expires_at=db_now(CONF.operations.idempotency_key_lifetime)))
    except engine.db_exc.DBDuplicateEntry as error:
        raise exception.IdempotencyKeyTaken(key=key) from error
