# SPDX-License-Identifier: Apache-2.0
"""Server groups: servers that shall be on the same host, or on different ones."""

import sqlalchemy as sa

from nova_lite.db.models import base


class ServerGroup(base.Base):
    """A policy for its members' places; ``rules`` refine it (max_server_per_host)."""

    __tablename__ = 'server_groups'

    id = sa.Column(sa.Integer, primary_key=True)
    uuid = sa.Column(base.Uuid, nullable=False, unique=True)
    project_id = sa.Column(sa.String(255), nullable=False, index=True)
    user_id = sa.Column(sa.String(255), nullable=False)
    name = sa.Column(sa.String(255), nullable=False)
    policy = sa.Column(sa.String(32), nullable=False)
    rules = sa.Column(sa.JSON, nullable=False)
    created_at = sa.Column(base.Moment, nullable=False)
    updated_at = sa.Column(base.Moment)


class ServerGroupMember(base.Base):
    """A server of a group, from its create request on; a deleted server counts no more."""

    __tablename__ = 'server_group_members'

    group_id = sa.Column(
        sa.ForeignKey('server_groups.id', ondelete='CASCADE'), primary_key=True)
    instance_uuid = sa.Column(
        sa.ForeignKey('instances.uuid', ondelete='CASCADE'), primary_key=True, index=True)
