"""A hostile address as its victim reads it: for telling what it imitates, never for opening."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from directory.links.letters import is_invisible, latin

_LONGEST_HOST = 253
"""Signs of a name of a site: a longer one leads nowhere."""


@dataclass(frozen=True, slots=True)
class RoughReading:
    """A host in lower case and a path that the eye finds in an address.

    `plain`: the host stands there just so, and is what would be opened.
    """

    host: str
    path: str
    plain: bool

    @property
    def seen(self) -> str:
        """The host in the Latin letters that it is read as."""
        return latin(self.host)


def readings(text: str) -> Iterator[RoughReading]:
    """The hosts that may be seen in the text: what stands where a host does, and user names."""
    seen = unicodedata.normalize("NFKC", "".join(c for c in text if not is_invisible(c)))
    seen = unquote(seen).replace("\\", "/").strip()
    rest = re.sub(r"^(?:[a-z][a-z0-9+-]*:/+|https?:|tg:|/+)", "", seen, flags=re.I)
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    path = re.split(r"[?#]", rest[len(authority) :], maxsplit=1)[0].strip("/")
    user, _, host = authority.rpartition("@")
    for part in (host, *re.split(r"[@:]", user)):
        name = readable(re.sub(r":[^:]*$", "", part).strip("."))
        if len(name) <= _LONGEST_HOST and re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", name):
            plain = part == host and name.lower() in text.lower() and "\\" not in text
            yield RoughReading(name.lower(), path, plain and name.isascii())


def readable(host: str) -> str:
    """The host with what is written in punycode in its own letters, sound or not."""
    return ".".join(_decoded(label) for label in host.split("."))


def _decoded(label: str) -> str:
    if not label.lower().startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def host_in(text: str) -> str:
    """What stands in the place of a host."""
    return re.split(r"[/?#]", re.sub(r"^\w+:/*", "", text), maxsplit=1)[0]


def is_mail(text: str) -> bool:
    """Whether the text is an address of mail."""
    return re.fullmatch(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", text) is not None


def nick_in(path: str) -> str:
    """The first thing in a path that could be a nick: of «s/nick», «@nick», «clips/@nick»."""
    parts = [part for part in path.split("/") if part and part != "s"]
    marked = (part for part in parts if part.startswith("@"))
    name = next(marked, parts[0] if parts else "").removeprefix("@")
    return re.split(r"[^\w.-]", name, maxsplit=1)[0]
