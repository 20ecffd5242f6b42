# SPDX-License-Identifier: Apache-2.0
"""Flavors: SQL."""

import functools

import sqlalchemy as sa

from nova_lite import exception
from nova_lite.db import engine, paging, patterns
from nova_lite.db.clock import db_now
from nova_lite.db.models import flavor as models
from nova_lite.db.stores import notices
from nova_lite.notifications import flavor as news

flavors = models.Flavor.__table__
extra_specs = models.FlavorExtraSpec.__table__
access = models.FlavorProject.__table__

SORTABLE = frozenset(column.name for column in flavors.c)

LISTINGS = 256
"""Statements of pages that are kept."""

LOWEST = {name: flavors.c[column] >= sa.bindparam(name) for name, column in (
    ('min_memory_mb', 'memory_mb'), ('min_root_gb', 'root_gb'))}
"""Filters by what a flavor has to have at least."""


def _visible(context):
    """What the caller may see: everything for admins, else what its project may use."""
    return sa.true() if context.is_admin else _usable_by(context.project_id)


def _usable_by(project_id):
    """What is public, or private with access for the project."""
    return sa.or_(flavors.c.is_public.is_(True), sa.exists().where(
        access.c.flavor_id == flavors.c.id, access.c.project_id == project_id))


def _with_extra_specs(connection, rows):
    """Add the extra specs to rows of flavors, one statement however many they are."""
    found = {row['id']: dict(row, extra_specs={}) for row in rows}
    if found:
        for pair in connection.execute(sa.select(extra_specs).where(
                extra_specs.c.flavor_id.in_(found))):
            found[pair.flavor_id]['extra_specs'][pair.key] = pair.value
    return list(found.values())


def get_by_flavorid(context, flavorid):
    """Answer one flavor's row with its extra specs.

    :raises FlavorNotFound: if there is none that the caller may see
    """
    query = (sa.select(flavors, extra_specs.c.key, extra_specs.c.value)
             .outerjoin(extra_specs, extra_specs.c.flavor_id == flavors.c.id)
             .where(flavors.c.flavorid == flavorid, _visible(context)))
    with engine.reader(context) as connection:
        rows = connection.execute(query).mappings().all()
    if not rows:
        raise exception.FlavorNotFound(flavor_id=flavorid)
    specs = {row['key']: row['value'] for row in rows if row['key'] is not None}
    return {**{column.name: rows[0][column.name] for column in flavors.c}, 'extra_specs': specs}


def list_flavors(context, *, filters, sort_key='flavorid', sort_dir='asc', marker=None,
                 limit=None, with_extra_specs=True):
    """Answer a page of flavors as rows.

    :param filters: ``min_memory_mb``, ``min_root_gb``, ``is_public``
        (None for both; what the caller's project has access to counts as
        public), ``disabled``, ``name`` (regular
        expression)
    :param sort_key: one of SORTABLE
    :param marker: flavorid of the last one of the page before
    :raises MarkerNotFound: if no visible flavor has that id
    :raises InvalidInput: if the database can't use the regular expression
    """
    query = _listing(context.is_admin, filters.get('is_public'), filters.get('disabled'),
                     (sort_key, sort_dir))
    values = {'project_id': context.project_id,
              'most': paging.NO_LIMIT if limit is None else limit}
    for name, condition in LOWEST.items():
        if filters.get(name) is not None:
            query, values[name] = query.where(condition), filters[name]
    if filters.get('name') is not None:
        query = query.where(flavors.c.name.regexp_match(filters['name']))
    with patterns.reader(
            context, with_pattern=filters.get('name') is not None) as connection:
        if marker is not None:
            query = query.where(paging.after(
                _order(sort_key, sort_dir), _marker(connection, context, marker)))
        rows = connection.execute(query, values).mappings().all()
        return _with_extra_specs(connection, rows) if with_extra_specs else rows


def _order(sort_key, sort_dir):
    return [(flavors.c[sort_key], sort_dir), (flavors.c.id, sort_dir)]


@functools.lru_cache(maxsize=LISTINGS)
def _listing(is_admin, is_public, disabled, sort):
    """Answer the statement of a page, as far as callers have it in common."""
    usable = _usable_by(sa.bindparam('project_id'))
    query = sa.select(flavors).order_by(*paging.ordering(_order(*sort)))
    if is_public is not None:
        query = query.where(usable if is_public else flavors.c.is_public.is_(False))
    if not (is_public or is_admin):
        query = query.where(usable)
    if disabled is not None:
        query = query.where(flavors.c.disabled.is_(disabled))
    return query.limit(sa.bindparam('most', type_=sa.Integer))


