"""The verdicts in words, for people."""

from __future__ import annotations

from directory.links.address import SITE, platform_name
from directory.links.data import PLATFORMS
from directory.links.difference import difference
from directory.links.hosts import is_trusted
from directory.links.keys import host_of, platform_of
from directory.links.letters import harmless
from directory.links.registry import Known, Resemblance
from directory.model import Link, Status

_CHECK = {
    "vk": "Нажмите на галочку у названия: у государственных страниц там знак «Госорганизация».",
    "ok": "Посмотрите знак у названия группы и есть ли ссылка на неё на сайте учреждения.",
    "telegram": "Посмотрите, есть ли ссылка на этот канал на сайте учреждения.",
    "max": "У каналов государственных органов в MAX есть знак у названия.",
    SITE: "Посмотрите, ведёт ли на этот сайт страница учреждения на Госуслугах или ВКонтакте.",
}
_MARKING = ("vk", "ok")
"""The networks whose own mark «Госорганизация» is; it says nothing of others."""

_ANY_CHECK = "Посмотрите, есть ли ссылка на эту страницу на сайте учреждения."


def how_to_check(platform: str | None) -> str:
    """That absence from the directory proves nothing, and how to look for oneself."""
    check = _CHECK.get(platform or "", _ANY_CHECK)
    return f"Это ещё не значит, что страница поддельная. {check}"


def not_listed(link: Link, *, is_site_known: bool) -> str:
    """That the directory does not have a link, and how to look for oneself."""
    state = "Такого сайта в справочнике нет."
    if link.platform != SITE:
        state = f"{platform_name(link)}: такой страницы в справочнике нет."
    elif is_site_known:
        state = "На этом сайте есть страницы из справочника, но такой среди них нет."
    elif is_trusted(link.account.partition("/")[0]):
        state += " Адрес в государственной зоне: чужих сайтов в ней не бывает."
    return f"{state} {how_to_check(link.platform)}"


def official(
    known: Known, key: str, successor: Known | None, *, others: int = 0, inside: bool = False
) -> str:
    """Whose the link is, on what evidence, and when that was checked; of a closed page, what
    stands in its place. `others` is how many more pages have the link; `inside`: it is a page of
    the site that the directory has."""
    note = known.notes.get(key)
    evidence = []
    marked = platform_of(key) in _MARKING
    if known.mark and marked:
        evidence.append("есть знак «Госорганизация»")
    elif known.mark is False and marked:
        evidence.append("знака «Госорганизация» нет, но подделкой это её не делает")
    if note and note.on_site:
        evidence.append(f"ссылка стоит на сайте организации ({note.on_site:%d.%m.%Y})")
    if note and note.confirmed:
        evidence.append(f"подтвердил редактор {note.confirmed:%d.%m.%Y}")
    if known.source:
        evidence.append(f"источник: {harmless(known.source, 150)}")
    checked = (
        f"Проверено {known.checked_at:%d.%m.%Y}."
        if known.checked_at
        else "Дата проверки неизвестна."
    )
    basis = f" Основание: {'; '.join(evidence)}." if evidence else ""
    if known.status is Status.CLOSED:
        instead = (
            f"Вместо неё — «{successor.title}»{_address_of(successor)}."
            if successor
            else "Что стоит на её месте, справочник не знает."
        )
        return (
            f"Закрыта: эта ссылка была официальной страницей «{known.title}», но организация или "
            f"страница закрыта. {instead}{basis} {checked}"
        )
    more = f" Её же называют ещё страницы справочника: {others}." if others > 0 else ""
    whose = f"Страница официального сайта «{host_of(key)}»" if inside else "Официальная ссылка"
    return f"{whose}: «{known.title}».{more}{basis} {checked}"


def shared_site(host: str) -> str:
    """That a site has pages of several bodies, and the directory does not have this one."""
    return (
        f"На сайте «{harmless(host)}» страницы нескольких учреждений, а такой среди страниц "
        "справочника нет: чья она, по адресу не видно. Откройте сайт и найдите учреждение там."
    )


