"""The report of the month in the chat: figures, lists behind them, and a picture."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from aiogram.types import InlineKeyboardButton
from aiogram.utils.i18n import gettext as _

from bot.buttons.citizens import Open
from bot.buttons.monthly import (
    LackingMap,
    MonthCut,
    MonthPages,
    MonthPagesKind,
    MonthReportOf,
    PastMonth,
    PastMonths,
    UnfoundList,
)
from bot.buttons.trust import BrokenLinks, DoubleList, Unconfirmed
from bot.views.editors.month_report import MonthReport
from bot.views.editors.monthly_figures import (
    cut_names,
    extent_name,
    figures,
    month_name,
    parts,
    parts_of_all,
)
from bot.views.text import bold, plain
from bot.views.view import (
    SCREEN,
    Row,
    View,
    button,
    keyboard,
    lines,
    numbered,
    pager,
    paragraphs,
    screen,
)
from bot.views.words import long_date, number
from directory.figures import CountedPage, Cut, Figures, month_before
from directory.store.unfound import Unfound
from directory.unfound import PEOPLE


def month(report: MonthReport) -> View:
    """Show the figures of all pages; fits below a picture."""
    now, before = parts_of_all(report)
    text = paragraphs(
        bold(
            _("Report, {day}: {extent}").format(
                day=long_date(report.today), extent=plain(extent_name(report), 80)
            )
        ),
        lines(*(f"{name}: {told}" for name, told in figures(now, before))),
        lines(
            _("Broken links: {n}").format(n=len(report.broken)),
            _("What stands twice: {n}").format(n=len(report.doubles)),
        ),
        _since(report),
    )
    return View(text, keyboard(_ways_on(report)))


def _ways_on(report: MonthReport) -> list[Row]:
    """Return lists behind the figures, and the report of the whole directory or of the region."""
    whole = report.extent is None
    cuts = [button(name, MonthCut(cut=cut, whole=whole)) for cut, name in cut_names().items()]
    rows: list[Row] = [
        cuts[:2],
        cuts[2:],
        [
            _pages_button(_("Without links: {n}"), report.without_link, "no_link", whole=whole),
            _pages_button(_("Without the mark: {n}"), report.unmarked, "unmarked", whole=whole),
        ],
        [
            button(_("Long unconfirmed"), Unconfirmed()),
            button(_("Broken links"), BrokenLinks()),
        ],
        [
            button(_("What stands twice"), DoubleList()),
            button(_("What is missing where"), LackingMap(whole=whole)),
        ],
        [
            button(_("Asked for and not found"), UnfoundList()),
            button(_("Past months"), PastMonths(whole=whole)),
        ],
    ]
    if whole and report.home:
        rows.append([button(report.home.name, MonthReportOf())])
    elif report.home:
        rows.append([button(_("The whole directory"), MonthReportOf(whole=True))])
    return rows


def past_months(months: Sequence[date], n: int, *, whole: bool) -> View:
    """The months whose figures were kept, a screen of them."""
    at = screen(n, len(months))
    rows: list[Row] = [
        [button(month_name(m), PastMonth(month=100 * m.year + m.month, whole=whole))]
        for m in months[at.start : at.start + SCREEN]
    ]
    told = _("Choose a month: its figures come with a workbook.")
    text = paragraphs(
        bold(_("Past months")),
        told if months else _("No figures of earlier months were kept yet."),
        at.title,
    )
    return View(text, keyboard([*rows, pager(at, lambda n: PastMonths(whole=whole, n=n))]))


def past_month(report: MonthReport) -> View:
    """Show the figures of all pages at the end of a past month."""
    heading = _("End of {month}: {extent}").format(
        month=month_name(report.today), extent=plain(extent_name(report), 80)
    )
    text = paragraphs(
        bold(heading),
        lines(*(f"{name}: {told}" for name, told in figures(*parts_of_all(report)))),
        _("Only figures are kept: which pages stood behind them is known of today alone."),
        _since(report),
    )
    back = PastMonths(whole=report.extent is None)
    return View(text, keyboard([[button(_("Past months"), back)]]))


def cut_view(report: MonthReport, cut: Cut, n: int) -> View:
    """Show the figures of each part of a cut, a screen of them."""
    every = parts(report, cut)
    at = screen(n, len(every))
    shown = at.shown(every)
    whole = report.extent is None
    text = paragraphs(
        bold(f"{cut_names()[cut]}: {plain(extent_name(report), 80)}"),
        *(lines(bold(name, 80), _in_short(now, before, cut)) for name, now, before in shown),
        at.title,
        _since(report),
    )
    turn = pager(at, lambda n: MonthCut(cut=cut, whole=whole, n=n))
    return View(text, keyboard([turn]))


def pages_view(report: MonthReport, kind: MonthPagesKind, n: int) -> View:
    """Show a screen of a list behind a figure."""
    whole = report.extent is None
    every = report.without_link if kind == "no_link" else report.unmarked
    at = screen(n, len(every))
    opened = list(enumerate(at.shown(every), at.start + 1))
    heading = _("Without links: {n}") if kind == "no_link" else _("Without the mark: {n}")
    listed = lines(*(_line(n, page, report, kind) for n, page in opened))
    text = paragraphs(bold(heading.format(n=at.total)), listed, at.title)
    rows: list[Row] = [[numbered(n, p.title, "", Open(page=p.id))] for n, p in opened]
    turn = pager(at, lambda n: MonthPages(kind=kind, whole=whole, n=n))
    return View(text, keyboard([*rows, turn]))


def unfound_view(found: Sequence[Unfound], n: int) -> View:
    """Show a screen of what was asked for and not found."""
    at = screen(n, len(found), 2 * SCREEN)
    shown = at.shown(found)
    counted = [
        _("{words}: {n} people or more, {month}").format(
            words=bold(each.words, 80), n=each.people, month=month_name(each.month)
        )
        for each in shown
    ]
    text = paragraphs(
        bold(_("Asked for and not found")),
        lines(*counted) or _("Nothing yet that so many people typed."),
        at.title,
        _(
            "Only what at least {n} different people typed in one month. Who they "
            "were is not kept, nor what fewer people typed."
        ).format(n=PEOPLE),
    )
    return View(text, keyboard([pager(at, lambda n: UnfoundList(n=n))]))


def _in_short(now: Figures, before: Figures | None, cut: Cut) -> str:
    told = dict(enumerate(figures(now, before)))
    which = (0, 1, 2, 5) if cut is not Cut.NETWORK else (0, 2, 5)
    return lines(*(f"{told[n][0]}: {told[n][1]}" for n in which))


def _line(n: int, page: CountedPage, report: MonthReport, kind: MonthPagesKind) -> str:
    place = report.territories.path(page.territory)
    where = f", {plain(place[-1].name, 60)}" if place else ""
    mark = _("not recorded") if page.official_mark is None else _("no mark")
    return f"{n}. {plain(page.title, 120)}{where}" + (f" — {mark}" if kind == "unmarked" else "")


def _pages_button(
    words: str, found: Sequence[object], kind: MonthPagesKind, *, whole: bool
) -> InlineKeyboardButton:
    return button(words.format(n=number(len(found))), MonthPages(kind=kind, whole=whole))


def _since(report: MonthReport) -> str:
    last = month_before(report.today)
    if report.before:
        return _("In brackets: the difference to the end of {month}.").format(
            month=month_name(last)
        )
    if report.past:
        told = _("There are no figures of {month} to compare with.")
    else:
        told = _("There are no figures of {month} to compare with: they are kept from now on.")
    return told.format(month=month_name(last))
