"""What a file would change: the preview, with the buttons that decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from bot.buttons.changes import DecideImport, ReadAs, Reread
from bot.views.editors.imports_ask import cancel, column_line, other_sheets
from bot.views.text import bold, plain, utf16
from bot.views.view import Row, View, button, keyboard, lines, paragraphs
from bot.views.words import and_more
from directory.file.columns import HEADERS, REMARKS
from directory.file.placeholders import CLEAR
from directory.imports.headers import title
from directory.imports.merge import Mode
from directory.imports.reading import OFF
from directory.imports.summary import PROBLEMS, Some, Summary
from directory.territories import Territories
from directory.translation import quoted, say

_NOTE, _TITLE, _VALUE, _PROBLEM = 150, 80, 60, 220
"""UTF-16 units of a note, of a page's name, of a field's value and of a problem."""

_COLUMNS = 8
"""Columns of a file of which it is told how they are read."""

_NOTES = 6
"""Notes on the reading that are shown."""

_UNITS = 3700
"""UTF-16 units of a preview: Telegram's 4096 less what may be said above it."""

_CHANGED_UNITS, _PROBLEMS_UNITS = 1000, 2000
"""UTF-16 units of all that changes, and of all problems, when what stands above leaves the room."""


def preview(summary: Summary, number: str, sheets: Sequence[str], territories: Territories) -> View:
    """Show what the file would change, with the buttons that decide; `number` is the waiting
    file's.

    `sheets` are all that could be read instead. Without anything to decide there are no buttons.
    """
    before = paragraphs(
        lines(f"<b>{_taken_for(summary)}</b>", _heading(summary)),
        _whole(summary, territories),
        _columns(summary),
        counts(summary),
        _places(summary),
        _named(_("New"), summary.new),
        _named(_("To leave the directory"), summary.retired),
        _("The file changes nothing.") if summary.is_empty else "",
    )
    room = _UNITS - utf16(before)
    changed = _changed(summary, min(room, _CHANGED_UNITS))
    problems = _problems(summary, min(room - utf16(changed), _PROBLEMS_UNITS))
    text = paragraphs(before, changed, *problems)
    rows = [*_apply_buttons(summary, number), *_other_ways(summary, number, sheets)]
    if rows and summary.is_empty:
        rows.append([cancel(number)])
    return View(text, keyboard(rows))


def _taken_for(summary: Summary) -> str:
    """Return what the file was taken for."""
    if summary.kind == "territories":
        return ngettext(
            "List of territories: {n}", "List of territories: {n}", summary.rows
        ).format(n=summary.rows)
    return ngettext(
        "List of pages: {n} body, with a link: {links}",
        "List of pages: {n} bodies, with a link: {links}",
        summary.rows,
    ).format(n=summary.rows, links=summary.with_links)


def _columns(summary: Summary) -> str:
    """Return how the columns are read: those that are, each in a line, and the others in one."""
    taken = [one for one in summary.readings if one.column]
    others = [plain(quoted([title(one.header)]), 40) for one in summary.readings if not one.column]
    unread = _("Not read: {columns}").format(columns=", ".join(others[:_COLUMNS]))
    return lines(
        *[f"— {column_line(one)}" for one in taken[:_COLUMNS]],
        and_more(len(taken) - _COLUMNS),
        f"{unread} {and_more(len(others) - _COLUMNS)}".rstrip() if others else "",
    )


def _apply_buttons(summary: Summary, number: str) -> list[Row]:
    """«Применить», which says what it leaves out, and «Отменить»; none where it does nothing."""
    if summary.is_empty:
        return []
    if summary.bad_rows:
        good = summary.new.all + summary.changed.all
        words = _("Apply {n} without {bad}").format(n=good, bad=summary.bad_rows)
        return [
            [button(words, DecideImport(id=number, apply=True, partial=True))],
            [cancel(number)],
        ]
    return [[button(_("Apply"), DecideImport(id=number, apply=True))], [cancel(number)]]


def _other_ways(summary: Summary, number: str, sheets: Sequence[str]) -> list[Row]:
    """To read the file otherwise: a column, another sheet, or as a whole list."""
    rows: list[Row] = []
    if summary.needs_region:
        rows.append([button(_("Yes, these regions are right"), Reread(id=number, what="regions"))])
    if summary.foreign_ids:
        ids = next(n for n, one in enumerate(summary.readings) if one.column == "id")
        words = _("The codes are others: do not read them")
        rows.append([button(words, ReadAs(id=number, n=ids, column=OFF))])
    if any(one.header != HEADERS.get(one.column) for one in summary.readings):
        rows.append([button(_("Columns"), Reread(id=number, what="columns"))])
    rows += other_sheets(number, sheets, summary.sheet)
    if summary.mode is not Mode.UPDATE:
        rows.append([button(_("Only add and change"), Reread(id=number, what="update"))])
    elif summary.kind == "pages" and summary.missing:
        rows.append([button(_("Replace the whole list"), Reread(id=number, what="replace"))])
    if summary.mode is Mode.UPDATE and summary.knows_pages:
        rows.append([button(_("Only confirm these pages"), Reread(id=number, what="confirm"))])
    return rows


