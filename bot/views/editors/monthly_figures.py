"""The figures of the report of the month by name, for the chat, the workbook and the picture."""

from __future__ import annotations

from datetime import date

from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n.context import get_i18n
from babel.dates import format_date

from bot.views.editors.month_report import NOTHING, MonthReport
from bot.views.words import level_name, number, share, slot_name
from directory.figures import MONTH_DAYS, Cut, Figures
from directory.model import Level
from directory.staleness import STALE_DAYS
from directory.territories import Territories


def extent_name(report: MonthReport) -> str:
    """Name what the report is of."""
    return report.extent.name if report.extent else _("the whole directory")


def month_name(day: date) -> str:
    """«октябрь 2026»."""
    return format_date(day, "LLLL y", locale=get_i18n().current_locale)


def cut_names() -> dict[Cut, str]:
    """Return the cuts, as buttons and sheets name them."""
    return {
        Cut.CATEGORY: _("By category"),
        Cut.LEVEL: _("By level"),
        Cut.TERRITORY: _("By territory"),
        Cut.NETWORK: _("By network"),
    }


def part_name(cut: Cut, part: str, territories: Territories) -> str:
    """Name a part of a cut."""
    if cut is Cut.ALL:
        return _("All pages")
    if not part:
        return {
            Cut.CATEGORY: _("no category"),
            Cut.LEVEL: _("level unknown"),
            Cut.TERRITORY: _("the whole country"),
        }.get(cut, "")
    if cut is Cut.LEVEL:
        return level_name(Level(part))
    if cut is Cut.NETWORK:
        return slot_name(part)
    if cut is Cut.TERRITORY:
        place = territories.get(int(part))
        return place.name if place else _("a territory that was merged")
    return part


def parts(report: MonthReport, cut: Cut) -> list[tuple[str, Figures, Figures | None]]:
    """Return each part of the cut by name, with its figures now and before (None: none were kept),
    those with most pages first."""
    keys = {part for which, part in (*report.now, *report.before) if which is cut}
    if cut is Cut.TERRITORY:
        keys |= {str(place.id) for place in report.places}
    found = [
        (
            part_name(cut, key, report.territories),
            report.now.get((cut, key), NOTHING),
            report.before.get((cut, key), NOTHING) if report.before else None,
        )
        for key in keys
    ]
    return sorted(found, key=lambda each: (-each[1].pages, each[0]))


def parts_of_all(report: MonthReport) -> tuple[Figures, Figures | None]:
    """Return the figures of all pages, now and before."""
    ((_name, now, before),) = parts(report, Cut.ALL) or [("", NOTHING, None)]
    return now, before


def figures(now: Figures, before: Figures | None) -> list[tuple[str, str]]:
    """Return names of the figures, and each with its share and its difference, in words."""
    was = before or now
    known = before is not None

    def told(n: int, old: int, of: str = "") -> str:
        more = [of] if of else []
        more += [signed(n - old)] if known else []
        return f"{number(n)} ({', '.join(more)})" if more else number(n)

    mark = share(now.marked, now.markable)
    of_marked = _("{share} of {n} that can have it; not recorded: {unlooked}").format(
        share=mark, n=number(now.markable), unlooked=number(now.unlooked)
    )
    return [
        (_("Pages"), told(now.pages, was.pages)),
        (
            _("With a link"),
            told(now.with_link, was.with_link, share(now.with_link, now.pages)),
        ),
        (_("With the mark “Госорганизация”"), told(now.marked, was.marked, of_marked)),
        (_("Followers"), told(now.followers, was.followers)),
        *(
            (
                _("Checked within {days} days").format(days=days),
                told(n, old, share(n, now.pages)),
            )
            for days, n, old in (
                (MONTH_DAYS, now.checked_month, was.checked_month),
                (STALE_DAYS, now.checked_half_year, was.checked_half_year),
            )
        ),
    ]


def signed(n: int) -> str:
    """Return a difference: «+3», «−2», «±0»."""
    return f"+{number(n)}" if n > 0 else f"−{number(-n)}" if n < 0 else "±0"
