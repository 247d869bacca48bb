"""What stands after «?» and «#» of an address: what it may change of the page that opens.

On a platform only keys that are known to leave the account as it is are let pass (`keys` of
`platforms.toml`), and windows, which show what their owner published (`windows`). On a site any
key may name the page, but no value may be an address: so an honest site is made to lead elsewhere.
"""

from __future__ import annotations

import binascii
import re
import unicodedata
from base64 import urlsafe_b64decode
from urllib.parse import unquote

from directory.links.data import SITES, Platform
from directory.links.letters import harmless
from directory.links.refusal import RefusedError

_NAME = re.compile(r"[\w.~-]{1,100}(?<!\.)", re.ASCII)
# Of escapes only those of national letters and of a space: what a form for searching sends.
_VALUE = re.compile(r"(?:[\w.~+-]|%20|%[89A-F][\dA-F]){0,300}(?<!\.)", re.ASCII)
_WORDS = re.compile(r"[\w .~+-]*")
_TRACKED = re.compile(r"[\w.~%:/+|!*-]{0,300}", re.ASCII)
_WORD = re.compile(r"[\w-]{0,64}")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?P<end>[^\W\d_]{2,}|xn--[a-z0-9-]+)", re.I)
_NUMBERS = re.compile(r"[\d.]*\d\.[\d.]*|(?:.*\.)?0x[\da-f]*(?:\..*)?", re.I)
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}|\d{4}\.\d\d\.\d\d|\d{1,2}\.\d{4}")
_SHORT_NUMBER = re.compile(r"\d{0,7}")
_ENCODED = re.compile(r"[\w+-]{8,}", re.ASCII)
_HIGHLIGHT = ":~:text="
"""What browsers put before words to be highlighted on the page."""


def pairs(query: str) -> list[tuple[str, str]]:
    """The keys and values of a query, decoded.

    Raises `RefusedError` where readers differ about them: a repeated key, one written in escapes
    or brackets, «;» between keys.
    """
    found: dict[str, str] = {}
    for part in filter(None, query.split("&")):
        name, _, value = part.partition("=")
        if name.casefold() in found or not re.fullmatch(r"[\w.]+", name, re.ASCII) or ";" in value:
            raise RefusedError(
                "В адресе повторено или записано необычно «{key}»: его читают по-разному. "
                "Уберите всё после «?».",
                key=harmless(name, 20),
            )
        found[name.casefold()] = unquote(value)
    return list(found.items())


def window_owner(value: str, platform: Platform, name: str) -> str | None:
    """The number of the owner of what a window shows, a community's with «-»; None when the value
    shows anything else."""
    first, *others = value.split("/")
    found = platform.windows[name].fullmatch(first)
    if not found:
        return None
    owner = re.escape(found["owner"])
    if all(re.fullmatch(rf"[a-z_]*{owner}(?:_-?\w+)?", other, re.ASCII) for other in others):
        return found["owner"]
    return None


def is_harmless_key(platform: Platform, name: str, value: str) -> bool:
    """Whether the key leaves the account that the path names as it is."""
    pattern = platform.keys.get(name)
    if pattern is not None:
        return pattern.fullmatch(value) is not None
    return is_tracking(name, value)


def is_tracking(name: str, value: str) -> bool:
    """Whether the key only tells who brought the reader: counters note addresses, too."""
    if name in SITES.counters or name.startswith("utm_"):
        return _TRACKED.fullmatch(value) is not None
    return name in SITES.tracking and _WORD.fullmatch(value) is not None


def site_query(query: str) -> str:
    """What of a query names the page: some sites have a page a number (`/orgs/org.html?id=568`).

    Keys that only tell who brought the reader are dropped. Raises `RefusedError` for a value that
    could itself be an address, and for a key that stands there twice.
    """
    kept: dict[str, str] = {}
    for part in filter(None, query.split("&")):
        name, sign, value = part.partition("=")
        if is_tracking(name.lower(), unquote(value)):
            continue
        seen = unicodedata.normalize("NFKC", unquote(value, errors="replace"))
        value = escaped(value)
        sound = _VALUE.fullmatch(value) and _WORDS.fullmatch(seen) and name.lower() not in kept
        leads = name.lower() in SITES.leading and not _SHORT_NUMBER.fullmatch(value)
        if not sound or leads or not _NAME.fullmatch(name) or is_address(name) or is_address(seen):
            raise RefusedError(
                "После «?» в адресе есть лишнее: по такой ссылке сайт может увести на другой. "
                "Дайте адрес самой страницы."
            )
        kept[name.lower()] = f"{name}{sign}{value}"
    return "&".join(kept.values())


def escaped(text: str) -> str:
    """The text with its national letters as browsers send them, in one way of writing."""
    quoted = "".join(
        char if char.isascii() else "".join(f"%{byte:02X}" for byte in char.encode())
        for char in text
    )
    return re.sub(r"%[\da-f]{2}", lambda escape: escape[0].upper(), quoted, flags=re.I)


def is_plain_fragment(fragment: str) -> bool:
    """Whether a fragment is a mere place on the page, by its name."""
    return _WORD.fullmatch(fragment) is not None


def check_site_fragment(fragment: str) -> None:
    """Let pass a place on the page and a page within the site («#/news/5»).

    Raises `RefusedError` when an address stands there.
    """
    if is_plain_fragment(fragment) or fragment.startswith(_HIGHLIGHT):
        return
    decoded = unquote(unquote(fragment))
    words = re.split(r"[/=&?!]", decoded)
    if re.search(r"//|[\\@:]", decoded) or any(is_address(word.rstrip(".")) for word in words):
        raise RefusedError(
            "После «#» в адресе стоит другой адрес: по такой ссылке сайт может увести на него. "
            "Дайте адрес самой страницы."
        )


def leads_away(path: str) -> bool:
    """Whether an address stands within the path of a site: «/go/evil.ru», «/go;to=evil.ru»."""
    segments = re.split("[/;,=&]", unquote(path).lower())
    return any(
        segment.endswith(":") or (is_address(segment) and _known_end(segment))
        for segment in segments
    ) or any(map(_is_encoded_address, re.split("[/;,=&]", path)))


def is_address(value: str) -> bool:
    """Whether a value looks like a host or an IP address. Names of files and dates do not."""
    if value.lower() == "localhost":
        return True
    if "." not in value:
        return value[:2].lower() == "0x" or _is_encoded_address(value)
    if _NUMBERS.fullmatch(value):
        return not _DATE.fullmatch(value)
    found = _HOST.fullmatch(value)
    return found is not None and found["end"].lower() not in SITES.files


def _is_encoded_address(value: str) -> bool:
    """Whether a value is an address in base64 or in hexadecimal: so passages hide where they
    lead."""
    if not _ENCODED.fullmatch(value):
        return False
    sixty_four = value.replace("+", "-") + "=" * (-len(value) % 4)
    for decode, text in ((urlsafe_b64decode, sixty_four), (binascii.unhexlify, value)):
        try:
            hidden = decode(text).decode("ascii")
        except ValueError:
            continue
        host = re.sub(r"^(?:https?:)?//", "", hidden, flags=re.I)
        if host != hidden or ("." in host and is_address(re.split(r"[/?#:]", host)[0])):
            return True
    return False


def _known_end(segment: str) -> bool:
    """Segments have dots of their own («v.1», «a.ivanov»): only known ends are told from them."""
    end = segment.rpartition(".")[2]
    return end in SITES.ends or end.isdecimal()
