"""What is said of one link, and of one author."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from aiogram.utils.i18n import gettext as _

from bot.views.citizens.card import summary
from bot.views.citizens.evidence import evidence_lines
from bot.views.entry import Entry
from bot.views.text import bold, code, plain
from bot.views.view import lines, paragraphs
from bot.views.words import on_network
from directory import links
from directory.links import Ground, LinkVerdict, Verdict
from directory.links.reasons import how_to_check
from directory.model import Link, Page, Status
from directory.text import clean

LINK = 100
"""UTF-16 units of a link that are shown."""

_NAME, _TITLE = 60, 200
_WHY, _WHY_SHORT = 500, 200


class LinkWorth(IntEnum):
    """What a link or an author is worth to the reader, the worst first."""

    BAD = 0
    DOUBTFUL = 1
    CLOSED = 2
    OFFICIAL = 3


_WORTH = {
    Ground.IMITATES: LinkWorth.BAD,
    Ground.WITHDRAWN: LinkWorth.BAD,
    Ground.OPENS_OTHER: LinkWorth.BAD,
    Ground.CLOSED: LinkWorth.CLOSED,
    Ground.LISTED: LinkWorth.OFFICIAL,
}
"""All other grounds leave the reader in doubt."""


@dataclass(frozen=True, slots=True)
class ToldLink:
    """A link as it was sent: `opens`, and `shown` in its place ("" when it is shown as it is).

    `judged` is the verdict on what opens, `entry` the page that it speaks of; of a link shown as
    another one, `entry` is the page of that one, if it is official.
    """

    opens: str
    shown: str
    judged: LinkVerdict
    entry: Entry | None = None

    @property
    def worth(self) -> LinkWorth:
        """What it is worth."""
        if self.shown:
            return LinkWorth.BAD
        if self.judged.ground is Ground.SERVICE and self.judged.verdict is Verdict.OFFICIAL:
            return LinkWorth.OFFICIAL
        return _WORTH.get(self.judged.ground, LinkWorth.DOUBTFUL)


@dataclass(frozen=True, slots=True)
class ToldAuthor:
    """Who wrote a message: `nick` without «@», `judged` what is known of it, `entry` the page that
    the verdict speaks of, or that the name of an unknown channel reminds of.

    `by_name`: only the name is that of the page. `passed_on`: the nick is the page's, and the
    channel is another one than the directory has met under it.
    """

    name: str
    nick: str
    judged: LinkVerdict
    entry: Entry | None = None
    by_name: bool = False
    passed_on: bool = False

    @property
    def worth(self) -> LinkWorth:
        """What it is worth."""
        return _WORTH.get(self.judged.ground, LinkWorth.DOUBTFUL)

    @property
    def reminds(self) -> bool:
        """Whether it is an unknown channel whose name reminds of a page."""
        return self.entry is not None and self.judged.ground is Ground.NOT_LISTED


def link_lines(told: ToldLink, now: date, *, full: bool) -> str:
    """Return the verdict on one link, `full` or as one of many."""
    heading = _heading(told)
    why = plain(_why(told), _WHY if full else _WHY_SHORT)
    if told.shown:
        return paragraphs(heading, _swapped(told, why))
    if told.entry is not None and told.worth is LinkWorth.CLOSED:
        return paragraphs(heading, lines(_page(told.entry), _instead(told.entry)))
    if told.entry is not None and told.worth is LinkWorth.OFFICIAL:
        evidence = evidence_lines(told.entry.page, now) if full else ""
        return paragraphs(heading, _page(told.entry), evidence)
    return paragraphs(heading, why if full or told.worth is LinkWorth.BAD else "")


def _why(told: ToldLink) -> str:
    """Return the reason, but for what the heading says."""
    if told.judged.ground is Ground.SAME_NAME and told.entry is not None:
        return how_to_check(_platform(told.opens))
    return told.judged.beside or told.judged.why


def _heading(told: ToldLink) -> str:
    opens = code(clean(told.opens, LINK)) if told.opens else _("a person's profile")
    if told.shown:
        shown = code(clean(told.shown, LINK))
        text = _("<b>Careful</b>: {shown} is written, but {opens} opens.")
        return text.format(shown=shown, opens=opens)
    ground = told.judged.ground
    if ground is Ground.SAME_NAME and told.entry is not None:
        text = _(
            "<b>Unknown</b>: {link} is named like “{title}”, and {on_network} the directory has no "
            "page of it; this may be its own, and may be a double."
        )
        title = plain(told.entry.page.title, _TITLE)
        return text.format(
            link=opens, on_network=on_network(_platform(told.opens) or ""), title=title
        )
    if ground is Ground.SERVICE and told.worth is LinkWorth.OFFICIAL:
        return _("{link} is a <b>service of the state</b>, not the page of a body.").format(
            link=opens
        )
    if ground is Ground.NOT_LISTED and told.entry is not None:
        text = _(
            "<b>Unknown</b>: {link} is not in the directory, though the name reminds of “{title}”."
            " Anybody may take such a name."
        )
        return text.format(link=opens, title=_with_person(told.entry.page))
    return _plain_heading(ground).format(link=opens)


def _plain_heading(ground: Ground) -> str:
    return {
        Ground.IMITATES: _("<b>Careful</b>: {link} looks like an official page and is not it."),
        Ground.WITHDRAWN: _(
            "<b>Do not trust</b> {link}: it was in the directory and was withdrawn."
        ),
        Ground.OPENS_OTHER: _("<b>Careful</b>: {link} looks real, but another's page may open."),
        Ground.UNREADABLE: _("<b>Unknown</b>: nobody can tell where {link} leads."),
        Ground.SAME_NAME: _(
            "<b>Unknown</b>: {link} is not in the directory. That proves nothing yet."
        ),
        Ground.NOT_LISTED: _(
            "<b>Unknown</b>: {link} is not in the directory. That proves nothing yet."
        ),
        Ground.NO_LINK: _("{link} is <b>not a link</b> that I could check."),
        Ground.SERVICE: _("{link} is a <b>service</b>, not the page of a body."),
        Ground.CLOSED: _("<b>Closed</b>: {link} is a page that is no longer kept."),
        Ground.LISTED: _("{link} is an <b>official page</b>."),
    }[ground]


def _platform(link: str) -> str | None:
    found = links.parse(link, slot="telegram" if link.startswith("@") else None)
    return found.platform if isinstance(found, Link) else None


def _swapped(told: ToldLink, why: str) -> str:
    if told.judged.verdict is Verdict.OFFICIAL:
        return _("It opens another page than the one that is written.")
    return paragraphs(
        _("Do not open it: the address was swapped."), why if _is_bad(told.judged) else ""
    )


def _is_bad(judged: LinkVerdict) -> bool:
    return _WORTH.get(judged.ground) is LinkWorth.BAD


def _page(entry: Entry) -> str:
    return lines(bold(entry.page.title), plain(summary(entry), _TITLE))


def _instead(entry: Entry) -> str:
    after = successor(entry)
    if after is None:
        return _("What stands in its place is not known.")
    return _("Now instead of it: {title}").format(title=plain(after.title, _TITLE))


def successor(entry: Entry) -> Page | None:
    """Return the page in the place of a closed one, None when it cannot be shown."""
    after = entry.successor
    return None if after is None or after.status is Status.HIDDEN else after


def author_lines(told: ToldAuthor, *, danger: bool) -> str:
    """Return the verdict on one author; `danger`: something in the message is bad."""
    who = _who(told)
    if told.worth is LinkWorth.BAD:
        return paragraphs(_warning(told).format(who=who), plain(told.judged.why, _WHY))
    if told.entry is not None:
        title = plain(told.entry.page.title, _TITLE)
        if told.worth is LinkWorth.CLOSED:
            text = _("The author is the channel of a closed page: {title}.")
            return lines(text.format(title=title), _instead(told.entry))
        if told.worth is LinkWorth.OFFICIAL:
            text = _("The author is an <b>official channel</b>: {title}.")
            if danger:
                text = _("The author is the channel of “{title}”. It may have been taken over.")
            return text.format(title=title)
        if told.judged.ground is Ground.SAME_NAME:
            text = _(
                "The author {who} is not in the directory. It may be the channel of “{title}”, and "
                "it may be a double."
            )
            return text.format(who=who, title=title)
        text = _(
            "The author {who} is <b>not in the directory</b>, though the name reminds of"
            " “{title}”. Anybody may take such a name."
        )
        return text.format(who=who, title=_with_person(told.entry.page))
    if not told.nick:
        return _("The author {who} cannot be checked: there is no nick.").format(who=who)
    return _("The author {who} is not in the directory.").format(who=who)


def _with_person(page: Page) -> str:
    return plain(f"{page.title} — {page.person}" if page.person else page.title, _TITLE)


def _warning(told: ToldAuthor) -> str:
    if told.by_name:
        return _("<b>Careful</b>: the author is called {who}. Anybody may take such a name.")
    if told.passed_on:
        return _("<b>Careful</b>: the nick of {who} has passed to another channel.")
    if told.judged.ground is Ground.WITHDRAWN:
        return _("<b>Do not trust</b> the author {who}: the channel was withdrawn.")
    return _("<b>Careful</b>: the author {who} resembles an official channel and is not it.")


def _who(told: ToldAuthor) -> str:
    name = f"«{plain(told.name, _NAME)}»" if told.name else ""
    nick = code(f"@{told.nick}") if told.nick else ""
    return f"{name} ({nick})" if name and nick else name or nick
