"""An address taken apart by rules narrower than any parser's.

Parsers of addresses disagree about odd strings, and a check made with one is no check for another.
What they may read differently is refused here, before anything is looked up: strange signs, names
before «@», ports, and segments of a path that a parser would resolve away.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import unquote, unquote_to_bytes

from directory.links.data import HOSTS
from directory.links.hosts import sound_host
from directory.links.letters import harmless, is_invisible, named
from directory.links.refusal import RefusedError

_PLAIN = re.compile(r"(https?)://([a-z.]+)/([\w-]+)", re.ASCII)
"""What nearly all addresses on platforms are: nothing that parsers could read differently."""
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


class AddressParts(NamedTuple):
    """An address taken apart: `scheme` "" when not given, `path` without its first slash."""

    scheme: str
    host: str
    path: str
    query: str
    fragment: str


def split(text: str) -> AddressParts:
    """Take an address apart. Raises `RefusedError` for whatever parsers may read differently."""
    if (plain := _PLAIN.fullmatch(text)) and plain[2] in HOSTS:
        return AddressParts(plain[1], plain[2], plain[3], "", "")
    _check_signs(text)
    if _MISTYPED.match(text):
        raise RefusedError(
            "«{given}»: начало адреса набрано с ошибкой. Нужно «https://» и имя сайта.",
            given=harmless(text),
        )
    scheme, rest = "", text
    found = _SCHEME.match(text)
    if found and (found["slashes"] or found["scheme"].lower() in {"http", "https", "tg"}):
        scheme, rest = found["scheme"].lower(), text[found.end() :]
        if scheme not in {"http", "https", "tg"}:
            raise RefusedError(
                "«{scheme}:» — не начало адреса страницы. Нужно «https://».",
                scheme=harmless(scheme),
            )
        if len(found["slashes"]) != 2 and scheme != "tg":
            raise RefusedError(
                "После «{scheme}:» должны стоять ровно две косые черты.", scheme=scheme
            )
    authority = _AUTHORITY_END.split(rest, maxsplit=1)[0]
    tail, _, fragment = rest[len(authority) :].partition("#")
    path, _, query = tail.partition("?")
    path = path.removeprefix("/")
    _check_path(path)
    host = authority.lower()
    # Most links are of platforms; only ASCII, as other signs become its letters («K» of Kelvin).
    if scheme != "tg" and not (authority.isascii() and host in HOSTS):
        host = sound_host(_host(authority, scheme))
    return AddressParts(scheme, host, path, query, fragment)


def _check_signs(text: str) -> None:
    for char in _ODD.findall(text):
        if char == "\\":
            raise RefusedError(
                "В адресе обратная косая черта «\\»: так прячут чужой адрес. Нужна прямая «/»."
            )
        if char.isspace() and re.search(r"[./@]", text):
            raise RefusedError(
                "«{given}»: внутри адреса пробел. Оставьте одну ссылку без пробелов.",
                given=harmless(text),
            )
        if char.isspace():
            raise RefusedError(
                "«{given}» — не ссылка. Дайте адрес страницы или оставьте пустым.",
                given=harmless(text),
            )
        if is_invisible(char):
            raise RefusedError(
                "В адресе {sign}: так прячут чужой адрес. Наберите его заново.", sign=named(char)
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
                "«{given}» — адрес электронной почты, а не страницы. Дайте адрес сайта.",
                given=harmless(authority),
            )
        host = authority.rpartition("@")[2]
        raise RefusedError(
            "До «@» в адресе может стоять что угодно: откроется «{host}». Дайте адрес без «@».",
            host=harmless(host),
        )
    if "[" in authority or authority.count(":") > 1:
        raise RefusedError(
            "«{given}» — числовой адрес вместо имени сайта. Дайте адрес с именем.",
            given=harmless(authority),
        )
    port = _PORT.search(authority)
    if not port:
        return authority
    if port["port"] != _DEFAULT_PORTS.get(scheme or "https"):
        raise RefusedError(
            "«{given}»: после имени сайта указан порт. У страниц его не бывает, "
            "уберите двоеточие и число.",
            given=harmless(authority),
        )
    return authority[: port.start()]
