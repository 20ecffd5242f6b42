# SPDX-License-Identifier: Apache-2.0
"""Key pairs: a user's public keys."""

import sqlalchemy as sa
from sqlalchemy import orm

from nova_lite.db.models import base


class KeyPair(base.Base):
    """A public key; it belongs to a user, whatever the project."""

    __tablename__ = 'key_pairs'
    __table_args__ = base.table_args(sa.UniqueConstraint('user_id', 'name'))

    id = orm.mapped_column(sa.Integer, primary_key=True)
    user_id = orm.mapped_column(sa.String(255), nullable=False)
    name = orm.mapped_column(sa.String(255), nullable=False)
    type = orm.mapped_column(sa.String(16), nullable=False, default='ssh')
    fingerprint = orm.mapped_column(sa.String(255), nullable=False)
    public_key = orm.mapped_column(base.LongText, nullable=False)
    created_at = orm.mapped_column(base.Moment, nullable=False)
    updated_at = orm.mapped_column(base.Moment)
