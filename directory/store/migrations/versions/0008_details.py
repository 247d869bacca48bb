"""The audit log keeps fixed words of what was exported and decided."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_WORDS = {
    "исправлено": "accepted",
    "скрыто": "hidden",
    "отклонено": "declined",
    "журнал действий.xlsx": "audit_log",
    "audit log.xlsx": "audit_log",
}

_acts = sa.table("acts", sa.column("act", sa.Text()), sa.column("detail", sa.Text()))


def upgrade() -> None:
    for old, new in _WORDS.items():
        _rename(_acts.c.detail == old, new)
    # What else was exported under a file's name were copies of the database.
    _rename(_acts.c.detail.like("%.sqlite3"), "backup")


def _rename(which: sa.ColumnElement[bool], new: str) -> None:
    mine = _acts.c.act.in_(("export", "report"))
    op.execute(_acts.update().where(mine, which).values(detail=new))
