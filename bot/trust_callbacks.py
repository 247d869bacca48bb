"""What the buttons of reports, quarantine and confirmation carry; see `callbacks`.

A link is named by `link_key`, "" stands for the whole page. `why` is the place of a ready reason in
its list; one's own words come as a reply to a question instead.
"""

from __future__ import annotations

from typing import Annotated, Literal
from zlib import crc32

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from directory.model import Link, Page

ReportNumber = Annotated[int, Field(ge=0, lt=2**63)]
"""A report's number: drawn by lot, and no larger than databases take."""


class Report(CallbackData, prefix="rp"):
    """Say what is wrong with a page; with an empty `kind`, be asked what it is."""

    page: str
    kind: Literal["", "dead", "wrong", "hacked", "other"] = ""


class Suggest(CallbackData, prefix="rm"):
    """Tell of a page that the directory lacks."""


class Queue(CallbackData, prefix="rq"):
    """The reports that wait, one a screen."""

    n: int = 0


class Decide(CallbackData, prefix="rd"):
    """Decide on a report.

    `done`: the directory was mended. `right`: the page was looked at and is right. `hide`: what is
    reported is hidden, the page or the link. `ask`: choose the word with which to decline.
    `decline`: decline with the ready `word`. `own`: be asked for one's own.
    """

    report: ReportNumber
    what: Literal["done", "right", "hide", "ask", "decline", "own"]
    link: str = ""
    word: str = ""


class Quarantine(CallbackData, prefix="qs"):
    """What of a page can be hidden and what can be brought back."""

    page: str


class Hide(CallbackData, prefix="qh"):
    """Hide a page or a link of it; without `why`, choose the reason first."""

    page: str
    link: str = ""
    why: int | None = None


class OwnReason(CallbackData, prefix="qo"):
    """Be asked for one's own reason to hide."""

    page: str
    link: str = ""


class Restore(CallbackData, prefix="qr"):
    """Bring a page or a link of it back."""

    page: str
    link: str = ""


class Unconfirmed(CallbackData, prefix="oc"):
    """The pages that nobody has confirmed for long."""

    n: int = 0


class Confirm(CallbackData, prefix="ok"):
    """The page is right today; `n` is the screen of the list, None on a card."""

    page: str
    n: int | None = None


def link_key(link: Link) -> str:
    """A link's short name for a button: it must not change when others are added."""
    return f"{crc32(link.key.encode()):08x}"


def link_by(page: Page, key: str) -> Link | None:
    """The link of a page that `key` names, None when it has none such any more."""
    return next((x.link for x in page.links if link_key(x.link) == key), None)
