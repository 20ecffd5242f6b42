# SPDX-License-Identifier: Apache-2.0
"""Operations that stopped moving: SQL of the sweeper in nova_lite/operations/sweep.py."""

import sqlalchemy as sa

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.models import operation as models
from nova_lite.db.stores import actions, operations, services
from nova_lite.states import operation as op
from nova_lite.states import transitions

table = operations.operations
keys = models.IdempotencyKey.__table__

PAGE = 500
MOVED_BY_PARENT = tuple(
    phase.name for row in transitions.TABLE.values() for phase in row.phases
    if phase.waits_for_parent)


def unsettled(context):
    """Answer the unfinished operations that have been quiet longest, for the sweeper.

    Each row also says whether its owner lives (``owner_lives``), whether its
    host is up (``host_is_up``), and for how many seconds it has been quiet
    (``idle``), all by the database's clock.

    Those that only others can move on are left out: they wait for a host that is
    away, or for their parent. They would be the quietest, and a page full of them
    would hide the rest. An operator sees all of them by operations_admin.py.
    """
    query = _query().where(
        sa.or_(table.c.state != op.WAITING_FOR_HOST, _host_is_up()),
        table.c.phase.not_in(MOVED_BY_PARENT))
    with engine.reader(context) as connection:
        return [_with_idle_time(row) for row in connection.execute(query).mappings()]


def _host_is_up():
    return sa.exists().where(services.services.c.host == table.c.host,
                             services.services.c.binary == 'nova-lite-compute',
                             services.is_up())


def _query():
    living = sa.exists().where(services.incarnations.c.id == table.c.owner,
                               services.is_seen(services.incarnations.c.last_seen_at))
    return (sa.select(table, living.label('owner_lives'), _host_is_up().label('host_is_up'),
                      db_now().label('now'))
            .where(table.c.state.in_(op.UNFINISHED))
            .order_by(table.c.progress_at).limit(PAGE))


def _with_idle_time(row):
    return dict(row, owner_lives=bool(row['owner_lives']), host_is_up=bool(row['host_is_up']),
                idle=(row['now'] - row['progress_at']).total_seconds())


def _change(context, operation, **values):
    """Change an operation that still is as it was seen.

    :raises LeaseLost: if it has moved meanwhile
    """
    with engine.writer(context) as connection:
        changed = connection.execute(table.update().where(
            table.c.id == operation.id, table.c.lease == operation.lease,
            table.c.state == operation.state, table.c.phase == operation.phase).values(**values))
    if not changed.rowcount:
        raise exception.LeaseLost(operation_id=operation.id, lease=operation.lease)


def note_wake_up(context, operation):
    """Remember that a wake-up was sent again, so that it is not sent at every pass."""
    if operation.state != op.RUNNING:
        _change(context, operation, progress_at=db_now())


def release(context, operation):
    """Void the lease of an owner that lives but does not move."""
    _change(context, operation, state=op.PENDING, owner=None, lease=table.c.lease + 1,
            progress_at=db_now())


def wait_for_host(context, operation):
    """Mark that only the host can go on, for the user to see."""
    with engine.writer(context):
        _change(context, operation, state=op.WAITING_FOR_HOST)
        actions.note_wait(context, operation.id, operation.host)


def go_on_without_host(context, operation):
    """Move an operation whose host is gone to the controller's phase for this."""
    row = transitions.TABLE[operation.kind]
    following = row.phase(row.phase(operation.phase).when_host_is_gone)
    with engine.writer(context):
        operations.show_phase(context, operation, following)
        _change(context, operation, state=op.PENDING, phase=following.name, host=None,
                owner=None, host_may_hold=False, attempts=0, lease=table.c.lease + 1,
                progress_at=db_now(),
                arguments={**operation.arguments, 'lost_host': operation.host})


def forget_expired_keys(context):
    """Delete the Idempotency-Keys whose time is over, a page of them at a time."""
    name = (keys.c.project_id, keys.c.user_id, keys.c.key)
    with engine.reader(context) as connection:
        expired = connection.execute(
            sa.select(*name).where(keys.c.expires_at < db_now()).limit(PAGE)).all()
    if expired:
        with engine.writer(context) as connection:
            connection.execute(keys.delete().where(
                sa.tuple_(*name).in_([tuple(row) for row in expired]),
                keys.c.expires_at < db_now()))
