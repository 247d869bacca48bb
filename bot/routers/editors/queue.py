"""/reports: editors work through what people have reported."""

from __future__ import annotations

from datetime import UTC, datetime

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram.utils.i18n import gettext as _
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.buttons.fields import carried_by
from bot.buttons.trust import Decide, Queue, QueuePart, TakeReport
from bot.people.admin_router import admin_router
from bot.people.permitted import NotPermittedError, Office, Work
from bot.screens.report_queue import WaitingReport, parts_screen, queue_screen, waiting
from bot.talk.notices import NoticeError
from bot.talk.questions import NUMBER, Replies, ask
from bot.talk.report_answers import deliver
from bot.talk.send import redraw, reply, show
from bot.views.citizens import ready_answers
from bot.views.editors import queue as views
from bot.views.view import View
from bot.views.words import today
from directory.editing import quarantine
from directory.model import Link, Page, Status
from directory.reports import Decision, Report, ReportKind
from directory.store import audit, keepers, reports
from directory.store.audit import Act


async def reports_list(
    event: Message | CallbackQuery, office: Office, callback_data: Queue | None = None
) -> None:
    """Show the most urgent report, or the one that a button names."""
    shown = callback_data or Queue()
    await show(event, await queue_screen(office.directory, office.rights, office.person, shown))


async def choose_part(press: CallbackQuery, callback_data: QueuePart, office: Office) -> None:
    """Ask of which kind, place or age to see reports."""
    shown = Queue(**callback_data.model_dump(exclude={"by"}))
    by = callback_data.by
    await redraw(press, await parts_screen(office.directory, office.rights, by, shown))


async def take(press: CallbackQuery, callback_data: TakeReport, office: Office) -> None:
    """Note that the editor works on a report, or leaves it to others."""
    found = await _theirs(office, callback_data.report)
    async with office.write() as work:
        by = office.person if callback_data.on else None
        await reports.take(work.connection, found.report.id, by, datetime.now(UTC))
    await reports_list(press, office, _shown(press))


async def choose_word(press: CallbackQuery, callback_data: Decide, office: Office) -> None:
    """Ask with which word to decline."""
    found = await _theirs(office, callback_data.report)
    await redraw(press, views.decline(found.report, found.page, _shown(press)))


async def ask_word(press: CallbackQuery, callback_data: Decide) -> None:
    """Ask for an answer in the editor's own words."""
    await ask(press, views.own_word(), about=str(callback_data.report))


async def own_word(message: Message, about: str, office: Office) -> None:
    """Decline in the editor's own words."""
    chosen = Decide(report=int(about), what="decline")
    await reply(message, await _decide(office, chosen, message.text or "", Queue()))
    await deliver(office.bot, office.directory)


async def decide(press: CallbackQuery, callback_data: Decide, office: Office) -> None:
    """Decide where no more words are needed."""
    word = ready_answers.RIGHT if callback_data.what == "right" else callback_data.word
    await redraw(press, await _decide(office, callback_data, word, _shown(press)))
    await deliver(office.bot, office.directory)


async def _decide(office: Office, chosen: Decide, word: str, shown: Queue) -> View:
    """Do what was chosen and close the report, all of it or nothing."""
    page = link = None
    others: list[Page] = []
    try:
        async with office.write() as work:
            found = await reports.get(work.connection, chosen.report)
            if found is None:
                raise _closed()
            if found.page:
                page, link = await _do(work, office.person, found, chosen)
            if page and chosen.what == "hide":
                others = await quarantine.still_shown(work.connection, [page], link)
            decision = _DECISIONS[chosen.what]
            await reports.decide(work.connection, found.id, decision, word)
            await audit.record(
                *(work.connection, office.person, Act.REPORT),
                subject=found.page,
                detail=audit.Detail(decision),
            )
    except NotPermittedError as refused:
        return views.refused(refused)
    return views.decided(found, page, decision, link, word, shown, others)


async def _do(work: Work, actor: int, found: Report, chosen: Decide) -> tuple[Page, Link | None]:
    """Do it to the page, or the link of it, that is returned. Of a page that left the directory
    a report can only be answered."""
    thanked = chosen.what == "done" and found.kind not in (ReportKind.CLAIM, ReportKind.RIGHT)
    left = thanked or chosen.what == "decline"
    page, link = await work.target(found.page, chosen.link, retired=left)
    if chosen.what == "hide":
        await quarantine.hide(work.connection, page.id, _REASONS[found.kind], actor, link)
    elif chosen.what == "right" or (chosen.what == "done" and found.kind is ReportKind.RIGHT):
        await quarantine.confirm(work.connection, page.id, today(), actor)
    elif chosen.what == "done" and found.kind is ReportKind.CLAIM:
        if page.status is Status.HIDDEN:  # who took it over may have asked
            raise NotPermittedError(_("the page is hidden: bring it back first, and ask anew"))
        await _confirm_keeper(work.connection, found, actor)
    return page, link


async def _confirm_keeper(connection: AsyncConnection, found: Report, actor: int) -> None:
    """Make whoever asks for it a keeper of the page."""
    person = await keepers.claimant(connection, found.id)
    if person is None:
        raise NotPermittedError(_("who asked has taken it back"))
    await keepers.add(connection, person, found.page, datetime.now(UTC))
    await audit.record(connection, actor, Act.KEEPER, subject=found.page)


_DECISIONS = {
    "done": Decision.ACCEPTED,
    "right": Decision.DECLINED,
    "hide": Decision.HIDDEN,
    "decline": Decision.DECLINED,
}


_REASONS = {
    ReportKind.DEAD: quarantine.REASONS["dead"],
    ReportKind.WRONG: quarantine.REASONS["elsewhere"],
    ReportKind.HACKED: quarantine.REASONS["hacked"],
    ReportKind.OTHER: quarantine.REASONS["reported"],
    ReportKind.CLAIM: quarantine.REASONS["reported"],
    ReportKind.CORRECTION: quarantine.REASONS["reported"],
    ReportKind.RIGHT: quarantine.REASONS["reported"],
}
"""For which reason a page or a link is hidden that was reported so."""


async def _theirs(office: Office, number: int) -> WaitingReport:
    """Return the report. Raises `NoticeError` if it is closed or not this person's to decide on."""
    for each in await waiting(office.directory, office.rights):
        if each.report.id == number:
            return each
    raise _closed()


def _closed() -> NoticeError:
    """Another editor was first, or the page has gone."""
    return NoticeError(_("This report is closed already."))


def _shown(press: CallbackQuery) -> Queue:
    """Return what of the queue the pressed message shows, told by its own buttons."""
    markup = press.message.reply_markup if isinstance(press.message, Message) else None
    for part in carried_by(markup, QueuePart):
        return Queue(**part.model_dump(exclude={"by"}))
    # A message that shows no report has a button to one.
    return next(iter(carried_by(markup, Queue)), Queue())


def make() -> Router:
    router = admin_router(__name__)
    router.message.register(reports_list, Command("reports"))
    router.callback_query.register(reports_list, Queue.filter())
    router.callback_query.register(choose_part, QueuePart.filter())
    router.callback_query.register(take, TakeReport.filter())
    router.callback_query.register(choose_word, Decide.filter(F.what == "ask"))
    router.callback_query.register(ask_word, Decide.filter(F.what == "own"))
    router.callback_query.register(decide, Decide.filter())
    router.message.register(own_word, Replies(views.own_word, like=NUMBER))
    return router
