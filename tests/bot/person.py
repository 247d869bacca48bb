"""Telegram strict about the bot's calls, and people who talk with the bot.

A test reads as a conversation: what somebody says, what they get. Each turn goes through the real
dispatcher, and fails when the bot makes a call that Telegram would refuse, when a handler breaks,
when a pressed button is not answered exactly once, or when an inline query is not.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramForbiddenError
from aiogram.methods import (
    AnswerCallbackQuery,
    AnswerInlineQuery,
    SendDocument,
    SendPhoto,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType
from aiogram.types import (
    InlineKeyboardButton,
    InlineQueryResultArticle,
    InputTextMessageContent,
    MaybeInaccessibleMessageUnion,
    Message,
    MessageEntity,
    MessageOriginHiddenUser,
    ReplyKeyboardMarkup,
)

from bot.terminal.html import parse
from bot.terminal.loopback import Loopback, Person
from tests.telegram_limits import violations


class Telegram(Loopback):
    """Records the bot's calls, and refuses those that Telegram would refuse.

    `blocked` are the people who have blocked the bot.
    """

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[TelegramMethod[Any]] = []
        self.shown: list[Message] = []
        self.refused: list[str] = []
        self.blocked: set[int] = set()

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109
    ) -> TelegramType:
        """Do the call, if Telegram would."""
        files: dict[str, Any] = {}
        params = {
            name: prepared
            for name, value in method.model_dump(warnings=False).items()
            if (prepared := self.prepare_value(value, bot=bot, files=files)) is not None
        }
        self.refused += violations(method.__api_method__, params)
        if getattr(method, "chat_id", None) in self.blocked:
            raise TelegramForbiddenError(method, "Forbidden: bot was blocked by the user")
        return await super().make_request(bot, method, timeout)

    def took(self, method: TelegramMethod[Any], message: Message | None) -> None:
        """Note the call and what it showed."""
        self.calls.append(method)
        if message is not None:
            self.shown.append(message)


@dataclass
class Reply:
    """What a person sees of one message: its text, its entities, its buttons in reading order."""

    message: Message
    text: str = field(init=False)
    buttons: list[InlineKeyboardButton] = field(init=False)

    def __post_init__(self) -> None:
        self.text = self.message.text or ""
        markup = self.message.reply_markup
        rows = markup.inline_keyboard if markup else []
        self.buttons = [button for row in rows for button in row]

    @property
    def labels(self) -> list[str]:
        """What stands on the buttons."""
        return [button.text for button in self.buttons]

    @property
    def urls(self) -> list[str]:
        """The addresses that the buttons open."""
        return [button.url for button in self.buttons if button.url]

    @property
    def links(self) -> list[str]:
        """The addresses that the text opens."""
        entities = self.message.entities or []
        return [entity.url for entity in entities if entity.url]

    def button(self, label: str) -> InlineKeyboardButton:
        """The button whose label is, or begins with, these words."""
        for button in self.buttons:
            if button.text.startswith(label):
                return button
        raise AssertionError(f"no button «{label}» among {self.labels} under:\n{self.text}")


class Talker(Person):
    """Somebody who talks with the bot, and remembers what the last turn brought.

    `replies` are the messages of the last turn, changed ones included, `notice` the text that a
    press was answered with.
    """

    session: Telegram

    def __init__(
        self, dispatcher: Dispatcher, session: Telegram, number: int = 1000, **more: Any
    ) -> None:
        super().__init__(dispatcher, session, number, **more)
        self.replies: list[Reply] = []
        self.notice = ""

    async def says(self, text: str, **fields: Any) -> Reply:
        """Write a message; return the last reply."""
        await self.send(text, **fields)
        return self.reply

    async def presses(self, label: str, on: Reply | None = None) -> Reply:
        """Press the button with this label on the last message that has it, or on a given one."""
        reply = on or next(
            Reply(message)
            for message in reversed(self.session.messages.values())
            if message.chat.id == self.chat.id and _has(message, label)
        )
        data = reply.button(label).callback_data
        assert data is not None, f"«{label}» is no button that the bot hears of"
        await self.sends_press(self.session.messages[reply.message.message_id], data)
        return self.replies[-1] if self.replies else reply

    async def sends_press(self, message: MaybeInaccessibleMessageUnion, data: str) -> None:
        """Press a button with this data, which may come from an old message."""
        before = len(self.session.calls)
        number = await self.press_data(message, data)
        calls = self.session.calls[before:]
        answers = [
            call
            for call in calls
            if isinstance(call, AnswerCallbackQuery) and call.callback_query_id == number
        ]
        assert len(answers) == 1, f"a press was answered {len(answers)} times"
        sent = [at for at, call in enumerate(calls) if isinstance(call, SendDocument | SendPhoto)]
        at_once = not sent or calls.index(answers[0]) < sent[0]
        assert at_once, "the press waited for a file, which takes longer than it may"
        self.notice = answers[0].text or ""

    async def types(self, query: str, offset: str = "") -> AnswerInlineQuery:
        """Type an inline query; return the answer."""
        number = await self.ask_inline(query, offset)
        answers = [
            call
            for call in self.session.calls
            if isinstance(call, AnswerInlineQuery) and call.inline_query_id == number
        ]
        assert len(answers) == 1, f"an inline query was answered {len(answers)} times"
        return answers[0]

    async def forwards(self, text: str, **fields: Any) -> Reply:
        """Forward somebody's message."""
        origin = MessageOriginHiddenUser(date=self.message().date, sender_user_name="Кто-то")
        return await self.says(text, forward_origin=origin, **fields)

    async def sends_file(self, data: bytes, name: str, caption: str | None = None) -> Reply:
        """Send a file."""
        await self.send_file(data, name, caption)
        return self.reply

    async def sends_place(self, lat: float, lon: float) -> Reply:
        """Send a place."""
        await self.send_place(lat, lon)
        return self.reply

    @property
    def reply(self) -> Reply:
        """The last message of the last turn."""
        assert self.replies, "the bot said nothing"
        return self.replies[-1]

    @property
    def file(self) -> bytes:
        """The file that the bot sent last."""
        sent = [m for m in self.session.shown if m.document and m.chat.id == self.chat.id]
        document = sent[-1].document
        assert document is not None
        return self.session.files[document.file_id]

    @property
    def asked_for_place(self) -> bool:
        """Whether the last turn brought the button that sends a place."""
        markups = [getattr(call, "reply_markup", None) for call in self._turn]
        return any(
            button.request_location
            for markup in markups
            if isinstance(markup, ReplyKeyboardMarkup)
            for row in markup.keyboard
            for button in row
        )

    async def update(self, **event: Any) -> None:
        """Feed an update, then see that all went well."""
        calls, shown = len(self.session.calls), len(self.session.shown)
        self.session.refused.clear()
        with _NoFailures():
            await super().update(**event)
        self._turn = self.session.calls[calls:]
        assert self.session.refused == [], "\n".join(self.session.refused)
        self.replies = [
            Reply(message) for message in self.session.shown[shown:] if message.chat == self.chat
        ]
        self.notice = ""


