# SPDX-License-Identifier: Apache-2.0
"""Tokens of consoles: SQL. Whoever reads the table can not use what is in it."""

import dataclasses
import hashlib
import secrets

import sqlalchemy as sa
from oslo_log import log

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.models import console_auth_token as models
from nova_lite.db.stores import instances

LOG = log.getLogger(__name__)

tokens = models.ConsoleAuthToken.__table__
servers = instances.instances

RANDOM_BYTES = 32


@dataclasses.dataclass(frozen=True)
class Connection:
    """Where a token leads.

    :ivar console_type: novnc, serial, spice-html5 and so on
    :ivar host: address at which the hypervisor serves the console
    :ivar tls_port: for clients that connect to it themselves
    :ivar internal_access_path: what has to be asked for there first
    """

    console_type: str
    instance_uuid: str
    host: str
    port: int
    tls_port: int | None = None
    internal_access_path: str | None = None


def issue(context, connection, lifetime):
    """Answer a new token that leads to a console.

    :param connection: Connection
    :param lifetime: seconds
    """
    token = secrets.token_urlsafe(RANDOM_BYTES)
    with engine.writer(context) as database:
        database.execute(tokens.insert().values(
            token_hash=_hash_of(token), expires_at=db_now(lifetime), created_at=db_now(),
            **dataclasses.asdict(connection)))
    return token


def find(context, token):
    """Answer the row of a token that is good.

    :raises ConsoleTokenNotFound: if it never was, has expired, or its server is deleted
    """
    query = (sa.select(tokens).join(servers, servers.c.uuid == tokens.c.instance_uuid)
             .where(tokens.c.token_hash == _hash_of(token), tokens.c.expires_at > db_now(),
                    servers.c.deleted.is_(False)))
    with engine.reader(context) as database:
        row = database.execute(query).mappings().first()
    if row is None:
        raise exception.ConsoleTokenNotFound
    return dict(row)


@engine.retry_on_deadlock
def remove_expired(context):
    """Forget the tokens that are not good any more."""
    with engine.writer(context) as database:
        removed = database.execute(tokens.delete().where(
            tokens.c.expires_at <= db_now())).rowcount
    if removed:
        LOG.info('Removed %d expired token(s) of consoles', removed)


def _hash_of(token):
    return hashlib.sha256(token.encode()).hexdigest()
