"""When a body is open for visitors."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("pages", sa.Column("hours", sa.Text(), server_default="", nullable=False))
