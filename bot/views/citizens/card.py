"""The card of a page: what a hurried person needs, the buttons, and the rest folded."""

from __future__ import annotations

from datetime import date

from aiogram.types import CopyTextButton, InlineKeyboardButton, SwitchInlineQueryChosenChat
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from bot.buttons.changes import PageHistory
from bot.buttons.citizens import Await, DrawQr, Keep, Open, ShowMap
from bot.buttons.editors import EditPage
from bot.buttons.trust import Confirm, KnowPage, Quarantine, Restore
from bot.views.citizens.evidence import details, trust
from bot.views.citizens.phones import phones
from bot.views.citizens.reports import report_button
from bot.views.entry import Entry
from bot.views.text import anchor, bold, plain
from bot.views.view import (
    Row,
    View,
    button,
    folded,
    keyboard,
    lines,
    link,
    pairs,
    paragraphs,
    remembered,
)
from bot.views.words import level_name, slot_name, topic_name
from directory import links
from directory.holder import Tenure, holder
from directory.model import NETWORKS, SERVICES, Page, PageLink, Status
from directory.translation import say

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
    bot: str = "",
    first: str = "",
    awaited: bool = False,
) -> View:
    """The card as a person or a group sees it.

    `saved` tells whether this person keeps the page: None, where there is nobody to keep it (a
    group, an inline message), leaves only buttons that open addresses. `may_change` adds those of
    editors. `above` is HTML to begin with, `by` tells an editor who hid the page. `bot` is the
    bot's username, for links to the card ("": none). Links of the
    network `first` go before the others.
    """
    if entry.hidden:
        rows = _hidden_rows(entry.page, saved=saved, awaited=awaited)
        return _hidden(entry.page, rows, may_change=may_change, above=above, by=by)
    page = entry.page
    closed = page.status is Status.CLOSED  # nobody is to be reached there any more
    reached = [_labelled(_("Address"), page.address), phones(page.phone)]
    text = paragraphs(
        above,
        lines(bold(page.title), _closed(entry), _holder(page)),
        lines(_where(entry), *([] if closed else reached)),
        lines(_no_links(entry), _withdrawn(page), *_doubted(page), trust(page, now)),
        folded(
            *(reached if closed else []),
            *_link_lines(page, first),
            *_particulars(entry),
            *details(page, now),
        ),
    )
    rows = [*_instead_rows(entry, saved, bot), *url_rows(page, first)]
    rows += _ways_on(entry, bot) if saved is None else _own_rows(page, bot, saved=saved)
    return View(text, keyboard(rows + _editor_rows(page) if may_change else rows))


def summary(entry: Entry, *, place: bool = True) -> str:
    """What tells the page from others of its kind, in plain text: its holder and its place."""
    page = entry.page
    who = ", ".join(part for part in (_person(page), page.post) if part and part != page.title)
    where = ", ".join(entry.place) if place else ""
    return ". ".join(part for part in (who, where) if part)


def url_rows(page: Page, first: str = "") -> list[Row]:
    """A button for each link: networks two in a row, services one, their labels being longer."""
    shown = _shown(page, first)
    networks = [link(_name(x, shown), links.url(x.link)) for x in shown if x.slot in NETWORKS]
    services = [[link(_name(x, shown), links.url(x.link))] for x in shown if x.slot in SERVICES]
    return [*pairs(networks), *services]


def _shown(page: Page, first: str) -> tuple[PageLink, ...]:
    """The links that a card has room for, those of the network `first` before the others."""
    return tuple(sorted(page.shown_links, key=lambda each: each.slot != first)[:LINKS])


def own_link(bot: str, page: Page) -> str:
    """The address of the card in the chat with the bot of this username."""
    return f"https://t.me/{bot}?start={SHARED}{page.id}"


def _person(page: Page) -> str:
    """Who holds the post and how, in plain text."""
    held = holder(page)
    if held is None:
        return ""
    return {
        Tenure.HOLDS: "{person}",
        Tenure.ACTING: _("{person}, acting"),
        Tenure.VACANT: _("the post is vacant"),
        Tenure.FORMER: _("{person}, formerly"),
    }[held.tenure].format(person=held.person)


def _holder(page: Page) -> str:
    post = "" if page.post == page.title else plain(page.post, 200)
    if person := _person(page):
        return f"{post}: {bold(person, 200)}" if post else bold(person, 200)
    if page.post:
        unknown = _("Who holds the post is not known.")
        return f"{post}. {unknown}" if post else unknown
    return ""


def _where(entry: Entry) -> str:
    return ", ".join(plain(name, 100) for name in entry.place)


def _closed(entry: Entry) -> str:
    if entry.page.status is not Status.CLOSED:
        return ""
    closed = bold(_("Closed: this page or body is no more."))
    if entry.successor is None:
        return closed
    return " ".join((closed, _labelled(_("Now instead of it"), entry.successor.title, 200)))


def _no_links(entry: Entry) -> str:
    """Why there is no link, and what there is instead."""
    page = entry.page
    if page.shown_links or page.links:
        return ""
    unknown = _("I do not know its official page yet, and I never guess addresses.")
    if entry.parent is None:
        return unknown
    instead = _("Instead of it, see the founder: {title}.")
    return " ".join((unknown, instead.format(title=plain(entry.parent.title, 200))))


def _withdrawn(page: Page) -> str:
    """The warning of the links that were withdrawn."""
    names = ", ".join(dict.fromkeys(slot_name(x.slot) for x in page.links if x.hidden))
    if not names:
        return ""
    return _("Withdrawn by editors: {names}. Do not trust the former link.").format(names=names)


