"""A number written instead of pressing the button of a list's entry.

A reply with a number needs nothing else: the list is in the reply. So that a number alone does, the
buttons of the last list in a private chat are remembered for a while, in memory only: after a
restart, a number is searched for like any other text.
"""

from __future__ import annotations

import re
import time
from collections import OrderedDict

from aiogram.types import InlineKeyboardMarkup, Message

from bot.appeals.danger import danger_in
from bot.talk.mentions import replies_to_bot

SECONDS = 600
"""How long a list is remembered: as long as a person looks at it."""

MOST = 5_000
"""Chats whose last list is remembered."""

_ENTRY = re.compile(r"(\d{1,3})\. ")
_WRITTEN = re.compile(r"(?:№ ?)?([1-9]\d{0,2})[.)]?")

_lists: OrderedDict[int, tuple[float, dict[str, str]]] = OrderedDict()


def remember(chat: int, keyboard: InlineKeyboardMarkup | None) -> None:
    """Remember the entries of a list that was shown in a private chat; other messages are none."""
    entries = entries_of(keyboard)
    if not entries:
        return
    _since, known = _lists.pop(chat, (0.0, {}))
    _lists[chat] = (time.monotonic(), entries if "1" in entries else known | entries)
    if len(_lists) > MOST:
        _lists.popitem(last=False)


def entries_of(keyboard: InlineKeyboardMarkup | None) -> dict[str, str]:
    """What the buttons of a list carry, by the numbers that they begin with."""
    rows = keyboard.inline_keyboard if keyboard else []
    return {
        found[1]: button.callback_data
        for row in rows
        for button in row
        if button.callback_data and (found := _ENTRY.match(button.text))
    }


def picked(message: Message, text: str) -> str | None:
    """What the button carries whose number was written, None when none was."""
    written = _WRITTEN.fullmatch(text.strip())
    if written is None or danger_in(text):  # «112» is no entry
        return None
    if replies_to_bot(message) and message.reply_to_message is not None:
        return entries_of(message.reply_to_message.reply_markup).get(written[1])
    since, entries = _lists.get(message.chat.id, (0.0, {}))
    return entries.get(written[1]) if time.monotonic() - since < SECONDS else None


def forget(chat: int) -> None:
    """Remember nothing of a chat."""
    _lists.pop(chat, None)
