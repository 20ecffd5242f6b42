# SPDX-License-Identifier: Apache-2.0
"""How a server's processors and memory lie on its host's NUMA nodes."""

import sqlalchemy as sa
from alembic import op

revision = 'expand_0012'
down_revision = 'expand_0011'
branch_labels = None
depends_on = None


def upgrade():
    """Add the column; it is empty for servers without NUMA nodes of their own."""
    for table in ('instances', 'shadow_instances'):
        op.add_column(table, sa.Column('numa_topology', sa.JSON(), nullable=True))
