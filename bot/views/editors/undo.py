"""Taking a change of the directory back: the button, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from bot.buttons.changes import Undo
from bot.views.text import plain
from bot.views.view import View, button, keyboard, lines, paragraphs
from bot.views.words import and_more
from directory.change_history import field_name
from directory.store.undo import Undone
from directory.store.undo_conflicts import Conflict

FEW = 5
"""Conflicts and refusals that are named."""

PAGES = 100
"""Characters of a page's title in such a list."""


def undo_button(revision: int) -> InlineKeyboardButton:
    """Return the button that takes a revision back."""
    return button(_("Undo"), Undo(revision=revision))


def undone(revision: int, done: Undone) -> View:
    """Tell that a revision was taken back, but for what was changed since."""
    text = _("Change {n} is undone. This is change {by}; it can be undone too.")
    if done.conflicts:
        text = _("Undone: {done} of {of}. This is change {by}; it can be undone too.")
    said = text.format(n=revision, done=done.done, of=done.of, by=done.revision)
    return View(
        paragraphs(said, _conflicts(done.conflicts)), keyboard([[undo_button(done.revision)]])
    )


def undone_before(revision: int, by: int) -> View:
    """Tell that a revision was taken back earlier."""
    return View(_("Change {n} was undone before, by change {by}.").format(n=revision, by=by))


def thinned(revision: int) -> View:
    """Tell that a revision cannot be taken back: what was there before is no longer known."""
    return View(
        _("Change {n} cannot be undone: what it changed is no longer kept.").format(n=revision)
    )


def cannot_undo(revision: int, conflicts: Sequence[Conflict]) -> View:
    """Tell that all that a revision changed was changed since."""
    text = paragraphs(
        _("Change {n} is not undone: what it touched was changed later.").format(n=revision),
        _conflicts(conflicts),
        _("Undo the later changes first (/history)."),
    )
    return View(text)


def _conflicts(conflicts: Sequence[Conflict]) -> str:
    named = [f"— {_conflict(each)}" for each in conflicts[:FEW]]
    return lines(*named, and_more(len(conflicts) - FEW))


def _conflict(conflict: Conflict) -> str:
    names = list(dict.fromkeys(map(field_name, conflict.fields)))
    fields = ", ".join(f"«{plain(name, 60)}»" for name in names)
    said = {
        "changed": _("“{title}” was changed later"),
        "gone": _("“{title}” is there no longer"),
        "back": _("“{title}” is there again"),
        "taken": _("there is another place called “{title}”"),
        "needed": _("other pages refer to “{title}”"),
        "lacking": _("what “{title}” refers to is there no longer"),
    }[conflict.why]
    if conflict.why == "changed" and names:
        said = ngettext(
            "“{title}”: the field {fields} was changed later",
            "“{title}”: the fields {fields} were changed later",
            len(names),
        )
    return said.format(title=plain(conflict.title, PAGES), fields=fields)


def not_yours(revision: int, refusals: Sequence[str]) -> View:
    """Tell that what a revision changed is not this person's to change back, with the reasons."""
    text = paragraphs(
        _(
            "Change {n} cannot be undone by you: it touches more than what you are entrusted with."
        ).format(n=revision),
        lines(*[f"— {plain(why, 300)}" for why in refusals[:FEW]]),
    )
    return View(text)
