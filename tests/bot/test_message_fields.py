"""Whatever can carry a link or an author in a message is judged: each field of aiogram's model."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram.types import Message, TelegramObject

from bot.talk.message_fields import FIELDS, Carries, carries
from tests.bot.message_model import Leaf, leaves, message_with, minimal, rich_texts
from tests.bot.person import Talker

LEAVES = leaves()
RICH = rich_texts()

DOUBLE = "https://vk.com/shumkov_vadlm"
NICK = "silavpravdevshumkow"
"""A double of the governor's channel."""

_CHAT = {"id": -100500, "type": "channel", "title": "Новости", "username": NICK}
_USER = {"id": 500, "is_bot": False, "first_name": "Имя", "username": NICK}
_OPENS_NOTHING = {"RichTextAnchor"}
_OTHER_TARGETS = {"user": _USER, "username": NICK}


def test_every_field_is_named() -> None:
    """A field that a new version of the Bot API brings is read as text until somebody says more."""
    unnamed = [leaf.id for leaf in LEAVES if carries(leaf.owner.__name__, leaf.name) is None]
    assert unnamed == []


def test_no_field_is_named_that_does_not_exist() -> None:
    known = {(leaf.owner.__name__, leaf.name) for leaf in LEAVES}
    types, names = {owner for owner, _ in known}, {name for _, name in known}
    for type_, name in FIELDS:
        if type_ == "*":
            assert name in names, name
        else:
            assert (type_, name) in known or (name == "*" and type_ in types), (type_, name)


def _read() -> list[Leaf]:
    nothing = (None, Carries.NOTHING)
    return [x for x in LEAVES if carries(x.owner.__name__, x.name) not in nothing]


@pytest.mark.parametrize("leaf", _read(), ids=lambda leaf: leaf.id)
async def test_a_double_in_any_field_is_warned_about(citizen: Talker, leaf: Leaf) -> None:
    value: object = f"Голосуем {DOUBLE} сегодня"
    match carries(leaf.owner.__name__, leaf.name):
        case Carries.ADDRESS:
            value = DOUBLE
        case Carries.ACCOUNT | Carries.AUTHOR:
            value = NICK
    if leaf.accounts:
        value = _CHAT if "Chat" in leaf.accounts else _USER
    if leaf.id == "MessageOriginHiddenUser.sender_user_name" or leaf.name == "forward_sender_name":
        value = "Вадим Шумков"
    fields = message_with(leaf, value)
    if leaf.owner is Message and carries("Message", leaf.name) is Carries.AUTHOR:
        fields = {"reply_to_message": _bare_message() | fields}
    await _is_warned(citizen, fields)


@pytest.mark.parametrize("type_", RICH, ids=lambda type_: type_.__name__)
async def test_a_double_in_any_formatted_text_is_warned_about(
    citizen: Talker, type_: type[TelegramObject]
) -> None:
    if type_.__name__ in _OPENS_NOTHING:
        return
    part: dict[str, Any] = minimal(type_)
    for name in ("text", "alternative_text", "expression"):
        if name in part:
            part[name] = DOUBLE
    if "button" in part:
        part["button"] = {"text": "Голосовать", "url": DOUBLE}
    part |= {name: value for name, value in _OTHER_TARGETS.items() if name in part}
    block = {"type": "paragraph", "text": ["Голосуем ", part, " сегодня"]}
    await _is_warned(citizen, {"rich_message": {"blocks": [block]}})


async def test_what_aiogram_does_not_know_yet_is_read_too(citizen: Talker) -> None:
    for new in (DOUBLE, {"link": DOUBLE}, [{"text": f"Смотрите: {DOUBLE}"}]):
        await _is_warned(citizen, {"text": "Голосование", "quite_new_field": new})


async def _is_warned(citizen: Talker, fields: dict[str, Any]) -> None:
    sent = Message.model_validate(
        {**_bare_message(), "chat": citizen.chat, "from_user": citizen.user, **fields}
    )
    await citizen.update(message=sent)
    assert "Осторожно" in citizen.reply.text
    assert len(citizen.replies) == 1
    assert citizen.reply.urls == citizen.reply.links == []


def _bare_message() -> dict[str, Any]:
    return {
        "message_id": 77,
        "date": datetime.now(UTC),
        "chat": {"id": -5, "type": "channel", "title": "Канал"},
    }
