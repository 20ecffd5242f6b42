# SPDX-License-Identifier: Apache-2.0
"""Server groups: servers that shall be on the same host, or on different ones."""

import sqlalchemy as sa
from sqlalchemy import orm

from nova_lite.db.models import base


class ServerGroup(base.Base):
    """A policy for its members' places; ``rules`` refine it (max_server_per_host)."""

    __tablename__ = 'server_groups'

    id = orm.mapped_column(sa.Integer, primary_key=True)
    uuid = orm.mapped_column(base.Uuid, nullable=False, unique=True)
    project_id = orm.mapped_column(sa.String(255), nullable=False, index=True)
    user_id = orm.mapped_column(sa.String(255), nullable=False)
    name = orm.mapped_column(sa.String(255), nullable=False)
    policy = orm.mapped_column(sa.String(32), nullable=False)
    rules = orm.mapped_column(sa.JSON, nullable=False)
    created_at = orm.mapped_column(base.Moment, nullable=False)
    updated_at = orm.mapped_column(base.Moment)


class ServerGroupMember(base.Base):
    """A server of a group, from its create request on; a deleted server counts no more."""

    __tablename__ = 'server_group_members'

    group_id = orm.mapped_column(
        sa.ForeignKey('server_groups.id', ondelete='CASCADE'), primary_key=True)
    instance_uuid = orm.mapped_column(
        sa.ForeignKey('instances.uuid', ondelete='CASCADE'), primary_key=True, index=True)
