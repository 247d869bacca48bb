"""Inline mode: `@bot запрос` in any chat, and a mention in a chat that the bot is not in."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram import Bot, Router
from aiogram.types import InlineQuery, InlineQueryResultArticle, Message
from aiogram.utils.i18n import gettext as _

from bot.appeals.danger import danger_in
from bot.screens.home import home_of, network_of
from bot.screens.link_verdicts import judge
from bot.screens.page_entries import load
from bot.screens.search_answer import find, search
from bot.talk.mentions import in_topic_of_reply, without_mention
from bot.talk.message_links import Sent, links_typed, sent_in
from bot.talk.own_name import own_username
from bot.views.citizens.card import SHARED
from bot.views.citizens.danger import headline as headline_of_danger
from bot.views.citizens.danger import numbers
from bot.views.citizens.inline import article, as_article, nothing_button, size, with_links_only
from bot.views.citizens.verdict import headline, in_own_chat
from bot.views.view import View
from bot.views.words import today
from directory.directory import Directory
from directory.store import listing, saving

PAGE = 20
"""Results of one answer; Telegram takes 50, and nobody scrolls so far before typing on."""

SIZE = 10_000
"""Bytes of one answer: on a slow network, results come while the person still types."""

DEPTH = 200
"""Results that can be scrolled through."""

CACHE_SECONDS = 0
"""Telegram must not keep answers: they cannot be taken back when a page changes or is hidden, and
one person's answer would be shown to others, whose language may differ. Search is from memory."""


async def inline(query: InlineQuery, directory: Directory) -> None:
    """The results for what has been typed so far, from the offset on."""
    text = query.query.strip()
    offset = int(query.offset) if query.offset.isascii() and query.offset.isdigit() else 0
    offset = min(offset, DEPTH)
    if (sent := links_typed(text)) and not text.startswith(SHARED):
        await query.answer(results=[await _verdict(sent, directory)], cache_time=CACHE_SECONDS)
        return
    # One more than is shown tells whether there are more.
    ids = await _ids(directory, text, query.from_user.id, offset, PAGE + 1)
    entries = await load(directory, ids[:PAGE])
    first, bot = await network_of(directory, query.from_user.id), own_username()
    articles = _fitting([article(entry, today(), bot, first) for entry in entries])
    shown = len(articles) if len(articles) < len(entries) else PAGE
    more = len(ids) > shown and offset + shown < DEPTH
    await query.answer(
        results=[*_numbers(text, offset), *articles],
        cache_time=CACHE_SECONDS,
        is_personal=not text,
        next_offset=str(offset + shown) if more else "",
        button=nothing_button(text) if not entries and not offset else None,
    )


def _fitting(articles: Sequence[InlineQueryResultArticle]) -> list[InlineQueryResultArticle]:
    """Return as many of the results as fit into `SIZE`, at least one."""
    fitting: list[InlineQueryResultArticle] = []
    left = SIZE
    for each in articles:
        left -= size(each)
        if left < 0 and fitting:
            break
        fitting.append(each)
    return fitting


def _numbers(text: str, offset: int) -> list[InlineQueryResultArticle]:
    """Whom to call when the text says that somebody is in danger: the first of the results."""
    call = danger_in(text) if text and not offset and not text.startswith(SHARED) else None
    if call is None or not call.now:
        return []
    return [as_article("danger", headline_of_danger(call), View(numbers(call)))]


async def _ids(
    directory: Directory, text: str, person: int, offset: int, limit: int
) -> Sequence[str]:
    if text.startswith(SHARED):
        return [text.removeprefix(SHARED)][offset:]
    own = await home_of(directory, person)
    if text:
        answer = search(
            directory,
            text,
            limit=offset + limit,
            count_as=None if offset else "inline",
            own=own,
        )
        return [hit.id for hit in answer.hits[offset:]]
    async with directory.db.read() as connection:
        saved = await saving.saved_pages(connection, person, limit=PAGE)
        home = [directory.home.id] if directory.home else []
        leading = await listing.leading(connection, home, limit=offset + limit, offset=0)
    mine = directory.index.authorities(own) if own else []
    return list(dict.fromkeys([*saved, *mine, *leading]))[offset : offset + limit]


async def _verdict(sent: Sent, directory: Directory) -> InlineQueryResultArticle:
    """Return the verdict on the links typed: never the card that one of them resembles."""
    judged = await judge(sent, directory)
    view = judged.view(private=False, opener=in_own_chat(own_username()))
    return as_article("verdict", headline(judged.links), view)


async def guest(message: Message, directory: Directory, bot: Bot) -> None:
    """A mention in a chat that the bot is not in: one message, as short as in a group."""
    query = without_mention(message)
    if message.guest_query_id is None:
        return
    sent = await sent_in(message, replied=not in_topic_of_reply(message))
    judged = await judge(sent, directory)
    if judged.answers(query or "", directory):
        view = judged.view(private=False, opener=in_own_chat(own_username()))
    else:
        view = await find(directory, query or "", None)
        view = with_links_only(view, query or "", own_username())
    result = as_article("answer", _("Answer"), view)
    await bot.answer_guest_query(message.guest_query_id, result=result)


def make() -> Router:
    router = Router(name=__name__)
    router.inline_query.register(inline)
    router.guest_message.register(guest)
    return router
