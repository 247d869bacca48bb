"""Taking a page out of the directory as editors see it."""

from __future__ import annotations

from aiogram.utils.i18n import gettext as _

from bot.buttons import Quarantine, Remove, Undo, WhyRemove
from bot.views.text import bold
from bot.views.view import Row, View, button, keyboard, paragraphs
from directory.model import Page


def reasons(page: Page) -> View:
    """For which reason?"""
    labels: dict[WhyRemove, str] = {
        "mistake": _("It was entered by mistake"),
        "twice": _("It stands twice"),
        "foreign": _("It is no authority and no institution"),
    }
    rows: list[Row] = [
        [button(label, Remove(page=page.id, why=why))] for why, label in labels.items()
    ]
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
    """It is out."""
    text = paragraphs(
        bold(_("Taken out of the directory")),
        bold(page.title),
        _("Whoever comes by an old link reads that the page is no longer in the directory."),
        _("Change {n}").format(n=revision),
    )
    return View(text, keyboard([[button(_("Undo"), Undo(revision=revision))]]))


def removed_before() -> str:
    """The notice that it is out already."""
    return _("It is taken out already.")
