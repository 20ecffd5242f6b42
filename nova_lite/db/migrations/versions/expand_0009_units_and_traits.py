# SPDX-License-Identifier: Apache-2.0
"""In which amounts a class of resources is given out, and who says that a node has a trait."""

import sqlalchemy as sa
from alembic import op

revision = 'expand_0009'
down_revision = 'expand_0008'
branch_labels = None
depends_on = None

LARGEST = '2147483647'


def upgrade():
    """Add the columns; what conductors of the release before insert gets the defaults."""
    for name, default in (('min_unit', '1'), ('max_unit', LARGEST), ('step_size', '1')):
        op.add_column('inventories', sa.Column(
            name, sa.Integer(), server_default=default, nullable=False))
    for name in ('by_driver', 'by_file', 'by_operator'):
        op.add_column('node_traits', sa.Column(
            name, sa.Boolean(), server_default=sa.false(), nullable=False))
