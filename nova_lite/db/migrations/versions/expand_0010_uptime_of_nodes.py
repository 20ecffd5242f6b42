# SPDX-License-Identifier: Apache-2.0
"""Since when a node's host runs, as it says with its resources."""

import sqlalchemy as sa
from alembic import op

revision = 'expand_0010'
down_revision = 'expand_0009'
branch_labels = None
depends_on = None


def upgrade():
    """Add the column; hosts of the release before leave it empty."""
    op.add_column('compute_nodes', sa.Column('uptime', sa.String(length=255), nullable=True))
