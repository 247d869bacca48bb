"""What was saved lately is found without a look at all that ever was."""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_index(op.f("ix_saved_at"), "saved", ["at"])
