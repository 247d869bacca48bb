"""When codes were looked for is no longer kept."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("keeper_codes", "looked")


def downgrade() -> None:
    op.add_column("keeper_codes", sa.Column("looked", sa.DateTime(timezone=True), nullable=True))
