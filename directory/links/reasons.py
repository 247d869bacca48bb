"""The verdicts in words, for people."""

from __future__ import annotations

from directory.links.address import SITE
from directory.links.data import PLATFORMS
from directory.links.difference import difference
from directory.links.letters import harmless
from directory.links.registry import Known, Resemblance
from directory.model import Status

_CHECK = {
    "vk": "Нажмите на галочку у названия: у государственных страниц там знак «Госорганизация».",
    "ok": "Посмотрите знак у названия группы и есть ли ссылка на неё на сайте учреждения.",
    "telegram": "Посмотрите, есть ли ссылка на этот канал на сайте учреждения.",
    "max": "У каналов государственных органов в MAX есть знак у названия.",
    SITE: "Посмотрите, ведёт ли на этот сайт страница учреждения на Госуслугах или ВКонтакте.",
}
_ANY_CHECK = "Посмотрите, есть ли ссылка на эту страницу на сайте учреждения."


def how_to_check(platform: str | None) -> str:
    """That absence from the directory proves nothing, and how to look for oneself."""
    check = _CHECK.get(platform or "", _ANY_CHECK)
    return f"Это ещё не значит, что страница поддельная. {check}"


def official(known: Known, key: str, successor: Known | None) -> str:
    """Whose the link is, on what evidence, and when that was checked; of a closed page, what
    stands in its place."""
    note = known.notes.get(key)
    evidence = []
    if known.mark:
        evidence.append("есть знак «Госорганизация»")
    elif known.mark is False:
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
    return f"Официальная ссылка: «{known.title}».{basis} {checked}"


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
