"""What was done to the directory: the list of changes, one of them, and those of one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aiogram.utils.i18n import gettext as _

from bot.buttons.changes import ChangeFile, History, PageHistory, RevisionCard, RevisionScreen
from bot.buttons.citizens import Open
from bot.views.editors.undo import undo_button
from bot.views.text import bold, plain, utf16
from bot.views.view import Row, Screen, View, button, keyboard, lines, pager, paragraphs
from bot.views.words import Names, action_name, and_more, moment, who
from directory.change_history import FieldChange, ToldChange
from directory.model import Page, Revision
from directory.translation import say

FEW = 5
"""Records on a screen of what a change did, and changes on one of what was done to a page."""

_VALUE, _FIELDS = 120, 480
"""Characters of a field's value, and of all that is told of one record: five fit in a message."""

_TITLE = 100
"""Characters of a page's title in such a list."""

OnlyPages = Mapping[int, tuple[str, str]]
"""Id and title of the page of each change that touched one alone."""


def history(shown: Sequence[Revision], at: Screen, names: Names, only: OnlyPages) -> View:
    """Show a screen of the changes, the newest first."""
    if not shown:
        return View(_("Nothing was changed yet."))
    listed = [_line(revision, names, only.get(revision.id)) for revision in shown]
    text = paragraphs(bold(_("Changes of the directory")), *listed, at.title)
    rows = [
        [button(_name(revision, only.get(revision.id)), RevisionCard(revision=revision.id))]
        for revision in shown
    ]
    return View(text, keyboard([*rows, pager(at, lambda n: History(n=n))]))


def revision_card(revision: Revision, done: Sequence[ToldChange], at: Screen, names: Names) -> View:
    """Show one change: a screen of what it did to which record, and the button that takes it
    back."""
    told = [
        lines(f"{n}. {bold(each.title, _TITLE)}{_kind(each)}", *_fields(each))
        for n, each in enumerate(done, at.start + 1)
    ]
    text = paragraphs(_line(revision, names), *told, at.title)
    rows: list[Row] = [
        [button(f"{n}. {each.title}", Open(page=each.key))]
        for n, each in enumerate(done, at.start + 1)
        if each.entity == "page" and each.kind != "removed"
    ]
    rows.append(pager(at, lambda n: RevisionScreen(revision=revision.id, n=n)))
    rows.append([button(_("Get it as a file"), ChangeFile(revision=revision.id))])
    if revision.undone_by is None:
        rows[-1].append(undo_button(revision.id))
    rows.append([button(_("All changes"), History(n=0))])
    return View(text, keyboard(rows))


def page_history(page: Page, shown: Sequence[ToldChange], at: Screen, names: Names) -> View:
    """Show a screen of what was changed on a page, the newest first."""
    heading = lines(_("What was changed on this page"), bold(page.title))
    text = paragraphs(heading, *(_of_page(change, names) for change in shown), at.title)
    rows: list[Row] = [
        [button(_title(each.revision), RevisionCard(revision=each.revision.id))] for each in shown
    ]
    rows.append(pager(at, lambda n: PageHistory(page=page.id, n=n)))
    rows.append([button(_("Open: {title}").format(title=page.title), Open(page=page.id))])
    return View(text, keyboard(rows))


def kind_name(change: ToldChange) -> str:
    """Return what became of a record, in a word or two."""
    if change.entity != "page":
        return {"territory": _("territory"), "category": _("sphere")}[change.entity]
    return {
        "created": _("new page"),
        "changed": _("changed"),
        "removed": _("removed"),
        "retired": _("left the directory"),
        "returned": _("came back"),
    }[change.kind]


def _kind(change: ToldChange) -> str:
    return "" if change.kind == "changed" and change.entity == "page" else f" — {kind_name(change)}"


def _fields(change: ToldChange) -> list[str]:
    """Return a line a field, as many as there is room for."""
    if change.is_foreign:
        return [_("outside your rights")]
    if change.is_thinned:
        return [_("what was changed is no longer kept")]
    told: list[str] = []
    left = _FIELDS
    fields = [each for each in change.fields if each.field != "title" or change.kind == "changed"]
    for field in fields:
        line = _field(field, change)
        left -= utf16(line)
        if left < 0 and told:
            break
        told.append(line)
    return [*told, and_more(len(fields) - len(told))]


def _field(field: FieldChange, change: ToldChange) -> str:
    before, after = (plain(side, _VALUE) for side in (field.before, field.after))
    value = f"{before or '—'} → {after or '—'}"
    if change.kind in ("created", "removed"):
        value = after or before
    return f"— {plain(field.name, 60)}: {value}"


def _of_page(change: ToldChange, names: Names) -> str:
    origin = change.revision.origin
    whole = change.kind in ("created", "removed")
    return lines(
        f"<b>{_title(change.revision)}</b>, {moment(change.revision.at)}",
        who(origin.actor, names),
        plain(origin.file, 100),
        kind_name(change) if change.kind != "changed" else "",
        *([] if whole and not change.is_thinned else _fields(change)),
    )


def _title(revision: Revision) -> str:
    return _("Change {n}: {what}").format(n=revision.id, what=action_name(revision.origin.action))


def _name(revision: Revision, only: tuple[str, str] | None) -> str:
    """Return what stands on the button of a change."""
    return f"{_title(revision)}, {only[1]}" if only and not revision.more else _title(revision)


def _line(revision: Revision, names: Names, only: tuple[str, str] | None = None) -> str:
    origin, note = revision.origin, say(revision.origin.note)
    if only and not revision.more:
        note = f"{only[1]}: {note.removeprefix(f'{only[0]}: ')}" if note else only[1]
    undoes = _("takes back change {n}").format(n=origin.undoes) if origin.undoes else ""
    gone = _("undone by change {n}").format(n=revision.undone_by) if revision.undone_by else ""
    return lines(
        f"<b>{_title(revision)}</b>, {moment(revision.at)}",
        who(origin.actor, names),
        plain(origin.file, 100),
        plain(note, 160),
        undoes,
        counts(revision),
        gone,
    )


def counts(revision: Revision) -> str:
    """Return how many pages became what; empty where there are none."""
    changed = revision.changed - revision.retired - revision.returned + revision.more
    said = [
        (_("new: {n}"), revision.created),
        (_("changed: {n}"), changed),
        (_("left the directory: {n}"), revision.retired + revision.removed),
        (_("came back: {n}"), revision.returned),
    ]
    return ", ".join(text.format(n=n) for text, n in said if n)
