# SPDX-License-Identifier: Apache-2.0
"""The password that a guest has made up for itself, encrypted with its owner's key."""

import sqlalchemy as sa

from nova_lite.db.models import base

MAX_LENGTH = 1020


class InstancePassword(base.Base):
    """Posted once by the guest; only the holder of the private key can read it."""

    __tablename__ = 'instance_passwords'

    instance_uuid = sa.Column(
        sa.ForeignKey('instances.uuid', ondelete='CASCADE'), primary_key=True)
    password = sa.Column(sa.String(MAX_LENGTH), nullable=False)
    created_at = sa.Column(base.Moment, nullable=False)
