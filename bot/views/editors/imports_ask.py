"""What an import asks and tells on its way: which column, which scope, how far it has come."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from bot.buttons.changes import DecideImport, ReadAs, Reread
from bot.views.text import bold, plain
from bot.views.view import Row, View, button, keyboard, lines, pairs, paragraphs
from directory.file.columns import LINKS, PAGES, column_title
from directory.imports.headers import title
from directory.imports.outcome import Stage
from directory.imports.reading import OFF, Reading
from directory.imports.summary import Summary
from directory.rights import Scope
from directory.territories import Territories

_CHOICES = 30
"""Buttons of a choice: more fit into no message, and a list has some ten columns."""


def choose_title(number: str, readings: Sequence[Reading], sheets: Sequence[str]) -> View:
    """Ask which column has the names."""
    rows = [
        [button(_with_sample(one), Reread(id=number, what="title", n=n))]
        for n, one in enumerate(readings[:_CHOICES])
    ]
    text = _("I cannot tell which column has the names of the pages. Which one is it?")
    return View(text, keyboard([*rows, *other_sheets(number, sheets, ""), [cancel(number)]]))


def _with_sample(reading: Reading) -> str:
    return f"{title(reading.header)}: {reading.sample}" if reading.sample else title(reading.header)


def columns(number: str, readings: Sequence[Reading]) -> View:
    """Tell how each column is read, with a button to read it otherwise."""
    rows = [
        [button(f"{title(one.header)} → {_column_name(one.column)}", _press(number, n))]
        for n, one in enumerate(readings[:_CHOICES])
    ]
    text = paragraphs(
        _("How the columns are read. Press one to have it read as something else, or not at all."),
        _("I shall read your next file with these headers the same way."),
    )
    return View(text, keyboard([*rows, [_back(number)]]))


def choose_column(number: str, n: int, reading: Reading) -> View:
    """Ask what is in a column."""
    offered = [
        button(column_title(name), ReadAs(id=number, n=n, column=name)) for name in (*PAGES, LINKS)
    ]
    off = button(_("Do not read it"), ReadAs(id=number, n=n, column=OFF))
    text = _("What is in the column {header}?").format(header=bold(title(reading.header), 100))
    sample = _("For example: {text}").format(text=plain(reading.sample, 100))
    return View(
        lines(text, sample if reading.sample else ""),
        keyboard([[off], *pairs(offered), [_back(number)]]),
    )


def column_line(reading: Reading) -> str:
    """Return how a column is read, with one of its values, in a line."""
    sample = f": {plain(reading.sample, 40)}" if reading.sample else ""
    return f"{plain(title(reading.header), 40)} → {_column_name(reading.column)}{sample}"


def _column_name(column: str) -> str:
    return column_title(column) if column else _("not read")


def _press(number: str, n: int) -> Reread:
    return Reread(id=number, what="column", n=n)


def _back(number: str) -> InlineKeyboardButton:
    return button(_("Back to the file"), Reread(id=number, what="update"))


def choose_scope(number: str, scopes: Sequence[Scope], territories: Territories) -> View:
    """Ask of what the file is the whole list."""
    rows = [
        [button(scope.words(territories), Reread(id=number, what="replace", n=n))]
        for n, scope in enumerate(scopes)
    ]
    text = paragraphs(
        _("Of what is this file the whole list?"),
        _("Pages of it that the file lacks would leave the directory. First I shall show which."),
    )
    back = [button(_("Only add and change"), Reread(id=number, what="update"))]
    return View(text, keyboard([*rows, back, [cancel(number)]]))


def consent(summary: Summary, pressed: DecideImport, territories: Territories) -> View:
    """Ask whether so many pages shall leave the directory."""
    n = summary.retired.all
    text = paragraphs(
        ngettext(
            "<b>The file would take {n} page out of the directory</b>, of {of} in {scope}.",
            "<b>The file would take {n} pages out of the directory</b>, of {of} in {scope}.",
            n,
        ).format(n=n, of=summary.retirable, scope=plain(summary.scope.words(territories))),
        _("Nothing is changed yet. Is the file really the whole list?"),
    )
    sure = ngettext("Yes, take {n} page out", "Yes, take {n} pages out", n).format(n=n)
    agreed = pressed.model_copy(update={"retire": n})
    return View(text, keyboard([[button(sure, agreed)], [cancel(pressed.id)]]))


def other_sheets(number: str, sheets: Sequence[str], taken: str) -> list[Row]:
    """Return the buttons of the other sheets that fit."""
    if len(sheets) < 2:
        return []
    return [
        [button(_("Sheet “{name}”").format(name=name), Reread(id=number, what="sheet", n=n))]
        for n, name in enumerate(sheets[:_CHOICES])
        if name != taken
    ]


def cancel(number: str) -> InlineKeyboardButton:
    """Return the button that drops the file."""
    return button(_("Cancel"), DecideImport(id=number, apply=False))


def working(stage: Stage, done: int, total: int) -> View:
    """Tell how far an import has come."""
    share = f"{done * 100 // total} %" if total > 1 else ""
    words = {Stage.READ: _("Reading…"), Stage.CHECK: _("Checking…"), Stage.APPLY: _("Writing…")}
    return View(f"{words[stage]} {share}".rstrip())


def stopped() -> View:
    """Tell, in the place of `working`, that the work failed; why is told apart."""
    return View(_("I had to stop half-way."))


def forwarded() -> View:
    """Refuse a file that was forwarded by somebody who may import."""
    return View(
        _(
            "I take only files that you send yourself, not forwarded ones. Save the file and send"
            " it to me, and I shall show what it would change."
        )
    )