def article(answer: AnswerInlineQuery, title: str) -> tuple[InlineQueryResultArticle, Reply]:
    """The inline result with this title, and the message that choosing it sends."""
    for result in answer.results:
        if isinstance(result, InlineQueryResultArticle) and result.title == title:
            content = result.input_message_content
            assert isinstance(content, InputTextMessageContent)
            text, entities = parse(content.message_text)
            sent = Message.model_construct(
                text=text, entities=entities, reply_markup=result.reply_markup
            )
            return result, Reply(sent)
    raise AssertionError(f"no result «{title}» among {titles(answer)}")


def titles(answer: AnswerInlineQuery) -> list[str]:
    """The titles of inline results."""
    return [r.title for r in answer.results if isinstance(r, InlineQueryResultArticle)]


def hidden_link(text: str, words: str, url: str) -> MessageEntity:
    """A link to `url` behind some words of the text."""
    return MessageEntity(type="text_link", offset=text.index(words), length=len(words), url=url)


def _has(message: Message, label: str) -> bool:
    return any(text.startswith(label) for text in Reply(message).labels)


class _NoFailures(logging.Handler):
    """Raises when a handler broke: the bot itself only says that something went wrong."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def __enter__(self) -> None:
        logging.getLogger("bot").addHandler(self)

    def __exit__(self, *_: object) -> None:
        logging.getLogger("bot").removeHandler(self)
        for record in self.records:
            error = record.exc_info[1] if record.exc_info else None
            raise AssertionError(record.getMessage()) from error
