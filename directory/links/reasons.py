"""The verdicts in words, for people."""

from __future__ import annotations

from collections.abc import Iterator

from directory.links.address import SITE, platform_name
from directory.links.data import PLATFORMS
from directory.links.difference import difference
from directory.links.hosts import is_trusted
from directory.links.keys import host_of, platform_of
from directory.links.known_page import KnownPage, Resemblance
from directory.links.letters import harmless
from directory.model import Link, Status
from directory.translation import say

CHECKS = {
    "vk": "Нажмите на галочку у названия: у государственных страниц там отметка «Госорганизация».",
    "ok": "Посмотрите знак у названия группы и есть ли ссылка на неё на сайте учреждения.",
    "telegram": "Посмотрите, есть ли ссылка на этот канал на сайте учреждения.",
    "max": "У каналов государственных органов в MAX есть знак у названия.",
    SITE: "Посмотрите, ведёт ли на этот сайт страница учреждения на Госуслугах или ВКонтакте.",
}
_MARKING = ("vk", "ok")
"""The networks whose own mark «Госорганизация» is; it says nothing of others."""

ANY_CHECK = "Посмотрите, есть ли ссылка на эту страницу на сайте учреждения."


def how_to_check(platform: str | None) -> str:
    """How to look for oneself whether a link of this platform is official."""
    return say(CHECKS.get(platform or "", ANY_CHECK))


def proves_nothing(platform: str | None) -> str:
    """That absence from the directory proves nothing, and how to look for oneself."""
    return say("Это ещё не значит, что страница поддельная. {check}", check=how_to_check(platform))


def not_listed(link: Link, *, is_site_known: bool) -> tuple[str, str]:
    """That the directory does not have a link, and how to look for oneself; and what of this is
    more than the mere absence."""
    state, more = say("Такого сайта в справочнике нет."), ""
    if link.platform != SITE:
        state = say("{network}: такой страницы в справочнике нет.", network=platform_name(link))
    elif is_site_known:
        state = more = say("На этом сайте есть страницы из справочника, но такой среди них нет.")
    elif is_trusted(link.account.partition("/")[0]):
        more = say("Адрес в государственной зоне: чужих сайтов в ней не бывает.")
        state = f"{state} {more}"
    beside = f"{more} {how_to_check(link.platform)}".lstrip()
    return f"{state} {proves_nothing(link.platform)}", beside


def official(
    known: KnownPage,
    key: str,
    successor: KnownPage | None,
    *,
    others: int = 0,
    inside: bool = False,
) -> str:
    """Whose the link is, on what evidence, and when that was checked; of a closed page, what
    stands in its place. `others` is how many more pages have the link; `inside`: it is a page of
    the site that the directory has."""
    evidence = "; ".join(_evidence(known, key))
    basis = " " + say("Основание: {evidence}.", evidence=evidence) if evidence else ""
    checked = (
        say("Проверено {day:%d.%m.%Y}.", day=known.checked_at)
        if known.checked_at
        else say("Дата проверки неизвестна.")
    )
    if known.status is Status.CLOSED:
        closed = say(
            "Закрыта: эта ссылка была официальной страницей «{title}», но организация или "
            "страница закрыта.",
            title=known.title,
        )
        return f"{closed} {_instead(successor)}{basis} {checked}"
    whose = say("Официальная ссылка: «{title}».", title=known.title)
    if inside:
        whose = say(
            "Страница официального сайта «{host}»: «{title}».",
            host=host_of(key),
            title=known.title,
        )
    more = ""
    if others > 0:
        more = " " + say("Её же называют ещё страницы справочника: {n}.", n=others)
    return f"{whose}{more}{basis} {checked}"


def _evidence(known: KnownPage, key: str) -> Iterator[str]:
    """What speaks for a link of the page."""
    note = known.notes.get(key)
    marked = platform_of(key) in _MARKING
    if known.mark and marked:
        yield say("есть отметка «Госорганизация»")
    elif known.mark is False and marked:
        yield say("отметки «Госорганизация» нет, но подделкой это её не делает")
    if note and note.on_site:
        yield say("ссылка стоит на сайте организации ({day:%d.%m.%Y})", day=note.on_site)
    if note and note.confirmed:
        yield say("подтвердил редактор {day:%d.%m.%Y}", day=note.confirmed)
    if known.source:
        yield say("источник: {source}", source=harmless(known.source, 150))


def _instead(successor: KnownPage | None) -> str:
    """What stands in the place of a closed page, with the first address that may be shown."""
    if successor is None:
        return say("Что стоит на её месте, справочник не знает.")
    shown = (said for said in (_named(successor, key) for key in successor.keys) if said)
    return say("Вместо неё — «{title}»{address}.", title=successor.title, address=next(shown, ""))


def shared_site(host: str) -> str:
    """That a site has pages of several bodies, and the directory does not have this one."""
    return say(
        "На сайте «{host}» страницы нескольких учреждений, а такой среди страниц "
        "справочника нет: чья она, по адресу не видно. Откройте сайт и найдите учреждение там.",
        host=harmless(host),
    )


