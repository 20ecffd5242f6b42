# SPDX-License-Identifier: Apache-2.0
"""Compute hosts that have joined: whose messages are believed."""

import sqlalchemy as sa
from sqlalchemy import orm

from nova_lite.db.models import base


class Host(base.Base):
    """A host with a key; it may join before its daemon has ever run."""

    __tablename__ = 'hosts'
    __table_args__ = base.table_args(sa.UniqueConstraint('name'))

    id = orm.mapped_column(sa.Integer, primary_key=True)
    name = orm.mapped_column(sa.String(255), nullable=False)
    key_generation = orm.mapped_column(sa.Integer, nullable=False, default=1)
    revoked = orm.mapped_column(sa.Boolean, nullable=False, default=False)
    created_at = orm.mapped_column(base.Moment, nullable=False)
    updated_at = orm.mapped_column(base.Moment)
