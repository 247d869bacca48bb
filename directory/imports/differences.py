"""What an edit alters, field by field, in the words of the directory file."""

from __future__ import annotations

from directory.export.rows import in_russian, row_of
from directory.imports.columns import TERRITORY_COLUMNS
from directory.imports.outcome import Edit
from directory.model import Page, Territory
from directory.territories import Territories

Difference = tuple[str, str, str]
"""The Russian header of a column, its text before and its text after."""


def differences(edit: Edit[Page] | Edit[Territory], territories: Territories) -> list[Difference]:
    """The columns in which the two sides of an edit differ; `territories` must know both places."""
    before = _texts(edit.before, territories) if edit.before else {}
    after = _texts(edit.after, territories)
    return [(h, before.get(h, ""), text) for h, text in after.items() if before.get(h, "") != text]


def _texts(record: Page | Territory, territories: Territories) -> dict[str, str]:
    if isinstance(record, Page):
        return in_russian(row_of(record, territories))
    parent = territories.get(record.parent)
    return {
        "Название": record.name,
        "Регион": parent.name if parent else "",
        **{
            TERRITORY_COLUMNS[name]: _text(getattr(record, name))
            for name in ("kind", "centre", "oktmo", "lat", "lon", "former_names")
        },
    }


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return " | ".join(value)
    return "" if value is None else str(value)