def state_service(what: str) -> str:
    """What a service of the state is."""
    return say(
        "Настоящий адрес: {what}. Это государственный сервис, а не страница одного учреждения.",
        what=say(what),
    )


def platform_service(owner: str, what: str) -> str:
    """What a service of a platform is."""
    return say(
        "Служебный адрес, он принадлежит сети «{owner}»{named}. Страницей учреждения он не "
        "бывает. Если по нему просят войти или что-то разрешить, узнайте сначала, кто просит.",
        owner=say(owner),
        named=f": {say(what)}" if what else "",
    )


def opens_other(known: KnownPage, key: str, doubt: str) -> str:
    """That an address names an account of the page, and may open what is not the page's."""
    return say(
        "В адресе названа страница «{title}»{address}, но открыться может не она: {doubt}. "
        "Не доверяйте такой ссылке, откройте саму страницу.",
        title=known.title,
        address=_named(known, key),
        doubt=doubt,
    )


def read_differently() -> str:
    """Why an address is in doubt that parsers do not read alike."""
    return say("адрес записан так, что его понимают по-разному")


def window_of(owner: str) -> str:
    """Why an address with a window is in doubt: `owner` is an account of the platform."""
    return say(
        "поверх неё откроется запись владельца {owner}, и его ли это страница, не известно",
        owner=owner,
    )


def withdrawn(known: KnownPage, reason: str) -> tuple[str, str]:
    """That the link was of the directory and was withdrawn; and what of this is more than that."""
    reason = harmless(say(reason), 200)
    whole = say(
        "Ссылка была в справочнике («{title}») и убрана: {reason}. "
        "Не доверяйте ей, пока её не вернут.",
        title=known.title,
        reason=reason,
    )
    return whole, say("«{title}»: {reason}.", title=known.title, reason=reason)


def hijacked(other: KnownPage, part: str, key: str) -> str:
    """That the link, or the site that it lies on, was withdrawn as taken over on another page."""
    reason = harmless(say(other.withdrawn(part)), 200)
    wait = say("Не доверяйте ей, пока редакторы не разберутся.")
    if part == key:
        said = say(
            "На странице «{title}» эту ссылку убрали: {reason}.", title=other.title, reason=reason
        )
    else:
        said = say(
            "Она на сайте «{host}», а его на странице «{title}» убрали: {reason}.",
            host=harmless(part.partition(":")[2]),
            title=other.title,
            reason=reason,
        )
    return f"{said} {wait}"


def retired(known: KnownPage, platform: str) -> str:
    """That the link's page left the directory, which says nothing against the link."""
    return say(
        "Ссылка была у страницы «{title}», но этой страницы больше нет в справочнике. {check}",
        title=known.title,
        check=proves_nothing(platform),
    )


def resembles_account(given: str, platform: str | None, found: Resemblance) -> str:
    """Of which page the link looks like, and what is other, letter by letter."""
    what = difference(given, found.name)
    real = found.key.partition(":")[0]
    title, address = found.known.title, _real(found)
    if platform is None or platform == real or real == SITE:
        seems = say("Похоже на «{title}»{address}, но это не она.", title=title, address=address)
        return f"{seems} {_sentence(what)}"
    own = [key for key in found.known.keys if key.startswith(f"{platform}:")]
    there = next((Resemblance(key, found.known, "") for key in own), None)
    other = say(
        "В сети {network} её страницы в справочнике нет, это может быть двойник.",
        network=_network(platform),
    )
    if there:
        other = say(
            "В сети {network} у неё другой адрес{address}.",
            network=_network(platform),
            address=_real(there),
        )
    seems = say("Похоже на «{title}»{address}, но сеть другая.", title=title, address=address)
    return f"{seems} {other} {_sentence(what)}".rstrip()


def same_name(platform: str, found: Resemblance) -> str:
    """That a page has this name on another network, and no account on this one."""
    return say(
        "Такое имя на другой площадке у «{title}»{address}. В сети {network} её страницы в "
        "справочнике нет: это может быть и её страница, и двойник. {check}",
        title=found.known.title,
        address=_real(found),
        network=_network(platform),
        check=say(CHECKS.get(platform, ANY_CHECK)),
    )


def resembles_platform(domain: str, account: Resemblance | None) -> str:
    """Which well-known address the link is made to resemble."""
    other = say("Адрес сделан похожим на «{domain}», но это другой сайт.", domain=harmless(domain))
    if account is None:
        return other
    title, address = account.known.title, _real(account)
    real = say("Настоящая страница — «{title}»{address}.", title=title, address=address)
    return f"{other} {real}"


def _real(found: Resemblance) -> str:
    return _named(found.known, found.key)


def _named(known: KnownPage, key: str) -> str:
    """The real address in brackets, unless it was withdrawn."""
    if known.withdrawn(key):
        return ""
    platform, _, account = key.partition(":")
    if platform == SITE:
        return f" ({account})"
    return f" ({PLATFORMS[platform].domains[0]}/{account})"


def _network(platform: str | None) -> str:
    if platform in (None, SITE):
        return say("сайт")
    return say("«{network}»", network=say(PLATFORMS[platform or ""].name))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""
