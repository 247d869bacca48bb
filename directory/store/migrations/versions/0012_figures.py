"""The figures of each month's end."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_COUNTS = (
    *("pages", "with_link", "markable", "marked", "unlooked"),
    *("checked_month", "checked_half_year"),
)


def upgrade() -> None:
    op.create_table(
        "month_figures",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("extent", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cut", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Integer(), server_default="0", nullable=False) for name in _COUNTS),
        sa.Column("followers", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("month", "extent", "cut", "part", name=op.f("pk_month_figures")),
    )
