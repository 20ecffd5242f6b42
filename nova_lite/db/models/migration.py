# SPDX-License-Identifier: Apache-2.0
"""Moves of servers between hosts."""

import sqlalchemy as sa

from nova_lite.db.models import base


class Migration(base.Base):
    """One move of a server, or one change of its flavor, from its beginning to its end."""

    __tablename__ = 'migrations'
    __table_args__ = (
        sa.Index(None, 'created_at', 'id'),
        sa.Index(None, 'project_id', 'created_at', 'id'),
        sa.Index(None, 'instance_uuid', 'created_at', 'id'),
        sa.Index(None, 'updated_at'),
    )

    id = sa.Column(base.BigId, primary_key=True)
    uuid = sa.Column(base.Uuid, nullable=False, unique=True)
    instance_uuid = sa.Column(base.Uuid, nullable=False)
    project_id = sa.Column(sa.String(255), nullable=False)
    user_id = sa.Column(sa.String(255), nullable=False)
    migration_type = sa.Column(sa.String(32), nullable=False)
    status = sa.Column(sa.String(32), nullable=False)
    source_compute = sa.Column(sa.String(255))
    source_node = sa.Column(sa.String(255))
    dest_compute = sa.Column(sa.String(255))
    dest_node = sa.Column(sa.String(255))
    dest_host = sa.Column(sa.String(255))
    old_instance_type_id = sa.Column(sa.Integer)
    new_instance_type_id = sa.Column(sa.Integer)
    hidden = sa.Column(sa.Boolean, nullable=False, default=False)
    created_at = sa.Column(base.Moment, nullable=False)
    updated_at = sa.Column(base.Moment)
