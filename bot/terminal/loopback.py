"""Telegram within the process: no network and no token, the same dispatcher.

`Loopback` takes the bot's calls and answers them as the server does, as far as this bot goes;
`Person` writes, presses and asks inline. The terminal conversation and the tests stand on both.
"""

from __future__ import annotations

import itertools
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from typing import Any, cast

from aiogram import Bot, Dispatcher
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import (
    AnswerGuestQuery,
    EditMessageText,
    GetChat,
    GetFile,
    GetMe,
    SendDocument,
    SendMessage,
    SendPhoto,
    SendVenue,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType
from aiogram.types import (
    AcceptedGiftTypes,
    CallbackQuery,
    Chat,
    ChatFullInfo,
    Document,
    File,
    InlineKeyboardMarkup,
    InlineQuery,
    InputFile,
    Location,
    MaybeInaccessibleMessageUnion,
    Message,
    PhotoSize,
    SentGuestMessage,
    Update,
    User,
)

from bot.app import DEFAULTS
from bot.terminal.html import parse

TOKEN = "1:loopback"
_NO_GIFTS = AcceptedGiftTypes(
    unlimited_gifts=False,
    limited_gifts=False,
    unique_gifts=False,
    premium_subscription=False,
    gifts_from_channels=False,
)
BOT = User(id=1, is_bot=True, first_name="Официальные страницы", username="official_pages_bot")


class Loopback(BaseSession):
    """Takes the bot's calls; `messages` and `files` are what Telegram would keep.

    `took` is called with each call and, where it made a message, that message.
    """

    def __init__(self) -> None:
        super().__init__()
        self.messages: dict[int, Message] = {}
        self.said: dict[int, Message] = {}  # what people sent, for the bot's replies to it
        self.files: dict[str, bytes] = {}
        self.people: dict[int, User] = {}
        self._numbers = itertools.count(1)

    def number(self) -> int:
        """The next number for a message, an update or a file."""
        return next(self._numbers)

    def took(self, method: TelegramMethod[Any], message: Message | None) -> None:
        """Note a call that was done."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109
    ) -> TelegramType:
        """Do the call. Raises `TelegramBadRequest` where the server would refuse it."""
        result = await self._do(bot, method)
        self.took(method, result if isinstance(result, Message) else None)
        return cast(TelegramType, result)

    async def _do(self, bot: Bot, method: TelegramMethod[Any]) -> object:
        match method:
            case GetMe():
                return BOT
            case SendMessage():
                asked = method.reply_parameters
                to = self.said.get(asked.message_id or 0) if asked else None
                return self._sent(bot, method.chat_id, method.text, method.reply_markup, to)
            case EditMessageText():
                return self._edited(bot, method)
            case SendVenue():
                return self._sent(bot, method.chat_id, f"{method.title}\n{method.address}", None)
            case SendDocument():
                return await self._document(bot, method)
            case SendPhoto():
                return await self._photo(bot, method)
            case GetChat(chat_id=person):
                if (user := self.people.get(int(person))) is None:
                    raise TelegramBadRequest(method, "Bad Request: chat not found")
                return _told_of(user)
            case GetFile(file_id=key):
                if key not in self.files:
                    raise TelegramBadRequest(method, "Bad Request: invalid file_id")
                return File(file_id=key, file_unique_id=key, file_path=key)
            case AnswerGuestQuery():
                return SentGuestMessage(inline_message_id=str(self.number()))
            case _:
                return True

    def _sent(
        self,
        bot: Bot,
        chat_id: int | str,
        source: str | None,
        markup: object,
        to: Message | None = None,
    ) -> Message:
        text, entities = parse(source or "")
        message = Message(
            message_id=self.number(),
            date=datetime.now(UTC),
            chat=_chat(int(chat_id)),
            from_user=BOT,
            text=text,
            entities=entities,
            reply_to_message=to,
            reply_markup=markup if isinstance(markup, InlineKeyboardMarkup) else None,
        ).as_(bot)
        self.messages[message.message_id] = message
        return message

    def _edited(self, bot: Bot, method: EditMessageText) -> Message:
        before = self.messages.get(method.message_id or 0)
        if before is None:
            raise TelegramBadRequest(method, "Bad Request: message to edit not found")
        text, entities = parse(method.text or "")
        update = {"text": text, "entities": entities, "reply_markup": method.reply_markup}
        after = before.model_copy(update=update).as_(bot)
        if after == before:
            raise TelegramBadRequest(
                method, "Bad Request: message is not modified: it is as it was"
            )
        self.messages[after.message_id] = after
        return after

    async def _document(self, bot: Bot, method: SendDocument) -> Message:
        message = self._sent(bot, method.chat_id, method.caption or "", method.reply_markup)
        if isinstance(method.document, InputFile):
            data = await _read(bot, method.document)
            document = self.keep(data, method.document.filename or "file")
            message = message.model_copy(update={"document": document}).as_(bot)
        return message

    async def _photo(self, bot: Bot, method: SendPhoto) -> Message:
        message = self._sent(bot, method.chat_id, method.caption or "", method.reply_markup)
        if isinstance(method.photo, InputFile):
            kept = self.keep(await _read(bot, method.photo), "picture.png")
            size = PhotoSize(file_id=kept.file_id, file_unique_id=kept.file_id, width=1, height=1)
            message = message.model_copy(update={"photo": [size]}).as_(bot)
            self.messages[message.message_id] = message
        return message

    def keep(self, data: bytes, name: str) -> Document:
        """A file as it stands on Telegram's server."""
        key = f"file{self.number()}"
        self.files[key] = data
        return Document(file_id=key, file_unique_id=key, file_name=name, file_size=len(data))

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,  # noqa: ASYNC109
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        """The bytes of a file."""
        yield self.files[url.rpartition("/")[2]]

    async def close(self) -> None:
        """Nothing is open."""


class Person:
    """Somebody with a private chat, or in a group, whose updates go to the dispatcher."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        session: Loopback,
        number: int,
        *,
        language: str = "ru",
        group: int | None = None,
    ) -> None:
        self.dispatcher = dispatcher
        self.session = session
        self.bot = Bot(TOKEN, session=session, default=DEFAULTS)
        self.user = session.people[number] = User(
            id=number, is_bot=False, first_name="Имя", language_code=language
        )
        self.chat = _chat(group or number)

    async def send(self, text: str | None = None, **fields: Any) -> None:
        """Send a message; `fields` are any of Telegram's."""
        message = self.message(text, **fields)
        self.session.said[message.message_id] = message
        await self.update(message=message)

    def message(self, text: str | None = None, **fields: Any) -> Message:
        """A message of this person."""
        return Message(
            message_id=self.session.number(),
            date=datetime.now(UTC),
            chat=self.chat,
            from_user=self.user,
            text=text,
            **fields,
        )

    async def send_file(self, data: bytes, name: str, caption: str | None = None) -> None:
        """Send a file."""
        await self.send(document=self.session.keep(data, name), caption=caption)

    async def send_place(self, lat: float, lon: float) -> None:
        """Send a place."""
        await self.send(location=Location(latitude=lat, longitude=lon))

    async def press_data(self, message: MaybeInaccessibleMessageUnion, data: str) -> str:
        """Press a button that sends `data`; return the press's number."""
        number = self._query_number()
        query = CallbackQuery(
            id=number, from_user=self.user, chat_instance="1", message=message, data=data
        )
        await self.update(callback_query=query)
        return number

    async def ask_inline(self, text: str, offset: str = "") -> str:
        """Type an inline query; return its number."""
        number = self._query_number()
        query = InlineQuery(id=number, from_user=self.user, query=text, offset=offset)
        await self.update(inline_query=query)
        return number

    def _query_number(self) -> str:
        """The number of a press or an inline query, which holds the person's, as Telegram's do."""
        return str(self.user.id << 32 | self.session.number())

    async def update(self, **event: Any) -> None:
        """Feed an update to the dispatcher, with the fields that Telegram sends and no others."""
        made = Update(update_id=self.session.number(), **event).model_dump(exclude_none=True)
        update = Update.model_validate(made, context={"bot": self.bot})
        await self.dispatcher.feed_update(self.bot, update)


async def _read(bot: Bot, file: InputFile) -> bytes:
    return b"".join([chunk async for chunk in file.read(bot)])


def _told_of(user: User) -> ChatFullInfo:
    """What Telegram tells of somebody who has written to the bot."""
    return ChatFullInfo(
        id=user.id,
        type="private",
        first_name=user.first_name,
        last_name=user.last_name,
        accent_color_id=0,
        max_reaction_count=0,
        accepted_gift_types=_NO_GIFTS,
    )


def _chat(number: int) -> Chat:
    """Telegram numbers private chats like their people, and groups below zero."""
    return Chat(id=number, type="private" if number > 0 else "supergroup")
