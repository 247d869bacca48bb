"""What speaks for a page, in words: one line of its card, and what is folded below."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from bot.views.text import plain
from bot.views.view import folded, lines
from bot.views.words import aging_date, long_date, slot_name
from directory.evidence import Evidence, evidence
from directory.model import NETWORKS, Page, PageLink, Status
from directory.staleness import STALE_DAYS

_SOURCE = 200
_ADDRESS = re.compile(r"https?://([^/\s»);,]+)[^\s»);,]*")


def evidence_lines(page: Page, now: date) -> str:
    """Return what is known for the page in sight, and folded below it the rest."""
    return lines(trust(page, now), folded(*details(page, now)))


def trust(page: Page, now: date) -> str:
    """Return one line: what the page is and when it was checked; below it what to beware of.

    What nobody knows, and what only explains, is in `details`. Of a closed page nothing is said.
    """
    known = evidence(page, now)
    if page.status is Status.CLOSED:
        return ""
    official = sum(x.slot in NETWORKS and not x.doubt for x in page.shown_links)
    return lines(_checked(official, known), _mark_absent(known))


def details(page: Page, now: date) -> list[str]:
    """Return what speaks for the page link by link, what is not known, and the source."""
    known = evidence(page, now)
    return [
        _mark(known),
        _mark_unknown(known),
        _mark_limits(known),
        _vouched(known.on_site, (x.on_site for x in known.on_site), site=True),
        _vouched(known.confirmed, (x.confirmed for x in known.confirmed), site=False),
        _("The date of the last check is not known.") if known.checked_at is None else "",
        _source(known.source),
    ]


def _checked(official: int, known: Evidence) -> str:
    """«Официальные страницы. Проверены 20 ноября 2026 г.», with as many pages as there are.

    The day is told, or how long ago it is when it is read: a card that was passed on stays true.
    """
    what = ngettext("Official page.", "Official pages.", official) if official else ""
    if known.checked_at is None:
        return what
    if known.stale:
        told = ngettext(
            "Last checked on {date}, more than {days} days ago: it may be out of date.",
            "Last checked on {date}, more than {days} days ago: they may be out of date.",
            official,
        ).format(date=long_date(known.checked_at), days=STALE_DAYS)
    else:
        told = ngettext("Checked on {date}.", "Checked on {date}.", official)
        told = told if official else _("The facts were checked on {date}.")
        told = told.format(date=aging_date(known.checked_at))
    return f"{what} {told}".strip()


def _mark_absent(known: Evidence) -> str:
    """That somebody looked for the mark and it is not there."""
    if known.mark is not False or not known.marked:
        return ""
    text = _("No official mark “Госорганизация” ({networks}). Some 2% of real pages lack it, too.")
    return text.format(networks=_names(known.marked))


def _mark(known: Evidence) -> str:
    """Return the mark and the networks whose mark it is."""
    if not known.mark or not known.marked:
        return ""
    networks = _names(known.marked)
    if known.checked_at is None:
        return _("Official mark “Госорганизация” ({networks}).").format(networks=networks)
    text = _("Official mark “Госорганизация” ({networks}), seen {date}.")
    return text.format(networks=networks, date=long_date(known.checked_at))


def _mark_unknown(known: Evidence) -> str:
    if known.mark is not None or not known.marked:
        return ""
    text = _("Official mark “Госорганизация” ({networks}): not recorded.")
    return text.format(networks=_names(known.marked))


def _mark_limits(known: Evidence) -> str:
    """Of which of the page's networks the mark says nothing."""
    if not known.mark or not known.marked or not known.unmarked:
        return ""
    text = _("The mark says nothing of {networks}.")
    return text.format(networks=_names(known.unmarked))


def _names(links: Iterable[PageLink]) -> str:
    return ", ".join(dict.fromkeys(slot_name(x.slot) for x in links))


def _vouched(links: tuple[PageLink, ...], days: Iterable[date | None], *, site: bool) -> str:
    """Return which links are vouched for; the date is the oldest, so that it is true of each."""
    if not links:
        return ""
    oldest = long_date(min(day for day in days if day))
    if site:
        text = _("The body's own website links to: {names} (seen {date}).")
    else:
        text = _("Confirmed by an editor: {names} ({date}).")
    return text.format(names=_names(links), date=oldest)


def _source(source: str) -> str:
    # An address in it is where a fact was read, not a page of the directory: its host is enough to
    # judge it by, and stays text. The whole of it is in the export.
    short = plain(_ADDRESS.sub(r"\1", source), _SOURCE)
    return _("Source: {source}").format(source=short) if source else ""
