# SPDX-License-Identifier: Apache-2.0
"""What periodic work hosts have done for which period: SQL."""

import sqlalchemy as sa

from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.models import task_log as models
from nova_lite.db.stores import notices, usage
from nova_lite.states import task_log as states

log = models.TaskLog.__table__

LONGEST_MESSAGE = log.c.message.type.length


def begin(context, host, task_name, period, message):
    """Record that a host begins; answer whether it has to: False if it is done already.

    What was begun and not ended was broken off, for a host does one run at a time.

    :param period: usage.Period
    """
    try:
        return _begin(context, host, task_name, period, message)
    except engine.db_exc.DBDuplicateEntry:
        # Asked twice at once: the other one does it.
        return False


@engine.retry_on_deadlock
def _begin(context, host, task_name, period, message):
    run = _run_of(host, task_name, period)
    values = {'state': states.RUNNING, 'message': message[:LONGEST_MESSAGE], 'task_items': 0,
              'errors': 0}
    with engine.writer(context) as connection:
        state = connection.execute(
            sa.select(log.c.state).where(run).with_for_update()).scalar()
        if state is None:
            connection.execute(log.insert().values(
                host=host, task_name=task_name, period_beginning=period.beginning,
                period_ending=period.ending, created_at=db_now(), **values))
        elif state == states.RUNNING:
            connection.execute(log.update().where(run).values(updated_at=db_now(), **values))
        return state != states.DONE


@engine.retry_on_deadlock
def end(context, host, task_name, period, *, message, task_items, errors):
    """Record how a run ended.

    :param task_items: number of things that were looked at
    """
    with engine.writer(context) as connection:
        connection.execute(log.update().where(_run_of(host, task_name, period)).values(
            state=states.DONE, message=message[:LONGEST_MESSAGE], task_items=task_items,
            errors=errors, updated_at=db_now()))
        if task_name == states.USAGE_AUDIT:
            notices.existed(context, period, lambda: [
                row['uuid'] for row in usage.list_active_on_host(
                    context, host, period, limit=None)])


def _run_of(host, task_name, period):
    return sa.and_(
        log.c.host == host, log.c.task_name == task_name,
        log.c.period_beginning == period.beginning, log.c.period_ending == period.ending)


def list_runs(context, task_name, period):
    """Answer the rows of all hosts for a period, by host."""
    query = sa.select(log).where(
        log.c.task_name == task_name, log.c.period_beginning == period.beginning,
        log.c.period_ending == period.ending).order_by(log.c.host)
    with engine.reader(context) as connection:
        return [dict(row) for row in connection.execute(query).mappings()]
