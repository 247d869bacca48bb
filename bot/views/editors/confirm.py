"""The pages that nobody has confirmed for long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from aiogram.utils.i18n import gettext as _

from bot.buttons.citizens import Open
from bot.buttons.trust import Confirm, ConfirmAll, Unconfirmed
from bot.views.editors.undo import undo_button
from bot.views.text import anchor, bold, plain
from bot.views.view import Screen, View, button, keyboard, lines, pager, paragraphs
from bot.views.words import long_date, slot_name
from directory import links
from directory.evidence import evidence
from directory.model import Page
from directory.staleness import STALE_DAYS


def unconfirmed(
    pages: Sequence[Page], at: Screen, total: int, today: date, *, heading: str = ""
) -> View:
    """Show a screen of the list: each page with its links, to be looked at, and two buttons."""
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
    every = [button(_("Confirm all that are shown"), ConfirmAll(n=at.n))]
    return View(text, keyboard([*rows, every, pager(at, lambda n: Unconfirmed(n=n))]))


def confirmed(done: Sequence[Page], revision: int | None, refused: Sequence[str]) -> View:
    """Tell what became of the pages of a screen: one change, and what was not this person's."""
    text = paragraphs(
        _("Confirmed as right: {n}.").format(n=len(done)) if revision else _("Nothing to confirm."),
        lines(*(f"— {plain(page.title, 120)}" for page in done)) if revision else "",
        lines(*(_("Not confirmed: {why}.").format(why=plain(why, 300)) for why in refused)),
        _("Change {n}").format(n=revision) if revision else "",
    )
    return View(text, keyboard([[undo_button(revision)]] if revision else []))


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
