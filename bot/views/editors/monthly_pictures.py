"""The report of the month drawn: shares, and what is missing where, which is told in words, too."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.i18n import gettext as _

from bot.pictures.picture import Bar, Bars, Charts, HeatMap
from bot.views.editors.month_report import MonthReport
from bot.views.editors.monthly_figures import extent_name, parts, parts_of_all
from bot.views.text import bold, plain
from bot.views.view import View, lines, paragraphs
from bot.views.words import long_date, number, share
from directory.figures import MONTH_DAYS, Cut
from directory.staleness import STALE_DAYS

_DRAWN_PLACES = 45
"""Rows of a picture that Telegram still shows well."""


def picture(report: MonthReport) -> Charts:
    """Return the shares of all pages, and of the mark by topic."""
    now, _before = parts_of_all(report)
    shares = [
        (_("With a link"), now.with_link, now.pages),
        (_("With the mark “Госорганизация”"), now.marked, now.markable),
        (_("Checked within {days} days").format(days=MONTH_DAYS), now.checked_month, now.pages),
        (_("Checked within {days} days").format(days=STALE_DAYS), now.checked_half_year, now.pages),
    ]
    topics = [each for each in parts(report, Cut.CATEGORY) if each[1].markable][:12]
    marks = [(name, part.marked, part.markable) for name, part, _was in topics]
    charts = (
        Bars(_("Shares"), _bars(shares), 100),
        Bars(_("The mark “Госорганизация” by topic"), _bars(marks), 100),
    )
    note = _("Counted on {date}").format(date=long_date(report.today))
    return Charts(extent_name(report), tuple(x for x in charts if x.bars), note)


def lacking_view(report: MonthReport) -> View:
    """Tell what is missing where, in words: the topics that most territories have no page of."""
    gaps = [
        (category, [p.name for p in report.places if not report.matrix.get((p.id, category))])
        for category in report.categories
    ]
    gaps = sorted((each for each in gaps if each[1]), key=lambda each: -len(each[1]))
    some = [
        _("{topic}: missing in {n} of {of}").format(
            topic=plain(category, 60), n=len(names), of=len(report.places)
        )
        for category, names in gaps[:12]
    ]
    text = paragraphs(
        bold(_("What is missing where: {extent}").format(extent=plain(extent_name(report), 80))),
        _("Territories without a single page with a link, by topic:") if some else "",
        lines(*some) or _("Every territory has a page of every topic."),
        _("Which territories these are, the report's file tells.") if some else "",
    )
    return View(text)


def lacking_picture(report: MonthReport) -> Charts | None:
    """Territories by topics, None when there is nothing to draw or too much of it."""
    if not report.places or not report.categories or len(report.places) > _DRAWN_PLACES:
        return None
    values = tuple(
        tuple(report.matrix.get((place.id, category), 0) for category in report.categories)
        for place in report.places
    )
    names = tuple(place.name for place in report.places)
    chart = HeatMap(_("Pages with a link"), names, report.categories, values)
    note = _("Counted on {date}").format(date=long_date(report.today))
    title = _("What is missing where: {extent}").format(extent=extent_name(report))
    return Charts(title, (chart,), note)


def _bars(shares: Sequence[tuple[str, int, int]]) -> tuple[Bar, ...]:
    return tuple(
        Bar(name, 100 * n / of, f"{share(n, of)} ({number(n)})") for name, n, of in shares if of
    )
