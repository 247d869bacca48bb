"""What the check of links tells owners and editors."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.i18n import gettext as _

from bot.buttons.citizens import Open
from bot.buttons.trust import BrokenLinks, BrokenLinksFile
from bot.views.text import anchor, bold, code
from bot.views.view import (
    SCREEN,
    Screen,
    View,
    button,
    keyboard,
    lines,
    pager,
    pairs,
    paragraphs,
)
from directory import links
from directory.file.writers import Sheet
from directory.links.outcome import Replaced
from directory.model import Page
from directory.store.checks import BrokenLink
from directory.territories import Territories


def troubled(found: Sequence[tuple[Page, BrokenLink]], at: Screen) -> View:
    """Show one screen of the links that do not open or lead elsewhere."""
    if not found:
        return View(_("All links that were checked open."))
    text = paragraphs(
        bold(_("Check these links: {n}").format(n=at.total)),
        *(
            lines(f"{n}. {bold(page.title, 120)}", _words(trouble), _remedy(trouble))
            for n, (page, trouble) in enumerate(found, at.start + 1)
        ),
        at.title,
    )
    cards = [
        button(_("{n}. Card").format(n=n), Open(page=page.id))
        for n, (page, _trouble) in enumerate(found, at.start + 1)
    ]
    rows = [*pairs(cards), pager(at, lambda n: BrokenLinks(n=n))]
    return View(text, keyboard([*rows, [button(_("Get it as a file"), BrokenLinksFile())]]))


def on_card(found: Sequence[BrokenLink]) -> str:
    """Return what the card of a page tells those who may change it of its links."""
    return lines(*(f"⚠ {_words(trouble)}. {_remedy(trouble)}" for trouble in found))


def sheet(found: Sequence[tuple[Page, BrokenLink]], territories: Territories) -> Sheet:
    """Return the list as the sheet of a workbook."""
    title, where, network, address = _("Page"), _("Territory"), _("Network"), _("Link")
    what, days, checked, remedy = _("What is wrong"), _("Days"), _("Checked"), _("What to do")
    widths = {title: 45, where: 40, network: 14, address: 40, what: 40, remedy: 60}
    rows = []
    for page, trouble in found:
        url = links.url(trouble.link)
        place = ", ".join(t.name for t in reversed(territories.path(page.territory)))
        wrong = _("does not open")
        if trouble.moved_to:
            wrong = _("leads to {other}").format(other=trouble.moved_to)
        names = (page.title, place, links.platform_name(trouble.link), url, wrong)
        when = f"{trouble.last_checked:%d.%m.%Y}"
        rows.append((*names, str(trouble.failing_days), when, _remedy(trouble), page.id))
    header = (title, where, network, address, what, days, checked, remedy, _("Code"))
    return Sheet(
        _("Broken links"),
        header,
        rows,
        widths,
        frozenset({days}),
        {(n, 3): row[3] for n, row in enumerate(rows)},
    )


def replaced(what: Replaced, pages: Sequence[Page]) -> View:
    """Warn owners that a nick belongs to another account now, and that its link is hidden."""
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


def _words(trouble: BrokenLink) -> str:
    link = anchor(links.url(trouble.link), links.label(trouble.link))
    if trouble.moved_to:
        return _("{link} leads to {other}").format(link=link, other=code(trouble.moved_to))
    return _("{link} does not open, days in a row: {days}").format(
        link=link, days=trouble.failing_days
    )


def _remedy(trouble: BrokenLink) -> str:
    """Return what an editor can do about it."""
    if trouble.moved_to:
        return _(
            "If that is the same body's page, put the new address on the card. If not, hide it."
        )
    return _(
        "Open it yourself. If it opens, nothing is to be done: I shall look again tomorrow. If "
        "not, find the new address, or hide the link."
    )
