# SPDX-License-Identifier: Apache-2.0
"""Checks of what the database says; a database that does not answer ends the whole check."""

import functools

import sqlalchemy as sa
from alembic import util as alembic_util
from oslo_upgradecheck.upgradecheck import Code, Result

from nova_lite import context as nova_context
from nova_lite.db import connect, engine, migrations
from nova_lite.db.models import operation as operation_models
from nova_lite.db.stores import online_migrations as online
from nova_lite.db.stores import services
from nova_lite.rpc import versions
from nova_lite.states import operation as op
from nova_lite.states import transitions

table = operation_models.Operation.__table__


def _of_rows(check):
    """A check that looks into tables; where there are none, that is its result."""
    @functools.wraps(check)
    def checked():
        connect.connect()
        if not sa.inspect(engine.engine()).has_table(table.name):
            return Result(Code.WARNING, 'There are no tables yet, so there is nothing to look at.')
        return check(nova_context.get_admin_context())
    return checked


def schema():
    """Whether all that this release's daemons want is there; they work beside older ones."""
    connect.connect()
    newest = migrations.newest()
    try:
        present = migrations.versions()
    except alembic_util.CommandError as error:
        return Result(Code.FAILURE, f'The database has a schema that this release does not know: '
                                    f'{error}. It was synced by a newer release.')
    if present['expand'] != newest['expand']:
        return Result(Code.FAILURE, f'The schema is at {present["expand"]}, this release needs '
                                    f'{newest["expand"]}. Run "nova-lite-manage db sync '
                                    '--expand"; the daemons may work meanwhile.')
    if present['contract'] != newest['contract']:
        return Result(Code.WARNING, 'When all daemons are of this release, run '
                                    '"nova-lite-manage db sync --contract".')
    return Result(Code.SUCCESS)


@_of_rows
def online_migrations(context):
    """Whether rows of an older form are left."""
    try:
        remaining = online.remaining(context)
    except (engine.db_exc.DBError, sa.exc.DBAPIError) as error:
        return Result(Code.FAILURE, f'Can not be counted; is the schema expanded? {error}')
    if not remaining:
        return Result(Code.SUCCESS)
    rows = ', '.join(f'{name}: {count}' for name, count in sorted(remaining.items()))
    return Result(Code.WARNING, f'Rows are left in an older form ({rows}). Run "nova-lite-manage '
                                'db online_data_migrations" before the next upgrade.')


@_of_rows
def service_versions(context):
    """Whether every daemon is one that this release's daemons can talk to."""
    rows = services.list_services(context)
    too_old = [row for row in rows if row['version'] < versions.OLDEST_SUPPORTED]
    running = [row for row in too_old if row['is_up']]
    if running:
        return Result(Code.FAILURE, f'Too old to work with this release: {_names(running)}. '
                                    'Upgrade these first, to the release between.')
    if too_old:
        return Result(Code.WARNING, f'Too old, and not running: {_names(too_old)}. Delete what '
                                    'does not come back ("openstack compute service delete"), '
                                    'upgrade the others before they are started.')
    newer = [row for row in rows if row['version'] > versions.SERVICE_VERSION]
    if newer:
        return Result(Code.WARNING, f'Newer than the release installed here: {_names(newer)}.')
    return Result(Code.SUCCESS)


def _names(rows):
    return ', '.join(f'{row["binary"]} on {row["host"]} (version {row["version"]})'
                     for row in rows)


@_of_rows
def operations(context):
    """Whether this release can go on with everything that is under way."""
    with engine.reader(context) as connection:
        rows = connection.execute(sa.select(
            table.c.kind, table.c.phase, sa.func.count().label('count')).where(
                table.c.state.in_(op.UNFINISHED)).group_by(
                    table.c.kind, table.c.phase).order_by(table.c.kind, table.c.phase)).all()
    unknown = [f'{row.kind} in {row.phase}: {row.count}' for row in rows
               if not _is_known(row.kind, row.phase)]
    if unknown:
        return Result(Code.FAILURE, 'This release does not know how to go on with unfinished '
                                    f'operations ({", ".join(unknown)}). Let the release that '
                                    'runs now finish them.')
    return Result(Code.SUCCESS)


def _is_known(kind, phase):
    row = transitions.TABLE.get(kind)
    return row is not None and row.phase(phase) is not None
