# SPDX-License-Identifier: Apache-2.0
"""Host aggregates; an availability zone is an aggregate that says so in its metadata."""

import sqlalchemy as sa

from nova_lite.db.models import base


class Aggregate(base.Base):
    """A set of hosts with metadata that the scheduler's filters and weighers read."""

    __tablename__ = 'aggregates'

    id = sa.Column(sa.Integer, primary_key=True)
    uuid = sa.Column(base.Uuid, nullable=False, unique=True)
    name = sa.Column(sa.String(255), nullable=False, unique=True)
    created_at = sa.Column(base.Moment, nullable=False)
    updated_at = sa.Column(base.Moment)


class AggregateHost(base.Base):
    """A host in an aggregate; a host may be in several."""

    __tablename__ = 'aggregate_hosts'

    aggregate_id = sa.Column(
        sa.ForeignKey('aggregates.id', ondelete='CASCADE'), primary_key=True)
    host = sa.Column(sa.String(255), primary_key=True, index=True)


class AggregateMetadata(base.Base):
    """One pair of an aggregate's metadata."""

    __tablename__ = 'aggregate_metadata'

    aggregate_id = sa.Column(
        sa.ForeignKey('aggregates.id', ondelete='CASCADE'), primary_key=True)
    key = sa.Column(sa.String(255), primary_key=True, index=True)
    value = sa.Column(sa.String(255), nullable=False)
