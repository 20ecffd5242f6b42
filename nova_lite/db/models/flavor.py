# SPDX-License-Identifier: Apache-2.0
"""Flavors and their extra specs."""

import sqlalchemy as sa

from nova_lite.db.models import base


class Flavor(base.Base):
    """A size that servers can have. ``flavorid`` is what the API calls its id."""

    __tablename__ = 'flavors'

    id = sa.Column(sa.Integer, primary_key=True)
    flavorid = sa.Column(sa.String(255), nullable=False, unique=True)
    name = sa.Column(sa.String(255), nullable=False, unique=True)
    memory_mb = sa.Column(sa.Integer, nullable=False)
    vcpus = sa.Column(sa.Integer, nullable=False)
    root_gb = sa.Column(sa.Integer, nullable=False)
    ephemeral_gb = sa.Column(sa.Integer, nullable=False, default=0)
    swap = sa.Column(sa.Integer, nullable=False, default=0)
    rxtx_factor = sa.Column(sa.Double, nullable=False, default=1.0)
    is_public = sa.Column(sa.Boolean, nullable=False, default=True)
    disabled = sa.Column(sa.Boolean, nullable=False, default=False)
    description = sa.Column(base.LongText)
    created_at = sa.Column(base.Moment, nullable=False)
    updated_at = sa.Column(base.Moment)


class FlavorExtraSpec(base.Base):
    """One pair of a flavor's extra specs."""

    __tablename__ = 'flavor_extra_specs'

    flavor_id = sa.Column(
        sa.ForeignKey('flavors.id', ondelete='CASCADE'), primary_key=True)
    key = sa.Column(sa.String(255), primary_key=True)
    value = sa.Column(sa.String(255), nullable=False)


class FlavorProject(base.Base):
    """A project that may use a flavor that is not public."""

    __tablename__ = 'flavor_projects'

    flavor_id = sa.Column(
        sa.ForeignKey('flavors.id', ondelete='CASCADE'), primary_key=True)
    project_id = sa.Column(sa.String(255), primary_key=True, index=True)
