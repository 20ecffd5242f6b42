# SPDX-License-Identifier: Apache-2.0
"""Compute hosts that have joined: whose messages are believed."""

import sqlalchemy as sa

from nova_lite.db.models import base


class Host(base.Base):
    """A host with a key; it may join before its daemon has ever run."""

    __tablename__ = 'hosts'
    __table_args__ = (sa.UniqueConstraint('name'),)

    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(255), nullable=False)
    key_generation = sa.Column(sa.Integer, nullable=False, default=1)
    revoked = sa.Column(sa.Boolean, nullable=False, default=False)
    created_at = sa.Column(base.Moment, nullable=False)
    updated_at = sa.Column(base.Moment)
