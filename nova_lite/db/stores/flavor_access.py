# SPDX-License-Identifier: Apache-2.0
"""Which projects may use a private flavor: SQL."""

import sqlalchemy as sa

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.stores import flavors

access = flavors.access


def projects_of(context, flavor_id):
    """Answer the ids of the projects that may use a flavor.

    :param flavor_id: its number in the database
    """
    with engine.reader(context) as connection:
        return list(connection.execute(sa.select(access.c.project_id).where(
            access.c.flavor_id == flavor_id).order_by(access.c.project_id)).scalars())


def add(context, flavor, project_id):
    """Let a project use a flavor.

    :param flavor: its row
    :raises FlavorAccessExists: if it may already
    """
    try:
        with engine.writer(context) as connection:
            connection.execute(access.insert().values(
                flavor_id=flavor['id'], project_id=project_id))
            flavors.tell(context, 'update', flavor['flavorid'])
    except engine.db_exc.DBDuplicateEntry as error:
        raise exception.FlavorAccessExists(
            flavor_id=flavor['flavorid'], project_id=project_id) from error


def remove(context, flavor, project_id):
    """Let a project use a flavor no more; its servers keep their copy.

    :param flavor: its row
    :raises FlavorAccessNotFound: if it could not anyway
    """
    with engine.writer(context) as connection:
        gone = connection.execute(access.delete().where(
            access.c.flavor_id == flavor['id'], access.c.project_id == project_id))
        if not gone.rowcount:
            raise exception.FlavorAccessNotFound(
                flavor_id=flavor['flavorid'], project_id=project_id)
        flavors.tell(context, 'update', flavor['flavorid'])
