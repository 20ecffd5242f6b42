# SPDX-License-Identifier: Apache-2.0
"""The record of what the scheduler decided, and why."""

import sqlalchemy as sa
from sqlalchemy import orm

from nova_lite.db.models import base


class Decision(base.Base):
    """One answer of the scheduler.

    ``selections`` is empty where no host was found. ``considered`` counts the
    hosts that were looked at one by one, ``causes`` how many of them each
    condition excluded (of a refusal: a dict with the nearest of them, too).
    """

    __tablename__ = 'decisions'
    __table_args__ = base.table_args(
        sa.Index(None, 'operation_id'),
        sa.Index(None, 'request_id'),
        sa.Index(None, 'created_at'),
    )

    id = orm.mapped_column(base.BigId, primary_key=True)
    operation_id = orm.mapped_column(base.BigId, nullable=False)
    request_id = orm.mapped_column(sa.String(255), nullable=False)
    project_id = orm.mapped_column(sa.String(255))
    request = orm.mapped_column(sa.JSON, nullable=False)
    considered = orm.mapped_column(sa.Integer, nullable=False)
    causes = orm.mapped_column(sa.JSON, nullable=False)
    selections = orm.mapped_column(sa.JSON, nullable=False)
    message = orm.mapped_column(base.LongText)
    created_at = orm.mapped_column(base.Moment, nullable=False)