def state_service(what: str) -> str:
    """What a service of the state is."""
    return f"Настоящий адрес: {what}. Это государственный сервис, а не страница одного учреждения."


def platform_service(owner: str, what: str) -> str:
    """What a service of a platform is."""
    named = f": {what}" if what else ""
    return (
        f"Служебный адрес, он принадлежит сети «{owner}»{named}. Страницей учреждения он не "
        "бывает. Если по нему просят войти или что-то разрешить, узнайте сначала, кто просит."
    )


def opens_other(known: Known, key: str, doubt: str) -> str:
    """That an address names an account of the page, and may open what is not the page's."""
    return (
        f"В адресе названа страница «{known.title}»{_named(known, key)}, но открыться может не "
        f"она: {doubt}. Не доверяйте такой ссылке, откройте саму страницу."
    )


def window_of(owner: str) -> str:
    """Why an address with a window is in doubt: `owner` is an account of the platform."""
    return f"поверх неё откроется запись владельца {owner}, и его ли это страница, не известно"


def withdrawn(known: Known, reason: str) -> str:
    """That the link was of the directory and was withdrawn."""
    return (
        f"Ссылка была в справочнике («{known.title}») и убрана: {harmless(reason, 200)}. "
        "Не доверяйте ей, пока её не вернут."
    )


def retired(known: Known, platform: str) -> str:
    """That the link's page left the directory, which says nothing against the link."""
    return (
        f"Ссылка была у страницы «{known.title}», но этой страницы больше нет в справочнике. "
        f"{how_to_check(platform)}"
    )


def resembles_account(given: str, platform: str | None, found: Resemblance) -> str:
    """Of which page the link looks like, and what is other, letter by letter."""
    what = difference(given, found.name)
    real = found.key.partition(":")[0]
    title = f"«{found.known.title}»{_real(found)}"
    if platform is None or platform == real or real == SITE:
        return f"Похоже на {title}, но это не она. {_sentence(what)}"
    own = [key for key in found.known.keys if key.startswith(f"{platform}:")]
    there = next((Resemblance(key, found.known, "") for key in own), None)
    other = (
        f"В сети {_network(platform)} у неё другой адрес{_real(there)}."
        if there
        else f"В сети {_network(platform)} её страницы в справочнике нет, это может быть двойник."
    )
    return f"Похоже на {title}, но сеть другая. {other} {_sentence(what)}".rstrip()


def same_name(platform: str, found: Resemblance) -> str:
    """That a page has this name on another network, and no account on this one."""
    return (
        f"Такое имя на другой площадке у «{found.known.title}»{_real(found)}. В сети "
        f"{_network(platform)} её страницы в справочнике нет: это может быть и её страница, и "
        f"двойник. {_CHECK.get(platform, _ANY_CHECK)}"
    )


def resembles_platform(domain: str, account: Resemblance | None) -> str:
    """Which well-known address the link is made to resemble."""
    real = f" Настоящая страница — «{account.known.title}»{_real(account)}." if account else ""
    return f"Адрес сделан похожим на «{harmless(domain)}», но это другой сайт.{real}"


def _address_of(known: Known) -> str:
    """The first of a page's addresses in brackets, "" when it has none that may be shown."""
    return next((said for said in (_named(known, key) for key in known.keys) if said), "")


def _real(found: Resemblance) -> str:
    return _named(found.known, found.key)


def _named(known: Known, key: str) -> str:
    """The real address in brackets, unless it was withdrawn."""
    if known.withdrawn(key):
        return ""
    platform, _, account = key.partition(":")
    if platform == SITE:
        return f" ({account})"
    return f" ({PLATFORMS[platform].domains[0]}/{account})"


def _network(platform: str | None) -> str:
    return "сайт" if platform in (None, SITE) else f"«{PLATFORMS[platform or ''].name}»"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""
