"""Hiding and bringing back as editors see it."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.i18n import gettext as _

from bot.buttons.citizens import Open
from bot.buttons.fields import link_key
from bot.buttons.trust import HiddenList, Hide, OwnReason, Quarantine, Remove, Restore, Why
from bot.views.citizens.keepers import keepers_row
from bot.views.text import bold, code, plain
from bot.views.view import Row, Screen, View, button, keyboard, lines, pager, paragraphs
from bot.views.words import Names, moment, slot_name, who
from directory import links
from directory.model import Link, Page, PageLink, Status
from directory.store.hidden import Hidden
from directory.translation import say

_NAMED = 5
"""Other pages with a link that are named."""


def own_reason() -> str:
    """Ask for a reason in the editor's own words."""
    return _("For which reason hide it? Reply to this message.")


def own_reason_hint() -> str:
    """Tell who reads the reason."""
    return _("Everybody who opens the page by an old link or from the saved ones reads the reason.")


def what(page: Page) -> View:
    """Ask what to hide or to bring back."""
    rows: list[Row] = []
    if page.status is Status.HIDDEN:
        rows.append([button(_("Bring the page back"), Restore(page=page.id))])
    else:
        rows.append([button(_("Hide the whole page"), Hide(page=page.id))])
        rows += [_link_row(page, x) for x in page.links]
    rows.append([button(_("Take out of the directory…"), Remove(page=page.id))])
    rows.append(keepers_row(page))
    rows.append([button(_("Open the card"), Open(page=page.id))])
    text = paragraphs(
        bold(_("What to hide or to bring back?")),
        lines(bold(page.title), _why(page)),
        lines(*(hidden_line(x) for x in page.links if x.hidden)),
    )
    return View(text, keyboard(rows))


def reasons(page: Page, link: Link | None) -> View:
    """Ask for the reason."""
    key = link_key(link) if link else ""
    rows: list[Row] = [
        [button(label, Hide(page=page.id, link=key, why=why))] for why, label in _reasons().items()
    ]
    rows += [
        [button(_("A reason of your own…"), OwnReason(page=page.id, link=key))],
        [button(_("← Do not hide"), Quarantine(page=page.id))],
    ]
    why_hide = _("Why hide: {what}?").format(what=_object(link))
    text = paragraphs(f"<b>{why_hide}</b>", bold(page.title), own_reason_hint())
    return View(text, keyboard(rows))


def hidden(
    page: Page,
    link: Link | None,
    reason: str,
    revision: int,
    *,
    with_it: Sequence[Page],
    still: Sequence[Page],
) -> View:
    """It is hidden; the link of the pages `with_it`, too, and the pages `still` show it."""
    done = _("Hidden: {what}").format(what=_object(link))
    text = paragraphs(
        f"<b>{done}</b>",
        bold(page.title),
        _("The reason: {why}").format(why=plain(say(reason))),
        also_withdrawn(with_it),
        still_shown(still)
        or _("Its links are shown nowhere now; a hidden page is found by its name, as a warning."),
        _("Change {n}").format(n=revision),
    )
    key = link_key(link) if link else ""
    return View(text, keyboard([[button(_("Bring back"), Restore(page=page.id, link=key))]]))


def also_withdrawn(pages: Sequence[Page]) -> str:
    """From which other pages the link was withdrawn with it."""
    pages = [page for page in pages if page.status is not Status.RETIRED]
    if not pages:
        return ""
    return _("Withdrawn from these pages, too: {titles}.").format(titles=_titles(pages))


def still_shown(pages: Sequence[Page]) -> str:
    """Name the other pages that show what was hidden."""
    if not pages:
        return ""
    told = _("These pages still show the link: {titles}. Hide it there, too, or tell an owner.")
    return told.format(titles=_titles(pages))


def withdrawn_elsewhere(title: str, reason: str) -> str:
    """Return why a link cannot be brought back on this page."""
    told = _("the link is withdrawn for all of the territory on the page “{title}” ({reason})")
    return told.format(title=title, reason=say(reason))


def _titles(pages: Sequence[Page]) -> str:
    shown = ", ".join(f"«{plain(page.title, 100)}»" for page in pages[:_NAMED])
    return f"{shown}…" if len(pages) > _NAMED else shown


def hidden_list(found: Sequence[Hidden], at: Screen, names: Names) -> View:
    """List what is hidden, the items of one screen: why, by whom, since when, and the way back."""
    if not found:
        return View(_("Nothing is hidden."))
    items = [
        lines(
            f"{n}. {bold(each.title, 150)}",
            code(links.label(each.link)) if each.link else "",
            _("The reason: {why}").format(why=plain(say(each.reason), 200)) if each.reason else "",
            who_hid(each, names),
        )
        for n, each in enumerate(found, at.start + 1)
    ]
    rows: list[Row] = [
        [
            button(f"{n}. {each.title}", Open(page=each.page)),
            button(
                _("Bring back {n}").format(n=n),
                Restore(page=each.page, link=link_key(each.link) if each.link else ""),
            ),
        ]
        for n, each in enumerate(found, at.start + 1)
    ]
    text = paragraphs(bold(_("What is hidden")), *items, at.title)
    return View(text, keyboard([*rows, pager(at, lambda n: HiddenList(n=n))]))


def who_hid(found: Hidden, names: Names) -> str:
    """Return who hid it and when, and by which file, for editors."""
    if found.at is None:
        return _("Hidden by a file that was loaded.")
    by = who(found.actor, names)
    if found.actor is None and not found.file:
        by = _("a check of links or a command")
    told = _("Hidden by {who}, {when}.").format(who=by, when=moment(found.at))
    file = _("The file: {name}").format(name=plain(found.file, 100)) if found.file else ""
    return lines(told, file)


def restored(page: Page, link: Link | None, revision: int) -> View:
    """Tell that it is brought back."""
    done = _("Brought back: {what}").format(what=_object(link))
    text = paragraphs(
        f"<b>{done}</b>",
        bold(page.title),
        _("Change {n}").format(n=revision),
    )
    return View(text, keyboard([[button(_("Open the card"), Open(page=page.id))]]))


def refused(why: Exception) -> View:
    """Tell that something cannot be done, and why."""
    return View(_("It cannot be done: {why}.").format(why=plain(str(why), 500)))


def _reasons() -> dict[Why, str]:
    """Return the ready reasons on their buttons."""
    return {
        "hacked": _("The page seems to be hacked"),
        "double": _("It is a double and no official page"),
        "elsewhere": _("The link leads elsewhere"),
        "dead": _("The page does not open"),
    }


def _link_row(page: Page, found: PageLink) -> Row:
    name, key = f"{slot_name(found.slot)} {links.label(found.link)}", link_key(found.link)
    if found.hidden:
        return [
            button(
                _("Bring the link back: {name}").format(name=name), Restore(page=page.id, link=key)
            )
        ]
    return [button(_("Hide the link: {name}").format(name=name), Hide(page=page.id, link=key))]


def _object(link: Link | None) -> str:
    # Not a link that may be pressed: it is being withdrawn.
    if link is None:
        return _("the whole page")
    return _("the link {link}").format(link=code(links.label(link)))


def _why(page: Page) -> str:
    if page.status is not Status.HIDDEN:
        return ""
    return _("The page is hidden: {why}").format(why=plain(say(page.hidden)))


def hidden_line(found: PageLink) -> str:
    """Return a withdrawn link, which cannot be pressed, and why it was withdrawn."""
    name = f"{slot_name(found.slot)} {code(links.label(found.link))}"
    return _("The link {name} is hidden: {why}").format(name=name, why=plain(say(found.hidden)))
