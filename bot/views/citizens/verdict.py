"""The answer to a message with links, or to a forwarded one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from aiogram.types import InlineKeyboardButton, Message
from aiogram.utils.i18n import gettext as _

from bot.buttons.citizens import Menu, Open
from bot.views.citizens.card import own_link, url_rows
from bot.views.citizens.reports import suggest_link_row
from bot.views.citizens.verdict_lines import (
    LINK,
    LinkWorth,
    ToldAuthor,
    ToldLink,
    author_lines,
    link_lines,
    successor,
)
from bot.views.view import Row, View, button, keyboard, link, paragraphs
from directory.links import Ground, Verdict
from directory.model import Page
from directory.text import clean

_SHOWN = 5
"""Links of one message that are told of; the rest are counted."""

_IN_FULL = 2
"""Links up to which each is told of at length."""

_AUTHORS = 3

Opener = Callable[[str, Page], InlineKeyboardButton]
"""Makes the button with this label that opens a page's card."""


def in_chat(text: str, page: Page) -> InlineKeyboardButton:
    """Return a button that opens the card below."""
    return button(text, Open(page=page.id))


def in_own_chat(bot: str) -> Opener:
    """Buttons that open cards in the private chat with the bot of this username: for messages in
    chats that the bot is not in."""
    return lambda text, page: link(text, own_link(bot, page))


def verdicts(
    links: Sequence[ToldLink],
    authors: Sequence[ToldAuthor],
    now: date,
    opener: Opener,
    *,
    more: int = 0,
    says_more: bool = False,
    private: bool = True,
) -> View:
    """Show one answer to a message, the worst first; `more` links were not judged, and it
    `says_more` than its links do.

    What was sent is shown as code only, whatever the verdict: nothing of it can be pressed.
    """
    links = sorted(links, key=lambda x: (x.worth, x.judged.severity))
    authors = sorted(authors, key=lambda x: x.worth)[:_AUTHORS]
    danger = worst(links, authors) is LinkWorth.BAD or more > 0
    # Beside something bad, or unread, nothing reassures: what is official is only counted.
    told = [x for x in links if not (danger and x.worth is LinkWorth.OFFICIAL)][:_SHOWN]
    rest = links[len(told) :]
    full = len(links) <= _IN_FULL
    said = [
        *((x.worth, link_lines(x, now, full=full)) for x in told),
        *((x.worth, author_lines(x, danger=danger)) for x in authors),
    ]
    many = _("Links: {n}. The worst come first.").format(n=len(links) + more)
    real = any(x.worth is LinkWorth.OFFICIAL for x in links)
    worths = {x.worth for x in links} | {x.worth for x in authors}
    doubted = danger or says_more or worths > {LinkWorth.OFFICIAL}
    text = paragraphs(
        many if danger and not full else "",
        *(text for _worth, text in sorted(said, key=lambda each: each[0])),
        _rest(rest, more),
        _("A real link beside it does not make the message real.") if doubted and real else "",
        ""
        if links or danger or not private
        else _("I search only for what you write yourself: write a name."),
    )
    return View(text, keyboard(_rows(told, authors, opener, danger=danger, private=private)))


def worst(links: Sequence[ToldLink], authors: Sequence[ToldAuthor]) -> LinkWorth:
    """Return what the worst of them is worth."""
    return min([*(x.worth for x in links), *(x.worth for x in authors)])


def headline(links: Sequence[ToldLink]) -> str:
    """Return the verdict in a few words, for the list of inline results."""
    if all(x.judged.ground is Ground.SERVICE for x in links):
        return _("A service, not the page of a body")
    return {
        LinkWorth.BAD: _("Careful: do not trust this link"),
        LinkWorth.DOUBTFUL: _("Not in the directory: that proves nothing yet"),
        LinkWorth.CLOSED: _("The page is closed"),
        LinkWorth.OFFICIAL: _("An official page"),
    }[worst(links, ())]


def given_link(message: Message) -> str:
    """Return the link that a verdict on a single one speaks of, as it was given; "" when there is
    none."""
    codes = [x for x in message.entities or [] if x.type == "code"]
    return codes[0].extract_from(message.text or "") if codes else ""


def _rest(rest: Iterable[ToldLink], more: int) -> str:
    """Return the links that are not told of, counted."""
    by = Counter(x.worth for x in rest)
    counted = (
        (_("dangerous: {n}"), by[LinkWorth.BAD]),
        (_("not in the directory: {n}"), by[LinkWorth.DOUBTFUL]),
        (_("of closed pages: {n}"), by[LinkWorth.CLOSED]),
        (_("official: {n}"), by[LinkWorth.OFFICIAL]),
        (_("not checked: {n}"), more),
    )
    said = ", ".join(text.format(n=n) for text, n in counted if n)
    return _("The rest — {counted}.").format(counted=said) if said else ""


def _rows(
    told: Sequence[ToldLink],
    authors: Sequence[ToldAuthor],
    opener: Opener,
    *,
    danger: bool,
    private: bool,
) -> list[Row]:
    rows: list[Row] = []
    for link_ in told:
        rows += _own_rows(link_, opener, danger=danger, private=private)
    for author in authors:
        rows += _own_rows(author, opener, danger=danger, private=private)
    rows = list({row[0].text: row for row in rows}.values())
    if private and len(told) == 1 and _may_be_suggested(told[0]):
        rows.append(suggest_link_row())
    if private and not told:
        rows.append([button(_("What can I ask?"), Menu(where="help"))])
    return rows


def _own_rows(
    told: ToldLink | ToldAuthor, opener: Opener, *, danger: bool, private: bool
) -> list[Row]:
    """Return the buttons of one verdict: nothing opens what was withdrawn, nor what is official
    beside something bad."""
    entry = told.entry
    if entry is None:
        return []
    if told.worth is LinkWorth.CLOSED:
        after = successor(entry)
        return [_open_row(after, opener)] if after else []
    if told.worth is LinkWorth.BAD or told.judged.ground is Ground.NOT_LISTED:
        if entry.hidden or told.judged.ground is Ground.WITHDRAWN:
            return []
        return [[opener(_("The real one: {title}").format(title=entry.page.title), entry.page)]]
    if told.judged.ground is Ground.SAME_NAME and not danger:
        return [_open_row(entry.page, opener)]
    if told.worth is LinkWorth.OFFICIAL and not danger:
        return [_open_row(entry.page, opener)] if private else url_rows(entry.page)
    return []


def _open_row(page: Page, opener: Opener) -> Row:
    return [opener(_("Open: {title}").format(title=page.title), page)]


def _may_be_suggested(told: ToldLink) -> bool:
    """Whether the link may be the page of a body, and stands in the message whole."""
    doubtful = told.worth is LinkWorth.DOUBTFUL and told.judged.verdict is Verdict.UNKNOWN
    whole = bool(told.opens) and clean(told.opens, LINK) == told.opens
    of_nobody = told.judged.ground in (Ground.UNREADABLE, Ground.SERVICE)
    return doubtful and whole and not of_nobody
