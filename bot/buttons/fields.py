"""What buttons carry: types of values, lasting short names, and reading it from a message.

A press may be forged: numbers are bounded by what databases and Telegram take.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from typing import Annotated, TypeVar
from zlib import crc32

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup
from pydantic import Field

from directory.model import Link, Page

Carried = TypeVar("Carried", bound=CallbackData)

RowNumber = Annotated[int, Field(ge=0, lt=2**31)]
"""The number of a row in the database."""

PersonNumber = Annotated[int, Field(gt=0, lt=2**52)]
"""A Telegram user id: at most 52 bits, as the Bot API documents."""

ReportNumber = Annotated[int, Field(ge=0, lt=2**63)]
"""The random number of a report."""


def carried_by(markup: InlineKeyboardMarkup | None, kind: type[Carried]) -> list[Carried]:
    """Return what the buttons of this kind below a message carry, if this version can read it."""
    begin = kind.__prefix__ + kind.__separator__
    rows = markup.inline_keyboard if markup else []
    found = []
    for data in (each.callback_data or "" for row in rows for each in row):
        if data.startswith(begin):
            with suppress(TypeError, ValueError):
                found.append(kind.unpack(data))
    return found


def category_key(category: str) -> str:
    """Return a short name of a category that does not change when other categories are added."""
    return f"{crc32(category.encode()):08x}"


def category_of(key: str, categories: Iterable[str]) -> str | None:
    """Return the category that `key` names: "" for "", None when it is no more."""
    return next((name for name in categories if category_key(name) == key), None) if key else ""


def page_key(page: str) -> str:
    """Return a short name of a page's id, for buttons that name two."""
    return blake2b(page.encode(), digest_size=8).hexdigest()


def link_key(link: Link) -> str:
    """Return a short name of a link that does not change when other links are added."""
    return f"{crc32(link.key.encode()):08x}"


def link_by(page: Page, key: str) -> Link | None:
    """Return the link of the page that `key` names, None when the page no longer has it."""
    return next((x.link for x in page.links if link_key(x.link) == key), None)
