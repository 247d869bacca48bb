"""Hostile links made by rule from honest ones: none may be called official on any surface.

`PAGE` is a made-up page; `hostile_forms` pretend to be one of its accounts, or its site. Those that
`hostile_links` lists name no account at all: they are not to be kept by any door either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import ada_url

from directory.links import parse, slot_of
from directory.model import Link, Page, PageLink

HONEST = {
    "vk": "vk.com/primerovo_region",
    "ok": "ok.ru/primerovoregion",
    "telegram": "t.me/primerovskayaobl",
    "max": "max.ru/primerovo_region",
    "site": "primerovobl.ru/news",
}
"""An account for each network, and a site."""

NUMBERED = {"vk": "vk.com/club200300400", "ok": "ok.ru/group/52345678901234"}
"""Accounts that have a number and no name."""

NATIONAL = "142-примерово.все-сады.рф"
"""A site with a national name."""


@dataclass(frozen=True)
class Hostile:
    """One hostile link.

    `pretends` is the honest address that it is taken for. `opens` is where a browser goes, "" when
    that is nowhere or unknown. `kept`: an account may be taken from it by an import or an edit,
    since what is kept is rebuilt from the account; otherwise every door refuses it.
    """

    text: str
    kind: str
    pretends: str
    opens: str = ""
    kept: bool = False


def _page() -> Page:
    links = [parse(text) for text in (*HONEST.values(), *NUMBERED.values(), NATIONAL)]
    found = tuple(PageLink(slot_of(link), link) for link in links if isinstance(link, Link))
    assert len(found) == len(links)
    return Page("primerovo", "Правительство Примеровской области", links=found)


PAGE = _page()
"""The page whose accounts are imitated."""


def hostile_forms() -> list[Hostile]:
    """At least 1 500 hostile links, each once."""
    made = [
        *(Hostile(text, "host", honest) for honest in HONEST.values() for text in _from(honest)),
        *(Hostile(text, "number", "") for text in _numeric_hosts()),
        *(Hostile(text, "redirect", "") for text in _redirects()),
        *(Hostile(text, "scheme", HONEST["vk"]) for text in _schemes()),
        *_dots(),
        *_windows(),
        *_keys(),
        *_site_queries(),
        *_paths_that_lead_away(),
        *_doubles(),
    ]
    return list({form.text: form for form in reversed(made)}.values())[::-1]


def hostile_links() -> list[str]:
    """The hostile links that no door may take: at least 1 000."""
    return [form.text for form in hostile_forms() if not form.kept]


def _opened(text: str) -> str:
    """Where a browser goes."""
    try:
        return ada_url.URL(text).href
    except ValueError:
        return ""


_HEADS = {
    "vk": [
        *(f"{host}/primerovo_region" for host in ("vk.com", "m.vk.com", "www.vk.com", "vk.ru")),
        "vk.com/@primerovo_region",
        "vk.com/clips/@primerovo_region",
        "vk.com/club200300400",
        "vk.com/public200300400",
        "vk.com/wall-200300400_1",
        "m.vk.com/wall-200300400_1",
    ],
    "ok": ["ok.ru/primerovoregion", "m.ok.ru/primerovoregion", "ok.ru/group/52345678901234"],
    "telegram": [
        "t.me/primerovskayaobl",
        "t.me/s/primerovskayaobl",
        "t.me/@primerovskayaobl",
        "t.me/primerovskayaobl/12",
        "telegram.me/primerovskayaobl",
        "primerovskayaobl.t.me",
    ],
    "max": ["max.ru/primerovo_region", "max.ru/@primerovo_region"],
    "site": ["primerovobl.ru/news"],
}
"""The ways in which the addresses of an account may begin."""

_UP = ["..", "%2e%2e", "%2E%2E", ".%2e", "%2E.", "..;", "..;x=1", ".\t.", ".\n.", "%252e%252e"]
_UP += ["．．", "․․", "%c0%ae%c0%ae", "..%00", "%2e%2e%3b", ".%0d.", "\u2025", "..."]
_JOINS = [
    "\\{up}\\evil_page", "%2f{up}%2fevil_page", "%5c{up}%5cevil_page", "%252f{up}%252fevil_page",
    "/./{up}/evil_page", "/a/{up}/{up}/evil_page", "//{up}//evil_page", "/{up}", "/{up}/",
    "/{up}?from=feed", "/{up}/evil_page#top",
]  # fmt: skip


def _account(slot: str, head: str) -> str:
    """The account that an address with this beginning names."""
    number = NUMBERED.get(slot, "/").strip("/").rpartition("/")[2].removeprefix("club")
    return NUMBERED[slot] if number and number in head else HONEST[slot]


def _dots() -> Iterator[Hostile]:
    for slot, heads in _HEADS.items():
        for head in heads:
            ends = [f"/{up}/evil_page" for up in _UP] + [join.format(up="..") for join in _JOINS]
            for end in ends:
                text = f"https://{head}{end}"
                yield Hostile(text, "dots", _account(slot, head), _opened(text))
            text = f"{head}/../evil_page"
            yield Hostile(text, "dots", _account(slot, head), _opened(f"https://{text}"))


_WINDOWS = [
    "wall-666_1", "wall666_1", "photo-666_1", "video-666_1", "page-666_1", "story-666_1",
    "clip-666_1", "topic-666_1", "poll-666_1", "note666_1", "product-666_1", "market-666",
    "club666", "id666", "away", "article-666_1", "album-666_1", "doc-666_1",
]  # fmt: skip


def _windows() -> Iterator[Hostile]:
    """An address of VK names one owner, and the window opened over it is another's."""
    for content in _WINDOWS:
        opens = f"https://vk.com/{content}"
        for key in ("w", "z"):
            for head in ("vk.com/primerovo_region", "https://m.vk.com/primerovo_region"):
                yield Hostile(f"{head}?{key}={content}", "window", HONEST["vk"], opens, True)
            text = f"https://vk.com/club200300400?{key}={content}"
            yield Hostile(text, "window", NUMBERED["vk"], opens, True)
        text = f"https://vk.com/wall-200300400_1?w={content}"
        yield Hostile(text, "window", NUMBERED["vk"], opens, True)
    for query in (
        "w=wall-200300400_1&w=wall-666_1", "w=wall-200300400_1&z=photo-666_1", "W=wall-666_1",
        "%77=wall-666_1", "w=wall%2D666_1", "w[]=wall-666_1", "w=wall-200300400_1%26w=wall-666_1",
        "z=photo-666_1%2Fwall-200300400_1", "z=photo-200300400_1%2Falbum-666_1", "w=wall-666_1;z=a",
        "from=feed&w=wall-666_1", "w=//evil.example", "z=%20photo-666_1", "list=-666_1",
    ):  # fmt: skip
        text = f"https://vk.com/club200300400?{query}"
        yield Hostile(text, "window", NUMBERED["vk"], "", True)


