"""Owners in the database; several parts for an editor, a name, a last day; invitations."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_editors = sa.table("editors", *map(sa.column, ("person", "appointed_by", "at")))
_parts = sa.table("editors", *map(sa.column, ("person", "territory", "category")))


def upgrade() -> None:
    op.create_table(
        "staff",
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("appointed_by", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.Date()),
        sa.Column("offered_by", sa.BigInteger()),
        sa.Column("offered_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_staff")),
    )
    op.create_table(
        "entrusted",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("territory", sa.Integer()),
        sa.Column("category", sa.Text()),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [other],
                name=op.f(f"fk_entrusted_{column}"),
                ondelete=ondelete,
                initially="DEFERRED",
                deferrable=True,
            )
            for column, other, ondelete in (
                ("person", "staff.person", None),
                ("territory", "territories.id", "CASCADE"),
                ("category", "categories.name", "CASCADE"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entrusted")),
    )
    for column in ("person", "territory", "category"):
        op.create_index(op.f(f"ix_entrusted_{column}"), "entrusted", [column])
    op.create_table(
        "invitations",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_invitations")),
    )
    connection = op.get_bind()
    columns = ("person", "appointed_by", "at", "role")
    staff = sa.table("staff", *map(sa.column, columns))
    members = sa.select(*_editors.c, sa.literal("editor"))
    connection.execute(sa.insert(staff).from_select(columns, members))
    entrusted = sa.table("entrusted", *map(sa.column, ("person", "territory", "category")))
    parts = ("person", "territory", "category")
    connection.execute(sa.insert(entrusted).from_select(parts, sa.select(*_parts.c)))
    op.drop_table("editors")