def _doubted(page: Page) -> list[str]:
    """The warnings of links that are shown and were withdrawn as taken over elsewhere."""
    careful = _("<b>Careful</b>, {network}: {doubt}")
    return [
        careful.format(network=slot_name(x.slot), doubt=plain(x.doubt, 500))
        for x in page.shown_links
        if x.doubt
    ]


def _link_lines(page: Page, first: str) -> list[str]:
    """The links as text: a screen reader reads them, and they can be copied."""
    shown = _shown(page, first)
    told = [f"{slot_name(x.slot)}: {_anchor(x)}" for x in shown]
    more = len(page.shown_links) - len(shown)
    if more:
        told.append(ngettext("and {n} more link", "and {n} more links", more).format(n=more))
    return told


def _anchor(page_link: PageLink) -> str:
    return anchor(links.url(page_link.link), links.label(page_link.link))


def named_link(page_link: PageLink) -> str:
    """A link under the name of its network."""
    return anchor(links.url(page_link.link), slot_name(page_link.slot))


def _particulars(entry: Entry) -> list[str]:
    """Tell what few people look for."""
    page = entry.page
    about = (plain(page.category and topic_name(page.category), 80), level_name(page.level))
    founder = entry.parent.title if entry.parent else ""
    return [
        plain(page.full_name, 300) if page.full_name != page.title else "",
        " · ".join(part for part in about if part),
        _labelled(_("Opening hours"), page.hours),
        _labelled(_("Founder"), founder, 200),
    ]


def _labelled(name: str, value: str, units: int = 250) -> str:
    return f"{name}: {plain(value, units)}" if value else ""


def _name(page_link: PageLink, shown: tuple[PageLink, ...]) -> str:
    """A link's label on its button; two of a network are told apart by their accounts."""
    name = slot_name(page_link.slot)
    same = [x for x in shown if x.slot == page_link.slot]
    return name if len(same) == 1 else f"{name}: {links.label(page_link.link)}"


def _instead_rows(entry: Entry, saved: bool | None, bot: str) -> list[Row]:
    """What to open instead of a closed page, or of one without links."""
    if entry.page.status is Status.CLOSED:
        instead = entry.successor
    else:
        instead = None if entry.page.shown_links else entry.parent
    if instead is None:
        return []
    name = _("Open: {title}").format(title=instead.title)
    if saved is not None:
        return [[button(name, Open(page=instead.id))]]
    return [[link(name, own_link(bot, instead))]] if bot else []


def _own_rows(page: Page, bot: str, *, saved: bool) -> list[Row]:
    """Offer what a person may do with a card."""
    rows: list[Row] = []
    if page.lat is not None and page.lon is not None:
        rows.append([button(_("On the map"), ShowMap(page=page.id))])
    if not page.links and page.status is not Status.CLOSED:
        rows.append([button(_("I know its page"), KnowPage(page=page.id))])
    copied = CopyTextButton(text=own_link(bot, page))
    copy = InlineKeyboardButton(text=_("Copy the link"), copy_text=copied)
    return [
        *rows,
        [_keep(page, saved), _share(page, _("Share"))],
        [copy, button(_("QR code to print"), DrawQr(page=page.id))] if bot else [],
        [report_button(page)],
    ]


def _ways_on(entry: Entry, bot: str) -> list[Row]:
    """Return the buttons below a card that many see."""
    return [[link(_("Open in the bot"), own_link(bot, entry.page))]] if bot else []


def _keep(page: Page, saved: bool) -> InlineKeyboardButton:
    return button(_("Remove from saved") if saved else _("Save"), Keep(page=page.id, on=not saved))


def _share(page: Page, text: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        text=text,
        switch_inline_query_chosen_chat=SwitchInlineQueryChosenChat(
            query=f"{SHARED}{page.id}",
            allow_user_chats=True,
            allow_bot_chats=True,
            allow_group_chats=True,
            allow_channel_chats=True,
        ),
    )


def _editor_rows(page: Page) -> list[Row]:
    """The buttons of a card for those who may change the page."""
    history = button(_("History"), PageHistory(page=page.id))
    if page.status is Status.HIDDEN:
        return [[button(_("Bring the page back"), Restore(page=page.id)), history]]
    return [
        [button(_("Edit"), EditPage(page=page.id)), history],
        [
            button(_("Hide…"), Quarantine(page=page.id)),
            button(_("The page is right"), Confirm(page=page.id)),
        ],
    ]


def _hidden_rows(page: Page, *, saved: bool | None, awaited: bool) -> list[Row]:
    """What a person may do with a warning; `awaited`: they will hear when the page returns."""
    if saved is None:
        return []
    waiting = _("Do not write when it is back") if awaited else _("Write to me when it is back")
    rows: list[Row] = [
        [_share(page, _("Pass the warning on"))],
        [button(waiting, Await(page=page.id, on=not awaited))],
    ]
    return [*rows, [_keep(page, saved)]] if saved else rows


def _hidden(page: Page, rows: list[Row], *, may_change: bool, above: str, by: str) -> View:
    reason = _labelled(_("The reason"), say(page.hidden), 300)
    text = paragraphs(
        above,
        bold(page.title),
        lines(bold(_("Do not open its links: editors have withdrawn this page.")), reason),
        _("Do not trust links to it that you meet elsewhere until it is back."),
        _(
            "If you have paid or told your data there: call your bank at once by the number on the "
            "card, then the police (102), and change the passwords that you typed."
        ),
        by,
    )
    return View(text, keyboard(rows + _editor_rows(page) if may_change else rows))
