"""Whether a person was asked for their place: those who chose a network alone may be."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column(
        "homes", sa.Column("asked", sa.Boolean(), nullable=False, server_default=sa.true())
    )
