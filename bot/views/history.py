"""Revisions: their list, and what one of them changed."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from bot.buttons import History, Open, PageHistory, RevisionCard, Undo
from bot.views.text import bold, code, plain
from bot.views.view import Screen, View, button, keyboard, lines, pager, paragraphs
from bot.views.words import moment
from directory.model import Action, Page, Revision
from directory.page_history import PageChange, field_name
from directory.store.revisions import ChangeKind, TouchedPage
from directory.store.undo import Conflict, Undone

FEW = 5
"""Pages of each kind that are named, of those that were changed."""

FIELDS, VALUE = 12, 120
"""Fields of a change that are shown, and characters of a value."""

PAGES = 100
"""Characters of a page's title in such a list."""


def history(shown: Sequence[Revision], at: Screen) -> View:
    """A screen of the revisions, the newest first."""
    if not shown:
        return View(_("Nothing was changed yet."))
    text = paragraphs(
        bold(_("Changes of the directory")), *[_line(revision) for revision in shown], at.title
    )
    rows = [[button(_title(revision), RevisionCard(revision=revision.id))] for revision in shown]
    return View(text, keyboard([*rows, pager(at, lambda n: History(n=n))]))


def revision_card(revision: Revision, first: Sequence[TouchedPage]) -> View:
    """One revision: the first pages of each kind, and the button that takes it back."""

    def titles(kind: ChangeKind) -> list[str]:
        return [page.title for page in first if page.kind == kind]

    text = paragraphs(
        _line(revision),
        _named(_("New"), titles("created"), revision.created),
        _named(_("Changed"), titles("changed"), revision.changed),
        _named(_("Removed"), titles("removed"), revision.removed),
    )
    rows = [[undo_button(revision.id)]] if revision.undone_by is None else []
    return View(text, keyboard([*rows, [button(_("All changes"), History(n=0))]]))


def page_history(page: Page, shown: Sequence[PageChange], at: Screen) -> View:
    """A screen of what was changed on a page, the newest first."""
    heading = lines(_("What was changed on this page"), bold(page.title))
    text = paragraphs(heading, *map(_page_change, shown), at.title)
    back = [button(_("Open: {title}").format(title=page.title), Open(page=page.id))]
    rows = [pager(at, lambda n: PageHistory(page=page.id, n=n)), back]
    return View(text, keyboard(rows))


def _page_change(change: PageChange) -> str:
    origin = change.revision.origin
    actor = _("the command line") if origin.actor is None else code(str(origin.actor))
    fields = [
        f"— {plain(f.name, 60)}: {plain(f.before, VALUE) or '—'} → {plain(f.after, VALUE) or '—'}"
        for f in change.fields[:FIELDS]
    ]
    if change.kind == "created":
        fields = [_("the page was added")]
    elif change.kind == "removed":
        fields = [_("the page was removed")]
    elif change.is_thinned:
        fields = [_("what was changed is no longer kept")]
    more = len(change.fields) - FIELDS if change.kind == "changed" else 0
    return lines(
        f"{moment(change.revision.at)}, {actor}",
        f"{_title(change.revision)} {plain(origin.file, 100)}".rstrip(),
        *fields,
        ngettext("and {n} more", "and {n} more", more).format(n=more) if more > 0 else "",
    )


def undo_button(revision: int) -> InlineKeyboardButton:
    """The button that takes a revision back."""
    return button(_("Undo"), Undo(revision=revision))


def undone(revision: int, done: Undone) -> View:
    """A revision was taken back, but for what was changed since."""
    text = _("Change {n} is undone. This is change {by}; it can be undone too.")
    if done.conflicts:
        text = _("Undone: {done} of {of}. This is change {by}; it can be undone too.")
    said = text.format(n=revision, done=done.done, of=done.of, by=done.revision)
    return View(
        paragraphs(said, _conflicts(done.conflicts)), keyboard([[undo_button(done.revision)]])
    )


def undone_before(revision: int, by: int) -> View:
    """A revision was taken back earlier."""
    return View(_("Change {n} was undone before, by change {by}.").format(n=revision, by=by))


def thinned(revision: int) -> View:
    """A revision cannot be taken back: what was there before is no longer known."""
    return View(
        _("Change {n} cannot be undone: what it changed is no longer kept.").format(n=revision)
    )


def cannot_undo(revision: int, conflicts: Sequence[Conflict]) -> View:
    """All that a revision changed was changed since."""
    text = paragraphs(
        _("Change {n} is not undone: what it touched was changed later.").format(n=revision),
        _conflicts(conflicts),
        _("Undo the later changes first (/history)."),
    )
    return View(text)


def _conflicts(conflicts: Sequence[Conflict]) -> str:
    more = len(conflicts) - FEW
    return lines(
        *[f"— {_conflict(each)}" for each in conflicts[:FEW]],
        ngettext("and {n} more", "and {n} more", more).format(n=more) if more > 0 else "",
    )


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
    """What a revision changed is not this person's to change back, with the reasons."""
    text = paragraphs(
        _(
            "Change {n} cannot be undone by you: it touches more than what you are entrusted with."
        ).format(n=revision),
        lines(*[f"— {plain(why, 300)}" for why in refusals[:FEW]]),
    )
    return View(text)


def no_revision(revision: int) -> View:
    """There is no such revision."""
    return View(_("There is no change {n}.").format(n=revision))


def _named(heading: str, first: Sequence[str], count: int) -> str:
    """The titles of the first of `count` changed pages under a heading, empty for none."""
    if not count:
        return ""
    titles = [plain(title, PAGES) for title in first]
    more = count - len(titles)
    rest = ngettext("and {n} more", "and {n} more", more).format(n=more) if more else ""
    return lines(f"{heading} ({count}):", *[f"— {title}" for title in titles], rest)


def _title(revision: Revision) -> str:
    return _("Change {n}: {what}").format(n=revision.id, what=_action(revision.origin.action))


def _line(revision: Revision) -> str:
    origin = revision.origin
    counts = _("new {new}, changed {changed}, removed {removed}").format(
        new=revision.created, changed=revision.changed, removed=revision.removed
    )
    undoes = _("takes back change {n}").format(n=origin.undoes) if origin.undoes else ""
    gone = _("undone by change {n}").format(n=revision.undone_by) if revision.undone_by else ""
    return lines(
        f"<b>{_title(revision)}</b>, {moment(revision.at)}",
        plain(origin.file, 100),
        plain(origin.note, 200),
        undoes,
        counts,
        gone,
    )


def _action(action: Action) -> str:
    return {
        Action.SEED: _("the first filling"),
        Action.IMPORT: _("import"),
        Action.EDIT: _("edit"),
        Action.HIDE: _("withdrawal"),
        Action.RESTORE: _("return"),
        Action.REMOVE: _("page taken out"),
        Action.MERGE: _("territories merged"),
        Action.UNDO: _("undo"),
    }[action]
