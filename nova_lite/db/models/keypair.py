# SPDX-License-Identifier: Apache-2.0
"""Key pairs: a user's public keys."""

import sqlalchemy as sa

from nova_lite.db.models import base


class KeyPair(base.Base):
    """A public key; it belongs to a user, whatever the project."""

    __tablename__ = 'key_pairs'
    __table_args__ = (sa.UniqueConstraint('user_id', 'name'),)

    id = sa.Column(sa.Integer, primary_key=True)
    user_id = sa.Column(sa.String(255), nullable=False)
    name = sa.Column(sa.String(255), nullable=False)
    type = sa.Column(sa.String(16), nullable=False, default='ssh')
    fingerprint = sa.Column(sa.String(255), nullable=False)
    public_key = sa.Column(base.LongText, nullable=False)
    created_at = sa.Column(base.Moment, nullable=False)
    updated_at = sa.Column(base.Moment)
