# SPDX-License-Identifier: Apache-2.0
"""The record of what the scheduler decided, and why."""

import sqlalchemy as sa

from nova_lite.db.models import base


class Decision(base.Base):
    """One answer of the scheduler.

    ``selections`` is empty where no host was found. ``considered`` counts the
    hosts that were looked at one by one, ``causes`` how many of them each
    condition excluded (of a refusal: a dict with the nearest of them, too).
    """

    __tablename__ = 'decisions'
    __table_args__ = (
        sa.Index(None, 'operation_id'),
        sa.Index(None, 'request_id'),
        sa.Index(None, 'created_at'),
    )

    id = sa.Column(base.BigId, primary_key=True)
    operation_id = sa.Column(base.BigId, nullable=False)
    request_id = sa.Column(sa.String(255), nullable=False)
    project_id = sa.Column(sa.String(255))
    request = sa.Column(sa.JSON, nullable=False)
    considered = sa.Column(sa.Integer, nullable=False)
    causes = sa.Column(sa.JSON, nullable=False)
    selections = sa.Column(sa.JSON, nullable=False)
    message = sa.Column(base.LongText)
    created_at = sa.Column(base.Moment, nullable=False)
