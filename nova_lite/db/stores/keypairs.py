# SPDX-License-Identifier: Apache-2.0
"""Key pairs: SQL. A key pair belongs to a user; who may ask for whose is the API's matter."""

import sqlalchemy as sa

from nova_lite import exception
from nova_lite.db import engine
from nova_lite.db.clock import db_now
from nova_lite.db.models import keypair as models
from nova_lite.db.stores import notices
from nova_lite.notifications import keypair as news

key_pairs = models.KeyPair.__table__


def get_by_name(context, user_id, name):
    """Answer one key pair's row.

    :raises KeypairNotFound: if the user has none of that name
    """
    with engine.reader(context) as connection:
        row = connection.execute(sa.select(key_pairs).where(
            key_pairs.c.user_id == user_id, key_pairs.c.name == name)).mappings().first()
    if row is None:
        raise exception.KeypairNotFound(user_id=user_id, name=name)
    return dict(row)


def list_keypairs(context, user_id, *, marker=None, limit=None):
    """Answer a page of a user's key pairs in the order of their names.

    :param marker: name of the last one of the page before
    :raises MarkerNotFound: if the user has none of that name
    """
    query = (sa.select(key_pairs).where(key_pairs.c.user_id == user_id)
             .order_by(key_pairs.c.name).limit(limit))
    with engine.reader(context) as connection:
        if marker is not None:
            if not connection.execute(sa.select(key_pairs.c.id).where(
                    key_pairs.c.user_id == user_id, key_pairs.c.name == marker)).first():
                raise exception.MarkerNotFound(marker=marker)
            query = query.where(key_pairs.c.name > marker)
        return [dict(row) for row in connection.execute(query).mappings()]


def count(context, user_id):
    """Answer how many key pairs a user has."""
    with engine.reader(context) as connection:
        return connection.execute(sa.select(sa.func.count()).where(
            key_pairs.c.user_id == user_id)).scalar_one()


def create(context, values, *, is_imported=False):
    """Insert a key pair; answer its row.

    :param is_imported: its private key was made elsewhere
    :raises KeyPairExists: if the user has one of that name
    """
    try:
        with engine.writer(context) as connection:
            connection.execute(key_pairs.insert().values(created_at=db_now(), **values))
            notices.told(context, lambda: news.events(
                'import' if is_imported else 'create', values))
    except engine.db_exc.DBDuplicateEntry as error:
        raise exception.KeyPairExists(name=values['name']) from error
    return get_by_name(context, values['user_id'], values['name'])


def delete(context, user_id, name):
    """Forget a key pair; servers keep the key that they were made with.

    :raises KeypairNotFound: if the user has none of that name
    """
    with engine.writer(context) as connection:
        notices.told(context, lambda: news.events('delete', get_by_name(context, user_id, name)))
        gone = connection.execute(key_pairs.delete().where(
            key_pairs.c.user_id == user_id, key_pairs.c.name == name))
        if not gone.rowcount:
            raise exception.KeypairNotFound(user_id=user_id, name=name)
