"""What buttons carry, each within Telegram's 64 bytes.

All that a press needs is in the button (and, for a list of search results, in the message's own
text): nothing is remembered in the process, so buttons outlive restarts. `n` is the number of a
screen in a pager, from 0; a number beyond the data's end shows the last screen.
"""

from __future__ import annotations

from typing import Annotated, Literal
from zlib import crc32

from aiogram.filters.callback_data import CallbackData
from pydantic import Field, FiniteFloat

from directory.export import Format

RowNumber = Annotated[int, Field(ge=0, lt=2**31)]
"""The number of a row. A press may be forged, and databases refuse what is larger."""

PersonNumber = Annotated[int, Field(gt=0, lt=2**52)]
"""A Telegram id: of at most 52 bits, as its documentation has it."""


class Open(CallbackData, prefix="p"):
    """Open the card of a page."""

    page: str


class Keep(CallbackData, prefix="k"):
    """Save a page (`on`) or forget it."""

    page: str
    on: bool


class Ask(CallbackData, prefix="q"):
    """Search for an example from the help."""

    query: str


class Results(CallbackData, prefix="f"):
    """Turn a list of search results; the query stands in the message."""

    n: int


class Browse(CallbackData, prefix="b"):
    """The pages right at a territory (0: the whole country), of one category unless it is ""."""

    territory: int = 0
    category: str = ""
    n: int = 0


class Places(CallbackData, prefix="t"):
    """The territories right below a territory, with pages of one category unless it is ""."""

    territory: int = 0
    category: str = ""
    n: int = 0


class Categories(CallbackData, prefix="c"):
    """The categories of a territory's pages."""

    territory: int = 0
    n: int = 0


class Saved(CallbackData, prefix="s"):
    """The person's saved pages."""

    n: int


class Near(CallbackData, prefix="n"):
    """Pages nearest to a place. The place is kept nowhere but here, rounded to some 100 m."""

    lat: FiniteFloat
    lon: FiniteFloat
    n: int


class Forget(CallbackData, prefix="x"):
    """Delete all that is kept of the person, or not."""

    sure: bool


class Menu(CallbackData, prefix="m"):
    """What a command of the same name does."""

    where: Literal["help", "browse", "check", "stats", "export"]


class Pending(CallbackData, prefix="i"):
    """Decide on a file that was sent for import.

    `partial` leaves out its rows with mistakes; `retire` is how many pages the person has agreed to
    close, when they are so many that this is asked apart.
    """

    id: str
    apply: bool
    partial: bool = False
    retire: int = 0


class Reread(CallbackData, prefix="j"):
    """Take a waiting file otherwise: its sheet or its column of names with the number `n`; as an
    addition; or as the whole list of the scope with the number `n` (-1: ask of which)."""

    id: str
    what: Literal["sheet", "title", "update", "replace"]
    n: int = -1


class History(CallbackData, prefix="h"):
    """The revisions of the directory."""

    n: int


class RevisionCard(CallbackData, prefix="r"):
    """One revision: what it changed."""

    revision: RowNumber


class Undo(CallbackData, prefix="u"):
    """Take a revision back; with `rest`, all of it but what was changed since."""

    revision: RowNumber
    rest: bool = False


class Export(CallbackData, prefix="e"):
    """Send the directory as a file."""

    format: Format


def category_key(category: str) -> str:
    """A category's short name for a button: it must not change when others are added."""
    return f"{crc32(category.encode()):08x}"