_STRANGE_KEYS = {
    "vk": [
        "act=edit", "act=away&to=evil.example", "to=evil.example", "to=https%3A%2F%2Fevil.example",
        "url=//evil.example", "sel=666", "q=x&q=y", "from=feed&from=evil.example", "reply=5",
        "from=https://evil.example", "oid=-666", "owner_id=-666", "id=666", "gid=666", "screen=x",
        "al=1", "thread=7", "redirect_uri=https://evil.example", "hash=x", "__query=evil_page",
    ],
    "ok": [
        "st.cmd=outLinkWarning&st.rfn=evil.example", "st.cmd=altGroupMain&st.groupId=666",
        "st.friendId=666", "st.layer.cmd=PopLayer", "url=evil.example", "cmd=x", "tkn=1",
        "to=https%3A%2F%2Fevil.example", "st.link=%2F%2Fevil.example", "from=a&from=b",
    ],
    "telegram": [
        "attach=evil_bot", "startattach=evil_bot", "domain=evil_page", "phone=79000000000",
        "url=https://evil.example", "comment=5", "thread=5", "text=evil.example", "single&single",
        "start=https://evil.example", "startapp=a&startapp=b", "q=evil.example", "tgaddr=x",
        "proxy=1.2.3.4", "server=evil.example&port=1", "game=x&attach=evil_bot",
    ],
    "max": [
        "url=evil.example", "to=//evil.example", "redirect=1.2.3.4", "chat=evil_page",
        "start=https%3A%2F%2Fevil.example", "startapp=a&startapp=b", "link=evil.example",
    ],
}  # fmt: skip
_FRAGMENTS = ["#/evil_page", "#!/evil_page", "#@evil_page", "#//evil.example", "#w=wall-666_1"]
_FRAGMENTS += ["#https://evil.example", "#evil.example", "#?w=wall-666_1", "#/../evil_page"]


