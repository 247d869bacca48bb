"""The honest ways in which the accounts of `tests.hostile_links.PAGE` are linked to, made by rule:
each is official, and names the account beside it."""

from __future__ import annotations

from collections.abc import Iterator

from directory.links.hosts import ascii_host
from tests.hostile_links import HONEST, NATIONAL, NUMBERED

_STARTS = ["", "http://", "https://", "HTTPS://"]
_TRACKED = [
    "", "?from=feed", "?from=quick_search", "?utm_source=vk.com&utm_medium=social",
    "?ref=group_menu",
    "?utm_referrer=https%3A%2F%2Fyandex.ru%2F", "?utm_group=a&mt_sub1=b-c.d&trackcode=1",
    "?ysclid=lx1a2b3c", "?fbclid=IwAR0_a-B", "#top",
]  # fmt: skip


def true_links() -> list[tuple[str, str]]:
    """At least 400 links, each with the honest address of the account that it opens."""
    return list(dict.fromkeys([*_whole(), *_parts(), *_sites(), *_with_marks()]))


def _whole() -> Iterator[tuple[str, str]]:
    hosts = {
        "vk": ["vk.com", "m.vk.com", "www.vk.com", "vk.ru", "m.vk.ru", "vkontakte.ru", "VK.com"],
        "ok": ["ok.ru", "m.ok.ru", "www.ok.ru", "odnoklassniki.ru"],
        "telegram": ["t.me", "www.t.me", "telegram.me", "telegram.dog", "T.me"],
        "max": ["max.ru", "www.max.ru"],
    }
    for slot, names in hosts.items():
        account = HONEST[slot].partition("/")[2]
        for host in names:
            for start in _STARTS:
                yield f"{start}{host}/{account}", HONEST[slot]
            for end in (*_TRACKED, "/", "/?from=feed"):
                yield f"https://{host}/{account}{end}", HONEST[slot]
    for slot, honest in NUMBERED.items():
        for end in _TRACKED:
            yield f"https://{honest}{end}", NUMBERED[slot]


_POSTS = {
    "vk": [
        "vk.com/@primerovo_region-novaya-shkola", "vk.com/Primerovo_Region",
        "vk.com/clips/@primerovo_region",
    ],
    "ok": [
        "ok.ru/primerovoregion/topics", "ok.ru/primerovoregion/topic/157000000000001",
        "m.ok.ru/primerovoregion/album/53/93", "ok.ru/PrimerovoRegion/members",
    ],
    "telegram": [
        "t.me/s/primerovskayaobl", "t.me/s/primerovskayaobl/12", "t.me/primerovskayaobl/12",
        "t.me/primerovskayaobl/12?single", "t.me/primerovskayaobl/12/34", "t.me/@primerovskayaobl",
        "t.me/s/primerovskayaobl?before=120", "t.me/s/primerovskayaobl?q=школа",
        "t.me/primerovskayaobl?boost",
        "t.me/primerovskayaobl?start=news_1", "t.me/primerovskayaobl/s/5",
        "primerovskayaobl.t.me/12",
        "t.me/primerovskayaobl/app?startapp=a1", "t.me/primerovskayaobl?startapp",
        "t.me/PrimerovskayaObl",
    ],
    "max": [
        "max.ru/primerovo_region/AZk3-_bcd", "max.ru/@primerovo_region",
        "max.ru/primerovo_region?start=5",
    ],
}  # fmt: skip
_NUMBERED_POSTS = [
    "public200300400", "event200300400", "wall-200300400_15", "photo-200300400_456",
    "wall-200300400",
    "video-200300400_456239017", "video-200300400_456239017?list=ab12cd", "topic-200300400_5",
    "albums-200300400",
    "clip-200300400_5", "feed?w=wall-200300400_15", "club200300400?w=wall-200300400_15",
    "wall-200300400?own=1",
    "feed?z=photo-200300400_4%2Falbum-200300400_0",
    "wall-200300400_1?z=photo-200300400_4%2Fwall-200300400_1",
    "club200300400?w=wall-200300400_1&from=feed", "@-200300400-statya", "market-200300400",
    "board200300400",
    "video-200300400_4?list=-200300400_2", "feed?w=wall-200300400_15&z=photo-200300400_4",
    "album-200300400_00",
]  # fmt: skip


def _parts() -> Iterator[tuple[str, str]]:
    for slot, posts in _POSTS.items():
        for post in posts:
            for start in ("", "https://"):
                yield f"{start}{post}", HONEST[slot]
    for post in _NUMBERED_POSTS:
        for host in ("vk.com", "m.vk.com", "vk.ru"):
            yield f"https://{host}/{post}", NUMBERED["vk"]
    for end in ("/topics", "/topic/157000000000001", "/album/53", ""):
        yield f"https://ok.ru/group/52345678901234{end}", NUMBERED["ok"]
        yield f"https://ok.ru/group52345678901234{end}", NUMBERED["ok"]
    yield "tg://resolve?domain=primerovskayaobl", HONEST["telegram"]
    yield "tg://resolve?domain=primerovskayaobl&post=12", HONEST["telegram"]
    yield "tg:resolve?domain=primerovskayaobl&start=a", HONEST["telegram"]
    yield "@primerovskayaobl", HONEST["telegram"]
    yield "@PrimerovskayaObl", HONEST["telegram"]


_PAGES = [
    "", "/", "/5", "/5.html", "/2026/11/otchet.pdf", "/?id=568", "/?utm_source=vk.com",
    "/?from=main",
    "/otdel.php?id=5&page=2", "/?date=26.11.2026", "/kontakty#adres", "/#/spisok/5", "/#!/spisok",
    "/?ysclid=m1", "/%D1%88%D0%BA%D0%BE%D0%BB%D0%B0", "/школа", "/#:~:text=%D1%88%D0%BA",
    "/a.ivanov",
    "/index.php?option=com_content&view=article&id=5", "/?file=otchet.docx", "/?next=2", "/v1.2/",
    "/?q=%D1%88%D0%BA%D0%BE%D0%BB%D0%B0", "/?q=школа+5", "/poisk?text=%d1%88%20a",
]  # fmt: skip


def _sites() -> Iterator[tuple[str, str]]:
    puny = ascii_host(NATIONAL)
    for page in _PAGES:
        for start in _STARTS:
            yield f"{start}{HONEST['site']}{page}", HONEST["site"]
            for host in (NATIONAL, f"www.{NATIONAL}", puny, puny.upper()):
                yield f"{start}{host}{page}", NATIONAL


def _with_marks() -> Iterator[tuple[str, str]]:
    """What stands around a link in a text."""
    for start, end in (
        ("«", "»."),
        ("(", ")"),
        ('"', '"'),
        ("<", ">"),
        ("", "…"),
        ("\ufeff", "\u00a0"),
    ):
        for honest in (*HONEST.values(), *NUMBERED.values(), NATIONAL):
            yield f"{start}https://{honest}{end}", honest
