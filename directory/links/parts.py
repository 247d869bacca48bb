"""An address taken apart by rules narrower than any parser's.

Parsers of addresses disagree about odd strings, and a check made with one is no check for another.
What they may read differently is refused here, before anything is looked up: strange signs, names
before «@», ports, and segments of a path that a parser would resolve away.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote, unquote_to_bytes

from directory.links.data import HOSTS
from directory.links.hosts import sound_host
from directory.links.letters import harmless, is_invisible, named
from directory.links.refusal import RefusedError

_SCHEME = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*):(?P<slashes>/{0,3})", re.I)
# «http//», «http:/», «http;//», «http://http://»: what people make of it in tables.
_MISTYPED = re.compile(r"h+t+p+s?(?:[;.]?/|:/(?!/)|//|:(?!/)|:/+h?t+p+s?[:/])", re.I)
_PORT = re.compile(r":(?P<port>[^:\]]*)$")
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_ODD = re.compile(r"[^!-\[\]-~а-яёА-ЯЁ]")
_AUTHORITY_END = re.compile(r"[/?#]")
# Half an escape, or one of a control sign, of «%», «.», «/», «\», DEL: servers decode them, and
# parsers of addresses do or do not.
_UNSAFE_ESCAPE = re.compile(r"%(?![0-9a-f]{2})|%(?:[01].|2[5ef]|5c|7f)", re.I)
# Servers cut off what follows «;» before they look for dots.
_DOTS = re.compile(r"\s*\.+\s*(?:;.*)?")


@dataclass(frozen=True, slots=True)
class Parts:
    """An address taken apart: `scheme` "" when not given, `path` without its first slash."""

    scheme: str
    host: str
    path: str
    query: str
    fragment: str


def split(text: str) -> Parts:
    """Take an address apart. Raises `RefusedError` for whatever parsers may read differently."""
    _check_signs(text)
    if _MISTYPED.match(text):
        raise RefusedError(
            f"«{harmless(text)}»: начало адреса набрано с ошибкой. Нужно «https://» и имя сайта."
        )
    scheme, rest = "", text
    found = _SCHEME.match(text)
    if found and (found["slashes"] or found["scheme"].lower() in {"http", "https", "tg"}):
        scheme, rest = found["scheme"].lower(), text[found.end() :]
        if scheme not in {"http", "https", "tg"}:
            raise RefusedError(
                f"«{harmless(scheme)}:» — не начало адреса страницы. Нужно «https://»."
            )
        if len(found["slashes"]) != 2 and scheme != "tg":
            raise RefusedError(f"После «{scheme}:» должны стоять ровно две косые черты.")
    authority = _AUTHORITY_END.split(rest, maxsplit=1)[0]
    tail, _, fragment = rest[len(authority) :].partition("#")
    path, _, query = tail.partition("?")
    path = path.removeprefix("/")
    _check_path(path)
    host = authority.lower()
    # Most links are of platforms; only ASCII, as other signs become its letters («K» of Kelvin).
    if scheme != "tg" and not (authority.isascii() and host in HOSTS):
        host = sound_host(_host(authority, scheme))
    return Parts(scheme, host, path, query, fragment)


def _check_signs(text: str) -> None:
    for char in _ODD.findall(text):
        if char == "\\":
            raise RefusedError(
                "В адресе обратная косая черта «\\»: так прячут чужой адрес. Нужна прямая «/»."
            )
        if char.isspace():
            raise RefusedError(
                f"«{harmless(text)}»: внутри адреса пробел. Оставьте одну ссылку без пробелов."
                if re.search(r"[./@]", text)
                else f"«{harmless(text)}» — не ссылка. Дайте адрес страницы или оставьте пустым."
            )
        if is_invisible(char):
            raise RefusedError(
                f"В адресе {named(char)}: так прячут чужой адрес. Наберите его заново."
            )


def _check_path(path: str) -> None:
    if "%" not in path and "." not in path and path.isascii():
        return
    if _UNSAFE_ESCAPE.search(path) or not _is_utf8(path):
        raise RefusedError(
            "В адресе после имени сайта есть знаки, которые понимают по-разному. "
            "Откройте страницу и скопируйте её адрес из строки браузера."
        )
    for segment in unicodedata.normalize("NFKC", unquote(path)).split("/"):
        if _DOTS.fullmatch(segment):
            raise RefusedError(
                "В адресе стоят точки вместо имени («/../»): откроется не то, что написано. "
                "Откройте страницу и скопируйте её адрес из строки браузера."
            )


def _is_utf8(path: str) -> bool:
    try:
        unquote_to_bytes(path).decode()
    except UnicodeDecodeError:
        return False
    return True


def _host(authority: str, scheme: str) -> str:
    if "@" in authority:
        if not scheme and authority.count("@") == 1 and ":" not in authority:
            raise RefusedError(
                f"«{harmless(authority)}» — адрес электронной почты, а не страницы. "
                "Дайте адрес сайта."
            )
        host = authority.rpartition("@")[2]
        raise RefusedError(
            f"До «@» в адресе может стоять что угодно: откроется «{harmless(host)}». "
            "Дайте адрес без «@»."
        )
    if "[" in authority or authority.count(":") > 1:
        raise RefusedError(
            f"«{harmless(authority)}» — числовой адрес вместо имени сайта. Дайте адрес с именем."
        )
    port = _PORT.search(authority)
    if not port:
        return authority
    if port["port"] != _DEFAULT_PORTS.get(scheme or "https"):
        raise RefusedError(
            f"«{harmless(authority)}»: после имени сайта указан порт. У страниц его не бывает, "
            "уберите двоеточие и число."
        )
    return authority[: port.start()]
