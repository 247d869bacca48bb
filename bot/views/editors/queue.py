"""The queue of reports as editors see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from bot.buttons.citizens import Open
from bot.buttons.fields import link_key
from bot.buttons.trust import (
    Confirm,
    Decide,
    EditForReport,
    Quarantine,
    Queue,
    TakeReport,
    Unconfirmed,
)
from bot.views.citizens import ready_answers
from bot.views.citizens.reports import kind_words
from bot.views.editors.quarantine import still_shown
from bot.views.editors.queue_parts import part_rows
from bot.views.text import anchor, bold, code, plain
from bot.views.view import Row, Screen, View, button, keyboard, lines, pager, paragraphs
from bot.views.words import long_date, slot_name
from directory import links
from directory.model import Link, Page, Status, Territory
from directory.reports import Decision, Report, ReportKind


def own_word() -> str:
    """Ask for an answer in the editor's own words."""
    return _("What to answer the sender? Reply to this message.")


def empty(unconfirmed: int) -> View:
    """Tell that no reports wait."""
    text = _("No report waits for a decision.")
    return View(text, keyboard([_unconfirmed_row(unconfirmed)]))


def waiting_words(queue: Sequence[Report], now: datetime) -> str:
    """Return how many reports wait, how many of them are urgent, and how long the oldest has
    waited."""
    urgent = sum(found.kind is ReportKind.HACKED for found in queue)
    oldest = min(found.at for found in queue)
    return lines(
        _("Waiting: {n}. The oldest: {since}.").format(n=len(queue), since=_waited(oldest, now)),
        _("Perhaps hacked: {n}.").format(n=urgent) if urgent else "",
    )


def news(queue: Sequence[Report], new: int, now: datetime) -> View:
    """Tell editors unasked that `new` reports have come."""
    heading = ngettext("{n} new report", "{n} new reports", new).format(n=new)
    text = paragraphs(bold(heading), waiting_words(queue, now))
    return View(text, keyboard([[button(_("To the reports"), Queue())]]))


def report(
    found: Report,
    page: Page | None,
    at: Screen,
    shown: Queue,
    place: Territory | None,
    *,
    told: str,
    unconfirmed: int,
    doubts: Sequence[tuple[str, str]],
    taken: str,
    mine: bool,
    now: datetime,
) -> View:
    """Show one report with all that can be done about it; `page` is what it is about, if anything.

    `told` is the state of the whole queue, `shown` what of it is looked at (`place` is its
    territory). `doubts` are the links in the text that are not to be trusted, each with the
    reason. `taken` is who works on it, by name or number, "" for nobody; `mine`: the
    reader does.
    """
    heading = _("Report {n} of {of}: {kind}").format(
        n=at.n + 1, of=at.of, kind=kind_words(found.kind)
    )
    said = _("Reported by {n}").format(n=found.people) if found.people > 1 else ""
    when = f"{long_date(found.at.date())} ({_waited(found.at, now)})"
    text = paragraphs(
        bold(heading),
        _taken(taken, mine=mine),
        _about(page) if page else "",
        _("They write: {text}").format(text=plain(found.text, 600)) if found.text else "",
        lines(
            *(
                _("<b>Careful</b>: {link}. {why}").format(link=code(link), why=plain(why, 300))
                for link, why in doubts
            )
        ),
        " · ".join(part for part in (when, said) if part),
        told,
    )
    rows = [_take_row(found, mine=mine)]
    rows += _page_rows(found, page) if page else _missing_rows(found)
    rows += [[button(_("Decline…"), Decide(report=found.id, what="ask"))]]
    rows += [pager(at, lambda n: shown.model_copy(update={"n": n})), *part_rows(shown, place)]
    rows += [_unconfirmed_row(unconfirmed)]
    return View(text, keyboard(rows))


def none_such(shown: Queue, told: str, place: Territory | None) -> View:
    """Tell that reports wait, but none of those that were chosen."""
    text = paragraphs(_("None of the reports that wait is of this kind, place and age."), told)
    return View(text, keyboard([*part_rows(shown, place), [button(_("All reports"), Queue())]]))


def decline(found: Report, page: Page | None, shown: Queue) -> View:
    """Ask with which word to decline."""
    about = _about(page) if page else plain(found.text, 300)
    rows: list[Row] = [
        [button(word, Decide(report=found.id, what="decline", word=ready))]
        for ready, word in ready_answers.ready().items()
    ]
    rows += [
        [button(_("In your own words…"), Decide(report=found.id, what="own"))],
        [button(_("← To the report"), shown)],
    ]
    text = paragraphs(bold(_("Decline the report. What to answer the sender?")), about)
    return View(text, keyboard(rows))


