# SPDX-License-Identifier: Apache-2.0
"""The durable operations as an operator sees and ends them: SQL.

For nova-lite-manage. What moves operations by itself is operations.py and
sweeping.py; an operation that is ended here ends by the same functions.
"""

import dataclasses

import sqlalchemy as sa
from oslo_utils import timeutils

from nova_lite import exception, objects
from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.models import service as service_models
from nova_lite.db.stores import batches, secrets, services
from nova_lite.db.stores import operations as store
from nova_lite.states import operation as op
from nova_lite.states import transitions, vm

table = store.operations
incarnations = services.incarnations
computes = sa.alias(service_models.Service.__table__)
owners = sa.alias(service_models.Service.__table__)

EVENT = 'operator_abandon'
RESULT = 'Error'


@dataclasses.dataclass(frozen=True)
class Wanted:
    """Which operations are listed; None of a field is any.

    :ivar states: of operation.UNFINISHED and operation.FINISHED
    :ivar quiet_for: seconds since the last sign of progress, at least
    """

    states: frozenset = op.UNFINISHED
    kind: str | None = None
    host: str | None = None
    instance_uuid: str | None = None
    quiet_for: float | None = None

    def conditions(self):
        """Yield them for a statement."""
        yield table.c.state.in_(self.states)
        for column in (table.c.kind, table.c.host, table.c.instance_uuid):
            value = getattr(self, column.name)
            if value is not None:
                yield column == value
        if self.quiet_for is not None:
            yield table.c.progress_at <= db_now(-self.quiet_for)


def listing(context, wanted, *, limit):
    """Answer operations, the quietest first.

    Each row also says whether its owner lives (``owner_lives``), whether its
    host is up (``host_is_up``), and for how many seconds it has been quiet
    (``idle``), all by the database's clock.
    """
    return _found(context, _query().where(*wanted.conditions()).limit(limit))


def get(context, operation_id):
    """Answer one operation as ``listing`` does, with its owner and whether it has secrets.

    :raises OperationNotFound: if there is none
    """
    rows = _found(context, _query().where(table.c.id == operation_id))
    if not rows:
        raise exception.OperationNotFound(operation_id=operation_id)
    return rows[0]


def backlog(context):
    """Answer how many unfinished operations there are in each phase of each kind.

    Rows have a number for each state of ``operation.UNFINISHED``, and ``oldest``:
    for how many seconds the first of those that nobody is at has waited, or None.
    """
    waits = table.c.state != op.RUNNING
    query = (sa.select(table.c.kind, table.c.phase,
                       *(sa.func.count(sa.case((table.c.state == state, 1))).label(state)
                         for state in sorted(op.UNFINISHED)),
                       sa.func.min(sa.case((waits, table.c.progress_at))).label('since'),
                       db_now().label('now'))
             .where(table.c.state.in_(op.UNFINISHED))
             .group_by(table.c.kind, table.c.phase).order_by(table.c.kind, table.c.phase))
    with engine.reader(context) as connection:
        return [_with_age(dict(row)) for row in connection.execute(query).mappings()]


def _with_age(row):
    since, now = row.pop('since'), row.pop('now')
    return {**row, 'oldest': None if since is None else max((now - since).total_seconds(), 0)}


def _query():
    """The statement for operations with what is known of those who are to run them."""
    lives = services.is_seen(incarnations.c.last_seen_at)
    host_is_up = sa.and_(services.is_seen(computes.c.last_seen_at),
                         computes.c.forced_down.is_(False))
    return (sa.select(table,
                      sa.func.coalesce(lives, sa.false()).label('owner_lives'),
                      sa.func.coalesce(host_is_up, sa.false()).label('host_is_up'),
                      owners.c.binary.label('owner_binary'), owners.c.host.label('owner_host'),
                      incarnations.c.last_seen_at.label('owner_seen_at'),
                      secrets.secrets.c.operation_id.label('secrets_of'), db_now().label('now'))
            .outerjoin(incarnations, incarnations.c.id == table.c.owner)
            .outerjoin(owners, owners.c.id == incarnations.c.service_id)
            .outerjoin(computes, sa.and_(computes.c.host == table.c.host,
                                         computes.c.binary == 'nova-lite-compute'))
            .outerjoin(secrets.secrets, secrets.secrets.c.operation_id == table.c.id)
            .order_by(table.c.progress_at, table.c.id))


