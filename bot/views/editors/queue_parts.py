"""Which of the reports to show: the choices of kind, place and age."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from bot.buttons.trust import Queue, QueuePart
from bot.views.citizens.reports import kind_words
from bot.views.text import bold
from bot.views.view import Row, View, button, keyboard
from directory.model import Territory
from directory.reports import ReportKind

AGES = (1, 3, 7, 14)
"""Days of waiting by which the queue can be narrowed."""

_MOST = 90
"""Places that can be offered: Telegram shows a hundred buttons below a message."""


def by_kind(shown: Queue, kinds: Sequence[tuple[ReportKind, int]]) -> View:
    """Offer the kinds of reports."""
    rows = [_narrowed(f"{kind_words(kind)}: {n}", shown, kind=kind.value) for kind, n in kinds]
    return _choice(_narrowed(_("Of any kind"), shown, kind=""), rows)


def by_days(shown: Queue, ages: Sequence[tuple[int, int]]) -> View:
    """Offer how long reports have waited."""
    rows = [_narrowed(f"{_days(days)}: {n}", shown, days=days) for days, n in ages]
    return _choice(_narrowed(_("However long they wait"), shown, days=0), rows)


def by_place(shown: Queue, places: Sequence[tuple[Territory, int]]) -> View:
    """Offer the municipalities; of very many those with most reports."""
    most = sorted(places, key=lambda each: -each[1])[:_MOST]
    rows = [_narrowed(f"{place.name}: {n}", shown, territory=place.id) for place, n in most]
    return _choice(_narrowed(_("Of any place"), shown, territory=0), rows)


def part_rows(shown: Queue, place: Territory | None) -> list[Row]:
    """Return what of the queue is shown, each with the way to another choice."""
    part = QueuePart(by="kind", **shown.model_dump())
    kind = kind_words(ReportKind(shown.kind)) if shown.kind else _("Of any kind")
    where = place.name if place else _("Of any place")
    age = _days(shown.days) if shown.days else _("However long they wait")
    return [
        [button(f"{kind} ▾", part)],
        [
            button(f"{where} ▾", part.model_copy(update={"by": "territory"})),
            button(f"{age} ▾", part.model_copy(update={"by": "days"})),
        ],
    ]


def _choice(every: InlineKeyboardButton, rows: Sequence[InlineKeyboardButton]) -> View:
    return View(bold(_("Which reports to show?")), keyboard([[every], *([row] for row in rows)]))


def _narrowed(words: str, shown: Queue, **part: object) -> InlineKeyboardButton:
    return button(words, shown.model_copy(update={"n": 0, **part}))


def _days(n: int) -> str:
    return ngettext("{n} day or longer", "{n} days or longer", n).format(n=n)
