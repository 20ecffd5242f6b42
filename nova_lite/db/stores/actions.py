# SPDX-License-Identifier: Apache-2.0
"""Who asked for what, each step of it, and what went wrong: SQL."""

import datetime

import sqlalchemy as sa
from oslo_utils import timeutils

from nova_lite import exception
from nova_lite.db import engine, paging
from nova_lite.db.clock import db_now
from nova_lite.db.models import instance as models

actions = models.InstanceAction.__table__
events = models.InstanceActionEvent.__table__
faults = models.InstanceFault.__table__

MESSAGE_LENGTH = 255
NEWEST_FIRST = ((actions.c.created_at, 'desc'), (actions.c.id, 'desc'))


def start(context, rows):
    """Record that operations were asked for.

    :param rows: dicts with action, instance_uuid and operation_id
    """
    if not rows:
        return
    common = {'request_id': context.request_id, 'user_id': context.user_id,
              'project_id': context.project_id}
    with engine.writer(context) as connection:
        connection.execute(
            actions.insert().values(start_time=db_now(), created_at=db_now(), updated_at=db_now()),
            [{**common, **row} for row in rows])


def record(context, row, step):
    """Record what was done at once: an action with its only step.

    :param row: dict with action and instance_uuid
    :param step: as in ``add_events``
    """
    with engine.writer(context) as connection:
        number = connection.execute(actions.insert().values(
            request_id=context.request_id, user_id=context.user_id, project_id=context.project_id,
            start_time=db_now(), finish_time=db_now(), created_at=db_now(), updated_at=db_now(),
            **row)).inserted_primary_key[0]
        add_events(context, number, [step])


def id_of(operation_id):
    """The id of an operation's action, for a larger statement; NULL for an internal operation."""
    return sa.select(actions.c.id).where(
        actions.c.operation_id == operation_id).scalar_subquery().label('action_id')


def add_events(context, action_id, steps):
    """Record steps of an action.

    :param action_id: None for an internal operation, which records none
    :param steps: dicts with event, start_time, finish_time (ISO 8601), result,
        host, details, traceback
    """
    if action_id is None or not steps:
        return
    with engine.writer(context) as connection:
        connection.execute(events.insert(), [_event(action_id, step) for step in steps])


def _event(action_id, step):
    return {'action_id': action_id, 'event': step['event'], 'host': step.get('host'),
            'start_time': _moment(step['start_time']),
            'finish_time': _moment(step.get('finish_time')), 'result': step.get('result'),
            'details': _cut(step.get('details')), 'traceback': step.get('traceback')}


def _moment(text):
    return text and datetime.datetime.fromisoformat(text)


def _cut(text):
    return text and text[:MESSAGE_LENGTH]


def finish(context, action_id, outcome):
    """Close an action with the outcome of its operation and its last steps.

    :param action_id: None for an internal operation
    """
    add_events(context, action_id, outcome.events)
    if action_id is not None:
        _close(context, actions.c.id == action_id, (outcome.fault or {}).get('message'))


def close(context, operation_id, message):
    """Close the action of an operation; a message says that it did not succeed."""
    _close(context, actions.c.operation_id == operation_id, message)


def _close(context, which, message):
    with engine.writer(context) as connection:
        connection.execute(actions.update().where(which).values(
            finish_time=db_now(), updated_at=db_now(), message=_cut(message)))


def record_fault(context, instance_uuid, fault):
    """Add a fault to a server.

    :param fault: dict with code, message, details, host
    """
    with engine.writer(context) as connection:
        connection.execute(faults.insert().values(
            instance_uuid=instance_uuid, code=fault['code'], message=_cut(fault['message']),
            details=fault.get('details'), host=fault.get('host'), created_at=db_now()))


def list_actions(context, instance_uuid, *, limit=None, marker=None,
                 changes_since=None, changes_before=None):
    """Answer the actions of a server, newest first.

    :param marker: request id of the last action of the page before
    :raises MarkerNotFound: if the server has no such action
    """
    query = sa.select(actions).where(actions.c.instance_uuid == instance_uuid)
    if changes_since is not None:
        query = query.where(actions.c.updated_at >= changes_since)
    if changes_before is not None:
        query = query.where(actions.c.updated_at <= changes_before)
    with engine.reader(context) as connection:
        if marker is not None:
            last = connection.execute(sa.select(actions).where(
                actions.c.instance_uuid == instance_uuid,
                actions.c.request_id == marker)).mappings().first()
            if last is None:
                raise exception.MarkerNotFound(marker=marker)
            query = query.where(paging.after(NEWEST_FIRST, last))
        query = query.order_by(*paging.ordering(NEWEST_FIRST)).limit(limit)
        return [dict(row) for row in connection.execute(query).mappings()]


def get_action(context, instance_uuid, request_id):
    """Answer the newest action of a server with that request id.

    :raises InstanceActionNotFound: if there is none
    """
    with engine.reader(context) as connection:
        row = connection.execute(sa.select(actions).where(
            actions.c.instance_uuid == instance_uuid, actions.c.request_id == request_id,
        ).order_by(actions.c.id.desc())).mappings().first()
    if row is None:
        raise exception.InstanceActionNotFound(action_id=request_id)
    return dict(row)


def of_operation(context, operation_id):
    """Answer the action that an operation was asked for by; None if it is an internal one."""
    with engine.reader(context) as connection:
        row = connection.execute(sa.select(actions).where(
            actions.c.operation_id == operation_id)).mappings().first()
    return row and dict(row)


def list_events(context, action_id):
    """Answer the steps of an action, newest first."""
    with engine.reader(context) as connection:
        found = connection.execute(sa.select(events).where(events.c.action_id == action_id)
                                   .order_by(events.c.start_time.desc(), events.c.id.desc()))
        return [dict(row) for row in found.mappings()]


def note_wait(context, operation_id, host):
    """Record that an operation waits for a host that is away."""
    moment = timeutils.utcnow().isoformat(timespec='microseconds')
    action = of_operation(context, operation_id)
    add_events(context, action and action['id'], [{
        'event': 'waiting for host', 'host': host, 'start_time': moment,
        'details': f'Host {host} is down and may hold something of the server; '
                   'the operation goes on when it is back.'}])
