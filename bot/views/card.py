"""The card of a page."""

from __future__ import annotations

from datetime import date

from aiogram.types import InlineKeyboardButton, SwitchInlineQueryChosenChat
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from bot.buttons import Keep, Open
from bot.views.entry import Entry
from bot.views.evidence import evidence_lines
from bot.views.quarantine import editor_rows
from bot.views.reports import report_row
from bot.views.text import anchor, bold, plain
from bot.views.view import Row, View, button, keyboard, lines, link, pairs, paragraphs, remembered
from bot.views.words import level_name, slot_name
from directory import links
from directory.model import NETWORKS, SERVICES, Page, PageLink, Status

LINKS = 12
"""Links on one card; every real page has fewer."""

SHARED = "page_"
"""What stands before a page's id in a deep link and in the inline query that shares its card."""


@remembered
def card(
    entry: Entry,
    now: date,
    *,
    saved: bool | None = None,
    may_change: bool = False,
    above: str = "",
    by: str = "",
    first: str = "",
) -> View:
    """The card as a person or a group sees it.

    `saved` tells whether this person keeps the page: None, where there is nobody to keep it (a
    group, an inline message), leaves only buttons that open addresses. `may_change` adds those of
    editors. `above` is HTML to begin with, `by` tells an editor who hid the page. Links of the
    network `first` go before the others.
    """
    if entry.hidden:
        return _hidden(entry.page, saved=saved, may_change=may_change, above=above, by=by)
    page, shown = entry.page, _shown(entry.page, first)
    text = paragraphs(
        above,
        lines(bold(page.title), _full_name(page), _holder(page), _where(entry)),
        _state(entry),
        lines(*[_link_line(x, shown) for x in shown], _more_links(page)) or _no_links(page),
        lines(
            _labelled(_("Address"), page.address),
            _labelled(_("Phone"), page.phone, 80),
            _labelled(_("Opening hours"), page.hours),
        ),
        evidence_lines(page, now),
    )
    rows = [*url_rows(page, first), *_own_rows(entry, saved)]
    return View(text, keyboard(rows + editor_rows(page) if may_change else rows))


def summary(entry: Entry, *, place: bool = True) -> str:
    """What tells the page from others of its kind, in plain text: its holder and its place."""
    page = entry.page
    holder = ", ".join(part for part in (page.person, page.post) if part and part != page.title)
    where = ", ".join(entry.place) if place else ""
    return ". ".join(part for part in (holder, where) if part)


def url_rows(page: Page, first: str = "") -> list[Row]:
    """A button for each link: networks two in a row, services one, their labels being longer."""
    shown = _shown(page, first)
    networks = [link(_name(x, shown), links.url(x.link)) for x in shown if x.slot in NETWORKS]
    services = [[link(_name(x, shown), links.url(x.link))] for x in shown if x.slot in SERVICES]
    return [*pairs(networks), *services]


def _shown(page: Page, first: str) -> tuple[PageLink, ...]:
    """The links that a card has room for, those of the network `first` before the others."""
    return tuple(sorted(page.shown_links, key=lambda each: each.slot != first)[:LINKS])


def _full_name(page: Page) -> str:
    return plain(page.full_name, 300) if page.full_name != page.title else ""


def _holder(page: Page) -> str:
    post = "" if page.post == page.title else plain(page.post, 200)
    if page.person:
        return f"{post}: {bold(page.person, 150)}" if post else bold(page.person, 150)
    if page.post:
        vacant = _("Who holds the post is not known.")
        return f"{post}. {vacant}" if post else vacant
    return ""


def _where(entry: Entry) -> str:
    place = ", ".join(plain(name, 100) for name in entry.place)
    level = level_name(entry.page.level)
    return " · ".join(part for part in (place, plain(entry.page.category, 80), level) if part)


def _state(entry: Entry) -> str:
    if entry.page.status is not Status.CLOSED:
        return ""
    closed = bold(_("Closed: this page or body is no more."))
    if entry.successor is None:
        return closed
    return " ".join((closed, _labelled(_("Now instead of it"), entry.successor.title, 200)))


def _link_line(page_link: PageLink, shown: tuple[PageLink, ...]) -> str:
    url = links.url(page_link.link)
    return f"{slot_name(page_link.slot)}: {anchor(url, links.label(page_link.link))}"


def _more_links(page: Page) -> str:
    more = len(page.shown_links) - LINKS
    if more <= 0:
        return ""
    return ngettext("and {n} more link", "and {n} more links", more).format(n=more)


def _no_links(page: Page) -> str:
    if page.links:
        return _("Its links were withdrawn: do not trust the former ones.")
    return _(
        "No address of an official page is known for this entry yet, and addresses are never "
        "guessed here."
    )


def _labelled(name: str, value: str, units: int = 250) -> str:
    return f"{name}: {plain(value, units)}" if value else ""


def _name(page_link: PageLink, shown: tuple[PageLink, ...]) -> str:
    """A link's label on its button; two of a network are told apart by their accounts."""
    name = slot_name(page_link.slot)
    same = [x for x in shown if x.slot == page_link.slot]
    return name if len(same) == 1 else f"{name}: {links.label(page_link.link)}"


def _own_rows(entry: Entry, saved: bool | None) -> list[Row]:
    if saved is None:
        return []
    rows: list[Row] = []
    if entry.successor is not None:
        rows.append([button(_open(entry.successor), Open(page=entry.successor.id))])
    if entry.parent is not None:
        rows.append([button(_open(entry.parent), Open(page=entry.parent.id))])
    return [*rows, [_keep(entry.page, saved), _share(entry.page)], report_row(entry.page)]


def _open(page: Page) -> str:
    return _("Open: {title}").format(title=page.title)


def _keep(page: Page, saved: bool) -> InlineKeyboardButton:
    return button(_("Remove from saved") if saved else _("Save"), Keep(page=page.id, on=not saved))


def _share(page: Page) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        text=_("Share"),
        switch_inline_query_chosen_chat=SwitchInlineQueryChosenChat(
            query=f"{SHARED}{page.id}",
            allow_user_chats=True,
            allow_bot_chats=True,
            allow_group_chats=True,
            allow_channel_chats=True,
        ),
    )


def _hidden(page: Page, *, saved: bool | None, may_change: bool, above: str, by: str) -> View:
    reason = _labelled(_("The reason"), page.hidden, 300)
    text = paragraphs(
        above,
        bold(page.title),
        lines(_("Editors have withdrawn this page, so its links are not shown."), reason),
        _("Do not trust links to it that you meet elsewhere until it is back."),
        by,
    )
    rows = [[_keep(page, saved)]] if saved else []
    return View(text, keyboard(rows + editor_rows(page) if may_change else rows))
