"""Buttons of the report of the month: of the bot's region, or of the `whole` directory."""

from __future__ import annotations

from typing import Literal

from aiogram.filters.callback_data import CallbackData

from bot.buttons.fields import RowNumber
from directory.figures import Cut

MonthPagesKind = Literal["no_link", "unmarked"]
"""The lists behind the figures that have no other button."""


class MonthReportOf(CallbackData, prefix="mr"):
    """The report, with its workbook."""

    whole: bool = False


class MonthCut(CallbackData, prefix="mc"):
    """Its figures by topic, level, territory or network."""

    cut: Cut
    whole: bool = False
    n: RowNumber = 0


class MonthPages(CallbackData, prefix="mp"):
    """A list behind one of its figures."""

    kind: MonthPagesKind
    whole: bool = False
    n: RowNumber = 0


class PastMonths(CallbackData, prefix="mo"):
    """The months whose figures were kept."""

    whole: bool = False
    n: RowNumber = 0


class PastMonth(CallbackData, prefix="mk"):
    """The figures of one of them, with their workbook: 202610 is October of 2026."""

    month: RowNumber
    whole: bool = False


class UnfoundList(CallbackData, prefix="mu"):
    """What was asked for and not found."""

    n: RowNumber = 0


class LackingMap(CallbackData, prefix="ml"):
    """Territories by topics: what is missing where."""

    whole: bool = False
