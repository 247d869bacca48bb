"""The queue of reports as editors see it."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.i18n import gettext as _

from bot.buttons import (
    AddPage,
    Confirm,
    Decide,
    EditPage,
    Open,
    Quarantine,
    Queue,
    Unconfirmed,
    link_key,
)
from bot.views import ready_answers
from bot.views.text import anchor, bold, code, plain
from bot.views.view import Row, Screen, View, button, keyboard, lines, pager, paragraphs
from bot.views.words import long_date, slot_name
from directory import links
from directory.model import Page
from directory.reports import Decision, Report, ReportKind


def own_word() -> str:
    """The question to which a reply declines a report in one's own words."""
    return _("What to answer the sender? Reply to this message.")


def _kind(kind: ReportKind) -> str:
    return {
        ReportKind.DEAD: _("the page does not open"),
        ReportKind.WRONG: _("it is another's page"),
        ReportKind.HACKED: _("the page seems to be hacked"),
        ReportKind.OTHER: _("something else"),
        ReportKind.MISSING: _("a page is suggested"),
    }[kind]


def empty(unconfirmed: int) -> View:
    """No reports wait."""
    text = _("No report waits for a decision.")
    return View(text, keyboard([_unconfirmed_row(unconfirmed)]))


def report(
    found: Report,
    page: Page | None,
    at: Screen,
    unconfirmed: int,
    doubts: Sequence[tuple[str, str]] = (),
) -> View:
    """One report with all that can be done about it; `page` is what it is about, if anything.

    `doubts` are the links in its text that are not to be trusted, each with the reason.
    """
    heading = _("Report {n} of {of}: {kind}").format(n=at.n + 1, of=at.of, kind=_kind(found.kind))
    said = _("Reported by {n}").format(n=found.people) if found.people > 1 else ""
    when = long_date(found.at.date())
    text = paragraphs(
        bold(heading),
        _about(page) if page else "",
        _("They write: {text}").format(text=plain(found.text, 600)) if found.text else "",
        lines(
            *(
                _("<b>Careful</b>: {link}. {why}").format(link=code(link), why=plain(why, 300))
                for link, why in doubts
            )
        ),
        " · ".join(part for part in (when, said) if part),
    )
    rows = _page_rows(found, page) if page else _missing_rows(found)
    rows += [[button(_("Decline…"), Decide(report=found.id, what="ask"))]]
    rows += [pager(at, lambda n: Queue(n=n)), _unconfirmed_row(unconfirmed)]
    return View(text, keyboard(rows))


def decline(found: Report, page: Page | None, n: int) -> View:
    """With which word?"""
    about = _about(page) if page else plain(found.text, 300)
    rows: list[Row] = [
        [button(word, Decide(report=found.id, what="decline", word=ready))]
        for ready, word in ready_answers.buttons().items()
    ]
    rows += [
        [button(_("In your own words…"), Decide(report=found.id, what="own"))],
        [button(_("← To the report"), Queue(n=n))],
    ]
    text = paragraphs(bold(_("Decline the report. What to answer the sender?")), about)
    return View(text, keyboard(rows))


def decided(decision: Decision) -> View:
    """The report is closed."""
    told = {
        Decision.ACCEPTED: _("Closed: the sender will be thanked."),
        Decision.HIDDEN: _(
            "Hidden, the sender will be thanked. The card or /history brings it back."
        ),
        Decision.DECLINED: _("Declined: the sender will be answered."),
    }
    return _closed(told[decision])


def gone() -> str:
    """The notice that another editor was first, or that the page has gone."""
    return _("This report is closed already.")


def refused(why: Exception) -> View:
    """The editor may not decide so."""
    return _closed(_("It cannot be done: {why}.").format(why=plain(str(why), 500)))


def hacked(page: Page) -> View:
    """The alarm: somebody says that the page was taken over."""
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
    return lines(f"{bold(page.title, 200)} {code(page.id)}", *shown)


def _page_rows(found: Report, page: Page) -> list[Row]:
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
            button(_("Edit"), EditPage(page=page.id)),
        ],
        [button(_("Hide the page"), Decide(report=found.id, what="hide"))],
        *hide,
        [button(_("The page is right"), Decide(report=found.id, what="right"))],
        _thanks(found, _("Mended: thank them")),
    ]


def _missing_rows(found: Report) -> list[Row]:
    return [
        [button(_("Add a page"), AddPage())],
        _thanks(found, _("Added: thank them")),
    ]


def _thanks(found: Report, label: str) -> Row:
    return [button(label, Decide(report=found.id, what="done"))]


def _unconfirmed_row(n: int) -> Row:
    return [button(_("Long unconfirmed: {n}").format(n=n), Unconfirmed())] if n else []
