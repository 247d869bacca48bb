"""From a server's last answer to an outcome."""

from __future__ import annotations

import html
import re
import tomllib
from dataclasses import dataclass, replace
from importlib.resources import files

from yarl import URL

from directory.linkcheck.own_site import accounts
from directory.links import Refusal, label, parse, url
from directory.links.address import SITE
from directory.links.letters import harmless
from directory.links.outcome import Checked, CheckOutcome
from directory.model import Link

_REFUSALS = frozenset({401, 403, 407, 418, 429, 451, 999})
"""How servers turn robots away; 999 is LinkedIn's, and others' after it."""

_GONE = frozenset({404, 410})

# The text between two tags; nothing is nested, so this takes time in proportion to the page.
_TEXTS = re.compile(r">([^<>]{4,200})<")
_CP1251 = re.compile(rb"charset=[\"']?(?:windows|cp)-?1251", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SiteAnswer:
    """What a server said: `location` is where it sends on to, `body` at most a megabyte."""

    status: int
    location: str
    sets_cookie: bool
    charset: str
    body: bytes

    @property
    def text(self) -> str:
        """The body as text, whatever it says that its charset is."""
        charset = self.charset or ("cp1251" if _CP1251.search(self.body[:4096]) else "utf-8")
        try:
            return self.body.decode(charset, "replace")
        except (LookupError, UnicodeError):  # a charset that nobody knows, or that is none of text
            return self.body.decode("utf-8", "replace")


def judged(link: Link, end: URL, answer: SiteAnswer) -> Checked:
    """The outcome of a link whose last redirect, to `end`, got this answer."""
    if answer.status in _REFUSALS:
        return Checked(link, CheckOutcome.NOT_CHECKED)
    if answer.status in _GONE or (answer.status < 300 and _says_gone(answer)):
        return Checked(link, CheckOutcome.GONE)
    if not 200 <= answer.status < 300:
        return Checked(link, CheckOutcome.UNREACHABLE)
    found = _arrived(link, URL(url(link)), end)
    if link.platform == SITE and found.outcome is CheckOutcome.OK:
        return replace(found, linked=accounts(answer.text))
    return found


def _arrived(link: Link, start: URL, end: URL) -> Checked:
    if end == start or (link.platform == SITE and _bare(end) == _bare(start)):
        return Checked(link, CheckOutcome.OK)
    found = parse(str(end))
    if isinstance(found, Refusal):
        if _bare(end) == _bare(start):
            # A network's own page, where it asks strangers to log in, is not the account.
            return Checked(link, CheckOutcome.NOT_CHECKED)
        return Checked(link, CheckOutcome.MOVED, harmless(end.host or ""))
    if found.key == link.key:
        return Checked(link, CheckOutcome.OK)
    return Checked(link, CheckOutcome.MOVED, label(found))


def same_path(one: URL, other: URL) -> bool:
    """Whether both addresses lead to the same page of their hosts."""
    paths = (one.path.rstrip("/"), other.path.rstrip("/"))
    return paths[0] == paths[1] and one.query == other.query


def _bare(address: URL) -> str:
    return (address.raw_host or "").removeprefix("www.").removeprefix("m.")


def _says_gone(answer: SiteAnswer) -> bool:
    return any(_plain(html.unescape(text)) in _PHRASES for text in _TEXTS.findall(answer.text))


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split()).rstrip(".! ")


_PHRASES = frozenset(
    _plain(phrase)
    for phrase in tomllib.loads((files("directory.linkcheck") / "gone.toml").read_text("utf-8"))[
        "phrases"
    ]
)
