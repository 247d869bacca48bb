"""The report of the month as a workbook: a sheet a cut, and the lists behind the figures."""

from __future__ import annotations

from collections.abc import Iterable

from aiogram.utils.i18n import gettext as _

from bot.views.editors import broken_links as linkcheck
from bot.views.editors.doubles import why
from bot.views.editors.month_report import MonthReport
from bot.views.editors.monthly_figures import cut_names, month_name, parts, parts_of_all
from directory import links
from directory.figures import MONTH_DAYS, CountedPage, Cut, Figures, month_before
from directory.file.writers import Sheet
from directory.model import Page
from directory.staleness import STALE_DAYS

_WIDE = 45
"""The width of the first column of figures, in characters."""


def sheets(report: MonthReport) -> list[Sheet]:
    """Make all sheets, the totals first; of a past month those of figures."""
    counted = [_totals(report), *(_cut(report, cut) for cut in cut_names())]
    if report.past:
        return counted
    return [
        *counted,
        _matrix(report),
        _pages(report, _("Without links"), report.without_link),
        _pages(report, _("Long unchecked"), report.unchecked),
        _pages(report, _("Without the mark"), report.unmarked),
        linkcheck.sheet(report.broken, report.territories),
        _doubles(report),
        _unfound(report),
    ]


def file_name(report: MonthReport) -> str:
    """Name the workbook."""
    return _("report {day}.xlsx").format(day=f"{report.today:%Y-%m-%d}")


def _columns() -> list[str]:
    return [
        _("Pages"),
        _("With a link"),
        _("With a link, %"),
        _("Can have the mark"),
        _("With the mark"),
        _("With the mark, %"),
        _("Mark not recorded"),
        _("Followers"),
        _("Checked within {days} days").format(days=MONTH_DAYS),
        _("Checked within {days} days").format(days=STALE_DAYS),
    ]


def _values(of: Figures) -> list[int]:
    return [
        of.pages,
        of.with_link,
        _percent(of.with_link, of.pages),
        of.markable,
        of.marked,
        _percent(of.marked, of.markable),
        of.unlooked,
        of.followers,
        of.checked_month,
        of.checked_half_year,
    ]


def _totals(report: MonthReport) -> Sheet:
    now, before = parts_of_all(report)
    name, today, last, more = (
        _("Figure"),
        _("End of {month}").format(month=month_name(report.today)) if report.past else _("Now"),
        _("End of {month}").format(month=month_name(month_before(report.today))),
        _("Difference"),
    )
    was = _values(before) if before else []
    rows = [
        (
            *(column, str(value)),
            *((str(was[n]), str(value - was[n])) if was else ("", "")),
        )
        for n, (column, value) in enumerate(zip(_columns(), _values(now), strict=True))
    ]
    lists = (
        (_("Broken links"), report.broken),
        (_("What stands twice"), report.doubles),
    )
    if not report.past:
        rows += [(words, str(len(found)), "", "") for words, found in lists]
    numbers = frozenset({today, last, more})
    widths = {name: _WIDE, **_widths((today, last, more))}
    return Sheet(_("Totals"), (name, today, last, more), rows, widths, numbers)


def _cut(report: MonthReport, cut: Cut) -> Sheet:
    """Make a sheet with a row for each part, and each figure beside its difference."""
    title = cut_names()[cut]
    # A page has one number of followers, whatever networks it is on.
    columns = [c for c in _columns() if cut is not Cut.NETWORK or c != _("Followers")]
    header = [_("Part")]
    for column in columns:
        header += [column, f"{column}, ±"]
    rows = []
    for name, now, before in [*parts(report, Cut.ALL), *parts(report, cut)]:
        values = dict(zip(_columns(), _values(now), strict=True))
        was = dict(zip(_columns(), _values(before), strict=True)) if before else {}
        row = [name]
        for column in columns:
            more = str(values[column] - was[column]) if was else ""
            row += [str(values[column]), more]
        rows.append(row)
    widths = {header[0]: _WIDE, **_widths(header[1:])}
    return Sheet(title, header, rows, widths, frozenset(header[1:]))


def _matrix(report: MonthReport) -> Sheet:
    first = _("Territory")
    whole = [report.extent] if report.extent else []
    rows = [
        [place.name, *(str(report.matrix.get((place.id, c), 0)) for c in report.categories)]
        for place in (*whole, *report.places)
    ]
    widths = {first: _WIDE, **_widths(report.categories)}
    header = (first, *report.categories)
    return Sheet(_("Territory × topic"), header, rows, widths, frozenset(report.categories))


def _pages(report: MonthReport, name: str, found: Iterable[CountedPage]) -> Sheet:
    header = (
        *(_("Page"), _("Territory"), _("Category"), _("Links"), _("Mark")),
        *(_("Checked"), _("Code")),
    )
    rows = [
        (
            page.title,
            _place(report, page),
            page.category,
            ", ".join(links.url(link) for _slot, link in page.links),
            _mark(page),
            f"{page.checked_at:%d.%m.%Y}" if page.checked_at else _("never"),
            page.id,
        )
        for page in found
    ]
    return Sheet(name, header, rows, dict(zip(header, (60, 45, 24, 60, 14, 14, 24), strict=True)))


def _doubles(report: MonthReport) -> Sheet:
    header = (_("Page"), _("Other page"), _("Territory"), _("Why"), _("Code"), _("Other code"))
    rows = [
        (
            *(pair.one.title, pair.other.title, _place(report, pair.one), why(pair)),
            *(pair.one.id, pair.other.id),
        )
        for pair in report.doubles
    ]
    widths = dict(zip(header, (60, 60, 45, 45, 24, 24), strict=True))
    return Sheet(_("What stands twice"), header, rows, widths)


def _unfound(report: MonthReport) -> Sheet:
    header = (_("What was asked for"), _("People or more"), _("Month"))
    rows = [(x.words, str(x.people), month_name(x.month)) for x in report.unfound]
    widths = dict(zip(header, (60, 20, 20), strict=True))
    return Sheet(_("Asked for and not found"), header, rows, widths, frozenset(header[1:2]))


def _widths(header: Iterable[str]) -> dict[str, int]:
    """Wide enough for the headers of numbers, with the sign of the filter beside them."""
    return {name: len(name) + 4 for name in header}


def _place(report: MonthReport, page: CountedPage | Page) -> str:
    return ", ".join(t.name for t in reversed(report.territories.path(page.territory)))


def _mark(page: CountedPage) -> str:
    if page.official_mark is None:
        return _("not recorded")
    return _("yes") if page.official_mark else _("no")


def _percent(n: int, of: int) -> int:
    return round(100 * n / of) if of else 0