def decided(
    found: Report,
    page: Page | None,
    decision: Decision,
    link: Link | None,
    word: str,
    shown: Queue,
    still: Sequence[Page] = (),
) -> View:
    """Tell that the report is closed, what was done, and what its senders are told; `still` are
    other pages that show what was hidden."""
    did = {
        Decision.ACCEPTED: _("Closed: the sender will be thanked."),
        Decision.HIDDEN: _(
            "Hidden, the sender will be thanked. The card or /history brings it back."
        ),
        Decision.DECLINED: _("Declined: the sender will be answered."),
    }[decision]
    told = ready_answers.in_words(word)
    text = paragraphs(
        bold(did),
        lines(
            _("Report: {kind}.").format(kind=kind_words(found.kind)),
            bold(page.title, 200) if page else plain(found.text, 300),
            _("Hidden: {what}.").format(
                what=code(links.label(link)) if link else _("the whole page")
            )
            if decision is Decision.HIDDEN
            else "",
            _("Answer: {word}").format(word=plain(told, 300)) if told else "",
            _("People who will be told: {n}.").format(n=found.people),
        ),
        still_shown(still),
    )
    rows: list[Row] = [[button(_("Open the card"), Open(page=page.id))]] if page else []
    return View(text, keyboard([*rows, [button(_("Next report →"), shown)]]))


def refused(why: Exception) -> View:
    """Tell that the editor may not decide so."""
    return _closed(_("It cannot be done: {why}.").format(why=plain(str(why), 500)))


def hacked(page: Page) -> View:
    """Raise the alarm: somebody says that the page was taken over."""
    text = paragraphs(
        bold(_("The page is reported to be hacked")),
        _about(page),
        _("Look now. As long as it is not clear, better hide it: one button brings it back."),
    )
    rows = [
        [button(_("Hide…"), Quarantine(page=page.id))],
        [button(_("The page is right"), Confirm(page=page.id))],
        [button(_("To the reports"), Queue())],
    ]
    return View(text, keyboard(rows))


def _closed(text: str) -> View:
    return View(text, keyboard([[button(_("To the reports"), Queue())]]))


def _about(page: Page) -> str:
    shown = [
        f"{slot_name(x.slot)}: {anchor(links.url(x.link), links.label(x.link))}"
        for x in page.shown_links
    ]
    gone = page.status is Status.RETIRED
    left = _("This page is not in the directory any more.") if gone else ""
    return lines(f"{bold(page.title, 200)} {code(page.id)}", left, *shown)


def _page_rows(found: Report, page: Page) -> list[Row]:
    if page.status is Status.RETIRED:
        opened: list[Row] = [[button(_("Open the card"), Open(page=page.id))]]
        if found.kind in (ReportKind.CLAIM, ReportKind.RIGHT):
            return opened
        return [*opened, _thanks(found, _("Mended: thank them"))]
    if found.kind is ReportKind.CLAIM:
        return [
            [button(_("Open the card"), Open(page=page.id))],
            _thanks(found, _("Confirm: they run the page")),
        ]
    if found.kind is ReportKind.RIGHT:
        return [
            [button(_("Open the card"), Open(page=page.id))],
            _thanks(found, _("The page is right")),
        ]
    hide = [
        [
            button(
                _("Hide the link: {name}").format(
                    name=f"{slot_name(x.slot)} {links.label(x.link)}"
                ),
                Decide(report=found.id, what="hide", link=link_key(x.link)),
            )
        ]
        for x in page.shown_links
    ]
    return [
        [
            button(_("Open the card"), Open(page=page.id)),
            button(_("Correct"), EditForReport(report=found.id)),
        ],
        [button(_("Hide the page"), Decide(report=found.id, what="hide"))],
        *hide,
        [button(_("The page is right"), Decide(report=found.id, what="right"))],
        _thanks(found, _("Mended: thank them")),
    ]


def _missing_rows(found: Report) -> list[Row]:
    return [
        [button(_("Add a page"), EditForReport(report=found.id))],
        _thanks(found, _("Added: thank them")),
    ]


def _thanks(found: Report, label: str) -> Row:
    return [button(label, Decide(report=found.id, what="done"))]


def _unconfirmed_row(n: int) -> Row:
    return [button(_("Long unconfirmed: {n}").format(n=n), Unconfirmed())] if n else []


def _taken(taken: str, *, mine: bool) -> str:
    if not taken:
        return ""
    if mine:
        return _("You work on it.")
    return _("Editor {person} works on it.").format(person=code(taken))


def _take_row(found: Report, *, mine: bool) -> Row:
    if mine:
        return [button(_("Leave it to others"), TakeReport(report=found.id, on=False))]
    return [button(_("I take it"), TakeReport(report=found.id, on=True))]


def _waited(since: datetime, now: datetime) -> str:
    """«3 дня», «5 часов», «меньше часа»."""
    hours = int((now - since).total_seconds()) // 3600
    if hours >= 24:
        return ngettext("{n} day", "{n} days", hours // 24).format(n=hours // 24)
    if hours > 0:
        return ngettext("{n} hour", "{n} hours", hours).format(n=hours)
    return _("less than an hour")
