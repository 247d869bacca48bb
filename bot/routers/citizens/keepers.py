"""«Это моя страница»: whoever runs a page proves it, and may then confirm and correct it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import get_args

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from aiogram.utils.i18n import get_i18n
from aiogram.utils.i18n import gettext as _

from bot.buttons.keepers import Correctable, KeeperActs, MyPage, ProveMine
from bot.people.keeping import kept_page
from bot.people.reader import author
from bot.screens.suggestions import refused_links
from bot.talk import reporting
from bot.talk.message_links import Sent, sent_in
from bot.talk.notices import NoticeError
from bot.talk.questions import Replies, ask
from bot.talk.seldom import Seldom
from bot.talk.send import redraw, reply, send
from bot.views.citizens import keepers as views
from bot.views.citizens import reports as thanks
from directory.directory import Directory
from directory.linkcheck.checker import LinkChecker
from directory.linkcheck.own_code import carries
from directory.linkcheck.policy import Policy
from directory.linkcheck.turns import HostTurns
from directory.model import Page, Status
from directory.reports import CORRECTED, ReportKind, ReportOutcome
from directory.store import keepers, news, records
from directory.text import clean

_BY_PERSON, _OF_PAGE = Seldom(times=1, seconds=60), Seldom(times=3, seconds=60)
"""How often a code is looked for: each look asks somebody's servers."""

_TURNS = HostTurns(Policy().pause, Policy().at_once)
"""For all looks together, so that one site is asked gently, whoever has it asked."""


async def my_page(press: CallbackQuery, callback_data: MyPage, directory: Directory) -> None:
    """How to prove that one runs the page, or what one may do."""
    person, page = author(press), await _shown(directory, callback_data.page)
    if person is None or page is None:
        await send(press, thanks.no_page())
        return
    async with directory.db.write() as connection:
        if await keepers.is_keeper(connection, person, page.id):
            view = views.kept(page)
        else:
            own = await keepers.code_for(connection, person, page.id, datetime.now(UTC))
            view = views.how_to_prove(page, own)
    await send(press, view)


async def check_code(press: CallbackQuery, callback_data: ProveMine, directory: Directory) -> None:
    """Look for the code; the press is answered before, since servers take their time."""
    person, page = author(press), await _shown(directory, callback_data.page)
    if person is None or page is None:
        await send(press, thanks.no_page())
        return
    async with directory.db.read() as connection:
        own = await keepers.code_to_look_for(connection, person, page.id, datetime.now(UTC))
    if own is None or _BY_PERSON.minutes_to_wait(person) or _OF_PAGE.minutes_to_wait(page.id):
        raise NoticeError(_("Wait a minute, or open “This is my page” again if the code is old."))
    async with LinkChecker(turns=_TURNS) as checker:
        found = await carries(checker, page, own)
    if found is None:
        await send(press, views.not_found(page))
        return
    async with directory.db.write() as connection:
        # The page may have been hidden, or the code given up, while servers were asked.
        now = datetime.now(UTC)
        page_now = await records.read_pages(connection, [page.id])
        shown = bool(page_now) and page_now[0].status is not Status.HIDDEN
        done = shown and await keepers.code_for(connection, person, page.id, now) == own
        if done:
            await keepers.add(connection, person, page.id, now)
            await news.enter(connection, person, get_i18n().current_locale)
    failed = views.not_found(page) if shown else thanks.no_page()
    await send(press, views.kept(page) if done else failed)


async def ask_editors(press: CallbackQuery, callback_data: ProveMine, directory: Directory) -> None:
    """Ask who the person is, to be passed to the editors."""
    page = await _shown(directory, callback_data.page)
    if page is None:
        await send(press, thanks.no_page())
    else:
        await ask(press, views.question_claim(), thanks.hint_private(), about=page.id)


async def claim(message: Message, about: str, directory: Directory) -> None:
    """The reply that asks the editors, with the person's own code, which nobody else can name."""
    person, page = author(message), await _shown(directory, about)
    if person is None or page is None:
        await reply(message, thanks.no_page())
        return
    text = clean(message.text or "")
    async with directory.db.write() as connection:
        own = await keepers.code_for(connection, person, page.id, datetime.now(UTC))
        what = ReportOutcome.TOO_MANY
        if own is not None:
            what = await reporting.take(
                connection, ReportKind.CLAIM, person, page=page.id, text=f"{own}: {text}"
            )
            await news.enter(connection, person, get_i18n().current_locale)
    await reply(message, thanks.outcome(what))


async def confirm(press: CallbackQuery, callback_data: KeeperActs, directory: Directory) -> None:
    """The page is right, says who runs it: an editor confirms it, or does not."""
    async with directory.db.write() as connection:
        person, page = await kept_page(connection, press, callback_data.page)
        outcome = await reporting.take(connection, ReportKind.RIGHT, person, page=page.id)
    await send(press, thanks.outcome(outcome))


async def ask_correction(
    press: CallbackQuery, callback_data: KeeperActs, directory: Directory
) -> None:
    """Ask for a correction."""
    async with directory.db.read() as connection:
        _person, page = await kept_page(connection, press, callback_data.page)
    what: Correctable = callback_data.what  # type: ignore[assignment]
    await ask(press, views.question(what), thanks.hint_private(), about=page.id)


async def correct(message: Message, about: str, what: Correctable, directory: Directory) -> None:
    """The reply that corrects something: editors decide on it like on any report."""
    text = clean(message.text or "")
    sent = await sent_in(message, replied=False) if what == "links" else Sent()
    if (bad := await refused_links(sent, directory)) is not None:
        await reply(message, bad)
        return
    async with directory.db.write() as connection:
        person, page = await kept_page(connection, message, about)
        outcome = await reporting.take(
            connection,
            ReportKind.CORRECTION,
            person,
            page=page.id,
            text=f"{CORRECTED[what]}: {text}",
        )
    await reply(message, thanks.outcome(outcome))


async def leave(press: CallbackQuery, callback_data: KeeperActs, directory: Directory) -> None:
    """Let the person run the page no longer."""
    if (person := author(press)) is not None:
        async with directory.db.write() as connection:
            await keepers.drop(connection, person, callback_data.page)
    await redraw(press, views.left())


async def _shown(directory: Directory, page_id: str) -> Page | None:
    """Return the page, None for one that is hidden: who took it over could prove anything."""
    page = await directory.page(page_id)
    return page if page is not None and page.status is not Status.HIDDEN else None


def make() -> Router:
    router = Router(name=__name__)
    router.callback_query.register(my_page, MyPage.filter())
    router.callback_query.register(
        check_code, ProveMine.filter(F.by == "code"), flags={"callback_answer": {"pre": True}}
    )
    router.callback_query.register(ask_editors, ProveMine.filter(F.by == "editors"))
    router.callback_query.register(confirm, KeeperActs.filter(F.what == "right"))
    router.callback_query.register(leave, KeeperActs.filter(F.what == "leave"))
    router.callback_query.register(ask_correction, KeeperActs.filter())
    router.message.register(claim, Replies(views.question_claim))
    for what in get_args(Correctable):
        question = partial(views.question, what)
        router.message.register(correct, Replies(question, what=what))
    return router
