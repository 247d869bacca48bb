"""«Сообщить об ошибке» and «Предложить страницу»: what people tell the editors."""

from __future__ import annotations

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery, Message, User

from bot.buttons.trust import KnowPage, ReportPage, Suggest, SuggestLink
from bot.people.staff import alarm
from bot.screens.suggestions import refused_links
from bot.settings import Settings
from bot.talk import reporting
from bot.talk.message_links import Sent, links_typed, sent_in
from bot.talk.questions import Replies, answered, ask
from bot.talk.send import redraw, reply, send
from bot.views.citizens import reports as views
from bot.views.citizens.results import query_of
from bot.views.citizens.verdict import given_link
from bot.views.view import View
from directory.directory import Directory
from directory.reports import ReportKind, ReportOutcome, with_query
from directory.text import clean

_SHORTEST = 4
"""Letters below which a suggestion names nothing."""


async def choose_kind(
    press: CallbackQuery, callback_data: ReportPage, directory: Directory
) -> None:
    """Ask what is wrong with the page of a card."""
    page = await directory.page(callback_data.page)
    await send(press, views.kinds(page) if page else views.no_page())


async def report(
    press: CallbackQuery,
    callback_data: ReportPage,
    directory: Directory,
    settings: Settings,
    bot: Bot,
) -> None:
    """Take a report of a ready kind."""
    page = await directory.page(callback_data.page)
    if page is None:
        await redraw(press, views.no_page())
        return
    kind = ReportKind(callback_data.kind)
    what = await _add(directory, kind, press.from_user, page=page.id)
    await redraw(press, views.outcome(what))
    if kind is ReportKind.HACKED and what is ReportOutcome.NEW:
        await alarm(bot, directory, settings, page)


async def ask_other(press: CallbackQuery, callback_data: ReportPage, directory: Directory) -> None:
    """Ask what else is wrong."""
    await _ask_about(press, callback_data.page, views.question_other(), directory)


async def ask_link(press: CallbackQuery, callback_data: KnowPage, directory: Directory) -> None:
    """From the card of a page without links: what is its link?"""
    await _ask_about(press, callback_data.page, views.question_link(), directory)


async def _ask_about(press: CallbackQuery, page: str, question: str, directory: Directory) -> None:
    if (found := await directory.page(page)) is None:
        await redraw(press, views.no_page())
    else:
        await ask(press, question, views.hint_private(), about=found.id)


async def ask_missing(press: CallbackQuery) -> None:
    """Which page is missing? What was searched for in vain stands in the question."""
    typed = query_of(press.message) if isinstance(press.message, Message) else ""
    await ask(press, views.question_missing(), views.hint_private(), about=typed)


async def ask_name(press: CallbackQuery) -> None:
    """From the verdict on a link that the directory lacks: whose page is it?"""
    link = given_link(press.message) if isinstance(press.message, Message) else ""
    if link:
        await ask(press, views.question_name(), views.hint_private(), about=link)
    else:
        await ask_missing(press)


async def other(message: Message, about: str, is_link: bool, directory: Directory) -> None:
    """The reply that says what else is wrong with the page `about`, or names its link, which is
    judged before anybody is shown it."""
    page = await directory.page(about)
    if page is None or message.from_user is None:
        await reply(message, views.no_page())
        return
    text = clean(message.text or "")
    sent = await sent_in(message, replied=False) if is_link else Sent()
    refused = await _refused(text, sent, directory) if is_link else None
    if refused is None:
        what = await _add(directory, ReportKind.OTHER, message.from_user, page=page.id, text=text)
        refused = views.outcome(what)
    await reply(message, refused)


async def missing(message: Message, about: str, directory: Directory) -> None:
    """The reply that suggests a page; `about` is what was searched for in vain, or the link of the
    page that is named. Links are judged before anybody is shown them."""
    if message.from_user is None:
        return
    text = clean(message.text or "")
    sent = await sent_in(message, replied=False)
    linked = links_typed(about).links
    sent = Sent((*sent.links, *linked))
    refused = await _refused(text, sent, directory)
    if refused is None:
        text = f"{text}, {about}" if linked else with_query(text, about)
        what = await _add(directory, ReportKind.MISSING, message.from_user, text=text)
        refused = views.outcome(what)
    await reply(message, refused)


async def _refused(text: str, sent: Sent, directory: Directory) -> View | None:
    """Tell why the suggestion cannot be taken; None when it can."""
    refused = await refused_links(sent, directory)
    return views.too_short() if refused is None and len(text) < _SHORTEST else refused


async def _add(
    directory: Directory, kind: ReportKind, person: User, *, page: str = "", text: str = ""
) -> ReportOutcome:
    async with directory.db.write() as connection:
        return await reporting.take(connection, kind, person.id, page=page, text=text)


async def _below_kinds(message: Message) -> dict[str, object] | bool:
    """Whether it answers, in the person's own words, the question what is wrong with a page."""
    asked = message.reply_to_message
    if asked is None or answered(message, "") is None:
        return False
    about = views.asked_about(asked.reply_markup)
    return {"about": about, "is_link": False} if about else False


def make() -> Router:
    """Return the router of these handlers, asked before searches."""
    router = Router(name=__name__)
    router.callback_query.register(choose_kind, ReportPage.filter(F.kind == ""))
    router.callback_query.register(ask_other, ReportPage.filter(F.kind == "other"))
    router.callback_query.register(report, ReportPage.filter())
    router.callback_query.register(ask_link, KnowPage.filter())
    router.callback_query.register(ask_missing, Suggest.filter())
    router.callback_query.register(ask_name, SuggestLink.filter())
    router.message.register(other, Replies(views.question_other, is_link=False))
    router.message.register(other, Replies(views.question_link, is_link=True))
    router.message.register(other, _below_kinds)
    router.message.register(missing, Replies(views.question_missing, like=".*"))
    router.message.register(missing, Replies(views.question_name))
    return router
