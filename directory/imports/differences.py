"""What an edit alters, field by field, in the words of the directory file."""

from __future__ import annotations

from directory.file.columns import TERRITORIES, column_title
from directory.file.rows import row_of
from directory.imports.outcome import Edit
from directory.model import Page, Territory
from directory.territories import Territories as Tree
from directory.translation import RUSSIAN, language

Difference = tuple[str, str, str]
"""The title of a column, its text before and its text after."""


def differences(edit: Edit[Page] | Edit[Territory], territories: Tree) -> list[Difference]:
    """The columns in which the two sides of an edit differ; `territories` must know both places."""
    before = _texts(edit.before, territories) if edit.before else {}
    after = _texts(edit.after, territories)
    return [(h, before.get(h, ""), text) for h, text in after.items() if before.get(h, "") != text]


def _texts(record: Page | Territory, territories: Tree) -> dict[str, str]:
    russian = language() == RUSSIAN
    if isinstance(record, Page):
        row = row_of(record, territories, russian=russian)
        return {column_title(name): text for name, text in row.items()}
    parent = territories.get(record.parent)
    values = {"region": parent.name if parent else ""}
    return {
        column_title(name): column.form.write(
            values.get(name, getattr(record, name, "")), russian=russian
        )
        for name, column in TERRITORIES.items()
        if column.form
    }
