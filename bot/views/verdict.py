"""The verdict on a message: on each of its links, and on who wrote it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from aiogram.types import InlineKeyboardButton, Message
from aiogram.utils.i18n import gettext as _

from bot.buttons import Menu, Open
from bot.views.card import SHARED, summary, url_rows
from bot.views.entry import Entry
from bot.views.evidence import evidence_lines
from bot.views.reports import suggest_link_row
from bot.views.results import open_rows
from bot.views.text import bold, code, plain
from bot.views.view import Row, View, button, keyboard, lines, link, paragraphs
from directory.links.verdict import LinkVerdict, Verdict
from directory.model import Page, Status
from directory.text import clean

SHOWN = 5
"""Links of one message that are told of; the rest are counted."""

_IN_FULL = 2
"""Links up to which each is told of at length."""

_AUTHORS = 3
_LINK, _WHY, _WHY_SHORT = 100, 500, 200


class Worth(IntEnum):
    """What a link or an author is worth to the reader, the worst first."""

    BAD = 0
    DOUBTFUL = 1
    CLOSED = 2
    OFFICIAL = 3


Opener = Callable[[str, Page], InlineKeyboardButton]
"""Makes the button with this label that opens a page's card."""


def in_chat(text: str, page: Page) -> InlineKeyboardButton:
    """A button that opens the card below."""
    return button(text, Open(page=page.id))


def in_own_chat(bot: str) -> Opener:
    """Buttons that open cards in the private chat with the bot of this username: for messages in
    chats that the bot is not in."""
    return lambda text, page: link(text, f"https://t.me/{bot}?start={SHARED}{page.id}")


@dataclass(frozen=True, slots=True)
class ToldLink:
    """A link as it was sent: `opens`, and `shown` in its place ("" when it is shown as it is).

    `judged` is the verdict on what opens, `entry` the page that it speaks of; of a link shown as
    another one, `entry` is the page of that one.
    """

    opens: str
    shown: str
    judged: LinkVerdict
    entry: Entry | None = None

    @property
    def worth(self) -> Worth:
        """What it is worth."""
        if self.shown or self.judged.verdict in (Verdict.HIDDEN, Verdict.LOOKALIKE):
            return Worth.BAD
        if self.judged.verdict is not Verdict.OFFICIAL or self.entry is None:
            return Worth.DOUBTFUL
        return Worth.CLOSED if self.entry.page.status is Status.CLOSED else Worth.OFFICIAL


@dataclass(frozen=True, slots=True)
class ToldAuthor:
    """Who wrote a message: `nick` without «@», `judged` what is known of it, `entry` the page that
    the verdict speaks of. `by_name`: only the name resembles the page's."""

    name: str
    nick: str
    judged: LinkVerdict
    entry: Entry | None = None
    by_name: bool = False

    @property
    def worth(self) -> Worth:
        """What it is worth."""
        return ToldLink(self.nick, "", self.judged, self.entry).worth


def verdicts(
    links: Sequence[ToldLink],
    authors: Sequence[ToldAuthor],
    now: date,
    opener: Opener,
    *,
    more: int = 0,
    private: bool = True,
) -> View:
    """One answer to a message, the worst first; `more` links were not judged.

    What was sent is shown as code only, whatever the verdict: nothing of it can be pressed.
    """
    links = sorted(links, key=lambda x: x.worth)
    authors = sorted(authors, key=lambda x: x.worth)[:_AUTHORS]
    told, rest = links[:SHOWN], links[SHOWN:]
    danger = worst(links, authors) is Worth.BAD
    full = len(links) <= _IN_FULL
    items = [
        *((x.worth, 1, _link_text(x, now, full=full, danger=danger)) for x in told),
        *((x.worth, 0, _author_text(x, danger=danger)) for x in authors),
    ]
    items.sort(key=lambda item: item[:2])
    real = any(x.worth is Worth.OFFICIAL for x in links)
    text = paragraphs(
        _("Links: {n}. The worst come first.").format(n=len(links) + more)
        if danger and not full
        else "",
        *(text for _worth, _order, text in items),
        _rest(rest, more),
        _("A real link beside it does not make the message real.") if danger and real else "",
        "" if links or danger else _("I search only for what you write yourself: write a name."),
    )
    rows = _rows(told, authors, opener, danger=danger, private=private)
    return View(text, keyboard(rows))


def worst(links: Sequence[ToldLink], authors: Sequence[ToldAuthor]) -> Worth:
    """What the worst of them is worth."""
    return min(x.worth for part in (links, authors) for x in part)


def headline(links: Sequence[ToldLink]) -> str:
    """The verdict in a few words, for the list of inline results."""
    return {
        Worth.BAD: _("Careful: do not trust this link"),
        Worth.DOUBTFUL: _("Not in the directory: that proves nothing yet"),
        Worth.CLOSED: _("The page is closed"),
        Worth.OFFICIAL: _("An official page"),
    }[min(x.worth for x in links)]


def _link_text(told: ToldLink, now: date, *, full: bool, danger: bool) -> str:
    heading, why = _heading(told), plain(told.judged.why, _WHY if full else _WHY_SHORT)
    if told.shown:
        return paragraphs(heading, _mismatch(told, why))
    if told.entry is not None and told.worth in (Worth.OFFICIAL, Worth.CLOSED):
        page = lines(bold(told.entry.page.title), plain(summary(told.entry), 200))
        if told.worth is Worth.CLOSED:
            return paragraphs(heading, page, _instead(told.entry))
        if danger:
            return heading
        return paragraphs(heading, page, evidence_lines(told.entry.page, now) if full else "")
    # The reason is in Russian, like all that the directory itself says.
    return paragraphs(heading, why)


