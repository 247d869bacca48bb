"""What a file would change, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from bot.callbacks import Pending, Reread
from bot.views.history import undo_button
from bot.views.imports_ask import cancel, other_sheets, scope_words
from bot.views.text import bold, plain, utf16
from bot.views.view import Row, View, button, keyboard, lines, paragraphs
from directory.imports.merge import Mode
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


def preview(plan: Plan, number: str, sheets: Sequence[str]) -> View:
    """What the file would change, with the buttons that decide; `number` is the waiting file's.

    `sheets` are all that could be read instead. Without anything to decide there are no buttons.
    """
    text = paragraphs(
        _heading(plan),
        _whole(plan),
        _counts(plan),
        _places(plan),
        *_edits(plan),
        *_problems(plan),
        _("The file changes nothing.") if plan.is_empty else "",
    )
    rows = [*_apply_buttons(plan, number), *_other_ways(plan, number, sheets)]
    if rows and plan.is_empty:
        rows.append([cancel(number)])
    return View(text, keyboard(rows))


def refused(plan: Plan, number: str, sheets: Sequence[str]) -> View:
    """«Применить» for a file with mistakes: nothing is done without a word on its good rows."""
    told = _("Nothing is changed: the file has rows with mistakes.")
    how = _("Mend them and send the file again, or apply it without them.")
    view = preview(plan, number, sheets)
    rows = [*_apply_buttons(plan, number)[1:], *_other_ways(plan, number, sheets)]
    return View(paragraphs(lines(f"<b>{told}</b>", how), view.text), keyboard(rows))


def is_long(plan: Plan) -> bool:
    """Whether the preview names only a part of what the plan holds."""
    kinds = (plan.new, plan.changed, plan.retired, plan.created_places, plan.categories)
    return max(map(len, kinds)) > FEW or len(plan.refused) + len(plan.warnings) > PROBLEMS


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


def _apply_buttons(plan: Plan, number: str) -> list[Row]:
    """«Применить», the same without the bad rows when there are such, and «Отменить»."""
    if plan.is_empty:
        return []
    rows = [[button(_("Apply"), Pending(id=number, apply=True))]]
    if plan.refused:
        bad = len({problem.row for problem in plan.refused})
        words = _("Apply without the rows with mistakes ({n})").format(n=bad)
        rows.append([button(words, Pending(id=number, apply=True, partial=True))])
    return [*rows, [cancel(number)]]


def _other_ways(plan: Plan, number: str, sheets: Sequence[str]) -> list[Row]:
    """To read another sheet, or to take the file for a whole list."""
    rows = other_sheets(number, sheets, plan.sheet)
    if plan.mode is Mode.REPLACE:
        rows.append([button(_("Only add and change"), Reread(id=number, what="update"))])
    elif plan.kind == "pages" and plan.missing:
        rows.append([button(_("Replace the whole list"), Reread(id=number, what="replace"))])
    return rows


def _whole(plan: Plan) -> str:
    """Of what the file is taken for the whole list."""
    if plan.mode is not Mode.REPLACE:
        return ""
    told = _("The file replaces the whole list: {scope}. An empty cell clears.")
    return told.format(scope=bold(scope_words(plan.scope, plan.territories)))


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
        _missing(plan),
    )


def _missing(plan: Plan) -> str:
    if plan.mode is Mode.REPLACE:
        n, of = len(plan.retired), plan.retirable
        return _("Not in the file and to be closed: {n} of {of}").format(n=n, of=of)
    if plan.missing:
        return _("Not in the file: {n}, they stay").format(n=plan.missing)
    return ""


def _places(plan: Plan) -> str:
    places = [plan.path(territory.id) for territory in plan.created_places]
    return lines(
        _named(_("New territories"), places), _named(_("New spheres"), list(plan.categories))
    )


def _edits(plan: Plan) -> list[str]:
    return [
        _named(_("New"), [_title(edit) for edit in plan.new]),
        _named(_("To change"), [_title(edit) for edit in plan.changed]),
        _named(_("To close"), [_title(edit) for edit in plan.retired]),
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
    mistakes, check = _("Rows with mistakes"), _("Please check")
    warnings = _listed(plan.warnings, left, _PROBLEMS_UNITS - sum(map(utf16, refused)))
    return [
        lines(
            f"<b>{mistakes} ({len(plan.refused)}):</b>",
            *refused,
            _more(len(plan.refused) - len(refused)),
            _(
                "The attached file has them all, in the column “Что исправить”: mend it and send"
                " it back."
            ),
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
