"""What a file would change, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from bot.callbacks import Pending
from bot.views.history import undo_button
from bot.views.text import bold, plain, utf16
from bot.views.view import View, button, keyboard, lines, paragraphs
from directory.imports.outcome import Edit, Plan
from directory.imports.problems import Problem
from directory.model import Page, Territory

FEW = 5
"""Pages of each kind that a preview names."""

PROBLEMS = 20
"""Problems that a preview names."""

_TITLE, _PROBLEM = 90, 220
_PROBLEMS_UNITS = 2000
"""UTF-16 units for all problems together: with the pages they must fit into one message."""


def ask_file() -> View:
    """What /import answers."""
    text = paragraphs(
        _("Send me a CSV or XLSX file: one row a page, the headers as in the export (/export)."),
        _("I shall show what it would change. Nothing changes before you press “Apply”."),
    )
    return View(text)


def preview(plan: Plan, number: str) -> View:
    """What the file would change, with the buttons that decide; `number` is the waiting file's."""
    text = paragraphs(_heading(plan), _counts(plan), _places(plan), *_edits(plan), *_problems(plan))
    rows = [
        [button(_("Apply"), Pending(id=number, apply=True))],
        [button(_("Cancel"), Pending(id=number, apply=False))],
    ]
    return View(text, keyboard(rows))


def changes_nothing(plan: Plan) -> View:
    """A file from which there is nothing to apply."""
    nothing = _("The file changes nothing.")
    return View(paragraphs(_heading(plan), _counts(plan), *_problems(plan), nothing))


def changed_meanwhile(view: View) -> View:
    """A new preview, since the directory has changed since the last one."""
    told = _("The directory has changed since, so nothing is applied yet. Please look again.")
    return View(paragraphs(f"<b>{told}</b>", view.text), view.keyboard)


def applied(plan: Plan, revision: int) -> View:
    """The file is applied."""
    text = paragraphs(
        _("Applied: {file}. This is change {n}.").format(file=bold(plan.file, 100), n=revision),
        _counts(plan),
        _("The pages can be found in a few seconds."),
    )
    return View(text, keyboard([[undo_button(revision)]]))


def nothing_to_apply() -> View:
    """The file agrees with the directory by now."""
    return View(_("The directory is already as the file says: nothing to apply."))


def cancelled() -> View:
    """The file is dropped."""
    return View(_("Cancelled: the directory is as it was."))


def decided_before() -> View:
    """The file was decided on, or waited too long."""
    return View(
        _("This file was decided on already, or waited for more than a week. Send it again.")
    )


def unreadable(file: str, why: str) -> View:
    """The file cannot be read."""
    text = _("The file {file} cannot be read.").format(file=bold(file, 100))
    return View(paragraphs(text, plain(why, 1000)))


def too_big() -> View:
    """Telegram does not give the file to bots."""
    return View(
        _("The file is larger than 20 MB, which Telegram does not pass to bots. Send it in parts.")
    )


def _heading(plan: Plan) -> str:
    read = [plan.encoding or "", _separator(plan.delimiter)]
    sheet = _("sheet “{name}”").format(name=plain(plan.sheet, 60)) if plan.sheet else ""
    how = ", ".join(part for part in (sheet, *map(plain, read)) if part)
    rows = ngettext("{n} row", "{n} rows", plan.rows).format(n=plan.rows)
    return lines(bold(plan.file, 100), f"{rows}; {how}" if how else rows, *_notes(plan.notes))


def _separator(delimiter: str | None) -> str:
    if delimiter is None:
        return ""
    return _("separator {sign}").format(sign=_("TAB") if delimiter == "\t" else f"«{delimiter}»")


def _notes(notes: Sequence[str]) -> list[str]:
    return [plain(note, 200) for note in notes[:FEW]]


def _counts(plan: Plan) -> str:
    return lines(
        _("New: {new}, to change: {changed}, as they are: {unchanged}").format(
            new=len(plan.new), changed=len(plan.changed), unchanged=plan.unchanged
        ),
        _("Not in the file: {n}, they stay").format(n=plan.missing) if plan.missing else "",
    )


def _places(plan: Plan) -> str:
    places = [plan.path(territory.id) for territory in plan.created_places]
    return lines(
        _named(_("New territories"), places), _named(_("New spheres"), list(plan.categories))
    )


def _edits(plan: Plan) -> list[str]:
    return [
        _named(_("New"), [_title(edit) for edit in plan.new]),
        _named(_("To change"), [_title(edit) for edit in plan.changed]),
    ]


def _title(edit: Edit[Page] | Edit[Territory]) -> str:
    return edit.after.title if isinstance(edit.after, Page) else edit.after.name


def _named(heading: str, names: Sequence[str]) -> str:
    """The first few names under a heading, empty when there are none."""
    if not names:
        return ""
    shown = [f"— {plain(name, _TITLE)}" for name in names[:FEW]]
    return lines(f"{heading} ({len(names)}):", *shown, _more(len(names) - len(shown)))


def _problems(plan: Plan) -> list[str]:
    """The refused rows, and with the room that is left the warnings."""
    refused = _listed(plan.refused, PROBLEMS, _PROBLEMS_UNITS)
    left = PROBLEMS - len(refused)
    left_out, check = _("Rows with mistakes are left out"), _("Please check")
    warnings = _listed(plan.warnings, left, _PROBLEMS_UNITS - sum(map(utf16, refused)))
    return [
        lines(
            f"<b>{left_out} ({len(plan.refused)}):</b>",
            *refused,
            _more(len(plan.refused) - len(refused)),
        )
        if plan.refused
        else "",
        lines(
            f"{check} ({len(plan.warnings)}):",
            *warnings,
            _more(len(plan.warnings) - len(warnings)),
        )
        if plan.warnings
        else "",
    ]


def _listed(problems: Iterable[Problem], most: int, units: int) -> list[str]:
    """As many of the problems as there is room for."""
    shown: list[str] = []
    for problem in problems:
        line = f"— {plain(problem.text, _PROBLEM)}"
        units -= utf16(line)
        if len(shown) == most or units < 0:
            break
        shown.append(line)
    return shown


def _more(n: int) -> str:
    return ngettext("and {n} more", "and {n} more", n).format(n=n) if n > 0 else ""
