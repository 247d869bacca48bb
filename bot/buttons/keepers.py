"""Buttons of those who run a page, and of editors who confirm and withdraw it."""

from __future__ import annotations

from typing import Literal

from aiogram.filters.callback_data import CallbackData

from bot.buttons.fields import PersonNumber

Correctable = Literal["phone", "person", "links"]
"""What a keeper may correct, by way of the editors."""


class MyPage(CallbackData, prefix="ky"):
    """Say that one runs the page: how to prove it, or what one may do."""

    page: str


class ProveMine(CallbackData, prefix="kp"):
    """Look for the code on the page, or ask the editors instead."""

    page: str
    by: Literal["code", "editors"]


class KeeperActs(CallbackData, prefix="ka"):
    """Confirm that the page is right; be asked for a correction; run it no longer."""

    page: str
    what: Literal["right", "phone", "person", "links", "leave"]


class KeepersOf(CallbackData, prefix="ko"):
    """Who runs the page, for its editors."""

    page: str


class DropKeeper(CallbackData, prefix="kd"):
    """Take it back from one of them."""

    page: str
    person: PersonNumber
