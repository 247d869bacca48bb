"""The links of a message and who wrote it, wherever they stand.

Every field of the message is read, as far down as it goes: what may carry what is in
`message_fields.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from aiogram.types import (
    Chat,
    InlineKeyboardButton,
    LinkPreviewOptions,
    Message,
    MessageEntity,
    MessageOriginUser,
    RichMessageButton,
    TelegramObject,
    User,
)

from bot.talk.message_fields import Carries, carries
from bot.talk.passages import (
    SentLink,
    Span,
    entity_spans,
    is_rich,
    key_of,
    nick_of,
    rich_buttons,
    rich_text,
    sent_links,
)
from directory.links import find_links, put_together

MOST = 1000
"""Links of one message that are judged: more than its text and its buttons hold, but for formatted
text of the greatest length."""

_FEW_WORDS = 7
"""Words beside a link that only ask what it is: «это настоящая страница губернатора?»"""

_NUMBER = re.compile(r"(?:\d[ ()\u00a0-]*){10,}")
"""A telephone or a card to send money to."""

_REPLIED = ("reply_to_message", "external_reply", "quote")
"""Where what somebody else wrote stands in a reply."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote what is forwarded or answered.

    `nick` has no «@», "" when there is none. `number` is the Bot API's, 0 when it is hidden.
    `person` is False for channels and groups. A `quiet` author is worth a word only when bad.
    """

    name: str
    nick: str = ""
    number: int = 0
    person: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """What a message carries. `more` is how many links are beyond those that are judged;
    `says_more`: it says something beside its links, that they do not make true."""

    links: tuple[SentLink, ...] = ()
    authors: tuple[Author, ...] = ()
    more: int = 0
    says_more: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to judge."""
        return bool(self.links or self.authors)


async def sent_in(message: Message, *, replied: bool = True) -> Sent:
    """Return the links and the authors of a message, each once.

    `replied` False leaves out the message that it replies to. The reader, the bot and what the bot
    itself has written are not judged.
    """
    me = await message.bot.me() if message.bot else None
    reading = _LinkCollector(me, message.from_user, message.chat.id)
    reading.read(message, top=True, without=() if replied else _REPLIED)
    own = key_of(f"@{me.username}") if me else ""
    found: dict[str, SentLink] = {}
    for link in reading.links:
        key = key_of(link.opens) if link.opens else link.shown
        if key == own and not link.shown:
            continue
        # Of two that open the same, the one that is shown as something else tells more.
        if key not in found or (link.shown and not found[key].shown):
            found[key] = link
    every = tuple(found.values())
    authors = {a.number or a.nick or a.name: a for a in reversed(reading.authors)}
    more, says = max(0, len(every) - MOST), _says_more(message.text or message.caption or "")
    return Sent(every[:MOST], tuple(authors.values())[::-1], more, says)


def _says_more(text: str) -> bool:
    text = put_together(text)
    for link in find_links(text):
        text = text.replace(link, " ")
    return _NUMBER.search(text) is not None or len(text.split()) > _FEW_WORDS


def links_typed(text: str) -> Sent:
    """Return the links of a bare text."""
    found = tuple(SentLink(link) for link in find_links(put_together(text)))
    return Sent(found[:MOST], more=max(0, len(found) - MOST))


