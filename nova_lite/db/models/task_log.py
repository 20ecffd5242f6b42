# SPDX-License-Identifier: Apache-2.0
"""What periodic work has been done for which period: the usage audit's record."""

import sqlalchemy as sa
from sqlalchemy import orm

from nova_lite.db.models import base


class TaskLog(base.Base):
    """One run of a task of one host for one period."""

    __tablename__ = 'task_log'
    __table_args__ = base.table_args(
        sa.UniqueConstraint('task_name', 'host', 'period_beginning', 'period_ending'),
        sa.Index(None, 'period_beginning'),
    )

    id = orm.mapped_column(sa.Integer, primary_key=True)
    task_name = orm.mapped_column(sa.String(64), nullable=False)
    host = orm.mapped_column(sa.String(255), nullable=False)
    period_beginning = orm.mapped_column(base.Moment, nullable=False)
    period_ending = orm.mapped_column(base.Moment, nullable=False)
    state = orm.mapped_column(sa.String(16), nullable=False)
    message = orm.mapped_column(sa.String(255), nullable=False)
    task_items = orm.mapped_column(sa.Integer, nullable=False, default=0)
    errors = orm.mapped_column(sa.Integer, nullable=False, default=0)
    created_at = orm.mapped_column(base.Moment, nullable=False)
    updated_at = orm.mapped_column(base.Moment)
