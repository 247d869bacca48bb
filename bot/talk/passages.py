"""Texts with what a press on their parts opens: which link is shown, and which one opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiogram.types import MessageEntity, RichMessageButton, RichTextButton, User

from directory.links import Refusal, find_links, put_together
from directory.links.parse import Address, read

_SERVICE = "feedback"
"""The slot in which links are read: services are official links as well."""


@dataclass(frozen=True, slots=True)
class SentLink:
    """A link of a message: what opens, and what is shown in its place.

    `opens` is an address or `@nick` as it was sent, "" for the profile of a person without a nick.
    `shown` is the other link that the reader sees in its place, "" when none is. A `quiet` link is
    worth a word only when it is bad.
    """

    opens: str
    shown: str = ""
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """The characters of a text from `start` to `end`, a press on which opens something.

    A `quiet` span opens a person's profile, or what is no page: a mail program, a search.
    """

    start: int
    end: int
    opens: str
    quiet: bool = False


def sent_links(text: str, spans: Iterable[Span]) -> Iterator[SentLink]:
    """Return the links of a text: those of its spans, each with the link that it is shown as, and
    the links that stand in the text besides."""
    rest = list(text)
    for span in spans:
        start, end = _to_whole_words(text, span)
        shown = text[start:end]
        found = find_links(shown)
        others = [x for x in found if not _same(x, span.opens, cut=f"{x}…" in shown)]
        if others:
            yield SentLink(span.opens, others[0])
        elif not span.quiet or span.opens.startswith("@"):
            yield SentLink(span.opens, quiet=span.quiet)
        rest[start:end] = " " * (end - start)
    yield from (SentLink(link) for link in find_links(put_together("".join(rest))))


def entity_spans(text: str, entities: Sequence[MessageEntity]) -> list[Span]:
    """Return what entities of a text open."""
    spans = []
    for entity in entities:
        start = _position(text, entity.offset)
        end = _position(text, entity.offset + entity.length)
        if entity.type == "text_link" and entity.url:
            spans.append(Span(start, end, entity.url))
        elif entity.type == "text_mention" and entity.user:
            spans.append(Span(start, end, nick_of(entity.user), quiet=True))
        elif entity.type in ("url", "mention"):
            spans.append(Span(start, end, text[start:end]))
    return spans


def rich_text(value: object, at: int = 0) -> tuple[str, list[Span]]:
    """Return the text of a `RichText` that stands at character `at`, and what its parts open."""
    if isinstance(value, str):
        return value, []
    if isinstance(value, list):
        text, spans = "", list[Span]()
        for part in value:
            more, within = rich_text(part, at + len(text))
            text, spans = text + more, spans + within
        return text, spans
    inner = next((x for x in (getattr(value, name, None) for name in _INNER) if x), "")
    text, spans = rich_text(inner, at)
    opens = _rich_target(value)
    if opens is not None:
        spans.append(Span(at, at + len(text), opens, quiet=getattr(value, "type", "") != "url"))
    return text, spans


def is_rich(value: object) -> bool:
    """Whether it is a `RichText` other than a bare string."""
    parts = value if isinstance(value, list) else [value]
    return any(
        type(x).__name__.startswith("RichText") or (isinstance(x, str) and x is not value)
        for x in parts
    )


def rich_buttons(value: object) -> Iterator[RichMessageButton]:
    """Return the buttons within a `RichText`."""
    if isinstance(value, RichTextButton):
        yield value.button
    parts = value if isinstance(value, list) else [getattr(value, "text", None)]
    for part in parts:
        if part is not None and not isinstance(part, str):
            yield from rich_buttons(part)


_INNER = ("text", "alternative_text", "expression")
"""Where the words of a `RichText` stand."""

_TARGETS = ("url", "email_address", "phone_number", "bank_card_number", "bot_command", "hashtag")
"""Where a `RichText` says what it opens; all but the first open no page."""


def _rich_target(value: object) -> str | None:
    user, nick = getattr(value, "user", None), getattr(value, "username", None)
    if isinstance(user, User):
        return nick_of(user)
    if isinstance(nick, str):
        return f"@{nick.removeprefix('@')}"
    return next((x for x in (getattr(value, name, None) for name in _TARGETS) if x), None)


def nick_of(user: User) -> str:
    """`@nick` of a person or bot, "" without one."""
    return f"@{user.username}" if user.username else ""


def key_of(link: str) -> str:
    """Return the same for two ways to write an address that open the same: the account where
    nothing else may open, else the address as it is written."""
    found = _named(link)
    if isinstance(found, Refusal) or found.doubt or found.over:
        return _bare(link)
    return found.link.key.casefold()


def _same(shown: str, opens: str, *, cut: bool) -> bool:
    """Whether a reader who sees `shown` (`cut`: shortened with an ellipsis) gets what they see.

    What else may open by `opens` is for the verdict on it to say.
    """
    a, b = _named(shown), _named(opens)
    if isinstance(a, Address) and isinstance(b, Address):
        if a.link.key.casefold() == b.link.key.casefold() and not a.doubt and not a.over:
            return True
        if a.link.platform == b.link.platform == "site":
            return _host(shown) == _host(opens)
    elif isinstance(a, Refusal) and _host(shown) == _host(opens) != "":
        # «vk.com» shows no account, so any of VK is what the reader sees.
        return isinstance(b, Refusal) or not urlsplit(_with_scheme(shown)).path.strip("/")
    return _bare(shown) == _bare(opens) or (cut and _bare(opens).startswith(_bare(shown)))


def _named(link: str) -> Address | Refusal:
    return read(link, slot="telegram" if link.startswith("@") else _SERVICE)


def _bare(link: str) -> str:
    return link.casefold().partition("://")[2].removeprefix("www.").rstrip("/") or link.casefold()


def _host(link: str) -> str:
    try:
        host = urlsplit(_with_scheme(link)).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").removeprefix("m.")


def _with_scheme(link: str) -> str:
    return link if "://" in link else f"//{link}"


def _to_whole_words(text: str, span: Span) -> tuple[int, int]:
    """Return the span with the rest of the words that it begins and ends in: of a link that is
    shown, only a letter may open something else."""
    start, end = span.start, span.end
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _position(text: str, units: int) -> int:
    """Return the character at which so many UTF-16 units end."""
    data = text.encode("utf-16-le", "surrogatepass")[: max(0, units) * 2]
    return len(data.decode("utf-16-le", "ignore"))