def _whole(summary: Summary, territories: Territories) -> str:
    """Of what the file is taken for the whole list."""
    if summary.mode is Mode.CONFIRM:
        return _(
            "Pages of which the file says what the directory says will be confirmed as right "
            "today. Nothing else will change."
        )
    if summary.mode is not Mode.REPLACE:
        return ""
    told = _("The file replaces the whole list: {scope}. An empty cell clears.")
    return told.format(scope=bold(summary.scope.words(territories)))


def _heading(summary: Summary) -> str:
    read = [summary.encoding or "", _separator(summary.delimiter)]
    sheet = _("sheet “{name}”").format(name=plain(summary.sheet, 60)) if summary.sheet else ""
    how = ", ".join(part for part in (sheet, *map(plain, read)) if part)
    rows = ngettext("{n} row", "{n} rows", summary.rows).format(n=summary.rows)
    # The first note says how the file was read, as this line does.
    notes = _notes(summary.notes[1:])
    return lines(bold(summary.file, 100), f"{rows}; {how}" if how else rows, *notes)


def _separator(delimiter: str | None) -> str:
    if delimiter is None:
        return ""
    return _("separator {sign}").format(sign=_("TAB") if delimiter == "\t" else quoted([delimiter]))


def _notes(notes: Sequence[str]) -> list[str]:
    shown = [plain(note, _NOTE) for note in notes[:_NOTES]]
    return [*shown, and_more(len(notes) - _NOTES)]


def counts(summary: Summary) -> str:
    """Return how many pages are new, change and stay, and what of the file counts for nothing."""
    return lines(
        _("New: {new}, to change: {changed}, as they are: {unchanged}").format(
            new=summary.new.all, changed=summary.changed.all, unchanged=summary.unchanged
        ),
        _skipped(summary),
        _missing(summary),
        _empty_cells(summary),
    )


def _skipped(summary: Summary) -> str:
    told = ", ".join(f"{plain(why, 60)} — {count}" for why, count in summary.skipped)
    return _("Rows passed over: {rows}").format(rows=told) if told else ""


def _empty_cells(summary: Summary) -> str:
    if not summary.empty_cells or summary.mode is Mode.REPLACE:
        return ""
    return _("Empty cells: {n}, they erase nothing; the word “{word}” does").format(
        n=summary.empty_cells, word=say(CLEAR)
    )


def _missing(summary: Summary) -> str:
    if summary.mode is Mode.REPLACE:
        n, of = summary.retired.all, summary.retirable
        return _("Not in the file and to leave the directory: {n} of {of}").format(n=n, of=of)
    if summary.missing:
        return _("Not in the file: {n}, they stay").format(n=summary.missing)
    return ""


def _places(summary: Summary) -> str:
    return lines(
        _named(_("New territories"), summary.places), _named(_("New spheres"), summary.categories)
    )


def _changed(summary: Summary, units: int) -> str:
    """Return the first few changed pages, field by field as far as there is room."""
    shown = []
    for name, (count, fields) in zip(summary.changed.first, summary.altered, strict=True):
        page = [f"— {plain(name, _TITLE)}"]
        page += [
            f"   {header}: {_value(before)} → {_value(after)}" for header, before, after in fields
        ]
        page.append(and_more(count - len(fields)))
        units -= utf16(lines(*page))
        shown += page if units > 0 else page[:1]
    return _under(_("To change"), summary.changed, shown)


def _value(text: str) -> str:
    return plain(text, _VALUE) if text else "—"


def _named(heading: str, some: Some) -> str:
    """Return the first few names under a heading, empty when there are none."""
    return _under(heading, some, [f"— {plain(name, _TITLE)}" for name in some.first])


def _under(heading: str, some: Some, shown: Sequence[str]) -> str:
    if not some.all:
        return ""
    return lines(f"{heading} ({some.all}):", *shown, and_more(some.all - len(some.first)))


def _problems(summary: Summary, units: int) -> list[str]:
    """Return the refused rows, and with the room that is left the warnings."""
    refused = _listed(summary.refused.first, PROBLEMS, units)
    left = PROBLEMS - len(refused)
    mistakes, check = _("Rows with mistakes"), _("Please check")
    warnings = _listed(summary.warnings.first, left, units - sum(map(utf16, refused)))
    return [
        lines(
            f"<b>{mistakes} ({summary.bad_rows}):</b>",
            *refused,
            and_more(summary.refused.all - len(refused)),
            _(
                "The attached file has them all, in the column “{column}”: mend it and send it"
                " back."
            ).format(column=say(REMARKS)),
        )
        if summary.refused.all
        else "",
        lines(
            f"{check} ({summary.warnings.all}):",
            *warnings,
            and_more(summary.warnings.all - len(warnings)),
        )
        if summary.warnings.all
        else "",
    ]


def _listed(problems: Iterable[str], most: int, units: int) -> list[str]:
    """Return as many of the problems as there is room for."""
    shown: list[str] = []
    for problem in problems:
        line = f"— {plain(problem, _PROBLEM)}"
        units -= utf16(line)
        if len(shown) == most or units < 0:
            break
        shown.append(line)
    return shown