def _heading(told: ToldLink) -> str:
    opens = code(clean(told.opens, _LINK)) if told.opens else _("a person's profile")
    if told.shown:
        shown = code(clean(told.shown, _LINK))
        text = _("<b>Careful</b>: {shown} is written, but {opens} opens.")
        return text.format(shown=shown, opens=opens)
    if told.worth is Worth.CLOSED:
        return _("<b>Closed</b>: {link} is a page that is no longer kept.").format(link=opens)
    text = {
        Verdict.OFFICIAL: _("{link} is an <b>official page</b>."),
        Verdict.HIDDEN: _("<b>Do not trust</b> {link}: it was in the directory and was withdrawn."),
        Verdict.LOOKALIKE: _("<b>Careful</b>: {link} looks like an official page and is not it."),
        Verdict.UNKNOWN: _(
            "<b>Unknown</b>: {link} is not in the directory. That proves nothing yet."
        ),
        Verdict.NOT_A_LINK: _("{link} is <b>not a link</b> that I could check."),
    }[told.judged.verdict]
    return text.format(link=opens)


def _mismatch(told: ToldLink, why: str) -> str:
    if told.judged.verdict is Verdict.OFFICIAL:
        return _("It opens another page than the one that is written.")
    return paragraphs(
        _("Do not open it: the address was swapped."),
        why if told.judged.verdict in (Verdict.HIDDEN, Verdict.LOOKALIKE) else "",
    )


def _instead(entry: Entry) -> str:
    if entry.successor is None or entry.successor.status is Status.HIDDEN:
        return _("What stands in its place is not known.")
    return _("Now instead of it: {title}").format(title=plain(entry.successor.title, 200))


def _author_text(told: ToldAuthor, *, danger: bool) -> str:
    who = _who(told)
    if told.worth is Worth.BAD:
        text = _("<b>Careful</b>: the author {who} resembles an official channel and is not it.")
        if told.by_name:
            text = _("<b>Careful</b>: the author is called {who}. Anybody may take such a name.")
        if told.judged.verdict is Verdict.HIDDEN:
            text = _("<b>Do not trust</b> the author {who}: the channel was withdrawn.")
        return paragraphs(text.format(who=who), plain(told.judged.why, _WHY))
    if told.worth is Worth.CLOSED and told.entry is not None:
        text = _("The author is the channel of a closed page: {title}.")
        return lines(text.format(title=plain(told.entry.page.title, 200)), _instead(told.entry))
    if told.worth is Worth.OFFICIAL and told.entry is not None:
        text = (
            _("The author is the channel of “{title}”. It may have been taken over.")
            if danger
            else _("The author is an <b>official channel</b>: {title}.")
        )
        return text.format(title=plain(told.entry.page.title, 200))
    if not told.nick:
        return _("The author {who} cannot be checked: there is no nick.").format(who=who)
    return _("The author {who} is not in the directory.").format(who=who)


def _who(told: ToldAuthor) -> str:
    name = plain(told.name, 60)
    nick = code(f"@{told.nick}") if told.nick else ""
    return f"«{name}» ({nick})" if name and nick else nick or f"«{name}»"


def _rest(rest: Iterable[ToldLink], more: int) -> str:
    """The links that are not told of, counted."""
    by = Counter(x.worth for x in rest)
    counted = {
        _("dangerous: {n}"): by[Worth.BAD],
        _("not in the directory: {n}"): by[Worth.DOUBTFUL],
        _("of closed pages: {n}"): by[Worth.CLOSED],
        _("official: {n}"): by[Worth.OFFICIAL],
        _("not checked: {n}"): more,
    }
    said = ", ".join(text.format(n=n) for text, n in counted.items() if n)
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
    once = {row[0].text: row for row in reversed(rows)}
    rows = list(once.values())[::-1]
    if private and len(told) == 1 and _may_be_suggested(told[0]):
        rows.append(suggest_link_row())
    if private and not told:
        rows.append([button(_("What can I ask?"), Menu(where="help"))])
    return rows


def _may_be_suggested(told: ToldLink) -> bool:
    """Whether the link may be the page of a body, and stands in the message whole."""
    whole = bool(told.opens) and clean(told.opens, _LINK) == told.opens
    return whole and not told.shown and told.judged.verdict is Verdict.UNKNOWN


def given_link(message: Message) -> str:
    """The link that a verdict on a single one speaks of, as it was given; "" when there is none."""
    codes = [x for x in message.entities or [] if x.type == "code"]
    return codes[0].extract_from(message.text or "") if codes else ""


def _own_rows(
    told: ToldLink | ToldAuthor, opener: Opener, *, danger: bool, private: bool
) -> list[Row]:
    entry = told.entry
    if entry is None:
        return []
    if told.worth is Worth.CLOSED:
        after = entry.successor
        shown = after is not None and after.status is not Status.HIDDEN
        text = _("Open: {title}").format(title=after.title) if after else ""
        return [[opener(text, after)]] if after and shown else []
    if told.worth is Worth.BAD:
        if entry.hidden or told.judged.verdict is Verdict.HIDDEN:
            return []
        real = _("The real one: {title}").format(title=entry.page.title)
        return [[opener(real, entry.page)]]
    if told.worth is not Worth.OFFICIAL or danger:
        return []
    return open_rows([entry], 0) if private else url_rows(entry.page)
