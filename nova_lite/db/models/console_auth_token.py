# SPDX-License-Identifier: Apache-2.0
"""What lets somebody look at a server's console for a while."""

import sqlalchemy as sa

from nova_lite.db.models import base


class ConsoleAuthToken(base.Base):
    """One token and where it leads. Of the token itself only the hash is kept."""

    __tablename__ = 'console_auth_tokens'

    id = sa.Column(base.BigId, primary_key=True)
    token_hash = sa.Column(sa.String(64), nullable=False, unique=True)
    console_type = sa.Column(sa.String(32), nullable=False)
    instance_uuid = sa.Column(base.Uuid, nullable=False, index=True)
    host = sa.Column(sa.String(255), nullable=False)
    port = sa.Column(sa.Integer, nullable=False)
    tls_port = sa.Column(sa.Integer)
    internal_access_path = sa.Column(sa.String(255))
    expires_at = sa.Column(base.Moment, nullable=False, index=True)
    created_at = sa.Column(base.Moment, nullable=False)
