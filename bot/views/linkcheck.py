"""What the check of links tells owners and editors."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.i18n import gettext as _

from bot.buttons import Open
from bot.views.text import anchor, bold, code
from bot.views.view import SCREEN, View, button, keyboard, lines, paragraphs
from directory import links
from directory.links.outcome import Replaced
from directory.model import Page
from directory.store.checks import Trouble


def troubled(found: Sequence[tuple[Page, Trouble]]) -> View:
    """The links that do not open or lead elsewhere, the first of them when they are many."""
    if not found:
        return View(_("All links that were checked open."))
    shown = found[:SCREEN]
    more = len(found) - len(shown)
    text = paragraphs(
        bold(_("Check these links: {n}").format(n=len(found))),
        _(
            "They do not open or lead to another page. They do not disappear by themselves: "
            "correct or hide them."
        ),
        *(
            lines(f"{n}. {bold(page.title, 120)}", _words(trouble))
            for n, (page, trouble) in enumerate(shown, 1)
        ),
        _("And {n} more: they come up here when these are corrected.").format(n=more)
        if more
        else "",
    )
    return View(
        text,
        keyboard(
            [button(_("{n}. Card").format(n=n), Open(page=page.id))]
            for n, (page, _trouble) in enumerate(shown, 1)
        ),
    )


def replaced(what: Replaced, pages: Sequence[Page]) -> View:
    """The alarm: a nick belongs to another account now, and its link is hidden."""
    text = paragraphs(
        bold(_("A nick belongs to another account now")),
        _(
            "{link}: it was No. {was}, it is No. {now} now. The link is hidden on these pages:"
        ).format(link=code(links.label(what.link)), was=what.was, now=what.now),
        lines(*(f"{bold(page.title, 120)} {code(page.id)}" for page in pages[:SCREEN])),
        _("If the new account is official too, the card can bring the link back."),
    )
    rows = [[button(page.title, Open(page=page.id))] for page in pages[:SCREEN]]
    return View(text, keyboard(rows))


def _words(trouble: Trouble) -> str:
    link = anchor(links.url(trouble.link), links.label(trouble.link))
    if trouble.moved_to:
        return _("{link} leads to {other}").format(link=link, other=code(trouble.moved_to))
    return _("{link} does not open, days in a row: {days}").format(
        link=link, days=trouble.failing_days
    )
