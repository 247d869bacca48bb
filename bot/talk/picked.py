"""A number written instead of pressing the button of a list's entry, a place that was asked for.

A reply needs nothing else: the list is in the reply. So that a number or a place alone does, the
buttons of the last list in a private chat are remembered for a while, in memory only: after a
restart, either is searched for like any other text.
"""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from typing import TypeVar

from aiogram.types import InlineKeyboardMarkup, Message

from bot.appeals.danger import danger_in
from bot.buttons.citizens import InPlace
from bot.buttons.fields import carried_by
from bot.talk.mentions import replies_to_bot

SECONDS = 600
"""How long a list is remembered: as long as a person looks at it."""

MOST = 1_000
"""Chats whose last list is remembered, a kilobyte each."""

_ENTRY = re.compile(r"(\d{1,3})\. ")
_WRITTEN = re.compile(r"(?:№ ?)?([1-9]\d{0,2})[.)]?")

Kept = TypeVar("Kept")

_lists: OrderedDict[int, tuple[float, dict[str, str]]] = OrderedDict()
_asked: OrderedDict[int, tuple[float, InPlace]] = OrderedDict()


def remember(chat: int, keyboard: InlineKeyboardMarkup | None) -> None:
    """Remember the entries of a list that was shown in a private chat, other messages have none;
    and what the place that is named next completes, if the last message asks for one."""
    _asked.pop(chat, None)
    if asked := carried_by(keyboard, InPlace):
        _asked[chat] = (time.monotonic(), asked[0])
        _trim(_asked)
    entries = entries_of(keyboard)
    if not entries:
        return
    _since, known = _lists.pop(chat, (0.0, {}))
    _lists[chat] = (time.monotonic(), entries if "1" in entries else known | entries)
    _trim(_lists)


def _trim(remembered: OrderedDict[int, tuple[float, Kept]]) -> None:
    """Forget what nobody looks at any more, and the oldest of what is too much."""
    now = time.monotonic()
    while len(remembered) > MOST or now - next(iter(remembered.values()))[0] > SECONDS:
        remembered.popitem(last=False)


def entries_of(keyboard: InlineKeyboardMarkup | None) -> dict[str, str]:
    """Return what the buttons of a list carry, by the numbers that they begin with."""
    rows = keyboard.inline_keyboard if keyboard else []
    return {
        found[1]: button.callback_data
        for row in rows
        for button in row
        if button.text[0].isdigit() and button.callback_data
        if (found := _ENTRY.match(button.text))
    }


def picked(message: Message, text: str) -> str | None:
    """Return what the button carries whose number was written, None when none was."""
    written = _WRITTEN.fullmatch(text.strip())
    if written is None or danger_in(text):  # «112» is no entry
        return None
    if replies_to_bot(message) and message.reply_to_message is not None:
        return entries_of(message.reply_to_message.reply_markup).get(written[1])
    since, entries = _lists.get(message.chat.id, (0.0, {}))
    return entries.get(written[1]) if time.monotonic() - since < SECONDS else None


def place_asked(message: Message) -> InPlace | None:
    """Return what a place that the message names completes: what the message that it replies to
    asks for, or the last one in the chat."""
    if replies_to_bot(message) and message.reply_to_message is not None:
        return next(iter(carried_by(message.reply_to_message.reply_markup, InPlace)), None)
    since, asked = _asked.get(message.chat.id, (0.0, None))
    return asked if time.monotonic() - since < SECONDS else None


def forget(chat: int) -> None:
    """Remember nothing of a chat."""
    _lists.pop(chat, None)
    _asked.pop(chat, None)
