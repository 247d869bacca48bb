"""Pages that seem to stand twice, and merging two of them."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.i18n import gettext as _

from bot.buttons.citizens import Open
from bot.buttons.fields import page_key
from bot.buttons.trust import Different, DoubleList, Merge, SameAs
from bot.views.citizens.results import which_page
from bot.views.editors.quarantine import hidden_line
from bot.views.editors.undo import undo_button
from bot.views.entry import Entry
from bot.views.text import bold, code, plain
from bot.views.view import Row, Screen, View, button, keyboard, lines, pager, paragraphs
from bot.views.words import slot_name
from directory import links
from directory.editing.doubles import Double, DoubleReason
from directory.editing.page_merging import Differing, PageMerge
from directory.file.columns import column_title
from directory.model import Page
from directory.territories import Territories


def double_list(found: Sequence[Double], at: Screen, tree: Territories) -> View:
    """Show the pairs of one screen, each with why they seem to be one."""
    if not found:
        return View(_("No page seems to stand twice."))
    pairs = list(enumerate(found, at.start + 1))
    items = [
        lines(
            f"{n}. {bold(pair.one.title, 120)}",
            bold(pair.other.title, 120),
            plain(", ".join(t.name for t in tree.path(pair.one.territory)[1:]), 120),
            plain(why(pair), 160),
        )
        for n, pair in pairs
    ]
    rows = [
        [button(_("{n}. Merge…").format(n=n), merge_button(pair.one.id, pair.other.id))]
        for n, pair in pairs
    ]
    text = paragraphs(
        bold(_("What stands twice")),
        _("These seem to be one and the same. It is only a guess: look before you merge."),
        *items,
        at.title,
    )
    return View(text, keyboard([*rows, pager(at, lambda n: DoubleList(n=n))]))


def merge_button(one: str, other: str, *, newer: bool = False, revision: int = 0) -> Merge:
    """Return what the button carries that merges two pages, or (revision 0) shows what that would
    do."""
    return Merge(one=page_key(one), other=page_key(other), newer=newer, revision=revision)


def same_as() -> str:
    """Ask which other page is the same."""
    return _("Which page is the same as this one? Reply with its name.")


def which_same(page: str, meant: Sequence[Entry]) -> View:
    """Offer the pages that the words fit."""
    return which_page(meant, lambda other: merge_button(page, other), SameAs(page=page))


def preview(merge: PageMerge, tree: Territories, *, newer: bool, above: str = "") -> View:
    """Show what merging two pages would do."""
    text = paragraphs(
        above,
        bold(_("Merge two pages?")),
        lines(_("Stays:"), _named(merge.kept, tree)),
        lines(_("Leads to it:"), _named(merge.gone, tree)),
        _(
            "Links and other names are united, empty fields are filled. Old links, saved pages and "
            "buttons of the second open the first. It can be undone."
        ),
        lines(
            _("They differ in:") if merge.differing else "",
            *(_differing(each) for each in merge.differing),
        ),
        _links(merge.after),
        lines(*(_("This cannot be done: {why}.").format(why=plain(w, 300)) for w in merge.refused)),
    )
    one, other = merge.kept.id, merge.gone.id
    rows: list[Row] = []
    if not merge.refused:
        done = merge_button(one, other, newer=newer, revision=merge.revision)
        rows.append([button(_("Merge"), done)])
    if merge.differing:
        label = _("Take what the older says") if newer else _("Take what the newer says")
        rows.append([button(label, merge_button(one, other, newer=not newer))])
    rows.append([button(_("1. Card"), Open(page=one)), button(_("2. Card"), Open(page=other))])
    apart = Different(one=page_key(one), other=page_key(other))
    rows.append([button(_("These are two"), apart), button(_("← Do not merge"), DoubleList())])
    return View(text, keyboard(rows))


def merged(merge: PageMerge, revision: int) -> View:
    """Tell that two pages are one now."""
    text = paragraphs(
        bold(_("Merged")), bold(merge.after.title), _("Change {n}").format(n=revision)
    )
    card = button(_("Open the card"), Open(page=merge.kept.id))
    return View(text, keyboard([[undo_button(revision)], [card]]))


def meanwhile() -> str:
    """Return what the preview begins with when one of the pages was changed since."""
    return _("One of the pages was changed in the meantime. Look again at what a merge will do.")


def not_there() -> View:
    """Tell that one of the two pages is no more."""
    return View(_("One of these pages is in the directory no longer."))


def why(pair: Double) -> str:
    """Return why the two seem to be one, in plain text."""
    return {
        DoubleReason.LINK: _("The same link: {what}"),
        DoubleReason.POST: _("One post: {what}"),
        DoubleReason.NAME: _("Nearly the same name in one place"),
    }[pair.reason].format(what=pair.shared)


def _named(page: Page, tree: Territories) -> str:
    place = ", ".join(t.name for t in tree.path(page.territory)[1:])
    return lines(f"{bold(page.title, 150)} ({code(page.id)})", plain(place, 120))


def _links(page: Page) -> str:
    """Return the links that the page will have; those that are withdrawn stay so."""
    names = [f"{slot_name(x.slot)} {links.label(x.link)}" for x in page.shown_links]
    return lines(
        bold(_("The links that it will have:")) if page.links else "",
        *(f"— {hidden_line(x)}" for x in page.links if x.hidden),
        *(f"— {code(name)}" for name in names),
    )


def _differing(each: Differing) -> str:
    stays, other = bold(each.stays, 120), plain(each.other, 120)
    text = _("— {field}: {stays}, not {other}")
    return text.format(field=column_title(each.column), stays=stays, other=other)
