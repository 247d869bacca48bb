"""No hostile link is kept, and every address that is made leads where it says."""

import random
import re
import time
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urljoin, urlsplit

import ada_url
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from directory.links import Refusal, Verdict, find_links, label, parse, url
from directory.links.data import PLATFORMS
from directory.links.hosts import ascii_host
from directory.links.keys import identity
from directory.links.parse import trimmed
from directory.links.verifier import Verifier
from directory.model import SLOTS, Link
from tests.hostile_links import HONEST, PAGE, hostile_forms, hostile_links
from tests.true_links import true_links

HOSTILE = hostile_links()
VERIFIER = Verifier([PAGE])


def known(text: str) -> Link:
    link = parse(text)
    assert isinstance(link, Link), link
    return link


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 1000
    assert len(hostile_forms()) >= 1500


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
    for honest in HONEST.values():
        assert VERIFIER.verify(honest).verdict is Verdict.OFFICIAL
    real = {label(link.link) for link in PAGE.links}
    for form in hostile_forms():
        judged = VERIFIER.verify(form.text)
        assert judged.verdict not in (Verdict.OFFICIAL, Verdict.HIDDEN), form
        # The real page may be named; nothing else may look like an address.
        assert set(find_links(judged.why)) <= real, judged.why


def test_what_may_be_kept_of_a_hostile_link_is_an_account_and_no_more() -> None:
    for form in hostile_forms():
        link = parse(form.text)
        if form.kept and form.kind in {"window", "keys"} and isinstance(link, Link):
            assert url(link) == f"https://{form.pretends}", form


@pytest.mark.slow
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


_HEADS = [text for text, _ in true_links() if text.lower().startswith("http") and "?" not in text]
_ENDS = [
    "/", "/..", "..", ".", "%2e", "%2E", ";", "/.;", "evil_page", "\\", "%2f", "%5c", "\t", "\n",
    "//",
    "?from=feed", "#top", "%00", "．", "․", "%252e", "/12", "?w=wall-666_1", "&", "=", "@", ":",
    "topics",
]  # fmt: skip


@pytest.mark.slow
def test_whatever_is_official_opens_that_account_in_every_parser() -> None:
    rng = random.Random(10)
    texts = (
        rng.choice(_HEADS) + "".join(rng.choices(_ENDS, k=rng.randint(0, 5))) for _ in range(5000)
    )
    assert sum(map(opens_what_it_names, texts)) > 500


@pytest.mark.slow
@settings(max_examples=1000, deadline=None)
@given(st.sampled_from(_HEADS), st.lists(st.sampled_from(_ENDS) | st.text(max_size=3), max_size=5))
def test_whatever_is_official_opens_that_account_with_any_end(head: str, ends: list[str]) -> None:
    opens_what_it_names(head + "".join(ends))


def opens_what_it_names(text: str) -> bool:
    """Whether the link is official; then the browsers' standard, yarl and urllib must read it as an
    address of the account that it names."""
    text = trimmed(text)
    if VERIFIER.verify(text).verdict is not Verdict.OFFICIAL:
        return False
    for seen in (ada_url.URL(text).href, str(URL(text)), urljoin(text, urlsplit(text).path)):
        assert account_of(seen) == account_of(text), seen
    return True


def account_of(text: str) -> str:
    """The account that a link names; of a page on a site, the site."""
    link = known(text)
    return identity(link).partition("/")[0] if link.platform == "site" else identity(link)


@pytest.mark.parametrize(
    "text",
    [
        "https://" + ".".join("a" * 125) + ".com/x",
        "https://" + ".".join("b-c" for _ in range(60)) + ".com/x",
        "https://user:" + "a." * 900 + "@vk.com/x",
        "https://" + "a@" * 900 + "b.ru",
        "vk.com/" + "official" * 200,
        "vk.com/" + "a_1" * 600,
        "@" + "official" * 8,
        "https://vk.com/a" + "/.." * 600,
        "https://primerovobl.ru/news?a=" + "a." * 900,
        "https://primerovobl.ru/news#" + "a." * 900 + "!",
        "https://" + "official-" * 28 + ".ru",
        "https://xn--" + "a" * 900 + ".ru",
    ],
)
def test_no_link_takes_long(text: str) -> None:
    begun = time.process_time()
    VERIFIER.verify(text)
    assert time.process_time() - begun < 0.5


def test_each_true_form_stays_official() -> None:
    forms = true_links()
    assert len(forms) >= 400
    lost = {
        text: judged.why
        for text, _ in forms
        if (judged := VERIFIER.verify(text)).verdict is not Verdict.OFFICIAL
    }
    assert lost == {}


def test_each_true_form_names_its_account() -> None:
    for text, honest in true_links():
        if not text.startswith("@"):
            assert account_of(text) == account_of(honest), text