@dataclass(slots=True)
class _LinkCollector:
    """What has been read so far."""

    me: User | None = None
    reader: User | None = None
    chat: int = 0
    links: list[SentLink] = field(default_factory=list)
    authors: list[Author] = field(default_factory=list)

    def read(
        self, thing: TelegramObject, *, top: bool = False, without: tuple[str, ...] = ()
    ) -> None:
        """Read an object with all that is in it."""
        if isinstance(thing, InlineKeyboardButton | RichMessageButton):
            self.links += _button_links(thing)
            return
        if isinstance(thing, Message) and not top and self._is_mine(thing):
            return
        if self._quotes_me(thing):
            without = _REPLIED
        before = len(self.links)
        preview = None
        # Of a message's hundred fields a few are set; pydantic's own iteration takes all of them.
        fields = {**thing.__dict__, **(thing.model_extra or {})}
        present = [name for name, value in fields.items() if value is not None]
        # What somebody else wrote comes after the message's own.
        for name in sorted(present, key=_REPLIED.__contains__):
            if name in without:
                continue
            value = fields[name]
            if isinstance(value, LinkPreviewOptions):
                preview = value.url
            else:
                self._field(thing, name, value, top=top)
        if preview:
            self._preview(preview, self.links[before:])

    def _field(self, thing: TelegramObject, name: str, value: object, *, top: bool) -> None:
        match carries(type(thing).__name__, name):
            case Carries.NOTHING:
                pass
            case Carries.AUTHOR:
                if not (
                    top and isinstance(thing, Message) and name in ("from_user", "sender_chat")
                ):
                    self._author(value, quiet=name in ("from_user", "forward_from"))
            case Carries.ACCOUNT:
                for each in value if isinstance(value, list) else [value]:
                    self._account(each)
            case Carries.ADDRESS if isinstance(value, str):
                self.links.append(SentLink(value))
            case _:
                self._inside(thing, name, value)

    def _inside(self, thing: TelegramObject, name: str, value: object) -> None:
        """Words, or objects of any sort."""
        if isinstance(value, str):
            entities = getattr(thing, f"{name}_entities", None) or (
                getattr(thing, "entities", None) if name == "text" else None
            )
            self.links += sent_links(value, entity_spans(value, entities or []))
        elif is_rich(value):
            self.links += sent_links(*rich_text(value))
            for button in rich_buttons(value):
                self.read(button)
        elif isinstance(value, list):
            for each in value:
                self._inside(thing, name, each)
        elif isinstance(value, dict):  # what this version of aiogram does not know yet
            for key, each in value.items():
                self._inside(thing, str(key), each)
        elif isinstance(value, Chat | User):
            self._account(value)
        elif isinstance(value, TelegramObject) and not isinstance(value, MessageEntity):
            self.read(value)

    def _author(self, who: object, *, quiet: bool) -> None:
        if isinstance(who, str):
            self.authors.append(Author(who, person=True))
        elif isinstance(who, User):
            if not self._is_me(who) and not (self.reader and who.id == self.reader.id):
                name = who.full_name
                self.authors.append(Author(name, who.username or "", who.id, True, quiet))
        elif isinstance(who, Chat) and who.id != self.chat:
            name = who.title or who.full_name
            self.authors.append(Author(name, who.username or "", who.id, who.type == "private"))

    def _account(self, who: object) -> None:
        if isinstance(who, str):
            self.links.append(SentLink(f"@{who.removeprefix('@')}"))
        elif isinstance(who, User) and who.username and not self._is_me(who):
            self.links.append(SentLink(nick_of(who), quiet=True))
        elif isinstance(who, Chat) and who.username:
            self.links.append(SentLink(f"@{who.username}"))

    def _preview(self, url: str, beside: list[SentLink]) -> None:
        """A press on the preview opens `url`, whatever stands in the text beside it."""
        if key_of(url) not in {key_of(link.opens) for link in beside}:
            shown = next((link.shown or link.opens for link in beside), "")
            self.links += sent_links(shown, [Span(0, len(shown), url)])

    def _quotes_me(self, thing: TelegramObject) -> bool:
        """Whether a message answers one of the bot's own, which it may quote."""
        if not isinstance(thing, Message):
            return False
        replied, elsewhere = thing.reply_to_message, thing.external_reply
        origin = elsewhere.origin if elsewhere else None
        by = origin.sender_user if isinstance(origin, MessageOriginUser) else None
        return (replied is not None and self._is_mine(replied)) or self._is_me(by)

    def _is_mine(self, message: Message) -> bool:
        """Whether the bot wrote a message, or somebody sent it inline through the bot."""
        return self._is_me(message.from_user) or self._is_me(message.via_bot)

    def _is_me(self, who: User | None) -> bool:
        return who is not None and self.me is not None and who.id == self.me.id


def _button_links(button: InlineKeyboardButton | RichMessageButton) -> Iterator[SentLink]:
    """Return what a button opens, copies or types, beside what stands on it."""
    label, _ = rich_text(button.text)
    inner = _LinkCollector()
    for name, value in button:
        if value is not None and name != "text":
            inner._field(button, name, value, top=False)
    if not inner.links:
        yield from sent_links(label, [])
    for link in inner.links:
        yield from sent_links(label, [Span(0, len(label), link.opens)])
