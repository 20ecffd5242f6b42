# SPDX-License-Identifier: Apache-2.0
"""What the other stores tell of: each calls its line here within the transaction of a change.

Without a driver for notifications every function returns at once and sends no
statement. With one, what is told is read after the change in the same
transaction, so it is true of exactly that change.
"""

import functools

import sqlalchemy as sa
from oslo_config import cfg
from oslo_utils import timeutils

from nova_lite import usage
from nova_lite.db import clock, engine
from nova_lite.db.models import instance as instance_models
from nova_lite.db.models import keypair as keypair_models
from nova_lite.db.models import operation as operation_models
from nova_lite.db.stores import notification_outbox as outbox
from nova_lite.notifications import fault, form, instance, lifecycle, placement, switch

CONF = cfg.CONF

servers = instance_models.Instance.__table__
metadata = instance_models.InstanceMetadata.__table__
tags = instance_models.InstanceTag.__table__
key_pairs = keypair_models.KeyPair.__table__
operations = operation_models.Operation.__table__

COLUMNS = tuple(column for column in servers.c if column is not servers.c.user_data)


def if_on(function):
    """Do nothing while notifications are off."""
    @functools.wraps(function)
    def call(*args, **kwargs):
        if switch.is_on():
            function(*args, **kwargs)
    return call


def read_servers(connection, uuids):
    """Answer uuid -> row of a server with metadata and tags, also of deleted ones."""
    uuids = list(uuids)
    found = {row['uuid']: dict(row, metadata={}, tags=[]) for row in connection.execute(
        sa.select(*COLUMNS).where(servers.c.uuid.in_(uuids)).order_by(servers.c.id)).mappings()}
    for pair in connection.execute(sa.select(metadata).where(metadata.c.instance_uuid.in_(uuids))):
        found[pair.instance_uuid]['metadata'][pair.key] = pair.value
    for row in connection.execute(sa.select(tags).where(
            tags.c.instance_uuid.in_(uuids)).order_by(tags.c.tag)):
        found[row.instance_uuid]['tags'].append(row.tag)
    return found


# Operations

@if_on
def begun(context, rows):
    """Operations were recorded.

    :param rows: as in stores/operations.py
    """
    moments = {row['instance_uuid']: lifecycle.begun(row['kind'], row['phase'], row.get('host'))
               for row in rows}
    moments = {uuid: moment for uuid, moment in moments.items() if uuid and moment}
    if moments:
        with engine.writer(context) as connection:
            _tell(context, connection, moments, instance.Initiator.of(context))


@if_on
def handed_over(context, row, next_phase):
    """An operation goes on as another phase.

    :param row: of the operation as it was
    """
    moment = lifecycle.handed_over(row['kind'], row['phase'], next_phase)
    if moment is None:
        return
    problem = next_phase.changes.get('problem')
    why = problem and fault.payload(problem['message'], _last_trace(next_phase.events))
    with engine.writer(context) as connection:
        _tell(context, connection, {row['instance_uuid']: moment},
              instance.Initiator.of(dict(row)), why=why)


def _last_trace(events):
    return next((event['traceback'] for event in reversed(events) if event.get('traceback')), None)


@if_on
def finished(context, row, outcome):
    """An operation has ended.

    :param row: of the operation as it was
    """
    moment = row['instance_uuid'] and lifecycle.finished(
        row['kind'], row['phase'], row['host'], is_failed=bool(outcome.fault))
    if not moment:
        return
    why = outcome.fault and fault.payload(outcome.fault['message'], outcome.fault.get('details'))
    initiator = instance.Initiator.of(dict(row))
    with engine.writer(context) as connection:
        if moment.stage is lifecycle.Stage.GIVEN_UP:
            server = read_servers(connection, [row['instance_uuid']])[row['instance_uuid']]
            outbox.add(context, [placement.failed(server, row['arguments'], why)], initiator)
            return
        _tell(context, connection, {row['instance_uuid']: moment}, initiator, why=why)
        if why and moment.host:
            outbox.add(context, [fault.event(
                outcome.fault['message'], outcome.fault.get('details'), moment.host)], initiator)


def _tell(context, connection, moments, initiator, *, why=None):
    """Record what is to be told of servers.

    :param moments: uuid -> lifecycle.Moment
    """
    found = read_servers(connection, moments)
    outbox.add(context, [
        form.Event(moment.event_type, uuid, moment.publisher_id,
                   _payload(connection, found[uuid], initiator, moment, why), moment.priority)
        for uuid, moment in moments.items()], initiator)