def _marker(connection, context, flavorid):
    row = connection.execute(sa.select(flavors).where(
        flavors.c.flavorid == flavorid, _visible(context))).mappings().first()
    if row is None:
        raise exception.MarkerNotFound(marker=flavorid)
    return row


def create(context, values):
    """Insert a flavor; answer its row. Nobody but admins sees a private one before he is let to.

    :param values: columns, and ``extra_specs``
    :raises FlavorExists: if the name is taken
    :raises FlavorIdExists: if the id is taken
    """
    columns = {name: value for name, value in values.items() if name != 'extra_specs'}
    specs = values.get('extra_specs') or {}
    try:
        with engine.writer(context) as connection:
            made = connection.execute(flavors.insert().values(created_at=db_now(), **columns))
            flavor_id = made.inserted_primary_key[0]
            if specs:
                connection.execute(extra_specs.insert(), [
                    {'flavor_id': flavor_id, 'key': key, 'value': value}
                    for key, value in specs.items()])
            tell(context, 'create', values['flavorid'])
    except engine.db_exc.DBDuplicateEntry as error:
        raise _taken(context, values) from error
    return get_by_flavorid(context, values['flavorid'])


def _taken(context, values):
    """Answer the error that says which of id and name is in use."""
    with engine.reader(context) as connection:
        same_name = connection.execute(sa.select(flavors.c.id).where(
            flavors.c.name == values['name'])).first()
    if same_name:
        return exception.FlavorExists(name=values['name'])
    return exception.FlavorIdExists(flavor_id=values['flavorid'])


def update(context, flavorid, changes):
    """Change a flavor's columns; answer its new row.

    :raises FlavorNotFound: if there is none that the caller may see
    """
    with engine.writer(context) as connection:
        connection.execute(flavors.update().where(flavors.c.flavorid == flavorid).values(
            updated_at=db_now(), **changes))
        tell(context, 'update', flavorid)
        return get_by_flavorid(context, flavorid)


def delete(context, flavorid):
    """Forget a flavor; servers keep the copy that they were made with.

    :raises FlavorNotFound: if there is none
    """
    with engine.writer(context) as connection:
        tell(context, 'delete', flavorid)
        gone = connection.execute(flavors.delete().where(flavors.c.flavorid == flavorid))
        if not gone.rowcount:
            raise exception.FlavorNotFound(flavor_id=flavorid)


@engine.retry_on_deadlock
def set_extra_specs(context, flavorid, specs):
    """Add or replace the given extra specs; the others stay."""
    with engine.writer(context) as connection:
        flavor_id = _lock(connection, flavorid)
        connection.execute(extra_specs.delete().where(
            extra_specs.c.flavor_id == flavor_id, extra_specs.c.key.in_(list(specs))))
        if specs:
            connection.execute(extra_specs.insert(), [
                {'flavor_id': flavor_id, 'key': key, 'value': value}
                for key, value in specs.items()])
        tell(context, 'update', flavorid)


def delete_extra_spec(context, flavorid, key):
    """Remove one extra spec.

    :raises FlavorExtraSpecsNotFound: if the flavor has none of that name
    """
    with engine.writer(context) as connection:
        flavor_id = _lock(connection, flavorid)
        gone = connection.execute(extra_specs.delete().where(
            extra_specs.c.flavor_id == flavor_id, extra_specs.c.key == key))
        if not gone.rowcount:
            raise exception.FlavorExtraSpecsNotFound(flavor_id=flavorid, key=key)
        tell(context, 'update', flavorid)


def _lock(connection, flavorid):
    """Keep others from changing the same flavor's extra specs; answer its number."""
    touched = connection.execute(flavors.update().where(
        flavors.c.flavorid == flavorid).values(updated_at=db_now()))
    if not touched.rowcount:
        raise exception.FlavorNotFound(flavor_id=flavorid)
    return connection.execute(sa.select(flavors.c.id).where(
        flavors.c.flavorid == flavorid)).scalar_one()


def tell(context, action, flavorid):
    """Tell other systems of a change, in its transaction."""
    notices.told(context, lambda: _news(context.elevated(), action, flavorid))


def _news(context, action, flavorid):
    row = get_by_flavorid(context, flavorid)
    with engine.reader(context) as connection:
        projects = connection.execute(sa.select(access.c.project_id).where(
            access.c.flavor_id == row['id']).order_by(access.c.project_id)).scalars().all()
    return news.event(action, row, list(projects))
