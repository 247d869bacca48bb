"""Editing one page and adding one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from aiogram.types import InlineKeyboardButton
from aiogram.utils.i18n import gettext as _

from bot.buttons.citizens import Open
from bot.buttons.editors import (
    EditCancel,
    EditChoose,
    EditField,
    EditMore,
    EditPage,
    EditSave,
    FieldGroup,
)
from bot.buttons.trust import Decide
from bot.views.citizens.results import which_page
from bot.views.editors.undo import undo_button
from bot.views.entry import Entry
from bot.views.text import bold, plain, shortened
from bot.views.view import Row, View, button, keyboard, lines, pairs, paragraphs
from directory.editing.edit import Proposal, Step
from directory.file.columns import PAGES, column_title
from directory.file.placeholders import CLEAR
from directory.references import REFERENCES
from directory.store.drafts import Draft
from directory.translation import say

_GROUPS: dict[FieldGroup, list[str]] = {
    group: [column.name for column in PAGES.values() if column.group == group]
    for group in get_args(FieldGroup)
}
"""The fields that can be edited, as they are offered; a page's id never changes."""

COLUMNS = frozenset(column for columns in _GROUPS.values() for column in columns)


def _group_names() -> dict[FieldGroup, str]:
    return {
        "place": _("What and where it is"),
        "links": _("Links"),
        "other": _("Marks and the rest"),
    }


def fields(draft: Draft, title: str, group: FieldGroup) -> View:
    """Offer the fields of a group; `title` is the page's, empty for a new one."""
    names = _group_names()
    choose = _("{group}. Choose the field to change.").format(group=names[group])
    text = paragraphs(_heading(title), choose)
    offered = [button(column_title(c), EditField(draft=draft.id, column=c)) for c in _GROUPS[group]]
    others = [
        button(f"{words} →", EditMore(draft=draft.id, group=other))
        for other, words in names.items()
        if other != group
    ]
    return View(text, keyboard([*pairs(offered), others, [_cancel(draft)]]))


def question_start() -> str:
    """Return what every question for a field begins with, before the field's name."""
    return _("New value:")


def question(column: str) -> str:
    """Ask for the value of a field, in plain text."""
    return f"{question_start()} {column_title(column)}"


def hints(column: str, now: str, categories: Sequence[str], wrong: str = "") -> list[str]:
    """Return what helps to answer: what was `wrong` with the last try, the present value, the
    form."""
    present = _("Now: {value}").format(value=plain(now, 300) or _empty())
    clears = column != "title"
    return [does_not_fit(wrong), present, takes(column, categories), how_to_answer(clears=clears)]


def takes(column: str, categories: Sequence[str]) -> str:
    """Tell what a column takes."""
    if column in REFERENCES:
        return _("Write what the page is called, as you would search for it.")
    if column == "category" and categories:
        return _("There are: {names}.").format(names=", ".join(map(plain, categories[:20])))
    return say(PAGES[column].meaning)


def how_to_answer(*, clears: bool) -> str:
    """Return how a value is given, and whether it can be none."""
    if not clears:
        return _("Reply to this message.")
    how = _("Reply to this message; the word “{word}” clears the field.")
    return how.format(word=say(CLEAR))


def does_not_fit(wrong: str) -> str:
    """Return what was wrong with the last try; "" for nothing."""
    return _("This does not fit: {why}.").format(why=plain(wrong, 300)) if wrong else ""


def which_value(draft: Draft, column: str, meant: Sequence[Entry]) -> View:
    """Offer the pages that the words fit."""
    view = which_page(
        meant,
        lambda page: EditChoose(draft=draft.id, column=column, page=page),
        EditField(draft=draft.id, column=column),
    )
    return view.with_below("", [_cancel(draft)])


def swapped(shown: str, opens: str) -> str:
    """Tell why a link written over another is not taken."""
    return _("it reads {shown} but opens {opens}. Send the right address as plain text").format(
        shown=shown, opens=opens
    )


def meanwhile() -> str:
    """Return what a preview begins with when the page was changed since the last one."""
    return _("The page was changed in the meantime. Look again at what your edit will do.")


def proposal(draft: Draft, of: Proposal, *, above: str = "") -> View:
    """Show the preview: было → стало, what is wrong or odd, and the buttons that decide.

    What cannot be saved has no button to save it. `above` is plain text to begin with.
    """
    text = paragraphs(
        plain(above),
        _heading(of.before.title if of.before else ""),
        "\n\n".join(_step(step, new=of.before is None) for step in of.steps),
        "" if of.steps else _("Nothing is changed yet."),
        lines(*[_("Note: {why}.").format(why=plain(why, 300)) for why in of.warnings]),
        lines(
            *[
                _("This cannot be saved: {why}.").format(why=plain(refused.text, 300))
                for refused in of.refused
            ]
        ),
    )
    rows: list[Row] = []
    if of.changes and not of.refused:
        rows.append([button(_("Save"), EditSave(draft=draft.id))])
    rows.append([button(_("Change another field"), EditMore(draft=draft.id))])
    rows.append([_cancel(draft)])
    return View(text, keyboard(rows))


def from_report(text: str) -> str:
    """Return what a preview begins with that a report asked for, in plain text."""
    said = shortened(text, 600)
    return _("From the report: {text}").format(text=said) if said else _("For a report.")


def saved(title: str, page: str, revision: int, *, new: bool, report: int | None = None) -> View:
    """Tell that the edit is saved; the report that asked for it can be closed with one press."""
    text = _("Saved: {title} is changed, change {n}.")
    if new:
        text = _("Saved: {title} is added, change {n}.")
    thanks = _("Close the report, thank the sender")
    rows: list[Row] = [
        [button(thanks, Decide(report=report, what="done"))] if report is not None else [],
        [undo_button(revision)],
        [
            button(_("Open the card"), Open(page=page)),
            button(_("Edit again"), EditPage(page=page)),
        ],
    ]
    return View(text.format(title=bold(title), n=revision), keyboard(rows))


def cancelled(draft: Draft) -> View:
    """Tell that the edit is given up."""
    rows: list[Row] = [[button(_("Open the card"), Open(page=draft.page))]] if draft.page else []
    return View(_("Cancelled: nothing was changed."), keyboard(rows))


def no_page() -> View:
    """Tell that the page is no more."""
    return View(_("This page is not in the directory any more."))


def _heading(title: str) -> str:
    """Return what the edit is of; `title` is empty for a new page."""
    return _("Edit: {title}").format(title=bold(title)) if title else bold(_("New page"))


def _step(step: Step, *, new: bool) -> str:
    name = f"<b>{column_title(step.column)}</b>"
    after = plain(step.after, 300) or _empty()
    if new:
        return f"{name}: {after}"
    before = plain(step.before, 300) or _empty()
    return lines(
        name,
        _("before: {value}").format(value=before),
        _("after: {value}").format(value=after),
    )


def _empty() -> str:
    return _("empty")


def _cancel(draft: Draft) -> InlineKeyboardButton:
    return button(_("Cancel the edit"), EditCancel(draft=draft.id))
