# SPDX-License-Identifier: Apache-2.0
"""Flavors and their extra specs."""

import sqlalchemy as sa
from sqlalchemy import orm

from nova_lite.db.models import base


class Flavor(base.Base):
    """A size that servers can have. ``flavorid`` is what the API calls its id."""

    __tablename__ = 'flavors'

    id = orm.mapped_column(sa.Integer, primary_key=True)
    flavorid = orm.mapped_column(sa.String(255), nullable=False, unique=True)
    name = orm.mapped_column(sa.String(255), nullable=False, unique=True)
    memory_mb = orm.mapped_column(sa.Integer, nullable=False)
    vcpus = orm.mapped_column(sa.Integer, nullable=False)
    root_gb = orm.mapped_column(sa.Integer, nullable=False)
    ephemeral_gb = orm.mapped_column(sa.Integer, nullable=False, default=0)
    swap = orm.mapped_column(sa.Integer, nullable=False, default=0)
    rxtx_factor = orm.mapped_column(sa.Double, nullable=False, default=1.0)
    is_public = orm.mapped_column(sa.Boolean, nullable=False, default=True)
    disabled = orm.mapped_column(sa.Boolean, nullable=False, default=False)
    description = orm.mapped_column(base.LongText)
    created_at = orm.mapped_column(base.Moment, nullable=False)
    updated_at = orm.mapped_column(base.Moment)


class FlavorExtraSpec(base.Base):
    """One pair of a flavor's extra specs."""

    __tablename__ = 'flavor_extra_specs'

    flavor_id = orm.mapped_column(
        sa.ForeignKey('flavors.id', ondelete='CASCADE'), primary_key=True)
    key = orm.mapped_column(sa.String(255), primary_key=True)
    value = orm.mapped_column(sa.String(255), nullable=False)


class FlavorProject(base.Base):
    """A project that may use a flavor that is not public."""

    __tablename__ = 'flavor_projects'

    flavor_id = orm.mapped_column(
        sa.ForeignKey('flavors.id', ondelete='CASCADE'), primary_key=True)
    project_id = orm.mapped_column(sa.String(255), primary_key=True, index=True)
