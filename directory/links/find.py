"""Links within free text."""

from __future__ import annotations

import re

from directory.links.data import HOSTS, PLATFORMS, SITES
from directory.links.letters import latin
from directory.links.parse import trimmed

# With a scheme anything up to a space is taken: a hostile address must be judged whole.
_WITH_SCHEME = r"(?:https?:|tg:)/*[^\s<>«»\"/][^\s<>«»\"]*"
# «javascript:alert(1)//vk.com/…» is judged whole too, or the honest address within it would be
# vouched for. A label («VK:https://…») is no scheme.
_STRANGE = r"(?<![\w+.-])[a-z][\w+.-]*:[^\s<>«»\"/:]*//[^\s<>«»\"]+"
_BARE = r"(?<![\w@.])(?:[\w-]+(?:[.。．｡․][\w-]+)+)(?:[:/?#\\][^\s<>«»\"]*)?"
_NICK = r"(?<![\w@./])@[\w.]{3,64}"
_CANDIDATE = re.compile(f"{_WITH_SCHEME}|{_STRANGE}|{_NICK}|{_BARE}", re.I)
_SIGN = re.compile("[:@.。．｡․]")
"""What every candidate has: most texts have none, and need no further look."""

_BROKEN = re.compile(r"[\[(]([.:@])[\])]")
"""A sign of an address that was put apart so that nobody presses it, as this bot does."""

_SPACED = "|".join(re.escape(host).replace(r"\.", r" ?\. ?") for host in HOSTS)
_APART = re.compile(rf"(?<![\w.])(?:{_SPACED})/(?=\w)", re.I)
"""The same with spaces, which filters of other chats do not see through."""

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def find_links(text: str) -> list[str]:
    """The parts of a text that look like links, `@nick` included, in order and without repeats.

    They are candidates: `parse` or `verify` says what each is. Addresses of mail are none.
    """
    if not _SIGN.search(text):
        return []
    found = []
    for part in re.split(r"\s+|[,;](?=\s|https?:)|(?<=[\w/])[,;](?=www\.)", text):
        if _MAIL.fullmatch(trimmed(part)):
            continue
        for match in _CANDIDATE.finditer(part):
            candidate = trimmed(match.group())
            if _is_link(candidate):
                found.append(candidate)
    return list(dict.fromkeys(found))


def put_together(text: str) -> str:
    """The text with those addresses whole that were put apart («vk[.]com», «vk .com/nick»), as its
    reader makes them."""
    if not _SIGN.search(text):
        return text
    text = re.sub(r"\bhxxp(s?):", r"http\1:", _BROKEN.sub(r"\1", text), flags=re.I)
    return _APART.sub(lambda found: found[0].replace(" ", ""), text)


def _is_link(candidate: str) -> bool:
    if re.match(r"(?:https?|tg):", candidate, re.I):
        return True
    if candidate.startswith("@"):
        return re.search(r"[A-Za-z]", candidate) is not None
    strange = re.match(r"[a-z][\w+.-]*:[^/:]*//", candidate, re.I)
    if strange:
        return _is_link(candidate[strange.end() :])
    host = re.split(r"[:/?#\\]", candidate, maxsplit=1)[0].lower()
    end = re.split(r"[.。．｡․]", host)[-1]
    known = end in SITES.ends or latin(end) in SITES.ends or host in SITES.short
    return known or any(latin(host).endswith(d) for p in PLATFORMS.values() for d in p.domains)
