"""When codes were looked for is no longer kept."""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.drop_column("keeper_codes", "looked")
