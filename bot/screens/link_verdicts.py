"""What is said of a message with links, and of who wrote it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.screens.page_entries import load
from bot.talk.message_links import Author, Sent
from bot.talk.passages import SentLink, key_of
from bot.views.citizens.verdict import Opener, in_chat, verdicts, worst
from bot.views.citizens.verdict_lines import LinkWorth, ToldAuthor, ToldLink
from bot.views.entry import Entry
from bot.views.view import View
from bot.views.words import today
from directory.directory import Directory
from directory.links import Ground, LinkVerdict, Verdict, parse
from directory.model import Link, Page, Status
from directory.namesake import is_namesake, reminds_of
from directory.search import answer as search
from directory.store import checks

_AT_ONCE = 20
"""Links that are judged before others get their turn: each takes about a millisecond."""

_FEW = 5
"""Links of one message whose nicks are looked at for what they remind of."""

_TELEGRAM = "telegram"

_REMINDING = 3
"""Pages that a search for a name finds first, of which it may remind."""

_PARTS = 3
"""Parts of a name, from its beginning, that are searched for each by itself."""

_APART = re.compile(r"[^\w\s-]+")
_GLUED = re.compile(r"_|(?<=[^\W\d_A-Za-z])(?=[A-Za-z]{3})")
_NUMBER = re.compile(r"[\d_.-]+")

_ANSWERED = (search.SearchVerdict.FOUND, search.SearchVerdict.CHOOSE)


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdicts on a message; `more` of its links were not judged, `says_more` as in `Sent`."""

    links: Sequence[ToldLink] = ()
    authors: Sequence[ToldAuthor] = ()
    more: int = 0
    says_more: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything worth a word."""
        return bool(self.links or self.authors)

    @property
    def is_bad(self) -> bool:
        """Whether the reader must be warned."""
        return bool(self) and worst(self.links, self.authors) is LinkWorth.BAD

    def answers(self, query: str, directory: Directory) -> bool:
        """Whether the verdict answers a message, and not a search for its text `query`.

        What is known of an author alone gives way to a query that has an answer.
        """
        reminds = any(each.reminds for each in self.authors)
        if not self or self.links or self.is_bad or reminds or not query:
            return bool(self)
        return directory.search(query, limit=1).verdict not in _ANSWERED

    def view(self, *, private: bool, opener: Opener = in_chat) -> View:
        """Show the verdicts in words; there must be one."""
        return verdicts(
            self.links,
            self.authors,
            today(),
            opener,
            more=self.more,
            says_more=self.says_more,
            private=private,
        )


async def judge(sent: Sent, directory: Directory) -> Judged:
    """Judge what a message carries; its quiet parts count only when they are bad."""
    links, authors = await _judged_links(sent, directory), await _judged_authors(sent, directory)
    return Judged(links, authors, sent.more, sent.says_more)


async def _judged_links(sent: Sent, directory: Directory) -> list[ToldLink]:
    judged = []
    for n, link in enumerate(sent.links):
        if n % _AT_ONCE == _AT_ONCE - 1:
            await asyncio.sleep(0)
        shown, verdict, page = _judge(link, directory)
        if len(sent.links) <= _FEW and not link.quiet and not shown:
            verdict = await _reminding("", _nick(link.opens), verdict, directory)
            page = verdict.page
        judged.append((link, shown, verdict, page))
    entries = await _entries(directory, [page for _link, _shown, _judged, page in judged if page])
    told = [
        (link, ToldLink(link.opens, shown, judged, entries.get(page or "")))
        for link, shown, judged, page in judged
    ]
    # A real link that is shown in the place of another one is told of with that one.
    swapped = {key_of(each.shown) for _link, each in told if each.shown}
    return [
        each
        for link, each in told
        if (not link.quiet or each.worth is LinkWorth.BAD)
        and (each.worth is not LinkWorth.OFFICIAL or key_of(each.opens) not in swapped)
    ]


def _judge(link: SentLink, directory: Directory) -> tuple[str, LinkVerdict, str | None]:
    """Return what is shown in its place, the verdict on what opens, and the page spoken of."""
    judged = directory.verify(link.opens) if link.opens else _NOT_LISTED
    if not link.shown:
        return "", judged, judged.page
    shown = directory.verify(link.shown)
    both = {judged.verdict, shown.verdict}
    if both == {Verdict.OFFICIAL} and judged.page == shown.page:
        return "", judged, judged.page  # another address of the same page
    return link.shown, judged, shown.page if shown.verdict is Verdict.OFFICIAL else judged.page


def _nick(address: str) -> str:
    found = parse(address, slot=_TELEGRAM if address.startswith("@") else None)
    return found.account if isinstance(found, Link) and found.kind == "name" else ""


async def _judged_authors(sent: Sent, directory: Directory) -> list[ToldAuthor]:
    told = [(author, await _told_author(author, directory)) for author in sent.authors]
    return [each for author, each in told if not author.quiet or each.worth is LinkWorth.BAD]


async def _told_author(author: Author, directory: Directory) -> ToldAuthor:
    judged, passed_on = await _judged_account(author, directory)
    by_name = False
    # Members of a group bear the names that they have.
    named = not author.quiet and judged.ground is Ground.NOT_LISTED
    if named and (page := await _namesake(author.name, directory)):
        judged, by_name = _judged_name(author, page), True
    elif not author.quiet and not author.person:
        judged = await _reminding(author.name, author.nick, judged, directory)
    entries = await _entries(directory, [judged.page] if judged.page else [])
    entry = entries.get(judged.page or "")
    return ToldAuthor(author.name, author.nick, judged, entry, by_name, passed_on)


def _judged_name(author: Author, page: Page) -> LinkVerdict:
    """Return the verdict on somebody who is called like the page: a channel may be its own where
    the directory knows no channel of it; a person's account is never a page's."""
    known = any(x.slot == _TELEGRAM for x in page.shown_links)
    if author.nick and not author.person and not known:
        return LinkVerdict(Verdict.UNKNOWN, Ground.SAME_NAME, page.id)
    return LinkVerdict(Verdict.LOOKALIKE, Ground.IMITATES, page.id)


async def _judged_account(author: Author, directory: Directory) -> tuple[LinkVerdict, bool]:
    """Return the verdict on the account, and whether its nick has passed on to another one.

    By its number where that is known, else by its nick: a nick can be given away, a number cannot.
    """
    nick = author.nick.lower()
    by_nick = directory.verify(f"@{nick}") if nick else _NOT_LISTED
    if not author.number or author.person:
        return by_nick, False
    async with directory.db.read() as connection:
        known = await checks.nick_numbered(connection, _TELEGRAM, author.number)
        number = await checks.number_of(connection, Link(_TELEGRAM, "name", nick))
    by_number = directory.verify(f"@{known}") if known else _NOT_LISTED
    if by_number.ground is not Ground.NOT_LISTED:
        return by_number, False
    if by_nick.verdict is Verdict.OFFICIAL and number not in (None, author.number):
        return LinkVerdict(Verdict.LOOKALIKE, Ground.IMITATES), True
    return by_nick, False


_NOT_LISTED = LinkVerdict(Verdict.UNKNOWN, Ground.NOT_LISTED)


async def _namesake(name: str, directory: Directory) -> Page | None:
    """Return the page for which a reader would take somebody of this name."""
    if not name.strip():
        return None
    found = directory.search(name, limit=1)
    if found.verdict is not search.SearchVerdict.FOUND:
        return None
    page = await directory.page(found.hits[0].id)
    return page if page and is_namesake(name, page) else None


def _ways_to_read(name: str, nick: str) -> list[str]:
    """Return a name, its parts and a nick as words: «Новости: Шумков_45», «ШумковLIVE»."""
    words = _GLUED.sub(" ", name)
    ways = [words, *_APART.split(words)[:_PARTS], _NUMBER.sub(" ", words), _NUMBER.sub(" ", nick)]
    return [way for way in dict.fromkeys(" ".join(x.split()) for x in ways) if way]


async def _reminding(
    name: str, nick: str, judged: LinkVerdict, directory: Directory
) -> LinkVerdict:
    """Return the verdict on what is not listed with the page that its name or its nick reminds of,
    if there is one."""
    if judged.ground is not Ground.NOT_LISTED:
        return judged
    for called in _ways_to_read(name, nick):
        hits = directory.search(called, limit=_REMINDING).hits
        for page in await directory.pages([hit.id for hit in hits]):
            if page.status is Status.ACTIVE and reminds_of(called, page):
                return replace(judged, page=page.id)
    return judged


async def _entries(directory: Directory, ids: list[str]) -> dict[str, Entry]:
    wanted = list(dict.fromkeys(ids))
    return {entry.page.id: entry for entry in await load(directory, wanted)}