def _keys() -> Iterator[Hostile]:
    """A name is there, and beside it what opens another's content, or may."""
    for slot, queries in _STRANGE_KEYS.items():
        for head in _HEADS[slot]:
            for end in (*(f"?{query}" for query in queries), *_FRAGMENTS):
                yield Hostile(f"https://{head}{end}", "keys", _account(slot, head), "", True)
    for query in (
        "domain=primerovskayaobl&domain=evil_page", "domain=evil_page&domain=primerovskayaobl",
        "domain=primerovskayaobl&phone=79000000000", "phone=79000000000&domain=primerovskayaobl",
        "DOMAIN=evil_page&domain=primerovskayaobl", "domain=primerovskayaobl&Domain=evil_page",
        "domain=primerovskayaobl&attach=evil_bot", "domain=primerovskayaobl&domain",
        "domain=primerovskayaobl%26domain=evil_page", "domain=primerovskayaobl;domain=evil_page",
        "domain=primerovskayaobl&comment=5", "domain=primerovskayaobl/../evil_page",
        "domain[]=primerovskayaobl", "%64omain=evil_page&domain=primerovskayaobl",
        "domain=primerovskayaobl&url=evil.example", "domain=primerovskayaobl%00evil_page",
        "domain=primerovskayaobl&startattach=x", "domain=primerovskayaobl#evil_page",
    ):  # fmt: skip
        for start in ("tg://resolve?", "tg:resolve?", "tg://resolve/?", "TG://RESOLVE?"):
            yield Hostile(f"{start}{query}", "keys", HONEST["telegram"])


_LEADING = ["to", "url", "u", "redirect", "goto", "go", "next", "return", "returnurl", "link", "r"]
_LEADING += ["back_url", "continue", "dest", "target", "href", "out", "away", "q", "id", "page"]
_AWAY = [
    "evil.ru", "evil.example", "www.evil.ru", "//evil.ru", "/\\evil.ru", "1.2.3.4",
    "https://evil.ru",
    "https:evil.ru", "evil.ru/login", "evil.ru:80", "user@evil.ru", "0x01020304", "[::1]",
    "https%3A%2F%2Fevil.ru", "%2F%2Fevil.ru", "evil%2Eru", "https%253A%252F%252Fevil.ru",
    "зло.рф", "%D0%B7%D0%BB%D0%BE.%D1%80%D1%84", "xn--e1awd7f.xn--p1ai", "127.1", "localhost:80",
    "javascript:alert(1)", "data:text/html,x", "EVIL.RU", "evil.ru.", "evil。ru",
]  # fmt: skip

_ENCODED = [
    "aHR0cHM6Ly9ldmlsLnJ1", "ZXZpbC5ydQ", "Ly9ldmlsLmV4YW1wbGUvbG9naW4", "ZXZpbC5ydTo4MC9sb2dpbg",
    "68747470733a2f2f6576696c2e7275", "6576696C2E7275",
]  # fmt: skip
"""Addresses in base64 and in hexadecimal."""


