"""The columns of the directory file: the one table of them that all who read or write it use."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal

from directory.file.values import Form, form
from directory.model import SLOTS
from directory.translation import say

Group = Literal["", "place", "links", "other"]
"""Where a column stands among those that can be edited in the chat; "": it cannot be edited."""

PLACE = ("region", "territory", "settlement")
"""The columns that together are a page's territory."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the directory file, as `columns.toml` explains it.

    `form` reads and writes its cells; None for links and places, whose meaning depends on more than
    the cell (see `directory.file.rows`). `public`: anybody may see it in a file.
    """

    name: str
    header: str
    form: Form | None
    group: Group
    width: int
    meaning: str
    example: str
    public: bool
    many: bool

    @property
    def empty(self) -> Any:
        """What a page holds where the cell is empty."""
        return self.form.empty if self.form else ""


def _columns(kind: str) -> dict[str, Column]:
    data = tomllib.loads(files(__package__).joinpath("columns.toml").read_text("utf-8"))
    return {
        one["name"]: Column(
            one["name"],
            one["header"],
            form(one["holds"], one["name"], one.get("limit", 0)),
            one.get("group", ""),
            one.get("width", 18),
            one.get("meaning", ""),
            one.get("example", ""),
            one.get("public", False),
            one.get("many", False),
        )
        for one in data[kind]
    }


PAGES = _columns("pages")
"""The columns of a list of pages by name, in the contract's order."""

TERRITORIES = _columns("territories")
"""The columns of a list of territories by name."""

PAGE_COLUMNS = {column.name: column.header for column in PAGES.values()}
"""The Russian headers of the columns of a list of pages."""

PUBLIC = tuple(column.name for column in PAGES.values() if column.public)
"""The names of the columns that anybody may see in a file."""

TERRITORY_COLUMNS = {column.name: column.header for column in TERRITORIES.values()}
"""The Russian headers of the columns of a list of territories."""

LINKS = "links"
"""A column of links on whatever networks: no column of the contract, split by platform."""

LINK_COLUMNS = frozenset({*SLOTS, LINKS})
"""The columns of links; a file may have several of each."""

REMARKS = "Что исправить"
"""The column that a file with problems is sent back with; nothing is read from it."""

HEADERS = {**PAGE_COLUMNS, **TERRITORY_COLUMNS, LINKS: "Ссылки"}
"""The Russian header of every column that a file may have."""


def column_title(name: str) -> str:
    """What people call a column; a text that is no column's name, as it is."""
    return say(HEADERS[name]) if name in HEADERS else name
