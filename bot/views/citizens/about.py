"""What the directory has, for everybody: in words, and the same as a picture."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from aiogram.utils.i18n import gettext as _

from bot.buttons.citizens import Menu
from bot.pictures.picture import Bar, Bars, Charts
from bot.views.citizens import hello
from bot.views.text import bold, plain
from bot.views.view import View, button, keyboard, lines, link, paragraphs
from bot.views.words import level_name, long_date, number, pages, share, slot_name, topic_name
from directory.model import NETWORKS, Level
from directory.store.statistics import Statistics

ABOUT = "about"
"""What a deep link to this carries."""

_TOPICS, _NAME = 6, 24
"""Topics that are named and characters of a name: all must fit below a picture."""


def about(found: Statistics, region: str, whole: int) -> View:
    """Tell what there is of the `region` ("": of all), and that there are `whole` pages in all."""
    text = paragraphs(
        bold(hello.name(region)),
        _pages(found, region, whole),
        *(
            lines(bold(chart.title), *(f"— {plain(x.name, _NAME)}: {x.told}" for x in chart.bars))
            for chart in _charts(found)
        ),
        lines(_marks(found), _checks(found), _followers(found)),
    )
    rows = [
        [button(_("By place and topic"), Menu(where="browse"))],
        [button(_("What can I ask?"), Menu(where="help"))],
    ]
    return View(text, keyboard(rows))


def short(found: Statistics, region: str, whole: int, bot: str) -> View:
    """Tell the same in a group: a line, and the way to the rest; `bot` is the bot's username."""
    text = lines(_pages(found, region, whole), _checks(found))
    rows = [[link(_("Open in the bot"), f"https://t.me/{bot}?start={ABOUT}")]] if bot else []
    return View(text, keyboard(rows))


def picture(found: Statistics, region: str, today: date) -> Charts:
    """Return the same to be drawn."""
    note = _("{pages} in all. Counted on {date}.")
    note = note.format(pages=pages(found.pages), date=long_date(today))
    return Charts(hello.name(region), _charts(found), note)


def _pages(found: Statistics, region: str, whole: int) -> str:
    if not region:
        return _("The directory has {pages}.").format(pages=pages(found.pages))
    text = _("{region}: {pages}. The whole directory has {n}.")
    return text.format(region=plain(region), pages=pages(found.pages), n=number(whole))


def _charts(found: Statistics) -> tuple[Bars, ...]:
    topics = list(found.by_category.items())
    shown, rest = topics[:_TOPICS], sum(n for _topic, n in topics[_TOPICS:])
    named = [(topic_name(topic), n) for topic, n in shown]
    levels = [(level_name(level) or _("level unknown"), n) for level, n in _by_height(found)]
    networks = [(slot_name(slot), found.by_slot[slot]) for slot in NETWORKS]
    charts = (
        Bars(_("By level"), _bars(levels, found.pages), found.pages),
        Bars(
            _("By topic"),
            _bars([*named, *([(_("other topics"), rest)] if rest else [])], found.pages),
            found.pages,
        ),
        Bars(_("Have a page on"), _bars(networks, found.pages), found.pages),
    )
    return tuple(chart for chart in charts if chart.bars)


def _by_height(found: Statistics) -> list[tuple[Level | None, int]]:
    return [(level, n) for level in (*Level, None) if (n := found.by_level.get(level, 0))]


def _bars(counted: Iterable[tuple[str, int]], of: int) -> tuple[Bar, ...]:
    return tuple(Bar(name, n, f"{number(n)} ({share(n, of)})") for name, n in counted if n)


def _marks(found: Statistics) -> str:
    """Return how many have the mark, of those that can have it, and of how many nobody knows."""
    if not found.markable:
        return ""
    text = _(
        "Mark “Госорганизация” (VK, Odnoklassniki): {n} have it ({share}), {lack} do not, not "
        "recorded for {unlooked}."
    )
    return text.format(
        n=number(found.marked),
        share=share(found.marked, found.markable),
        lack=number(found.markable - found.marked - found.unlooked),
        unlooked=number(found.unlooked),
    )


def _checks(found: Statistics) -> str:
    if found.last_check is None:
        return _("The date of the last check is not known.")
    text = _("Last check: {date}. Checked within half a year: {n} ({share}).")
    return text.format(
        date=long_date(found.last_check),
        n=number(found.checked),
        share=share(found.checked, found.pages),
    )


def _followers(found: Statistics) -> str:
    if not found.followed:
        return ""
    text = _("Followers: {n}. Pages whose number is known: {followed}.")
    return text.format(n=number(found.followers), followed=number(found.followed))
