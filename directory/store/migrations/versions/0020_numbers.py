"""Numbers that are not given, since the database before a restore had given them."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    if sa.inspect(op.get_bind()).has_table("numbers_passed"):
        return  # a restore made it, of an older copy
    op.create_table(
        "numbers_passed",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_numbers_passed")),
    )
