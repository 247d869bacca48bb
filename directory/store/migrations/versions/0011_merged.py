"""To which page a merged one leads."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("pages", sa.Column("merged_into", sa.Text(), server_default="", nullable=False))
