"""What a change did, as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aiogram.utils.i18n import gettext as _

from bot.views.editors.history import counts, kind_name
from bot.views.words import Names, action_name, clock
from directory.change_history import ToldChange
from directory.file.writers import Sheet
from directory.model import Revision
from directory.translation import say

WHOLE = 5_000
"""Records up to which the fields of new pages are listed, too: a sheet has a million rows."""

SheetRow = tuple[str, ...]
"""A row of the sheet of records."""

_WIDTHS = (34, 44, 20, 26, 46, 46)
"""Of the columns, in characters."""


def file_name(revision: Revision) -> str:
    """Name the workbook."""
    return _("change {n}.xlsx").format(n=revision.id)


def sheets(revision: Revision, rows: Sequence[SheetRow], names: Names) -> list[Sheet]:
    """Return the sheets: every record with its fields before and after, and the change itself."""
    header = (_("Code"), _("Title"), _("What became of it"), _("Field"), _("Before"), _("After"))
    widths = dict(zip(header, _WIDTHS, strict=True))
    about = (_("About the change"), "")
    return [
        Sheet(_("Pages and fields"), header, rows, widths),
        Sheet(_("The change"), about, list(_about(revision, names)), {about[0]: 26, about[1]: 60}),
    ]


def rows_of(change: ToldChange, *, whole: bool) -> Iterator[SheetRow]:
    """Return a row a field; of a new or removed page one alone, unless the change is listed
    `whole`."""
    code = change.key if change.entity == "page" else ""
    begin = (code, change.title, kind_name(change))
    if not change.fields or (not whole and change.kind in ("created", "removed")):
        yield (*begin, "", "", "")
        return
    for field in change.fields:
        yield (*begin, field.name, field.before, field.after)


def _about(revision: Revision, names: Names) -> Iterator[tuple[str, str]]:
    origin = revision.origin
    yield _("Change"), str(revision.id)
    yield _("What was done"), action_name(origin.action)
    yield _("When"), clock(revision.at)
    yield _("Who"), _("the command line") if origin.actor is None else str(origin.actor)
    if name := names.get(origin.actor or 0):
        yield _("Name"), name
    if origin.file:
        yield _("File"), origin.file
    if origin.note:
        yield _("Details"), say(origin.note)
    yield _("Pages"), counts(revision)
    if revision.undone_by:
        yield _("Undone by change"), str(revision.undone_by)
