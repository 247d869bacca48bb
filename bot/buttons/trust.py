"""Buttons of reports, hiding and confirmation.

A link is named by `link_key`, "" stands for the whole page. `why` is the name of a ready reason;
one's own words come as a reply to a question instead. Names of reasons and kinds must not change:
buttons that carry them stay in chats for years.
"""

from __future__ import annotations

from typing import Literal

from aiogram.filters.callback_data import CallbackData

from bot.buttons.fields import ReportNumber, RowNumber

AnyKind = Literal["", "dead", "wrong", "hacked", "other", "missing", "claim", "correction", "right"]
"""The kinds of reports, "" for any."""

Why = Literal["", "hacked", "double", "elsewhere", "dead"]
"""The ready reasons to hide, "" for none yet."""


WhyRemove = Literal["", "mistake", "twice", "foreign"]
"""The ready reasons to take a page out, "" for none yet."""


class ReportPage(CallbackData, prefix="rp"):
    """Say what is wrong with a page; with an empty `kind`, be asked what it is."""

    page: str
    kind: Literal["", "dead", "wrong", "hacked", "other"] = ""


class KnowPage(CallbackData, prefix="rk"):
    """Tell the link of a page that the directory knows only by name."""

    page: str


class Suggest(CallbackData, prefix="rm"):
    """Tell of a page that the directory lacks."""


class SuggestLink(CallbackData, prefix="rl"):
    """Tell whose page it is to which the link leads that the message speaks of."""


class Queue(CallbackData, prefix="rw"):
    """The reports that wait, one a screen: of one `kind`, of pages in one `territory` (0: any),
    that have waited for so many `days`."""

    n: int = 0
    kind: AnyKind = ""
    territory: RowNumber = 0
    days: RowNumber = 0


class QueuePart(CallbackData, prefix="rv"):
    """Choose which reports to see, by one of the three; the others stay as they are. It also tells
    what the message shows."""

    by: Literal["kind", "territory", "days"]
    n: int = 0
    kind: AnyKind = ""
    territory: RowNumber = 0
    days: RowNumber = 0


class TakeReport(CallbackData, prefix="rt"):
    """Work on a report, or (not `on`) leave it to others."""

    report: ReportNumber
    on: bool


class EditForReport(CallbackData, prefix="re"):
    """Edit the page of a report, or add the one that it suggests, with what it says."""

    report: ReportNumber


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


class HiddenList(CallbackData, prefix="ql"):
    """All that is hidden."""

    n: int = 0


class Hide(CallbackData, prefix="qh"):
    """Hide a page or a link of it; without `why`, choose the reason first."""

    page: str
    link: str = ""
    why: Why = ""


class Remove(CallbackData, prefix="qx"):
    """Take a page out of the directory; without `why`, choose the reason first."""

    page: str
    why: WhyRemove = ""


class GoneList(CallbackData, prefix="gl"):
    """All pages that left the directory."""

    n: int = 0


class BringBack(CallbackData, prefix="gb"):
    """Bring a page back that left the directory."""

    page: str


class DoubleList(CallbackData, prefix="dl"):
    """The pages that seem to stand twice."""

    n: int = 0


class SameAs(CallbackData, prefix="dw"):
    """Be asked which other page this one is the same as."""

    page: str


class Merge(CallbackData, prefix="dm"):
    """Merge two pages, named by their `page_key`; with `revision` 0, see first what that would do.

    `newer`: where they differ the newer one is right. `revision` is that of the preview.
    """

    one: str
    other: str
    newer: bool = False
    revision: RowNumber = 0


class Different(CallbackData, prefix="df"):
    """Two pages, named by their `page_key`, are not the same."""

    one: str
    other: str


class OwnReason(CallbackData, prefix="qo"):
    """Be asked for one's own reason to hide."""

    page: str
    link: str = ""


class Restore(CallbackData, prefix="qr"):
    """Bring a page or a link of it back."""

    page: str
    link: str = ""


class BrokenLinks(CallbackData, prefix="lb"):
    """The links that do not open or lead elsewhere."""

    n: int = 0


class BrokenLinksFile(CallbackData, prefix="lf"):
    """The same as a file."""


class Unconfirmed(CallbackData, prefix="oc"):
    """The pages that nobody has confirmed for long."""

    n: int = 0


class ConfirmAll(CallbackData, prefix="oa"):
    """The pages of the list's screen in this message are right today; it is the screen `n`."""

    n: int


class Confirm(CallbackData, prefix="ok"):
    """The page is right today; `n` is the screen of the list, None on a card."""

    page: str
    n: int | None = None
