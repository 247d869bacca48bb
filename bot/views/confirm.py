"""The pages that nobody has confirmed for long, in Russian like all of the administration."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date

from bot.buttons import Confirm, Open, Unconfirmed
from bot.views.text import anchor, bold
from bot.views.view import Screen, View, button, keyboard, lines, pager, paragraphs
from bot.views.words import slot_name
from directory import links
from directory.evidence import STALE_DAYS, evidence
from directory.model import Page

WEEKLY = "Раз в неделю: проверьте, на месте ли страницы"
"""What the list begins with when it comes by itself."""


def unconfirmed(
    pages: Sequence[Page], at: Screen, total: int, today: date, *, heading: str = ""
) -> View:
    """A screen of the list: each page with its links, to be looked at, and two buttons."""
    if not total:
        return View(f"Все страницы подтверждены за последние {STALE_DAYS} дней.")
    text = paragraphs(
        f"<b>{heading or 'Давно не проверены'}</b>",
        f"Не подтверждались {STALE_DAYS} дней и дольше: {total}. Откройте ссылки и, если всё верно,"
        " нажмите «На месте».",
        *(_listed(n, page, today) for n, page in enumerate(pages, at.start + 1)),
        at.title,
    )
    rows = [
        [
            button(f"{n}. На месте", Confirm(page=page.id, n=at.n)),
            button(f"{n}. Карточка", Open(page=page.id)),
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
        f"проверена {format_date(known.checked_at, format='long', locale='ru')}"
        if known.checked_at
        else "день проверки неизвестен"
    )
    return lines(f"{n}. {bold(page.title, 120)}, {checked}", shown or "ссылок нет")
