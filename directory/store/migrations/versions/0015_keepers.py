"""Who runs a page, and the codes by which it is proved."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    for name, own in (
        ("keepers", [sa.Column("told", sa.DateTime(timezone=True), nullable=False)]),
        (
            "keeper_codes",
            [
                sa.Column("code", sa.Text(), nullable=False),
                sa.Column("looked", sa.DateTime(timezone=True), nullable=True),
            ],
        ),
    ):
        op.create_table(
            name,
            sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
            sa.Column("page", sa.Text(), nullable=False),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            *own,
            sa.ForeignKeyConstraint(
                ["page"],
                ["pages.id"],
                name=op.f(f"fk_{name}_page"),
                ondelete="CASCADE",
                initially="DEFERRED",
                deferrable=True,
            ),
            sa.PrimaryKeyConstraint("person", "page", name=op.f(f"pk_{name}")),
        )
        op.create_index(op.f(f"ix_{name}_page"), name, ["page"])