def _found(context, query):
    with engine.reader(context) as connection:
        return [_plain(row) for row in connection.execute(query).mappings()]


def _plain(row):
    end = row['finished_at'] or row['now']
    return dict(row, owner_lives=bool(row['owner_lives']), host_is_up=bool(row['host_is_up']),
                has_secrets=row['secrets_of'] is not None,
                idle=max((end - row['progress_at']).total_seconds(), 0))


@dataclasses.dataclass(frozen=True)
class Abandonment:
    """Why an operation is ended by hand.

    :ivar who: the operator, as the fault names them
    :ivar even_if_host_holds: also where a host may hold something of the guest
    """

    who: str
    reason: str | None = None
    even_if_host_holds: bool = False

    def message(self, kind):
        """Answer what the user reads."""
        reason = f': {self.reason}' if self.reason else ''
        return f'The {kind} was abandoned by {self.who}{reason}.'

    def outcome(self, row, vm_state):
        """Answer how the operation ended."""
        message = self.message(row['kind'])
        moment = timeutils.utcnow().isoformat(timespec='microseconds')
        return objects.Outcome(
            vm_state=vm_state,
            fault={'code': 500, 'message': message, 'host': row['host'], 'details':
                   f'Ended by hand in phase {row["phase"]}, state {row["state"]}.'},
            events=[{'event': EVENT, 'host': row['host'], 'start_time': moment,
                     'finish_time': moment, 'result': RESULT, 'details': message}])


def check_abandonment(row, abandonment):
    """Refuse what would not be safe; pure.

    :param row: the operation
    :raises OperationHasEnded: if there is nothing to end
    :raises HostMayHoldGuest: if only its host can say that nothing is left there
    """
    if row['state'] in op.FINISHED:
        raise exception.OperationHasEnded(operation_id=row['id'], state=row['state'])
    holds = row['host_may_hold'] or row['kind'] == transitions.CLEAN_UP
    if holds and not abandonment.even_if_host_holds:
        raise exception.HostMayHoldGuest(host=row['host'], instance_uuid=row['instance_uuid'])


@engine.retry_on_deadlock
def abandon(context, operation_id, abandonment):
    """End an operation with a fault; answer its row as it was.

    Whoever runs it loses its lease with this transaction, so nothing that it
    still claims or starts counts.

    :raises OperationNotFound, OperationHasEnded, HostMayHoldGuest: and nothing is changed
    """
    with engine.writer(context) as connection:
        _lock_server(connection, operation_id)
        row = connection.execute(sa.select(table).where(
            table.c.id == operation_id).with_for_update()).mappings().first()
        if row is None:
            raise exception.OperationNotFound(operation_id=operation_id)
        check_abandonment(row, abandonment)
        for child in batches.waiting_children(context, operation_id):
            batches.fail_child(context, child, abandonment.outcome(child, vm.ERROR))
        connection.execute(table.update().where(table.c.id == operation_id).values(
            state=op.RUNNING, owner=None, lease=table.c.lease + 1, progress_at=db_now(),
            # What no host has begun ends as a controller's: its room and addresses are free.
            host=row['host'] if row['host_may_hold'] else None))
        store.finish(context, operation_id, row['lease'] + 1,
                     abandonment.outcome(row, vm_state_after(row['kind'])))
        return dict(row)


def _lock_server(connection, operation_id):
    """Lock the server's row before the operation's, as everybody does."""
    uuid = sa.select(table.c.instance_uuid).where(table.c.id == operation_id).scalar_subquery()
    connection.execute(sa.select(store.servers.c.id).where(
        store.servers.c.uuid == uuid).with_for_update()).first()


def vm_state_after(kind):
    """Answer the ``vm_state`` that the table gives an operation of that kind that did not end well.

    A clean-up has no other end than a server that is deleted.
    """
    return vm.DELETED if kind == transitions.CLEAN_UP else transitions.TABLE[kind].fails_to