def _site_queries() -> Iterator[Hostile]:
    """An honest site that is told where to send its reader."""
    for key in _LEADING:
        for value in _AWAY:
            text = f"https://primerovobl.ru/news?{key}={value}"
            yield Hostile(text, "query", HONEST["site"])
    for key in ("to", "url", "redirect", "goto"):
        for value in ("16909060", "evil", "2130706433", "localhost"):
            text = f"https://primerovobl.ru/news?{key}={value}"
            yield Hostile(text, "query", HONEST["site"])
    for key in ("a", "site", "redirect"):
        for value in _ENCODED:
            yield Hostile(f"https://primerovobl.ru/news?{key}={value}", "query", HONEST["site"])
            yield Hostile(f"https://primerovobl.ru/news#/{value}", "query", HONEST["site"])
    for value in _AWAY[:11]:
        yield Hostile(f"https://primerovobl.ru/news?{value}", "query", HONEST["site"])
        yield Hostile(f"https://primerovobl.ru/news#{value}", "query", HONEST["site"])
        yield Hostile(f"https://primerovobl.ru/news?id=5&to={value}", "query", HONEST["site"])
        text = f"https://{NATIONAL}/?to={value}"
        yield Hostile(text, "query", NATIONAL)


def _paths_that_lead_away() -> Iterator[Hostile]:
    for word in ("go", "redirect", "away", "out", "link"):
        for value in ("evil.ru", "www.evil.ru", "1.2.3.4", "https:/evil.ru", "//evil.ru"):
            text = f"https://primerovobl.ru/news/{word}/{value}"
            yield Hostile(text, "path", HONEST["site"], kept="//" not in value)
        for value in (*_ENCODED, ";x=evil.ru", "a,evil.ru", "u=evil.ru"):
            text = f"https://primerovobl.ru/news/{word}/{value}"
            yield Hostile(text, "path", HONEST["site"], kept=True)
    for sign in ("%E2%80%AE", "%E2%80%8B", "%C2%AD"):
        yield Hostile(f"https://primerovobl.ru/news/{sign}5", "path", HONEST["site"])


def _doubles() -> Iterator[Hostile]:
    """Accounts and sites of others, named to be taken for the honest ones."""
    for honest in HONEST.values():
        host, _, nick = honest.partition("/")
        if honest != HONEST["site"]:
            for fake in (host.replace(".", "") + ".ru", "a" + host, host.replace(".", "-") + ".su"):
                text = f"https://{fake}/{nick}"
                yield Hostile(text, "double", honest, text, True)
            for name in {*_names(nick)} - {nick}:
                text = f"https://{host}/{name}"
                yield Hostile(text, "double", honest, text, True)
    for site in ("primerovobl.ru", NATIONAL):
        for fake in _sites(site):
            text = f"https://{fake}/news"
            yield Hostile(text, "double", site, _opened(text), True)


def _names(nick: str) -> Iterator[str]:
    for word in ("official", "gov", "news", "bot", "info", "help"):
        yield from (f"{nick}_{word}", f"{word}_{nick}", f"{nick}{word}")
    yield from (f"the{nick}", f"the_{nick}", f"{nick}_ru", f"{nick}_rf", f"ru_{nick}", f"{nick}45")
    yield from (nick.replace("v", "w"), nick.replace("o", "0", 1), nick.replace("l", "i"))
    yield from (nick.replace("m", "rn", 1), nick[:3] + nick[2:], nick[:4] + nick[5:])
    yield nick[:3] + nick[4] + nick[3] + nick[5:]


def _sites(site: str) -> Iterator[str]:
    for end in ("com", "su", "org", "net", "info", "top"):
        yield f"{site}.{end}"
        yield f"{site}.evil.{end}"
        yield f"{site.rpartition('.')[0]}.{end}"
        yield f"login.{site}.evil.{end}"
    name, _, end = site.rpartition(".")
    bought = name.rpartition(".")[2]
    for word in ("official", "login", "lk", "gov", "45") if end == "ru" else ("вход", "45"):
        yield f"{bought}-{word}.{end}"
        yield f"{word}-{bought}.{end}"
        yield f"{bought}{word}.{end}"
    yield f"{bought[:5]}{bought[4:]}.{end}"


