"""The pages that nobody has confirmed for long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from aiogram.utils.i18n import gettext as _

from bot.buttons import Confirm, Open, Unconfirmed
from bot.views.text import anchor, bold
from bot.views.view import Screen, View, button, keyboard, lines, pager, paragraphs
from bot.views.words import long_date, slot_name
from directory import links
from directory.evidence import evidence
from directory.model import Page
from directory.staleness import STALE_DAYS


def weekly() -> str:
    """What the list begins with when it comes by itself."""
    return _("Once a week: please check that these pages are right")


def unconfirmed(
    pages: Sequence[Page], at: Screen, total: int, today: date, *, heading: str = ""
) -> View:
    """A screen of the list: each page with its links, to be looked at, and two buttons."""
    if not total:
        return View(
            _("All pages were confirmed within the last {days} days.").format(days=STALE_DAYS)
        )
    text = paragraphs(
        bold(heading or _("Long unconfirmed")),
        _(
            "Not confirmed for {days} days or longer: {n}. Open the links and press “Right” when "
            "all is well."
        ).format(days=STALE_DAYS, n=total),
        *(_listed(n, page, today) for n, page in enumerate(pages, at.start + 1)),
        at.title,
    )
    rows = [
        [
            button(_("{n}. Right").format(n=n), Confirm(page=page.id, n=at.n)),
            button(_("{n}. Card").format(n=n), Open(page=page.id)),
        ]
        for n, page in enumerate(pages, at.start + 1)
    ]
    return View(text, keyboard([*rows, pager(at, lambda n: Unconfirmed(n=n))]))


def _listed(n: int, page: Page, today: date) -> str:
    shown = ", ".join(
        f"{slot_name(x.slot)} {anchor(links.url(x.link), links.label(x.link))}"
        for x in page.shown_links
    )
    known = evidence(page, today)
    checked = (
        _("checked {date}").format(date=long_date(known.checked_at))
        if known.checked_at
        else _("day of the check unknown")
    )
    return lines(f"{n}. {bold(page.title, 120)}, {checked}", shown or _("no links"))
