"""From text to a link: platform, kind and account, or the reason why not.

Parsers of addresses disagree about odd strings, so a string that one of them has checked may mean
something else to another. Nothing of the input is passed on: the text is taken apart here by rules
narrower than any parser's, and an address is rebuilt from the account alone (`address.url`).
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from directory.links.address import SITE
from directory.links.data import DOMAINS, HOSTS, NICK_DOMAINS, PLATFORMS, SITES, Platform
from directory.links.hosts import within
from directory.links.letters import foreign, harmless, is_invisible
from directory.links.parts import AddressParts, split
from directory.links.query import (
    check_site_fragment,
    escaped,
    is_harmless_key,
    is_plain_fragment,
    leads_away,
    pairs,
    site_query,
    window_owner,
)
from directory.links.refusal import Refusal, RefusedError
from directory.model import NETWORKS, SERVICES, Link, value_class
from directory.translation import say

MAX_LENGTH = 2048
"""Longer addresses are refused: none of a page that people are sent to is."""

# Signs of a path that no parser touches and that need no escaping in HTML.
_PATH = re.compile(r"(?:[\w.~!,:;=+%-]+(?:/[\w.~!,:;=+%-]+)*)?(?<![.,:;!])/?", re.ASCII)
_NO_NICK = re.compile(r"[:/?#\\@\s]")
_NUMBER = re.compile(r"(?:app)?\d+")
_OUTER = " \t\r\n\u00a0\u202f\u2009\u3000"
_START, _END = "«„“\"'<(" + _OUTER, "»“”\"'>).,;:!?…" + _OUTER


@value_class
class Address:
    """What an address names (`link`), and what else may open by it.

    `over` is the owner of what opens over the page, where the address says whose that is. `doubt`
    tells why the address may open something else than `link`, "" when it opens just that: an
    account may then be taken from the address, but the address itself is not vouched for.
    """

    link: Link
    over: Link | None = None
    doubt: str = ""


def parse(text: str, *, slot: str | None = None) -> Link | Refusal:
    """The link that the text names.

    `slot` is the column it stands in (one of `model.SLOTS`): in a network's column a bare nick or
    `@nick` will do, and another platform's link is refused; a column of services takes any.
    """
    address = read(text, slot=slot)
    return address if isinstance(address, Refusal) else address.link


def read(text: str, *, slot: str | None = None) -> Address | Refusal:
    """Like `parse`, with what else may open by the address."""
    try:
        return _read(trimmed(text), slot)
    except RefusedError as error:
        return Refusal(str(error))


def trimmed(text: str) -> str:
    """The text without what surrounds a link in a sentence or a cell."""
    start, end = _START, _END
    if not (text.isascii() and text.isprintable()):
        hidden = "".join(set(filter(is_invisible, text)))
        start, end = start + hidden, end + hidden
    text = text.lstrip(start)
    bare = text.rstrip(end)
    # «/..» at the end is a part of the address, and leads out of the page.
    return f"{bare}.." if bare.endswith("/") and text[len(bare) :].startswith("..") else bare


def _read(text: str, slot: str | None) -> Address:
    if not text:
        raise RefusedError("Пусто: ссылки нет.")
    if len(text) > MAX_LENGTH:
        raise RefusedError("Адрес длиннее {n} знаков. Дайте адрес самой страницы.", n=MAX_LENGTH)
    address = _nick(text, slot) if _is_nick(text, slot) else _address(text, slot)
    _check_slot(address.link, slot)
    return address


def _is_nick(text: str, slot: str | None) -> bool:
    if text.startswith("@"):
        return True
    if slot not in PLATFORMS or _NO_NICK.search(text.removeprefix("group/")):
        return False
    # «gb.bug» may be a nick as well as a site: only the latter ends in letters after its dot.
    return "." not in text or not text.rpartition(".")[2].isalpha()


def _nick(text: str, slot: str | None) -> Address:
    if slot not in PLATFORMS:
        raise RefusedError(
            "«{given}»: по нику не видно, какая это сеть. Напишите адрес целиком.",
            given=harmless(text),
        )
    platform = PLATFORMS[slot]
    nick = text.removeprefix("@")
    if nick.isdecimal():
        raise RefusedError(
            "«{given}» — одно число: не видно, человек это или сообщество. "
            "Напишите адрес страницы в сети «{network}» целиком.",
            given=harmless(text),
            network=say(platform.name),
        )
    return _account(platform, AddressParts("", "", nick, "", ""), slot)


def _address(text: str, slot: str | None) -> Address:
    parts = split(text)
    if parts.scheme == "tg":
        return _telegram_scheme(parts)
    if platform := HOSTS.get(parts.host):
        return _account(platform, parts, slot)
    nick, _, domain = parts.host.partition(".")
    platform = NICK_DOMAINS.get(domain)
    if platform and nick not in platform.stop:
        path = f"{nick}/{parts.path}"
        return _account(platform, AddressParts("", "", path, parts.query, parts.fragment), slot)
    owner = within(parts.host, DOMAINS)
    if owner:
        raise RefusedError(
            "«{given}» — служебный адрес ({network}), а не страница. "
            "Скопируйте адрес самой страницы.",
            given=harmless(text),
            network=say(DOMAINS[owner].name),
        )
    return _site(parts)


def _telegram_scheme(parts: AddressParts) -> Address:
    keys = dict(pairs(parts.query))
    nick = keys.pop("domain", "")
    if parts.host != "resolve" or parts.path.strip("/") or not re.fullmatch(r"\w+", nick):
        raise RefusedError("Эта ссылка «tg:» не называет канала. Нужна вида «t[.]me/имя».")
    telegram = PLATFORMS["telegram"]
    if parts.fragment or not all(is_harmless_key(telegram, *pair) for pair in keys.items()):
        raise RefusedError(
            "В ссылке «tg:» кроме канала названо другое: разные программы откроют разное. "
            "Нужна вида «t[.]me/имя»."
        )
    return _account(telegram, AddressParts("", "", nick, "", ""), None)


def _account(platform: Platform, parts: AddressParts, slot: str | None) -> Address:
    path = parts.path.strip("/")
    for pattern, why in platform.refused:
        if pattern.fullmatch(path):
            raise RefusedError(
                "{network}: {why}. Дайте адрес самой страницы.",
                network=say(platform.name),
                why=say(why),
            )
    if foreign(path.partition("/")[0]):
        raise RefusedError(
            "«{given}» — {letters}: {network} пишет имена латиницей, это другая страница. "
            "Наберите имя заново.",
            given=harmless(path),
            letters=foreign(path.partition("/")[0]),
            network=say(platform.name),
        )
    over, doubt = _beside(platform, parts)
    link, tail = _form(platform, path.lower() if platform.lower else path, slot in SERVICES)
    if link is None or (link.kind == "name" and _is_stopped(platform, link.account)):
        link, tail, over = over, "", None
    if link is None and path:
        raise RefusedError(
            "«{given}»: {network}, но не страница человека или сообщества. "
            "Откройте нужную страницу и скопируйте её адрес.",
            given=harmless(path),
            network=say(platform.name),
        )
    if link is None:
        raise RefusedError(
            "{network} без имени страницы. Скопируйте адрес самой страницы.",
            network=say(platform.name),
        )
    if over and link.kind in {"club", "user"} and over != link:
        raise RefusedError(
            "{network}: в адресе две разные страницы. Скопируйте адрес нужной.",
            network=say(platform.name),
        )
    if not doubt and (parts.path.startswith("/") or not platform.tail.fullmatch(tail)):
        doubt = say("после имени страницы в адресе стоит лишнее")
    return Address(link, over, doubt)


def _beside(platform: Platform, parts: AddressParts) -> tuple[Link | None, str]:
    """The owner of what a window shows, and why what opens may be something else."""
    if not (parts.query or parts.fragment):
        return None, ""
    owners: set[str | None] = set()
    doubt = "" if is_plain_fragment(parts.fragment) else say("после «#» в адресе стоит лишнее")
    try:
        keys = pairs(parts.query)
    except RefusedError as error:
        return None, str(error)[:1].lower() + str(error)[1:].rstrip(".")
    for name, value in keys:
        if is_harmless_key(platform, name, value):
            continue
        if name in platform.windows:
            owners.add(window_owner(value, platform, name))
        else:
            doubt = doubt or say("«{key}» после «?» может открыть другое", key=harmless(name, 20))
    if len(owners) > 1 or None in owners:
        return None, doubt or say("поверх страницы откроется другое")
    number = owners.pop() if owners else None
    if number is None:
        return None, doubt
    path = f"club{number[1:]}" if number.startswith("-") else f"id{number}"
    return _form(platform, path, service=False)[0], doubt


def is_refused(platform: Platform, path: str) -> bool:
    """Whether a path is a passage, an invitation or the like, and names nobody."""
    return any(pattern.fullmatch(path.strip("/")) for pattern, _ in platform.refused)


def _form(platform: Platform, path: str, service: bool) -> tuple[Link | None, str]:
    """What a path names, and what of the path is left after that."""
    form = platform.service
    if not (service and form and form.path.fullmatch(path)):
        form = platform.form_of(path)
    if form is None:
        return None, ""
    found = form.path.fullmatch(path)
    assert found is not None, "the form is that of the path"
    groups = found.groupdict(default="")
    link = Link(platform.id, form.kind, form.account.format(**groups))
    return link, groups.get("tail", "")


def _is_stopped(platform: Platform, account: str) -> bool:
    word = account.rpartition("/")[2].lower()
    return (
        word in platform.stop
        or word.endswith((".php", ".html"))
        # An application's number, or digits alone: not the name of anybody.
        or _NUMBER.fullmatch(word) is not None
    )


def _site(parts: AddressParts) -> Address:
    if within(parts.host, SITES.short):
        raise RefusedError(
            "«{given}» — сокращённая ссылка: куда она ведёт, решает тот, кто её сделал. "
            "Дайте адрес самой страницы.",
            given=harmless(parts.host),
        )
    path = _site_path(parts.path)
    query = site_query(parts.query)
    check_site_fragment(parts.fragment)
    account = parts.host
    if path or query:
        account += f"/{path}" + (f"?{query}" if query else "")
    doubt = say("в адресе стоит ещё один адрес") if leads_away(path) else ""
    return Address(Link(SITE, parts.scheme or "https", account), doubt=doubt)


def _site_path(path: str) -> str:
    quoted = escaped(path)
    if not _PATH.fullmatch(quoted) or any(map(is_invisible, unquote(quoted))):
        raise RefusedError(
            "В адресе после имени сайта есть знаки, которые понимают по-разному. "
            "Откройте страницу и скопируйте её адрес из строки браузера."
        )
    return quoted


def _check_slot(link: Link, slot: str | None) -> None:
    fits = link.platform if link.platform in NETWORKS else SITE
    if slot is None or slot == fits or slot in SERVICES:
        return
    wanted = say("Сайт") if slot == SITE else say(PLATFORMS[slot].name)
    if link.platform == SITE:
        raise RefusedError(
            "Это адрес сайта, а столбец — «{column}». Перенесите его в свой столбец.", column=wanted
        )
    raise RefusedError(
        "Это ссылка на {network}, а столбец — «{column}». Перенесите её в свой столбец.",
        network=say(PLATFORMS[link.platform].name),
        column=wanted,
    )
