"""The places whose pages people want first."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "homes",
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("territory", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["territory"],
            ["territories.id"],
            name=op.f("fk_homes_territory"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_homes")),
    )
    op.create_index(op.f("ix_homes_territory"), "homes", ["territory"])
