"""Buttons of imports, the history of changes and exports."""

from __future__ import annotations

from typing import Literal

from aiogram.filters.callback_data import CallbackData

from bot.buttons.fields import RowNumber
from directory.export import Format


class DecideImport(CallbackData, prefix="i"):
    """Decide on a file that was sent for import.

    `partial` leaves out its rows with mistakes; `retire` is how many pages the person has agreed to
    retire, when they are so many that this is asked apart.
    """

    id: str
    apply: bool
    partial: bool = False
    retire: int = 0


class Reread(CallbackData, prefix="j"):
    """Take a waiting file otherwise: its sheet or its column of names with the number `n`; as an
    addition; as the whole list of the scope with the number `n` (-1: ask of which); with new
    regions; or only to confirm its pages. Or show how its columns are read, or ask what the column
    with the number `n` is."""

    id: str
    what: Literal["sheet", "title", "update", "replace", "confirm", "regions", "columns", "column"]
    n: int = -1


class ReadAs(CallbackData, prefix="z"):
    """Read the column with the number `n` of a waiting file as `column`, or not at all ("")."""

    id: str
    n: int
    column: str


class History(CallbackData, prefix="h"):
    """The revisions of the directory."""

    n: int


class RevisionCard(CallbackData, prefix="r"):
    """One revision: what it changed."""

    revision: RowNumber


class RevisionScreen(CallbackData, prefix="rs"):
    """Another screen of what a revision changed."""

    revision: RowNumber
    n: int


class ChangeFile(CallbackData, prefix="rf"):
    """What a revision changed, as a file."""

    revision: RowNumber


class PageHistory(CallbackData, prefix="ph"):
    """What was changed on a page."""

    page: str
    n: int = 0


class Undo(CallbackData, prefix="u"):
    """Take a revision back, but for what was changed since."""

    revision: RowNumber


class Export(CallbackData, prefix="e"):
    """Send the whole directory as a file."""

    format: Format


class ExportFrom(CallbackData, prefix="ey"):
    """Choose what to export: a territory below `territory`, or a category, within `territory` or
    everywhere (0)."""

    by: Literal["territory", "category"]
    territory: RowNumber = 0
    category: str = ""
    n: RowNumber = 0


class ExportPart(CallbackData, prefix="ej"):
    """Send a part of the directory as a file: what the person may change (`mine`), or a territory
    (0: every one) and a category ("": every one)."""

    format: Format
    territory: RowNumber = 0
    category: str = ""
    mine: bool = False


class Template(CallbackData, prefix="tp"):
    """Send the empty table that a list can be written in."""
