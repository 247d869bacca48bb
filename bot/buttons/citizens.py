"""Buttons for everybody."""

from __future__ import annotations

from typing import Literal

from aiogram.filters.callback_data import CallbackData
from pydantic import FiniteFloat

from bot.buttons.fields import RowNumber


class Open(CallbackData, prefix="p"):
    """Open the card of a page."""

    page: str


class ShowMap(CallbackData, prefix="g"):
    """Show where the body of a page is."""

    page: str


class DrawQr(CallbackData, prefix="dq"):
    """Draw the QR code of a card, to be printed."""

    page: str


class Keep(CallbackData, prefix="k"):
    """Save a page (`on`) or forget it."""

    page: str
    on: bool


class TurnResults(CallbackData, prefix="f"):
    """Turn a list of search results; the query stands in the message."""

    n: int


class Wider(CallbackData, prefix="fw"):
    """The same query, whatever the asker's own territory; turns its list, too."""

    n: int = 0


class PlaceCard(CallbackData, prefix="pc"):
    """A territory: its authority, and what else there is of it."""

    territory: RowNumber


class Home(CallbackData, prefix="hm"):
    """Show this territory's pages first (0: no territory's)."""

    territory: RowNumber = 0


class NetworkFirst(CallbackData, prefix="nf"):
    """Show links of this network before the others ("": of none)."""

    network: str = ""


class ResultsIn(CallbackData, prefix="ri"):
    """Search results of one territory (0: wherever) and one category unless it is ""."""

    territory: RowNumber = 0
    category: str = ""
    n: int = 0


class InPlace(CallbackData, prefix="ip"):
    """What is wanted in the place that is named next: a short name of what it is of (see
    `bot.screens.asked_place`) and the number of the institution."""

    of: str
    n: str = ""


class Narrow(CallbackData, prefix="nr"):
    """The places or the topics of these search results, to choose from."""

    by: Literal["place", "topic"]
    territory: RowNumber = 0
    category: str = ""
    n: int = 0


class SectionsOf(CallbackData, prefix="cm"):
    """The sections of magistrates of a town."""

    territory: RowNumber
    n: int = 0


class Browse(CallbackData, prefix="b"):
    """The pages right at a territory (0: the whole country), of one category unless it is ""."""

    territory: int = 0
    category: str = ""
    n: int = 0


class BrowsePlaces(CallbackData, prefix="t"):
    """The territories right below a territory, with pages of one category unless it is ""."""

    territory: int = 0
    category: str = ""
    n: int = 0


class Categories(CallbackData, prefix="c"):
    """The categories of a territory's pages."""

    territory: int = 0
    n: int = 0


class AllPages(CallbackData, prefix="aa"):
    """All pages at a territory and below it (0: the whole country), of one category unless ""."""

    territory: int = 0
    category: str = ""
    n: int = 0


class PagesFile(CallbackData, prefix="fl"):
    """The same pages as a file."""

    territory: int
    category: str
    form: Literal["xlsx", "csv"]


class Saved(CallbackData, prefix="s"):
    """The person's saved pages."""

    n: int


class News(CallbackData, prefix="nw"):
    """Be written to of changes of the saved pages (`on`), or no longer."""

    on: bool


class Await(CallbackData, prefix="aw"):
    """Be written to when a hidden page returns (`on`), or not."""

    page: str
    on: bool


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

    where: Literal[
        "help",
        "browse",
        "check",
        "stats",
        "export",
        "heads",
        "near",
        "saved",
        "keys",
        "home",
        "office",
    ]
