"""Confirmations: an action of their own, and those of a person and hour listed together."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_NOTE = "страница на месте"

_revisions = sa.table("revisions", sa.column("action", sa.Text()), sa.column("note", sa.Text()))


def upgrade() -> None:
    op.add_column("revisions", sa.Column("part_of", sa.Integer(), nullable=True))
    op.create_index("ix_revisions_part_of", "revisions", ["part_of"])
    _rename("edit", "confirm")


def _rename(old: str, new: str) -> None:
    mine = (_revisions.c.action == old) & (_revisions.c.note == _NOTE)
    op.execute(_revisions.update().where(mine).values(action=new))
