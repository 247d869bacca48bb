"""/reports: editors work through what people have reported."""

from __future__ import annotations

from datetime import UTC, datetime

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram.utils.callback_answer import CallbackAnswer
from aiogram.utils.i18n import gettext as _
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.buttons.trust import Decide, Queue, QueuePart, TakeReport
from bot.people.admin_router import admin_router
from bot.people.permitted import NotPermittedError, still, target
from bot.screens.report_queue import WaitingReport, parts_screen, queue_screen, waiting
from bot.talk.questions import answered, ask
from bot.talk.report_answers import deliver
from bot.talk.send import redraw, reply
from bot.views.citizens import ready_answers
from bot.views.editors import queue as views
from bot.views.view import View
from bot.views.words import today
from directory.directory import Directory
from directory.editing import quarantine
from directory.model import Link, Page, Status
from directory.reports import Decision, Report, ReportKind
from directory.rights import Rights
from directory.store import audit, keepers, reports
from directory.store.audit import Act


async def reports_command(message: Message, directory: Directory, rights: Rights) -> None:
    """The most urgent report."""
    await reply(message, await queue_screen(directory, rights, message.chat.id, Queue()))


async def turn(
    press: CallbackQuery, callback_data: Queue, directory: Directory, rights: Rights
) -> None:
    """Another report, or other ones."""
    view = await queue_screen(directory, rights, press.from_user.id, callback_data)
    await redraw(press, view)


async def choose_part(
    press: CallbackQuery, callback_data: QueuePart, directory: Directory, rights: Rights
) -> None:
    """Of which kind, place or age?"""
    shown = Queue(**callback_data.model_dump(exclude={"by"}))
    await redraw(press, await parts_screen(directory, rights, callback_data.by, shown))


async def take(
    press: CallbackQuery,
    callback_data: TakeReport,
    callback_answer: CallbackAnswer,
    directory: Directory,
    rights: Rights,
) -> None:
    """Work on a report, so that others see it, or leave it."""
    person = press.from_user.id
    found = await _theirs(directory, rights, callback_data.report)
    if found is None:
        callback_answer.text = views.gone()
        return
    async with directory.db.write() as connection:
        rights = await still(connection, rights)
        by = person if callback_data.on else None
        await reports.take(connection, found.report.id, by, datetime.now(UTC))
    await redraw(press, await queue_screen(directory, rights, person, _shown(press)))


async def choose_word(
    press: CallbackQuery,
    callback_data: Decide,
    callback_answer: CallbackAnswer,
    directory: Directory,
    rights: Rights,
) -> None:
    """Decline: with which word?"""
    found = await _theirs(directory, rights, callback_data.report)
    if found is None:
        callback_answer.text = views.gone()
    else:
        await redraw(press, views.decline(found.report, found.page, _shown(press)))


async def ask_word(press: CallbackQuery, callback_data: Decide) -> None:
    """Be asked for one's own word."""
    await ask(press, views.own_word(), about=str(callback_data.report))


async def own_word(
    message: Message, about: str, directory: Directory, rights: Rights, bot: Bot
) -> None:
    """Decline in one's own words."""
    chosen = Decide(report=int(about), what="decline")
    view = await _decide(directory, rights, message.chat.id, chosen, message.text or "", Queue())
    await reply(message, view or View(views.gone()))
    await deliver(bot, directory)


async def decide(
    press: CallbackQuery,
    callback_data: Decide,
    callback_answer: CallbackAnswer,
    directory: Directory,
    rights: Rights,
    bot: Bot,
) -> None:
    """Any decision that needs no more words."""
    word = ready_answers.RIGHT if callback_data.what == "right" else callback_data.word
    view = await _decide(directory, rights, press.from_user.id, callback_data, word, _shown(press))
    if view is None:  # The message may say by now what was decided.
        callback_answer.text = views.gone()
        return
    await redraw(press, view)
    await deliver(bot, directory)


async def _decide(
    directory: Directory, rights: Rights, actor: int, chosen: Decide, word: str, shown: Queue
) -> View | None:
    """Do what was chosen and close the report, all of it or nothing; None when it is closed."""
    page = link = None
    others: list[Page] = []
    try:
        async with directory.db.write() as connection:
            rights = await still(connection, rights)
            found = await reports.get(connection, chosen.report)
            if found is None:
                return None
            if found.page:
                page, link = await _do(connection, directory, rights, actor, found, chosen)
            if page and chosen.what == "hide":
                others = await quarantine.still_shown(connection, page, link)
            decision = _DECISIONS[chosen.what]
            await reports.decide(connection, found.id, decision, word)
            detail = audit.Detail(decision)
            await audit.record(connection, actor, Act.REPORT, subject=found.page, detail=detail)
    except NotPermittedError as refused:
        return views.refused(refused)
    await directory.refresh()
    return views.decided(found, page, decision, link, word, shown, others)


async def _do(
    connection: AsyncConnection,
    directory: Directory,
    rights: Rights,
    actor: int,
    found: Report,
    chosen: Decide,
) -> tuple[Page, Link | None]:
    """Do it to the page, or the link of it, that is returned. Of a page that left the directory
    a report can only be answered."""
    thanked = chosen.what == "done" and found.kind not in (ReportKind.CLAIM, ReportKind.RIGHT)
    page, link = await target(
        *(connection, directory.territories, rights, found.page, chosen.link),
        retired=thanked or chosen.what == "decline",
    )
    if chosen.what == "hide":
        await quarantine.hide(connection, page.id, _REASONS[found.kind], actor, link)
    elif chosen.what == "right" or (chosen.what == "done" and found.kind is ReportKind.RIGHT):
        await quarantine.confirm(connection, page.id, today(), actor)
    elif chosen.what == "done" and found.kind is ReportKind.CLAIM:
        if page.status is Status.HIDDEN:  # who took it over may have asked
            raise NotPermittedError(_("the page is hidden: bring it back first, and ask anew"))
        await _confirm_keeper(connection, found, actor)
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


async def _theirs(directory: Directory, rights: Rights, number: int) -> WaitingReport | None:
    """The report, None when it is closed or not this person's to decide on."""
    every = await waiting(directory, rights)
    return next((each for each in every if each.report.id == number), None)


def _shown(press: CallbackQuery) -> Queue:
    """What of the queue the pressed message shows, told by its own buttons."""
    markup = press.message.reply_markup if isinstance(press.message, Message) else None
    rows = markup.inline_keyboard if markup else []
    data = [button.callback_data or "" for row in rows for button in row]
    for each in data:
        if each.startswith(f"{QueuePart.__prefix__}:"):
            return Queue(**QueuePart.unpack(each).model_dump(exclude={"by"}))
    # A message that shows no report has a button to one.
    return next((Queue.unpack(x) for x in data if x.startswith(f"{Queue.__prefix__}:")), Queue())


async def _replies(message: Message) -> dict[str, str] | bool:
    about = answered(message, views.own_word())
    return {"about": about} if about and about.isascii() and about.isdigit() else False


def make() -> Router:
    router = admin_router(__name__)
    router.message.register(reports_command, Command("reports"))
    router.callback_query.register(turn, Queue.filter())
    router.callback_query.register(choose_part, QueuePart.filter())
    router.callback_query.register(take, TakeReport.filter())
    router.callback_query.register(choose_word, Decide.filter(F.what == "ask"))
    router.callback_query.register(ask_word, Decide.filter(F.what == "own"))
    router.callback_query.register(decide, Decide.filter())
    router.message.register(own_word, _replies)
    return router
