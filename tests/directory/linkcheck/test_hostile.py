"""Servers that lie, hang and hide, and redirects to where nobody may go."""

from __future__ import annotations

import asyncio
from ipaddress import ip_address

import pytest

from directory.linkcheck.checker import BODY_BYTES, Checker
from directory.linkcheck.policy import Policy, is_public
from directory.links.outcome import Outcome
from directory.model import Link
from tests.directory.linkcheck.hosts import OTHER, SCHOOL, SECRET, outcome_of
from tests.directory.loopback import (
    INNER,
    OPEN,
    LoopbackPolicy,
    Names,
    Site,
    raw,
    sent_on,
)


@pytest.mark.parametrize(
    ("to", "outcome"),
    [
        ("file:///etc/passwd", Outcome.UNREACHABLE),
        (f"ftp://{OTHER}/", Outcome.UNREACHABLE),
        ("javascript:alert(1)", Outcome.UNREACHABLE),
        ("data:text/html,x", Outcome.UNREACHABLE),
        (f"http://name:word@{OTHER}/", Outcome.UNREACHABLE),
        (f"http://{OTHER}:99999/", Outcome.UNREACHABLE),
        ("http://[::1/", Outcome.UNREACHABLE),
        ("", Outcome.UNREACHABLE),
        (f"http://{OTHER}:8080/", Outcome.NOT_CHECKED),
        (f"http://{SECRET}/", Outcome.UNREACHABLE),
        (f"http://{OTHER}@{SECRET}/", Outcome.UNREACHABLE),
        (f"http://{INNER}/", Outcome.UNREACHABLE),
        ("http://2130706434/", Outcome.UNREACHABLE),
        ("http://0x7f000002/", Outcome.UNREACHABLE),
        ("http://127.2/", Outcome.UNREACHABLE),
        ("http://0177.0.0.2/", Outcome.UNREACHABLE),
        ("http://[::ffff:127.0.0.2]/", Outcome.UNREACHABLE),
        ("http://[64:ff9b::7f00:2]/", Outcome.UNREACHABLE),
        ("http://[::1]/", Outcome.UNREACHABLE),
        ("http://no-such-name.example.com/", Outcome.UNREACHABLE),
    ],
)
async def test_a_redirect_to_where_nobody_may_go_is_not_followed(
    checker: Checker, site: Site, inner: Site, policy: LoopbackPolicy, to: str, outcome: Outcome
) -> None:
    site.pages["/"] = sent_on(to)
    assert await outcome_of(checker) is outcome
    assert inner.hits == 0
    assert set(policy.sockets) == {OPEN}
    assert len(policy.sockets) == site.hits == (1 if to else 6)


async def test_a_name_is_refused_for_one_bad_address_among_good_ones(
    checker: Checker, names: Names, site: Site, inner: Site, policy: LoopbackPolicy
) -> None:
    names.places["both.example.ru"] = [(OPEN, site.port), (INNER, inner.port)]
    for host in (SECRET, "both.example.ru"):
        assert await outcome_of(checker, host=host) is Outcome.UNREACHABLE
    assert (site.hits, inner.hits, policy.sockets) == (0, 0, [])


async def test_a_name_is_resolved_once_a_request(
    checker: Checker, names: Names, site: Site
) -> None:
    assert await outcome_of(checker) is Outcome.OK
    assert names.asked == {SCHOOL: 1}
    names.places[SCHOOL] = [(INNER, 1)]
    assert await outcome_of(checker) is Outcome.UNREACHABLE  # nothing is remembered as good
    assert site.hits == 1


async def test_production_reaches_no_loopback(names: Names, site: Site, inner: Site) -> None:
    async with Checker(resolver=names) as checker:
        for host in (SCHOOL, SECRET, OPEN, "localhost"):
            assert await outcome_of(checker, host=host) is Outcome.UNREACHABLE
    assert (site.hits, inner.hits) == (0, 0)


async def test_the_environment_changes_nothing(
    checker: Checker, inner: Site, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://{INNER}:{inner.port}")
    assert await outcome_of(checker) is Outcome.OK
    assert (site.hits, inner.hits) == (1, 0)


@pytest.mark.parametrize("begin", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"])
async def test_who_hangs_is_not_waited_for(names: Names, begin: bytes) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(begin)
        await reader.read()  # until the other side has had enough

    async with raw(talk) as port, Checker(LoopbackPolicy(timeout=0.2), names) as checker:
        names.places[SCHOOL] = [(OPEN, port)]
        async with asyncio.timeout(3):
            assert await outcome_of(checker) is Outcome.UNREACHABLE


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n<p>x</p>", Outcome.OK),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + b"x" * 9000, Outcome.NOT_CHECKED),
        (b"HTTP/1.1 404 No\r\nContent-Length: 5000\r\n\r\n", Outcome.GONE),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx", Outcome.NOT_CHECKED),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
            Outcome.NOT_CHECKED,
        ),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\nx", Outcome.OK),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70000 + b"\r\n\r\n", Outcome.NOT_CHECKED),
        (b"SSH-2.0-made_up\r\n", Outcome.NOT_CHECKED),
    ],
)
async def test_lies_are_harmless(
    checker: Checker, names: Names, answer: bytes, outcome: Outcome
) -> None:
    async def talk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        await writer.drain()

    async with raw(talk) as port:
        names.places[SCHOOL] = [(OPEN, port)]
        async with asyncio.timeout(3):
            found = await outcome_of(checker)
    assert found is outcome


async def test_encryption_that_is_not_understood_is_no_broken_link(
    checker: Checker, site: Site
) -> None:
    found = await checker.check(Link("site", "https", SCHOOL))  # the site does not encrypt
    assert (found.outcome, site.hits) == (Outcome.NOT_CHECKED, 0)


async def test_of_an_endless_body_a_megabyte_is_read(checker: Checker, names: Names) -> None:
    sent = 0
    ended = asyncio.Event()

    async def talk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
        try:
            while True:
                writer.write(b"x" * 50_000)
                await writer.drain()
                sent += 50_000
        finally:
            ended.set()

    async with raw(talk) as port:
        names.places[SCHOOL] = [(OPEN, port)]
        async with asyncio.timeout(3):
            assert await outcome_of(checker) is Outcome.OK
            await ended.wait()
    # Beyond what is read lies only what the sockets' own buffers hold.
    assert BODY_BYTES <= sent < 20 * BODY_BYTES


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1"),
        *("192.168.1.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::10.0.0.1", "fc00::1", "fe80::1"),
        *("fec0::1", "ff02::1", "2001:db8::1", "2002:7f00:1::", "2001:0:7f00:1::", "64:ff9b:1::1"),
    ],
)
def test_an_inner_address_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))
    with pytest.raises(OSError, match="not an allowed address"):
        Policy().judge(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"]
)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    Policy().judge(address)
