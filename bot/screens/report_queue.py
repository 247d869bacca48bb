"""The queue of reports: those that are an editor's to decide on, and one of them as a screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.buttons.trust import Queue
from bot.screens.link_verdicts import judge
from bot.talk.message_links import links_typed
from bot.views.citizens.verdict_lines import LinkWorth
from bot.views.editors import queue as views
from bot.views.editors import queue_parts as parts
from bot.views.view import Screen, View
from bot.views.words import today
from directory.directory import Directory
from directory.model import Page
from directory.reports import Report
from directory.rights import Rights
from directory.store import reports, staff
from directory.store.confirmation import count_stale


@dataclass(frozen=True, slots=True)
class WaitingReport:
    """A report with the page that it is about, if any, and the number of its municipality."""

    report: Report
    page: Page | None
    place: int = 0


async def waiting(directory: Directory, rights: Rights) -> list[WaitingReport]:
    """Return what is this person's to decide on: all suggestions, and the reports of their
    pages."""
    async with directory.db.read() as connection:
        queue = await reports.queue(connection)
    ids = {found.page for found in queue if found.page}
    # Those of a page that left the directory, or was merged just then, are still to be answered.
    pages = {key: page for key in ids for page in await directory.pages([key], retired=True)}
    both = [
        WaitingReport(found, page, _municipality(directory, page))
        for found in queue
        if (page := pages.get(found.page)) or not found.page
    ]
    return [each for each in both if not each.page or rights.may(each.page, directory.territories)]


async def queue_screen(directory: Directory, rights: Rights, person: int, shown: Queue) -> View:
    """Report `shown.n` of those that the filter leaves; what others work on comes last."""
    now = datetime.now(UTC)
    every = await waiting(directory, rights)
    async with directory.db.read() as connection:
        stale = await count_stale(connection, rights.scope, directory.territories, today())
    if not every:
        return views.empty(stale)
    chosen = [each for each in every if _matches(each, shown, now)]
    chosen.sort(key=lambda each: each.report.holder(now) not in (None, person))
    told = views.waiting_words([each.report for each in every], now)
    place = directory.territories.get(shown.territory)
    if not chosen:
        return views.none_such(shown, told, place)
    n = min(shown.n, len(chosen) - 1)
    found, page = chosen[n].report, chosen[n].page
    shown = shown.model_copy(update={"n": n})
    at = Screen(n, len(chosen), n, 1, len(chosen))
    holder = found.holder(now)
    async with directory.db.read() as connection:
        names = await staff.names(connection, [holder] if holder is not None else [])
    return views.report(
        found,
        page,
        at,
        shown,
        place,
        told=told,
        unconfirmed=stale,
        doubts=await _doubts(found.text, directory),
        taken=names.get(holder, str(holder)) if holder is not None else "",
        mine=holder == person,
        now=now,
    )


async def parts_screen(directory: Directory, rights: Rights, by: str, shown: Queue) -> View:
    """Offer what the queue can be narrowed to, each with its number of reports."""
    now = datetime.now(UTC)
    every = await waiting(directory, rights)

    def left(**part: object) -> int:
        narrowed = shown.model_copy(update={"n": 0, **part})
        return sum(_matches(each, narrowed, now) for each in every)

    if by == "kind":
        kinds = sorted({each.report.kind for each in every})
        return parts.by_kind(shown, [(kind, left(kind=kind.value)) for kind in kinds])
    if by == "days":
        return parts.by_days(shown, [(days, left(days=days)) for days in parts.AGES])
    tree = directory.territories
    places = sorted(
        (place for number in {each.place for each in every} if (place := tree.get(number))),
        key=lambda place: place.name,
    )
    return parts.by_place(shown, [(place, left(territory=place.id)) for place in places])


def _matches(each: WaitingReport, shown: Queue, now: datetime) -> bool:
    return (
        shown.kind in ("", each.report.kind.value)
        and shown.territory in (0, each.place)
        and now - each.report.at >= timedelta(days=shown.days)
    )


def _municipality(directory: Directory, page: Page | None) -> int:
    """Return the okrug of a page, its region where it is the region's, 0 for the country and no
    page."""
    path = directory.territories.path(page.territory) if page else []
    return path[:2][-1].id if path else 0


async def _doubts(text: str, directory: Directory) -> Sequence[tuple[str, str]]:
    """Return links of a report's text that imitate a page or were withdrawn, with the reason."""
    told = (await judge(links_typed(text), directory)).links
    return [(each.opens, each.judged.why) for each in told if each.worth is LinkWorth.BAD]
