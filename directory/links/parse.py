"""From text to a link: platform, kind and account, or the reason why not.

Parsers of addresses disagree about odd strings, and whoever checks with one and hands the string
to another is beaten. So nothing of what was given is passed on: the text is taken apart here by
rules narrower than any parser's, and an address is rebuilt from the account alone (`address.url`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from directory.links.address import SITE
from directory.links.data import DOMAINS, HOSTS, NICK_DOMAINS, PLATFORMS, SITES, Form, Platform
from directory.links.hosts import sound_host, within
from directory.links.letters import foreign, harmless, is_invisible, named
from directory.links.refusal import Refusal, RefusedError
from directory.model import NETWORKS, SERVICES, Link

MAX_LENGTH = 2048
"""Longer addresses are refused: none of a page that people are sent to is."""

_SCHEME = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*):(?P<slashes>/{0,3})", re.I)
# «http//», «http:/», «http;//», «http://http://»: what people make of it in tables.
_MISTYPED = re.compile(r"h+t+p+s?(?:[;.]?/|:/(?!/)|//|:(?!/)|:/+h?t+p+s?[:/])", re.I)
_PORT = re.compile(r":(?P<port>[^:\]]*)$")
_DEFAULT_PORTS = {"http": "80", "https": "443"}
# Signs of a path that no parser touches and that need no escaping in HTML.
_PATH = re.compile(r"(?:[\w.~!,:;=+%-]+(?:/[\w.~!,:;=+%-]+)*)?(?<![.,:;!])/?", re.ASCII)
_ODD = re.compile(r"[^!-\[\]-~а-яёА-ЯЁ]")
_VALUE = re.compile(r"[\w.~-]{0,100}(?<!\.)", re.ASCII)
_OUTER = " \t\r\n\u00a0\u202f\u2009\u3000"
_START, _END = "«„“\"'<(" + _OUTER, "»“”\"'>).,;:!?…" + _OUTER
_AUTHORITY_END = re.compile(r"[/?#]")


@dataclass(frozen=True, slots=True)
class Parts:
    """An address taken apart: `scheme` "" when not given, `path` without its first slash."""

    scheme: str
    host: str
    path: str
    query: str


def parse(text: str, *, slot: str | None = None) -> Link | Refusal:
    """The link that the text names.

    `slot` is the column it stands in (one of `model.SLOTS`): in a network's column a bare nick or
    `@nick` will do, and another platform's link is refused; a column of services takes any.
    """
    try:
        return _read(trimmed(text), slot)
    except RefusedError as error:
        return Refusal(str(error))


def trimmed(text: str) -> str:
    """The text without what surrounds a link in a sentence or a cell."""
    if text.isascii() and text.isprintable():
        return text.rstrip(_END).lstrip(_START)
    hidden = "".join(set(filter(is_invisible, text)))
    return text.rstrip(_END + hidden).lstrip(_START + hidden)


def _read(text: str, slot: str | None) -> Link:
    if not text:
        raise RefusedError("Пусто: ссылки нет.")
    if len(text) > MAX_LENGTH:
        raise RefusedError(f"Адрес длиннее {MAX_LENGTH} знаков. Дайте адрес самой страницы.")
    link = _nick(text, slot) if _is_nick(text, slot) else _address(text, slot)
    _check_slot(link, slot)
    return link


def _is_nick(text: str, slot: str | None) -> bool:
    if text.startswith("@"):
        return True
    if slot not in PLATFORMS or re.search(r"[:/?#\\@\s]", text.removeprefix("group/")):
        return False
    # «gb.bug» may be a nick as well as a site: only the latter ends in letters after its dot.
    return "." not in text or not text.rpartition(".")[2].isalpha()


def _nick(text: str, slot: str | None) -> Link:
    if slot not in PLATFORMS:
        raise RefusedError(
            f"«{harmless(text)}»: по нику не видно, какая это сеть. Напишите адрес целиком."
        )
    platform = PLATFORMS[slot]
    nick = text.removeprefix("@")
    if nick.isdecimal():
        raise RefusedError(
            f"«{harmless(text)}» — одно число: не видно, человек это или сообщество. "
            f"Напишите адрес страницы в сети «{platform.name}» целиком."
        )
    return _account(platform, nick, "", slot)


def _address(text: str, slot: str | None) -> Link:
    parts = split(text)
    if parts.scheme == "tg":
        return _telegram_scheme(parts)
    if platform := HOSTS.get(parts.host):
        return _account(platform, parts.path, parts.query, slot)
    nick, _, domain = parts.host.partition(".")
    platform = NICK_DOMAINS.get(domain)
    if platform and nick not in platform.stop:
        return _account(platform, nick, "", slot)
    owner = within(parts.host, DOMAINS)
    if owner:
        raise RefusedError(
            f"«{harmless(text)}» — служебный адрес ({DOMAINS[owner].name}), а не страница. "
            "Скопируйте адрес самой страницы."
        )
    return _site(parts)


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
    tail = rest[len(authority) :].partition("#")[0]
    path, _, query = tail.partition("?")
    if scheme == "tg":
        return Parts("tg", authority.lower(), path, query)
    host = authority.lower()
    # Most links are of platforms; only ASCII, as other signs become its letters («K» of Kelvin).
    if not authority.isascii() or host not in HOSTS:
        host = sound_host(_host(authority, scheme))
    return Parts(scheme, host, path.removeprefix("/"), query)


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


def _telegram_scheme(parts: Parts) -> Link:
    nick = dict(_pairs(parts.query)).get("domain", "")
    if parts.host != "resolve" or parts.path.strip("/") or not nick:
        raise RefusedError("Эта ссылка «tg:» не называет канала. Нужна вида «t[.]me/имя».")
    return _account(PLATFORMS["telegram"], nick, "", None)


def _account(platform: Platform, path: str, query: str, slot: str | None) -> Link:
    path = path.strip("/")
    for pattern, why in platform.refused:
        if pattern.fullmatch(path):
            raise RefusedError(f"{platform.name}: {why}. Дайте адрес самой страницы.")
    if foreign(path.partition("/")[0]):
        raise RefusedError(
            f"«{harmless(path)}» — {foreign(path.partition('/')[0])}: {platform.name} пишет имена "
            "латиницей, это другая страница. Наберите имя заново."
        )
    if platform.lower:
        path = path.lower()
    owner = _owner(platform, query)
    link = _form(platform, path, service=slot in SERVICES)
    if link is None or (link.kind == "name" and _is_stopped(platform, link.account)):
        link = owner
    if link is None:
        raise RefusedError(
            f"«{harmless(path)}»: {platform.name}, но не страница человека или сообщества. "
            "Откройте нужную страницу и скопируйте её адрес."
            if path
            else f"{platform.name} без имени страницы. Скопируйте адрес самой страницы."
        )
    if owner and link.kind in {"club", "user"} and owner != link:
        raise RefusedError(
            f"{platform.name}: в адресе две разные страницы. Скопируйте адрес нужной."
        )
    return link


def _form(platform: Platform, path: str, *, service: bool) -> Link | None:
    forms: tuple[Form, ...] = platform.forms
    if service and platform.service:
        forms = (platform.service, *forms)
    for form in forms:
        found = form.path.fullmatch(path)
        if found:
            return Link(platform.id, form.kind, form.account.format(**found.groupdict()))
    return None


def _is_stopped(platform: Platform, account: str) -> bool:
    word = account.rpartition("/")[2].lower()
    return (
        word in platform.stop
        or word.endswith((".php", ".html"))
        # An application's number, or digits alone: not the name of anybody.
        or re.fullmatch(r"(?:app)?\d+", word) is not None
    )


def _owner(platform: Platform, query: str) -> Link | None:
    for name, value in _pairs(query):
        pattern = platform.query.get(name)
        found = pattern.fullmatch(value) if pattern else None
        if found:
            number = found["owner"]
            path = f"club{number[1:]}" if number.startswith("-") else f"id{number}"
            return _form(platform, path, service=False)
    return None


def _pairs(query: str) -> list[tuple[str, str]]:
    pairs = (part.partition("=") for part in query.split("&") if part)
    return [(name, unquote(value)) for name, _, value in pairs]


def _site(parts: Parts) -> Link:
    if within(parts.host, SITES.short):
        raise RefusedError(
            f"«{harmless(parts.host)}» — сокращённая ссылка: куда она ведёт, решает тот, кто её "
            "сделал. Дайте адрес самой страницы."
        )
    path = _site_path(parts.path)
    query = _site_query(parts.query)
    account = parts.host
    if path or query:
        account += f"/{path}" + (f"?{query}" if query else "")
    return Link(SITE, parts.scheme or "https", account)


def _site_path(path: str) -> str:
    quoted = "".join(
        char if char.isascii() else "".join(f"%{byte:02X}" for byte in char.encode())
        for char in path
    )
    words = quoted.lower().split("/")
    if (
        not _PATH.fullmatch(quoted)
        or re.search(r"%(?![0-9a-f]{2})|%(?:0|1|2[ef]|5c|7f|25)", quoted, re.I)
        or {".", ".."} & set(words)
    ):
        raise RefusedError(
            "В адресе после имени сайта есть знаки, которые понимают по-разному. "
            "Откройте страницу и скопируйте её адрес из строки браузера."
        )
    return quoted


def _site_query(query: str) -> str:
    """What of a query names the page: some sites have a page a number (`/orgs/org.html?id=568`).

    Words that only tell who brought the reader are dropped; a value that could itself be an
    address is refused, since that is how an honest site is made to lead elsewhere.
    """
    kept = []
    for part in filter(None, query.split("&")):
        name, sign, value = part.partition("=")
        if name.lower() in SITES.tracking:
            continue
        if not _VALUE.fullmatch(name) or not _VALUE.fullmatch(value) or not name:
            raise RefusedError(
                "После «?» в адресе есть лишнее: по такой ссылке сайт может увести на другой. "
                "Дайте адрес самой страницы."
            )
        kept.append(f"{name}{sign}{value}")
    return "&".join(kept)


def _check_slot(link: Link, slot: str | None) -> None:
    fits = {link.platform} if link.platform in NETWORKS else {SITE}
    if slot is None or slot in SERVICES or slot in fits:
        return
    given = "адрес сайта" if link.platform == SITE else f"ссылка на {PLATFORMS[link.platform].name}"
    wanted = "«Сайт»" if slot == SITE else f"«{PLATFORMS[slot].name}»"
    raise RefusedError(f"Это {given}, а столбец — {wanted}. Перенесите её в свой столбец.")
