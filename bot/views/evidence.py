"""What speaks for a page, in words: the last lines of its card."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from aiogram.utils.i18n import gettext as _

from bot.views.text import plain
from bot.views.view import lines
from bot.views.words import checked, long_date, slot_name
from directory.evidence import Evidence, evidence
from directory.model import Page, PageLink

_SOURCE = 200
_ADDRESS = re.compile(r"https?://([^/\s»);,]+)[^\s»);,]*")


def evidence_lines(page: Page, now: date) -> str:
    """The mark and when it was seen, who vouches for which link, the last check, the source."""
    known = evidence(page, now)
    return lines(
        _mark(known),
        _vouched(known.on_site, (x.on_site for x in known.on_site), site=True),
        _vouched(known.confirmed, (x.confirmed for x in known.confirmed), site=False),
        checked(known),
        _source(known.source),
    )


def _mark(known: Evidence) -> str:
    if known.mark is None:
        return _("Official mark “Госорганизация”: not recorded.")
    if not known.mark:
        return _(
            "Official mark “Госорганизация”: absent. That alone does not make a page fake: some "
            "2% of real ones lack it."
        )
    if known.checked_at is None:
        return _("Official mark “Госорганизация”: present.")
    seen = long_date(known.checked_at)
    return _("Official mark “Госорганизация”: present, seen {date}.").format(date=seen)


def _vouched(links: tuple[PageLink, ...], days: Iterable[date | None], *, site: bool) -> str:
    """Which links are vouched for; the date is the oldest, so that it is true of each."""
    if not links:
        return ""
    names = ", ".join(dict.fromkeys(slot_name(x.slot) for x in links))
    oldest = long_date(min(day for day in days if day))
    if site:
        text = _("The body's own website links to: {names} (seen {date}).")
    else:
        text = _("Confirmed by an editor: {names} ({date}).")
    return text.format(names=names, date=oldest)


def _source(source: str) -> str:
    # An address in it is where a fact was read, not a page of the directory: its host is enough to
    # judge it by, and stays text. The whole of it is in the export.
    short = plain(_ADDRESS.sub(r"\1", source), _SOURCE)
    return _("Source: {source}").format(source=short) if source else ""
