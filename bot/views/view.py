"""A view: a message's text and its buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import get_i18n
from aiogram.utils.i18n import gettext as _

from bot.views.text import LABEL_UNITS, label, shortened, utf16

SCREEN = 8
"""Items on one screen of a pager: what a telephone shows without scrolling."""

REMEMBERED = 2_000
"""Cards and inline results, each, that are kept as they are shown, 12 KB each: a region's whole
directory. A few pages are asked for again and again, and those of an inline query at every
keystroke: without them its answer takes a quarter longer."""

Item = TypeVar("Item")
Shown = ParamSpec("Shown")
Made = TypeVar("Made")
Row = list[InlineKeyboardButton]


class View(NamedTuple):
    """HTML text and its buttons, None when there are none."""

    text: str
    keyboard: InlineKeyboardMarkup | None = None

    @property
    def rows(self) -> list[Row]:
        """The rows of its buttons."""
        return self.keyboard.inline_keyboard if self.keyboard else []

    def with_below(self, text: str, *rows: Row) -> View:
        """Return the view with a paragraph below its text, "" for none, and rows below its
        buttons."""
        return View(paragraphs(self.text, text), keyboard([*self.rows, *rows]))


class Screen(NamedTuple):
    """Where a pager stands: screen `n` of `of`, from 0; its items begin at `start`, up to `size` of
    the list's `total`."""

    n: int
    of: int
    start: int
    size: int
    total: int

    def shown(self, items: Sequence[Item]) -> Sequence[Item]:
        """Return those of all the items that stand on it."""
        return items[self.start : self.start + self.size]

    @property
    def title(self) -> str:
        """«9–16 из 32», empty when all is on one screen."""
        if self.of <= 1:
            return ""
        last = min(self.start + self.size, self.total)
        which = f"{self.start + 1}–{last}" if last > self.start + 1 else f"{last}"
        return _("{which} of {total}").format(which=which, total=self.total)


def remembered(view: Callable[Shown, Made]) -> Callable[Shown, Made]:
    """Keep the last `REMEMBERED` results, by the arguments and the language.

    For what depends on nothing else: an argument that has changed is another one. What is returned
    must not be changed.
    """

    @lru_cache(maxsize=REMEMBERED)
    def make(_language: str, *arguments: Any, **options: Any) -> Made:
        return view(*arguments, **options)

    @wraps(view)
    def remembering(*arguments: Shown.args, **options: Shown.kwargs) -> Made:
        return make(get_i18n().current_locale, *arguments, **options)  # type: ignore[arg-type]

    return remembering


def screen(n: int, total: int, size: int = SCREEN) -> Screen:
    """Return the screen `n` of a list of `total` items, or the nearest one that exists."""
    of = max(1, -(-total // size))
    n = min(max(n, 0), of - 1)
    return Screen(n, of, n * size, size, total)


def button(text: str, data: CallbackData) -> InlineKeyboardButton:
    """Return a button that sends `data` back."""
    return InlineKeyboardButton(text=label(text), callback_data=data.pack())


def numbered(number: int, title: str, town: str, data: CallbackData) -> InlineKeyboardButton:
    """Return the button of a list's entry: a number alone would tell a screen reader nothing.

    Entries are told apart by their towns («…, Шадринск»), where the title does not name it, and by
    the numbers in long titles («Муниципальное бюдж… № 7»).
    """
    begin = f"{number}. "
    stem = next(iter(town.lower().split()), "")
    stem = stem[: max(4, len(stem) - 3)]
    end = f", {town}" if town and stem not in title.lower() else ""
    return button(begin + shortened(title, LABEL_UNITS - utf16(begin + end)) + end, data)


def link(text: str, url: str) -> InlineKeyboardButton:
    """Return a button that opens an address."""
    return InlineKeyboardButton(text=label(text), url=url)


def retype(text: str, query: str) -> InlineKeyboardButton:
    """Return a button that puts the query back under the person's fingers."""
    return InlineKeyboardButton(text=label(text), switch_inline_query_current_chat=query)


def keyboard(rows: Iterable[Sequence[InlineKeyboardButton]]) -> InlineKeyboardMarkup | None:
    """Return the buttons that there are, None when there are none."""
    filled = [list(row) for row in rows if row]
    return InlineKeyboardMarkup(inline_keyboard=filled) if filled else None


def pairs(buttons: Sequence[InlineKeyboardButton]) -> list[Row]:
    """Buttons two in a row."""
    return [list(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]


def pager(at: Screen, data: Callable[[int], CallbackData]) -> Row:
    """Return the buttons to the screens beside this one."""
    row = []
    if at.n > 0:
        row.append(button(_("← Back"), data(at.n - 1)))
    if at.n + 1 < at.of:
        row.append(button(_("Next →"), data(at.n + 1)))
    return row


def paragraphs(*parts: str) -> str:
    """Return the parts that are not empty, an empty line between each two."""
    return "\n\n".join(part for part in parts if part)


def lines(*parts: str) -> str:
    """Return the parts that are not empty, one a line."""
    return "\n".join(part for part in parts if part)


def folded(*parts: str) -> str:
    """Return the parts that are not empty, one a line, in a quotation that Telegram folds."""
    text = lines(*parts)
    return f"<blockquote expandable>{text}</blockquote>" if text else ""
