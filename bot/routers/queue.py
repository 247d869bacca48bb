"""/reports: editors work through what people have reported."""

from __future__ import annotations

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram.utils.callback_answer import CallbackAnswer
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.buttons import Decide, Queue
from bot.people.admin_router import admin_router
from bot.people.permitted import NotPermittedError, target
from bot.screens.link_verdicts import judge
from bot.talk.message_links import links_typed
from bot.talk.questions import answered, ask
from bot.talk.report_answers import deliver
from bot.talk.send import redraw, reply
from bot.views import queue as views
from bot.views import ready_answers
from bot.views.verdict_lines import LinkWorth
from bot.views.view import Screen, View
from bot.views.words import today
from directory import quarantine
from directory.directory import Directory
from directory.model import Page
from directory.reports import NOTED, Decision, Report, ReportKind
from directory.rights import Rights
from directory.store import audit, reports
from directory.store.audit import Act
from directory.store.confirmation import count_stale


async def reports_command(message: Message, directory: Directory, rights: Rights) -> None:
    """The most urgent report."""
    await reply(message, await _screen(directory, rights, 0))


async def turn(
    press: CallbackQuery, callback_data: Queue, directory: Directory, rights: Rights
) -> None:
    """Another report."""
    await redraw(press, await _screen(directory, rights, callback_data.n))


async def choose_word(
    press: CallbackQuery,
    callback_data: Decide,
    callback_answer: CallbackAnswer,
    directory: Directory,
    rights: Rights,
) -> None:
    """Decline: with which word?"""
    waiting = await _waiting(directory, rights)
    for n, (found, page) in enumerate(waiting):
        if found.id == callback_data.report:
            await redraw(press, views.decline(found, page, n))
            return
    callback_answer.text = views.gone()


async def ask_word(press: CallbackQuery, callback_data: Decide) -> None:
    """Be asked for one's own word."""
    await ask(press, views.own_word(), about=str(callback_data.report))


async def own_word(
    message: Message, about: str, directory: Directory, rights: Rights, bot: Bot
) -> None:
    """Decline in one's own words."""
    chosen = Decide(report=int(about), what="decline")
    view = await _decide(directory, rights, message.chat.id, chosen, message.text or "")
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
    view = await _decide(directory, rights, press.from_user.id, callback_data, word)
    if view is None:  # The message may say by now what was decided.
        callback_answer.text = views.gone()
        return
    await redraw(press, view)
    await deliver(bot, directory)


async def _decide(
    directory: Directory, rights: Rights, actor: int, chosen: Decide, word: str
) -> View | None:
    """Do what was chosen and close the report, all of it or nothing; None when it is closed."""
    try:
        async with directory.db.write() as connection:
            found = await reports.get(connection, chosen.report)
            if found is None:
                return None
            if found.page:
                await _do(connection, directory, rights, actor, found, chosen)
            decision = _DECISIONS[chosen.what]
            await reports.decide(connection, found.id, decision, word)
            await audit.record(
                connection, actor, Act.REPORT, subject=found.page, detail=NOTED[decision]
            )
    except NotPermittedError as refused:
        return views.refused(refused)
    await directory.refresh()
    return views.decided(decision)


async def _do(
    connection: AsyncConnection,
    directory: Directory,
    rights: Rights,
    actor: int,
    found: Report,
    chosen: Decide,
) -> None:
    page, link = await target(connection, directory.territories, rights, found.page, chosen.link)
    if chosen.what == "hide":
        await quarantine.hide(connection, page.id, _REASONS[found.kind], actor, link)
    elif chosen.what == "right":
        await quarantine.confirm(connection, page.id, today(), actor)


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
}
"""For which reason a page or a link is hidden that was reported so."""


async def _waiting(directory: Directory, rights: Rights) -> list[tuple[Report, Page | None]]:
    """What is this person's to decide on: all suggestions, and the reports of their pages."""
    async with directory.db.read() as connection:
        queue = await reports.queue(connection)
    ids = {found.page for found in queue if found.page}
    pages = {page.id: page for page in await directory.pages(sorted(ids))}
    both = [(found, pages.get(found.page)) for found in queue]
    return [
        (found, page)
        for found, page in both
        if not found.page or (page and rights.may(page, directory.territories))
    ]


async def _screen(directory: Directory, rights: Rights, n: int) -> View:
    waiting = await _waiting(directory, rights)
    async with directory.db.read() as connection:
        stale = await count_stale(connection, rights.scope, directory.territories, today())
    if not waiting:
        return views.empty(stale)
    n = min(max(n, 0), len(waiting) - 1)
    found, page = waiting[n]
    doubts = await _doubts(found.text, directory)
    return views.report(found, page, Screen(n, len(waiting), n, 1, len(waiting)), stale, doubts)


async def _doubts(text: str, directory: Directory) -> list[tuple[str, str]]:
    """The links of a report's text that imitate a page or were withdrawn, with the reason."""
    told = (await judge(links_typed(text), directory)).links
    return [(each.opens, each.judged.why) for each in told if each.worth is LinkWorth.BAD]


async def _replies(message: Message) -> dict[str, str] | bool:
    about = answered(message, views.own_word())
    return {"about": about} if about and about.isascii() and about.isdigit() else False


def make() -> Router:
    router = admin_router(__name__)
    router.message.register(reports_command, Command("reports"))
    router.callback_query.register(turn, Queue.filter())
    router.callback_query.register(choose_word, Decide.filter(F.what == "ask"))
    router.callback_query.register(ask_word, Decide.filter(F.what == "own"))
    router.callback_query.register(decide, Decide.filter())
    router.message.register(own_word, _replies)
    return router
