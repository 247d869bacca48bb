"""No hostile link is kept, and every address that is made leads where it says."""

import random
import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

import ada_url
import pytest
from yarl import URL

from directory.links import Refusal, Verdict, Verifier, find_links, label, parse, slot_of, url
from directory.links.data import PLATFORMS
from directory.links.hosts import ascii_host
from directory.model import SLOTS, Link, Page, PageLink
from tests.directory.hostile import HONEST, hostile_links

HOSTILE = hostile_links()


def known(text: str) -> Link:
    link = parse(text)
    assert isinstance(link, Link), link
    return link


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 500


@pytest.mark.parametrize("slot", [None, *SLOTS])
def test_none_is_accepted(slot: str | None) -> None:
    accepted = {text: link for text in HOSTILE if isinstance(link := parse(text, slot=slot), Link)}
    assert accepted == {}


def test_every_refusal_says_why_and_shows_nothing_that_can_be_pressed() -> None:
    for text in HOSTILE:
        refusal = parse(text)
        assert isinstance(refusal, Refusal)
        assert re.search(r"[а-яё]{4}", refusal.why), text
        assert find_links(refusal.why) == [], refusal.why
        assert not re.search(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]", refusal.why)


def test_none_is_called_official_and_none_is_repeated() -> None:
    links = [known(text) for text in HONEST.values()]
    page = Page("region", "Правительство Примеровской области", links=_on_page(links))
    verifier = Verifier([page])
    for honest in HONEST.values():
        assert verifier.verify(honest).verdict is Verdict.OFFICIAL
    real = {label(link) for link in links}
    for text in HOSTILE:
        judged = verifier.verify(text)
        assert judged.verdict not in (Verdict.OFFICIAL, Verdict.HIDDEN), text
        # The real page may be named; nothing else may look like an address.
        assert set(find_links(judged.why)) <= real, judged.why


def _on_page(links: list[Link]) -> tuple[PageLink, ...]:
    return tuple(PageLink(slot_of(link), link) for link in links)


def test_three_parsers_read_every_address_alike() -> None:
    """Of 100 000 links made of honest and hostile pieces, whatever is accepted is sent to the
    host it was accepted for, by the reading of urllib, yarl and the browsers' standard."""
    rng = random.Random(5)
    addresses = {}
    for text in _made(rng, 100_000):
        link = parse(text)
        if isinstance(link, Link):
            addresses[url(link)] = link
    assert len(addresses) > 15_000, "the generator must make links that are accepted"
    for address, link in addresses.items():
        host = _allowed_host(link)
        assert urlsplit(address).hostname == host
        assert URL(address).raw_host == host
        seen = ada_url.URL(address)
        assert (seen.hostname, seen.username, seen.password, seen.port) == (host, "", "", "")
        assert seen.href == address
        assert parse(address) == link, address


def _allowed_host(link: Link) -> str:
    if link.platform == "site":
        return ascii_host(link.account.partition("/")[0])
    host = urlsplit(url(link)).hostname
    assert host in PLATFORMS[link.platform].domains
    return host


_HOSTS = [
    "vk.com", "m.vk.com", "vk.ru", "ok.ru", "t.me", "telegram.me", "max.ru", "rutube.ru", "dzen.ru",
    "VK.com", "primerovobl.ru", "школа-5.примерово.рф", "1.prm.msudrf.ru", "www.sad7.example.ru",
    "evil.example", "vk.com.evil.ru", "xn--80akhbyknj4f.xn--p1ai", "user@vk.com", "vk.com:443",
    "vk.com\\", "127.0.0.1", "vk。com", "vк.com", "a.t.me", "%76k.com", "primer.t.me",
]  # fmt: skip
_STARTS = [
    "",
    "https://",
    "http://",
    "HTTP://",
    "//",
    "https:/",
    "tg://",
    " https://",
    "https:\\\\",
]
_PIECES = [
    "primer", "club12", "public7", "/", "s/", "@", ".", "..", "%2e", "%2F", "%41", "?", "#", "&",
    "id=5", "w=wall-12_3", "from=x", "group/", "1234567", "channel/", "u/", "_", "-", "школа", "id",
    "\u200b", "\\", ":", ";", "=", "+", "%", " ", "nick", "A", "9", "~", "!", "(", ")", "'", '"',
]  # fmt: skip


def _made(rng: random.Random, count: int) -> Iterator[str]:
    starts = rng.choices(_STARTS[:4] * 3 + _STARTS, k=count)
    hosts = rng.choices(_HOSTS[:14] * 2 + _HOSTS, k=count)
    slashes = rng.choices(["/", "/", "/", "/", "", "?", "//"], k=count)
    pieces = iter(rng.choices(_PIECES, k=5 * count))
    for start, host, slash in zip(starts, hosts, slashes, strict=True):
        number = f"primer{rng.getrandbits(20)}" if rng.random() < 0.7 else ""
        made = "".join(islice(pieces, int(rng.random() * 6)))
        yield f"{start}{host}{slash}{number}{made}"
