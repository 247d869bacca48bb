"""Taking a page out of the directory as editors see it."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton
from aiogram.utils.i18n import gettext as _

from bot.buttons.changes import RevisionCard
from bot.buttons.citizens import Open
from bot.buttons.trust import BringBack, GoneList, Quarantine, Remove, SameAs, WhyRemove
from bot.views.editors.undo import undo_button
from bot.views.text import bold, code, plain
from bot.views.view import Row, Screen, View, button, keyboard, lines, pager, paragraphs
from bot.views.words import Names, action_name, moment, who
from directory.model import Page, Revision
from directory.store.gone import GonePage
from directory.translation import say

Gone = tuple[GonePage, Revision]
"""A page that left the directory, and the change that took it out."""


def reasons(page: Page) -> View:
    """Ask for the reason."""
    labels: dict[WhyRemove, str] = {
        "mistake": _("It was entered by mistake"),
        "foreign": _("It is no authority and no institution"),
    }
    rows: list[Row] = [
        [button(label, Remove(page=page.id, why=why))] for why, label in labels.items()
    ]
    rows.append([button(_("It stands twice: merge…"), SameAs(page=page.id))])
    rows.append([button(_("← Do not take out"), Quarantine(page=page.id))])
    text = paragraphs(
        bold(_("Take the page out of the directory?")),
        bold(page.title),
        _(
            "For entries that are wrong. If the body is no more, set its status to “closed”"
            " instead: people then see what stands in its place."
        ),
    )
    return View(text, keyboard(rows))


def removed(page: Page, revision: int) -> View:
    """Tell that the page is taken out."""
    text = paragraphs(
        bold(_("Taken out of the directory")),
        bold(page.title),
        _("Whoever comes by an old link reads that the page is no longer in the directory."),
        _("Change {n}").format(n=revision),
    )
    return View(text, keyboard([[undo_button(revision)]]))


def gone_list(found: Sequence[Gone], at: Screen, names: Names) -> View:
    """List what left the directory, the items of one screen: by whom, when, why, and the way
    back."""
    if not found:
        return View(_("Nothing has left the directory."))
    numbered = list(enumerate(found, at.start + 1))
    items = [
        lines(f"{n}. {bold(page.page.title, 150)}", *_taken_out(by, names))
        for n, (page, by) in numbered
    ]
    rows: list[Row] = [
        [
            button(f"{n}. {page.page.title}", Open(page=page.page.id)),
            _way_back(page, by, _("Bring back {n}").format(n=n)),
        ]
        for n, (page, by) in numbered
    ]
    text = paragraphs(bold(_("What was taken out")), *items, at.title)
    return View(text, keyboard([*rows, pager(at, lambda n: GoneList(n=n))]))


def gone_card(page: GonePage, by: Revision, names: Names) -> View:
    """Show a page that left the directory, for those who may bring it back."""
    text = paragraphs(
        bold(page.page.title),
        _("This page is not in the directory any more."),
        lines(*_taken_out(by, names)),
        lines(_("Code: {code}").format(code=code(page.page.id))),
    )
    rows = [
        [button(_("Change {n}").format(n=by.id), RevisionCard(revision=by.id))],
        [_way_back(page, by, _("Bring back"))],
    ]
    return View(text, keyboard(rows))


def also_gone(view: View, found: Sequence[GonePage]) -> View:
    """Add to an answer the pages that left and are called like it, for those who may bring them
    back."""
    taken = [
        [button(_("Taken out: {title}").format(title=each.page.title), Open(page=each.page.id))]
        for each in found
    ]
    return view.with_below("", *taken)


def _taken_out(by: Revision, names: Names) -> list[str]:
    origin = by.origin
    note = say(origin.note) or origin.file
    return [
        _("Taken out by {who}, {when}.").format(who=who(origin.actor, names), when=moment(by.at)),
        f"{action_name(origin.action)}: {plain(note, 150)}" if note else action_name(origin.action),
    ]


def _way_back(page: GonePage, by: Revision, label: str) -> InlineKeyboardButton:
    """Of what is not there at all only the whole change is taken back."""
    if page.is_deleted:
        return button(_("Change {n}").format(n=by.id), RevisionCard(revision=by.id))
    return button(label, BringBack(page=page.page.id))
