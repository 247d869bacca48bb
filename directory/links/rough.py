"""A hostile address as its victim reads it: for telling what it imitates, never for opening."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from directory.links.letters import is_invisible, latin


@dataclass(frozen=True, slots=True)
class Reading:
    """A host and a path that the eye finds in an address, in Latin letters and lower case.

    `plain`: the host stands there just so, and is what would be opened.
    """

    host: str
    path: str
    plain: bool


def readings(text: str) -> Iterator[Reading]:
    """The hosts that may be seen in the text: what stands where a host does, and user names."""
    seen = unicodedata.normalize("NFKC", "".join(c for c in text if not is_invisible(c)))
    seen = unquote(seen).replace("\\", "/").strip()
    rest = re.sub(r"^(?:[a-z][a-z0-9+-]*:/+|https?:|tg:|/+)", "", seen, flags=re.I)
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    path = re.split(r"[?#]", rest[len(authority) :], maxsplit=1)[0].strip("/")
    user, _, host = authority.rpartition("@")
    for part in (host, *re.split(r"[@:]", user)):
        name = readable(re.sub(r":[^:]*$", "", part).strip("."))
        if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", name):
            plain = part == host and name.lower() in text.lower() and "\\" not in text
            yield Reading(latin(name), path, plain and name.isascii())


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
