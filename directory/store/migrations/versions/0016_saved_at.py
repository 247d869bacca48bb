"""What was saved lately is found without a look at all that ever was."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_saved_at"), "saved", ["at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_saved_at"), table_name="saved")
