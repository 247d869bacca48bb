"""The network whose links a person wants first."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("homes", sa.Column("network", sa.Text(), nullable=False, server_default=""))
