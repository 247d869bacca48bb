"""Buttons that change a whole list of pages: those of a territory and of one category.

A territory is its number, 0 for the whole country; a category its `category_key`, "" for all; a
part of the list one of `list_parts.PARTS`, "" for the whole.
"""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from bot.buttons.fields import RowNumber

HIDE = "hide"
"""What is done that sets no column: all are hidden."""


class BulkMenu(CallbackData, prefix="bm"):
    """What can be done with all pages of the list?"""

    territory: RowNumber
    category: str
    part: str = ""


class BulkParts(CallbackData, prefix="bp"):
    """Of which part of the list?"""

    territory: RowNumber
    category: str


class BulkAsk(CallbackData, prefix="bq"):
    """Be asked for the value of a column for all pages of the list, or for the reason to hide."""

    territory: RowNumber
    category: str
    what: str
    part: str = ""


class BulkDo(CallbackData, prefix="bd"):
    """Do what the message shows, with the value that stands in it; see `BulkChange.revision`."""

    territory: RowNumber
    category: str
    what: str
    revision: RowNumber
    part: str = ""
