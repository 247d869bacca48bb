"""Names of things in words, in the person's language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from pathlib import Path

from aiogram.utils.i18n import gettext, ngettext
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n.context import get_i18n
from babel.dates import format_date
from babel.numbers import format_decimal

from bot.i18n import Catalogues
from bot.views.text import code, plain
from directory.model import Action, Level

_TOPICS = tomllib.loads(Path(__file__).with_name("topics.toml").read_text("utf-8"))

Names = Mapping[int, str]
"""What people are called now, by their numeric ids (see `bot.people.names`)."""


def today() -> date:
    """Return the current day by the bot's clock."""
    return datetime.now(_zone()).date()


def slot_name(slot: str) -> str:
    """Return what a column of links is called on buttons."""
    return _slot_names(_locale())[slot]


@cache
def _slot_names(_locale: str) -> dict[str, str]:
    """Return the names of all columns of links in the language that is spoken now."""
    return {
        "vk": _("VK"),
        "ok": _("Odnoklassniki"),
        "telegram": _("Telegram"),
        "max": _("MAX"),
        "site": _("Website"),
        "doctor": _("Book a doctor"),
        "club": _("Join a club"),
        "feedback": _("Report a problem: “Решаем вместе”"),
    }


def on_network(slot: str) -> str:
    """Return where a page stands that is in this column: «в MAX»."""
    return {
        "vk": _("on VK"),
        "ok": _("on Odnoklassniki"),
        "telegram": _("on Telegram"),
        "max": _("on MAX"),
    }.get(slot, _("on the Web"))


def level_name(level: Level | None) -> str:
    """Return the level in words, empty when it is not known."""
    return _level_names(_locale())[level] if level else ""


@cache
def _level_names(_locale: str) -> dict[Level, str]:
    """Return the names of all levels in the language that is spoken now."""
    return {
        Level.FEDERAL: _("federal level"),
        Level.REGIONAL: _("regional level"),
        Level.MUNICIPAL: _("municipal level"),
        Level.SETTLEMENT: _("settlement level"),
    }


def topic_name(category: str) -> str:
    """A category for readers, "" being none: in English where `topics.toml` has it, else as the
    directory writes it."""
    if not category:
        return _("no topic")
    known = _TOPICS.get(category.casefold())
    return gettext(known) if known and _locale() != "ru" else category


def long_date(day: date) -> str:
    """Return a day in words: «19 ноября 2026 г.»."""
    return format_date(day, format="long", locale=_locale())


def aging_date(day: date) -> str:
    """Return a day as HTML that stays true in a message that is passed on: how long ago it was when
    it is read, where Telegram can tell that, else just the day."""
    catalogues = get_i18n()
    if not (isinstance(catalogues, Catalogues) and catalogues.ages):
        return long_date(day)
    begins = datetime(day.year, day.month, day.day, tzinfo=_zone())
    return f'<tg-time unix="{int(begins.timestamp())}" format="r">{long_date(day)}</tg-time>'


def moment(at: datetime) -> str:
    """Return a moment by the bot's clock: «19 ноября 2026 г., 19:05 (UTC+5)»."""
    at = at.astimezone(_zone())
    return f"{long_date(at.date())}, {at:%H:%M} ({_offset(at)})"


def who(actor: int | None, names: Names) -> str:
    """Return who did something: by name, where it is known now, and by number; HTML."""
    if actor is None:
        return _("the command line")
    name = names.get(actor)
    return f"{plain(name, 80)} ({code(str(actor))})" if name else code(str(actor))


def action_name(action: Action) -> str:
    """Return what made a change of the directory, in a word or two."""
    return {
        Action.SEED: _("first filling"),
        Action.IMPORT: _("file loaded"),
        Action.EDIT: _("page edited"),
        Action.CONFIRM: _("pages confirmed"),
        Action.HIDE: _("page or link hidden"),
        Action.RESTORE: _("page or link brought back"),
        Action.REMOVE: _("page taken out of the directory"),
        Action.MERGE: _("territories were merged"),
        Action.MERGE_PAGES: _("pages merged"),
        Action.UNDO: _("undo"),
    }[action]


def pages(n: int) -> str:
    """«5 страниц»."""
    return ngettext("{n} page", "{n} pages", n).format(n=number(n))


def and_more(n: int) -> str:
    """«и ещё 3» after a list that was cut, "" when nothing was left out."""
    return ngettext("and {n} more", "and {n} more", n).format(n=n) if n > 0 else ""


def number(n: float) -> str:
    """«1 234 567», with spaces that do not break."""
    return format_decimal(n, locale=_locale())


def share(n: int, of: int) -> str:
    """«45%»; below one per cent «0,05%», so that a few are not none."""
    percent = 100 * n / of if of else 0.0
    form = "@" if 0 < percent < 1 else "0"
    return f"{format_decimal(percent, format=form, locale=_locale())}%"


def clock(at: datetime) -> str:
    """Return a moment by the bot's clock, to be sorted: «2026-11-19 19:05:00»."""
    return f"{at.astimezone(_zone()):%Y-%m-%d %H:%M:%S}"


def _offset(at: datetime) -> str:
    """Return how far the clock is from UTC: «UTC+5», «UTC+5:30»."""
    minutes = int((at.utcoffset() or timedelta()).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def _zone() -> tzinfo:
    catalogues = get_i18n()
    return catalogues.zone if isinstance(catalogues, Catalogues) else UTC


def _locale() -> str:
    return get_i18n().current_locale
