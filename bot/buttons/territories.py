"""Buttons by which owners merge, rename and take out territories; a territory is its number."""

from __future__ import annotations

from typing import Literal

from aiogram.filters.callback_data import CallbackData

from bot.buttons.fields import RowNumber


class Lands(CallbackData, prefix="lt"):
    """Be asked for the name of a territory; with `into`, of the one to merge it into."""

    into: RowNumber = 0


class Land(CallbackData, prefix="lc"):
    """One territory, and what can be done to it."""

    territory: RowNumber


class MergeLand(CallbackData, prefix="lm"):
    """Merge one territory into another; what would move unless `sure`."""

    gone: RowNumber
    into: RowNumber
    sure: bool = False


class ChangeLand(CallbackData, prefix="lr"):
    """Be asked for the territory's new name, or take it out."""

    territory: RowNumber
    what: Literal["name", "out"]
