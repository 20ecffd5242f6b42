# SPDX-License-Identifier: Apache-2.0
"""What periodic work has been done for which period: the usage audit's record."""

import sqlalchemy as sa

from nova_lite.db.models import base


class TaskLog(base.Base):
    """One run of a task of one host for one period."""

    __tablename__ = 'task_log'
    __table_args__ = (
        sa.UniqueConstraint('task_name', 'host', 'period_beginning', 'period_ending'),
        sa.Index(None, 'period_beginning'),
    )

    id = sa.Column(sa.Integer, primary_key=True)
    task_name = sa.Column(sa.String(64), nullable=False)
    host = sa.Column(sa.String(255), nullable=False)
    period_beginning = sa.Column(base.Moment, nullable=False)
    period_ending = sa.Column(base.Moment, nullable=False)
    state = sa.Column(sa.String(16), nullable=False)
    message = sa.Column(sa.String(255), nullable=False)
    task_items = sa.Column(sa.Integer, nullable=False, default=0)
    errors = sa.Column(sa.Integer, nullable=False, default=0)
    created_at = sa.Column(base.Moment, nullable=False)
    updated_at = sa.Column(base.Moment)