def _payload(connection, server, initiator, moment, why):
    if moment.host and server['host'] is None:
        # The one that it was taken from in this very transaction.
        server = {**server, 'host': moment.host, 'node': moment.node}
    if moment.action != CREATE:
        return instance.action(server, initiator, why)
    key = server['key_name'] and connection.execute(sa.select(key_pairs).where(
        key_pairs.c.user_id == server['user_id'],
        key_pairs.c.name == server['key_name'])).mappings().first()
    return instance.create(server, initiator, key=key, fault=why)


CREATE = 'create'


# Servers

def changing(context, source, uuid, changes):
    """A server is about to change: called before, so that what it was can still be read.

    :param source: who changes it: a context, or the row of an operation
    :param changes: columns to be set
    """
    causes = switch.causes() & set(changes)
    if not causes and not (switch.is_on() and 'display_name' in changes):
        return
    with engine.writer(context) as connection:
        old = read_servers(connection, [uuid]).get(uuid)
        if old is None:
            return
        new = {**old, **_plain(changes)}
        if any(old[name] != new[name] for name in (*causes, 'display_name')):
            _tell_update(context, instance.Initiator.of(source), old, new)


def _plain(changes):
    """Answer changes as values; of what the database will reckon, only times can be told."""
    now = timeutils.utcnow()
    return {name: now if isinstance(value, clock.Now) else value for name, value in changes.items()
            if isinstance(value, clock.Now) or not isinstance(value, sa.ClauseElement)}


def created(context, rows):
    """Servers were recorded."""
    if not switch.causes():
        return
    with engine.writer(context) as connection:
        initiator = instance.Initiator.of(context)
        for server in read_servers(connection, [row['uuid'] for row in rows]).values():
            nothing = {**server, 'vm_state': None, 'task_state': None}
            _tell_update(context, initiator, nothing, server)


@if_on
def tagged(context, uuid):
    """The tags of a server were changed."""
    with engine.writer(context) as connection:
        server = read_servers(connection, [uuid])[uuid]
        _tell_update(context, instance.Initiator.of(context), server, server)


@if_on
def done_at_once(context, uuid, action):
    """An action on a server was done by the request itself."""
    with engine.writer(context) as connection:
        initiator = instance.Initiator.of(context)
        server = read_servers(connection, [uuid])[uuid]
        outbox.add(context, [form.Event(
            f'instance.{action}', uuid, form.publisher(form.API),
            instance.action(server, initiator))], initiator)


def _tell_update(context, initiator, old, new):
    now = timeutils.utcnow()
    # The period that runs begins where the last one ended.
    last = usage.last_completed(CONF.instance_usage_audit_period, now)
    period = instance.Period(last.ending, now)
    publisher = (form.publisher(form.COMPUTE, new['host']) if new['host']
                 else form.publisher(form.API))
    outbox.add(context, [form.Event(
        'instance.update', new['uuid'], publisher,
        instance.update(new, initiator, old, period))], initiator)


@if_on
def existed(context, period, read_uuids):
    """Servers were there in a period that was audited.

    :param period: has beginning and ending
    :param read_uuids: answers which; only called when notifications are on
    """
    period = instance.Period(period.beginning, period.ending)
    initiator = instance.Initiator.of(context)
    with engine.writer(context) as connection:
        outbox.add(context, [
            form.Event('instance.exists', server['uuid'],
                       form.publisher(form.COMPUTE, server['host']),
                       instance.exists(server, initiator, period))
            for server in read_servers(connection, read_uuids()).values()], initiator)


@if_on
def decided(context, decision):
    """The scheduler has chosen, or found nothing; told of the first server of the request."""
    ours = sa.or_(operations.c.id == decision['operation_id'],
                  operations.c.parent_id == decision['operation_id'])
    with engine.writer(context) as connection:
        row = connection.execute(sa.select(operations).where(
            ours, operations.c.instance_uuid.is_not(None)).order_by(operations.c.id)
            .limit(1)).mappings().first()
        server = row and read_servers(connection, [row['instance_uuid']]).get(row['instance_uuid'])
        if server:
            outbox.add(context, placement.selected(
                server, row['arguments'], is_successful=bool(decision['selections'])),
                instance.Initiator.of(dict(row)))


# Everything else

@if_on
def told(context, make):
    """Something that is no server changes.

    :param make: answers a notifications.form.Event or several; only called when notifications
        are on, so it may read what it tells of
    """
    with engine.writer(context):
        made = make()
        outbox.add(context, [made] if isinstance(made, form.Event) else made,
                   instance.Initiator.of(context))


def before(read):
    """Answer what something is before it changes; None, unread, while notifications are off."""
    return read() if switch.is_on() else None
