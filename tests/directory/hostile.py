"""Hostile links made by rule from honest ones: none may be kept, shown or called official.

`HONEST` are made-up accounts, one for each network, and a made-up site.
"""

from __future__ import annotations

from collections.abc import Iterator

HONEST = {
    "vk": "vk.com/primerovo_region",
    "ok": "ok.ru/primerovoregion",
    "telegram": "t.me/primerovskayaobl",
    "max": "max.ru/primerovo_region",
    "site": "primerovobl.ru/news",
}

_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e\u202d\u200e\u200f\u2066\u2069\u180e\u034f"
_TWINS = {"a": "а", "e": "е", "o": "о", "c": "с", "k": "к", "m": "м", "t": "т", "x": "х", "b": "Ь"}
_DOTS = "。．｡․"
_SLASHES = "⁄∕／⧸"


def hostile_links() -> list[str]:
    """At least 500 hostile links, each once."""
    found = [link for honest in HONEST.values() for link in _from(honest)]
    found += [*_numeric_hosts(), *_redirects(), *_schemes()]
    return list(dict.fromkeys(found))


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
