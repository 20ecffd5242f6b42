# SPDX-License-Identifier: Apache-2.0
"""The branch of what is taken away begins; there is nothing to take away yet."""

revision = 'contract_0001'
down_revision = None
branch_labels = ('contract',)
depends_on = None


def upgrade():
    """Change nothing; later steps need a first one to follow."""
