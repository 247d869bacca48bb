"""What a revision changed, field by field: an update keeps only the fields that it altered."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_BATCH = 500
_DAYS = ("on_site", "confirmed")

_changes = sa.table(
    "changes",
    sa.column("revision", sa.Integer),
    sa.column("position", sa.Integer),
    sa.column("entity", sa.Text),
    sa.column("before", sa.JSON(none_as_null=True)),
    sa.column("after", sa.JSON(none_as_null=True)),
)
_here = (
    _changes.c.revision == sa.bindparam("in_revision"),
    _changes.c.position == sa.bindparam("at_position"),
)


def upgrade() -> None:
    connection = op.get_bind()
    place = sa.tuple_(_changes.c.revision, _changes.c.position)
    updates = (
        sa.select(_changes)
        .where(_changes.c.before.is_not(None), _changes.c.after.is_not(None))
        .order_by(_changes.c.revision, _changes.c.position)
        .limit(_BATCH)
    )
    last: tuple[int, int] = (-1, -1)
    while rows := connection.execute(updates.where(place > sa.tuple_(*last))).all():
        last = rows[-1].revision, rows[-1].position
        found = [_altered(row) for row in rows]
        if altered := [each for each in found if each["old"] or each["new"]]:
            old, new = (sa.bindparam(name, type_=sa.JSON) for name in ("old", "new"))
            connection.execute(
                sa.update(_changes).where(*_here).values(before=old, after=new), altered
            )
        # Nothing on both sides means that it is no longer known what was changed.
        if same := [each for each in found if not each["old"] and not each["new"]]:
            connection.execute(sa.delete(_changes).where(*_here), same)


def _altered(row: sa.Row[Any]) -> dict[str, Any]:
    old, new = (_fields(row.entity, side) for side in (row.before, row.after))
    names = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    return {
        "in_revision": row.revision,
        "at_position": row.position,
        "old": {name: old[name] for name in sorted(names & old.keys())},
        "new": {name: new[name] for name in sorted(names & new.keys())},
    }


def _fields(entity: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a record as this version of the schema keeps them; empty ones are left out."""
    fields = {name: value for name, value in record.items() if value not in (None, "", [])}
    if entity != "page":
        return fields
    links: dict[str, list[list[str]]] = {}
    for slot, platform, kind, account, hidden, *days in fields.pop("links", ()):
        links.setdefault(slot, []).append([platform, kind, account, hidden])
        for what, day in zip(_DAYS, days, strict=True):
            if day:
                fields[f"{what} {slot} {platform} {kind} {account}"] = day
    return {**fields, **links}