_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e\u202d\u200e\u200f\u2066\u2069\u180e\u034f"
_TWINS = {"a": "а", "e": "е", "o": "о", "c": "с", "k": "к", "m": "м", "t": "т", "x": "х", "b": "Ь"}
_DOTS = "。．｡․"
_SLASHES = "⁄∕／⧸"


def _from(honest: str) -> Iterator[str]:
    host, _, path = honest.partition("/")
    for evil in ("evil.example", "xn--e1afmkfd.xn--p1ai"):
        yield f"https://{host}@{evil}/{path}"
        yield f"https://{host}:x@{evil}/{path}"
        yield f"https://{host}%40{evil}/{path}"
        yield f"https://{host}\\@{evil}/{path}"
        yield f"https://{host}\\.{evil}/{path}"
        yield f"https://{evil}\\@{host}/{path}"
        yield f"https://{host}%2e{evil}/{path}"
        yield f"https://{host}%2f{evil}/{path}"
        yield f"https://{host}%00.{evil}/{path}"
        yield f"https://{host}#@{evil}/\\{path}"
        yield f"https://{host}?@{evil}/\\{path}"
        yield f"https:/{host}@{evil}/{path}"
        yield f"https:\\\\{host}@{evil}/{path}"
        yield f"//{host}@{evil}/{path}"
        yield f"https:///{host}@{evil}/{path}"
        yield f"https://user:pass@{host}@{evil}/{path}"
    yield f"https://user@{host}/{path}"
    yield f"https://user:password@{host}/{path}"
    yield f"https://@{host}/{path}"
    for port in ("1", "22", "8080", "65536", "0x50", "٨٠", "", "80 "):
        yield f"https://{host}:{port}/{path}"
    for sign in _INVISIBLE:
        middle = len(host) // 2
        yield f"https://{host[:middle]}{sign}{host[middle:]}/{path}"
        yield f"https://{host}/{path[:3]}{sign}{path[3:]}"
    for position, letter in enumerate(host):
        if letter in _TWINS:
            yield f"https://{host[:position]}{_TWINS[letter]}{host[position + 1 :]}/{path}"
        if letter.isalpha():
            wide = chr(ord(letter) + 0xFEE0)
            yield f"https://{host[:position]}{wide}{host[position + 1 :]}/{path}"
            yield f"https://{host[:position]}%{ord(letter):02x}{host[position + 1 :]}/{path}"
    for dot in _DOTS:
        yield f"https://{host.replace('.', dot)}/{path}"
        yield f"https://{host}{dot}evil.example/{path}"
    for slash in _SLASHES:
        yield f"https://{host}{slash}{path}"
    twin = "".join(_TWINS.get(letter, letter) for letter in host.rpartition(".")[0])
    puny = twin.encode("punycode").decode()
    yield f"https://xn--{puny}.{host.rpartition('.')[2]}/{path}"
    for gap in ("\t", "\n", "\r", " ", "\u00a0", "\u3000"):
        yield f"https://{host[:2]}{gap}{host[2:]}/{path}"
    yield f"https://{host}../{path}"
    yield f"https://.{host}/{path}"
    yield f"https://{host.replace('.', '..')}/{path}"


def _numeric_hosts() -> Iterator[str]:
    for host in (
        "127.0.0.1", "127.1", "127.0.1", "0x7f000001", "0x7f.1", "0177.0.0.1", "2130706433",
        "017700000001", "0x7f.0.0.0x1", "[::1]", "[::ffff:127.0.0.1]", "[fe80::1%25eth0]", "0",
        "10.0.0.1", "192.168.0.1", "169.254.169.254", "①②⑦.⓪.⓪.①", "1.2.3.4.", "localhost",
        "localhost.", "printer.local", "intranet", "metadata.internal", "router.lan", "1.1.1.0x1",
    ):  # fmt: skip
        for end in ("", "/", "/primerovo_region", "?x=1"):
            yield f"http://{host}{end}"


