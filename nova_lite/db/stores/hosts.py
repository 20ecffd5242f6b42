# SPDX-License-Identifier: Apache-2.0
"""Compute hosts that have joined, and the generation of each one's key: SQL."""

import sqlalchemy as sa

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.models import host as models

hosts = models.Host.__table__


@engine.retry_on_deadlock
def join(context, name):
    """Let a host in, again if it was there; answer the generation of its new key.

    A key of an earlier generation is void from now on.
    """
    with engine.writer(context) as connection:
        changed = connection.execute(hosts.update().where(hosts.c.name == name).values(
            key_generation=hosts.c.key_generation + 1, revoked=False, updated_at=db_now()))
        if not changed.rowcount:
            connection.execute(hosts.insert().values(
                name=name, key_generation=1, revoked=False, created_at=db_now()))
        return connection.execute(
            sa.select(hosts.c.key_generation).where(hosts.c.name == name)).scalar_one()


def revoke(context, name):
    """Believe nothing more that a host sends.

    :raises ComputeHostNotFound: if it never joined
    """
    with engine.writer(context) as connection:
        changed = connection.execute(hosts.update().where(hosts.c.name == name).values(
            revoked=True, updated_at=db_now()))
    if not changed.rowcount:
        raise exception.ComputeHostNotFound(host=name)


def generation(context, name):
    """Answer the generation of a host's key; None if it is unknown or revoked."""
    with engine.reader(context) as connection:
        return connection.execute(sa.select(hosts.c.key_generation).where(
            hosts.c.name == name, hosts.c.revoked.is_(False))).scalar()


def names(context):
    """Answer the hosts that have joined and are not revoked, in order."""
    with engine.reader(context) as connection:
        return list(connection.execute(sa.select(hosts.c.name).where(
            hosts.c.revoked.is_(False)).order_by(hosts.c.name)).scalars())


def list_hosts(context):
    """Answer all rows, in order."""
    with engine.reader(context) as connection:
        return [dict(row) for row in connection.execute(
            sa.select(hosts).order_by(hosts.c.name)).mappings()]
