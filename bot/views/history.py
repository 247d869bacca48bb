"""Revisions: their list, and what one of them changed."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from bot.buttons import History, RevisionCard, Undo
from bot.views.text import bold, plain
from bot.views.view import Screen, View, button, keyboard, lines, pager, paragraphs
from bot.views.words import moment
from directory.model import Action, Change, Revision

FEW = 5
"""Pages of each kind that are named, of those that were changed."""

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


def revision_card(revision: Revision, first: Sequence[Change]) -> View:
    """One revision: the first pages of each kind, and the button that takes it back."""
    new = [change for change in first if change.before is None]
    removed = [change for change in first if change.after is None]
    changed = [change for change in first if change.before and change.after]
    text = paragraphs(
        _line(revision),
        _named(_("New"), new, revision.created),
        _named(_("Changed"), changed, revision.changed),
        _named(_("Removed"), removed, revision.removed),
    )
    rows = [[undo_button(revision.id)]] if revision.undone_by is None else []
    return View(text, keyboard([*rows, [button(_("All changes"), History(n=0))]]))


def undo_button(revision: int) -> InlineKeyboardButton:
    """The button that takes a revision back."""
    return button(_("Undo"), Undo(revision=revision))


def undone(revision: int, by: int) -> View:
    """A revision was taken back."""
    text = _("Change {n} is undone. This is change {by}; it can be undone too.")
    return View(text.format(n=revision, by=by), keyboard([[undo_button(by)]]))


def undone_before(revision: Revision) -> View:
    """A revision was taken back earlier."""
    text = _("Change {n} was undone before, by change {by}.")
    return View(text.format(n=revision.id, by=revision.undone_by))


def cannot_undo(revision: int, titles: Sequence[str]) -> View:
    """What a revision changed was changed since: the question whether to undo the rest."""
    more = len(titles) - FEW
    text = paragraphs(
        _("Change {n} is not undone: what it touched was changed later.").format(n=revision),
        lines(
            *[f"— {plain(title, PAGES)}" for title in titles[:FEW]],
            ngettext("and {n} more", "and {n} more", more).format(n=more) if more > 0 else "",
        ),
        _("Undo the later changes first (/history), or all the rest of this one."),
    )
    return View(text, keyboard([[button(_("Undo the rest"), Undo(revision=revision, rest=True))]]))


def not_yours(revision: int, refusals: Sequence[str]) -> View:
    """What a revision changed is not this person's to change back; the reasons are in Russian."""
    text = paragraphs(
        f"Изменение {revision} откатить нельзя: оно касается не только того, что вам поручено.",
        lines(*[f"— {plain(why, 300)}" for why in refusals[:FEW]]),
    )
    return View(text)


def no_revision(revision: int) -> View:
    """There is no such revision."""
    return View(_("There is no change {n}.").format(n=revision))


def _named(heading: str, first: Sequence[Change], count: int) -> str:
    """The titles of the first of `count` changed pages under a heading, empty for none."""
    if not count:
        return ""
    titles = [plain((c.after or c.before or {})["title"], PAGES) for c in first]
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
        Action.UNDO: _("undo"),
    }[action]