def _redirects() -> Iterator[str]:
    evil = "https%3A%2F%2Fevil.example"
    for link in (
        f"vk.com/away.php?to={evil}", f"vk.com/away?to={evil}", f"m.vk.com/away.php?to={evil}",
        f"vk.com/share.php?url={evil}", f"vk.ru/away.php?to={evil}", "vk.com/join/AJQ1d",
        f"vkontakte.ru/away.php?to={evil}", "vk.com/call/join/abc", "vk.com/widget_community.php",
        "vk.com/login?to=abc", f"away.vk.com/away.php?to={evil}", "oauth.vk.com/authorize",
        f"ok.ru/dk?st.cmd=outLinkWarning&st.rfn={evil}", f"ok.ru/redirect?url={evil}",
        f"ok.ru/away?url={evil}", "ok.me/abc", f"m.ok.ru/cdk?st.link={evil}", "connect.ok.ru/offer",
        f"t.me/iv?url={evil}&rhash=1", f"t.me/share/url?url={evil}", f"t.me/share?url={evil}",
        "t.me/+AAAAAEabcdef", "t.me/joinchat/AAAAAEabcdef", "t.me/%2BAAAAAEabcdef", "t.me/c/1/2",
        "telegram.me/joinchat/AAAAAEabcdef", "telegram.dog/+AAAAAEabcdef", "t.me/addstickers/abcd",
        "t.me/proxy?server=evil.example&port=1", "t.me/socks?server=evil.example", "t.me/login/1",
        "t.me/addlist/abcdef", "t.me/addtheme/abcdef", "t.me/confirmphone?phone=1", "t.me/bg/abcd",
        "t.me/setlanguage/abcdef", "t.me/boost/abcdef", "t.me/giftcode/abcd", "t.me/invoice/abcd",
        "t.me/contact/abcdef", "t.me/$abcdef", "web.telegram.org/k/#@abcdef", "telegram.org/abcdef",
        "max.ru/join/abcdef", "max.ru/:share?text=abc", "max.ru/u/abcdef", "max.ru/invite/abc",
        "web.max.ru/123", "vk.cc/abc", "clck.ru/abc", "bit.ly/abc", "goo.gl/abc", "t.co/abc",
        "tinyurl.com/abc", "is.gd/abc", "u.to/abc", "rb.gy/abc", "cutt.ly/abc", "goo.su/abc",
        "dzen.ru/away?to=abc", "dzen.ru/a/abc", "rutube.ru/video/abc", "max.ru", "t.me", "vk.com",
        f"primerovobl.ru/bitrix/redirect.php?goto={evil}", "primerovobl.ru/go?//evil.example",
        "primerovobl.ru//evil.example", "primerovobl.ru/..//evil.example", "primerovobl.ru/%2f%2fe",
        "primerovobl.ru/%5cevil.example", "primerovobl.ru/%0d%0aLocation:x", "primerovobl.ru/a%zz",
        "primerovobl.ru/?u=https://evil.example", "primerovobl.ru/?u=//evil.example",
        "vk.com/club1?w=wall-2_3", "vk.com/id1?z=photo-2_3",
    ):  # fmt: skip
        yield f"https://{link}"
        yield link
        yield f"HTTPS://{link[:6].upper()}{link[6:]}"


def _schemes() -> Iterator[str]:
    for scheme in ("javascript", "data", "file", "ftp", "intent", "vbscript", "blob", "ws", "vk"):
        yield f"{scheme}://vk.com/primerovo_region"
        yield f"{scheme}:alert(1)//vk.com/primerovo_region"
    for query in (
        "join?invite=abcdef", "resolve?phone=79000000000", "socks?server=evil.example", "resolve",
        "resolve?domain=joinchat", "resolve?domain=", "msg_url?url=evil",
    ):  # fmt: skip
        yield f"tg://{query}"
        yield f"tg:{query}"
