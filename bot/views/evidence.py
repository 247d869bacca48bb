"""What speaks for a page, in words: the last lines of its card."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from aiogram.utils.i18n import gettext as _

from bot.views.text import plain
from bot.views.view import folded, lines
from bot.views.words import checked, long_date, slot_name
from directory.evidence import Evidence, evidence
from directory.model import Page, PageLink

_SOURCE = 200
_ADDRESS = re.compile(r"https?://([^/\s»);,]+)[^\s»);,]*")


def evidence_lines(page: Page, now: date) -> str:
    """What is known for the page, and folded below it what is not known and the source.

    In sight: the mark and on which network, who vouches for which link, the last check.
    """
    known = evidence(page, now)
    dated = known.checked_at is not None
    return lines(
        _mark(known),
        _vouched(known.on_site, (x.on_site for x in known.on_site), site=True),
        _vouched(known.confirmed, (x.confirmed for x in known.confirmed), site=False),
        checked(known) if dated else "",
        folded(
            _mark_unknown(known),
            _mark_limits(known),
            "" if dated else checked(known),
            _source(known.source),
        ),
    )


def _mark(known: Evidence) -> str:
    """The mark, where somebody has looked for it, and the networks whose mark it is."""
    if known.mark is None or not known.marked:
        return ""
    networks = _names(known.marked)
    if not known.mark:
        text = _(
            "No official mark “Госорганизация” ({networks}). Some 2% of real pages lack it, too."
        )
        return text.format(networks=networks)
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
    """Which links are vouched for; the date is the oldest, so that it is true of each."""
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
