"""Servers that lie, hang and hide, and redirects to where nobody may go."""

from __future__ import annotations

import asyncio
from ipaddress import ip_address

import pytest

from directory.linkcheck.checker import BODY_BYTES, LinkChecker
from directory.linkcheck.policy import Policy, is_public
from directory.links.outcome import CheckOutcome
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
        ("file:///etc/passwd", CheckOutcome.UNREACHABLE),
        (f"ftp://{OTHER}/", CheckOutcome.UNREACHABLE),
        ("javascript:alert(1)", CheckOutcome.UNREACHABLE),
        ("data:text/html,x", CheckOutcome.UNREACHABLE),
        (f"http://name:word@{OTHER}/", CheckOutcome.UNREACHABLE),
        (f"http://{OTHER}:99999/", CheckOutcome.UNREACHABLE),
        ("http://[::1/", CheckOutcome.UNREACHABLE),
        ("", CheckOutcome.UNREACHABLE),
        (f"http://{OTHER}:8080/", CheckOutcome.NOT_CHECKED),
        (f"http://{SECRET}/", CheckOutcome.UNREACHABLE),
        (f"http://{OTHER}@{SECRET}/", CheckOutcome.UNREACHABLE),
        (f"http://{INNER}/", CheckOutcome.UNREACHABLE),
        ("http://2130706434/", CheckOutcome.UNREACHABLE),
        ("http://0x7f000002/", CheckOutcome.UNREACHABLE),
        ("http://127.2/", CheckOutcome.UNREACHABLE),
        ("http://0177.0.0.2/", CheckOutcome.UNREACHABLE),
        ("http://[::ffff:127.0.0.2]/", CheckOutcome.UNREACHABLE),
        ("http://[64:ff9b::7f00:2]/", CheckOutcome.UNREACHABLE),
        ("http://[::1]/", CheckOutcome.UNREACHABLE),
        ("http://no-such-name.example.com/", CheckOutcome.UNREACHABLE),
    ],
)
async def test_a_redirect_to_where_nobody_may_go_is_not_followed(
    checker: LinkChecker,
    site: Site,
    inner: Site,
    policy: LoopbackPolicy,
    to: str,
    outcome: CheckOutcome,
) -> None:
    site.pages["/"] = sent_on(to)
    assert await outcome_of(checker) is outcome
    assert inner.hits == 0
    assert set(policy.sockets) == {OPEN}
    assert len(policy.sockets) == site.hits == (1 if to else 6)


async def test_a_name_is_refused_for_one_bad_address_among_good_ones(
    checker: LinkChecker, names: Names, site: Site, inner: Site, policy: LoopbackPolicy
) -> None:
    names.places["both.example.ru"] = [(OPEN, site.port), (INNER, inner.port)]
    for host in (SECRET, "both.example.ru"):
        assert await outcome_of(checker, host=host) is CheckOutcome.UNREACHABLE
    assert (site.hits, inner.hits, policy.sockets) == (0, 0, [])


async def test_a_name_is_resolved_once_a_request(
    checker: LinkChecker, names: Names, site: Site
) -> None:
    assert await outcome_of(checker) is CheckOutcome.OK
    assert names.asked == {SCHOOL: 1}
    names.places[SCHOOL] = [(INNER, 1)]
    assert await outcome_of(checker) is CheckOutcome.UNREACHABLE  # nothing is remembered as good
    assert site.hits == 1


async def test_production_reaches_no_loopback(names: Names, site: Site, inner: Site) -> None:
    async with LinkChecker(resolver=names) as checker:
        for host in (SCHOOL, SECRET, OPEN, "localhost"):
            assert await outcome_of(checker, host=host) is CheckOutcome.UNREACHABLE
    assert (site.hits, inner.hits) == (0, 0)


async def test_the_environment_changes_nothing(
    checker: LinkChecker, inner: Site, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://{INNER}:{inner.port}")
    assert await outcome_of(checker) is CheckOutcome.OK
    assert (site.hits, inner.hits) == (1, 0)


@pytest.mark.parametrize("begin", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"])
async def test_who_hangs_is_not_waited_for(names: Names, begin: bytes) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(begin)
        await reader.read()  # until the other side has had enough

    async with raw(talk) as port, LinkChecker(LoopbackPolicy(timeout=0.2), names) as checker:
        names.places[SCHOOL] = [(OPEN, port)]
        async with asyncio.timeout(3):
            assert await outcome_of(checker) is CheckOutcome.UNREACHABLE


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n<p>x</p>", CheckOutcome.OK),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + b"x" * 9000, CheckOutcome.NOT_CHECKED),
        (b"HTTP/1.1 404 No\r\nContent-Length: 5000\r\n\r\n", CheckOutcome.GONE),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx", CheckOutcome.NOT_CHECKED),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
            CheckOutcome.NOT_CHECKED,
        ),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\nx", CheckOutcome.OK),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70000 + b"\r\n\r\n", CheckOutcome.NOT_CHECKED),
        (b"SSH-2.0-made_up\r\n", CheckOutcome.NOT_CHECKED),
    ],
)
async def test_lies_are_harmless(
    checker: LinkChecker, names: Names, answer: bytes, outcome: CheckOutcome
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
    checker: LinkChecker, site: Site
) -> None:
    found = await checker.check(Link("site", "https", SCHOOL))  # the site does not encrypt
    assert (found.outcome, site.hits) == (CheckOutcome.NOT_CHECKED, 0)


async def test_of_an_endless_body_a_megabyte_is_read(checker: LinkChecker, names: Names) -> None:
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
            assert await outcome_of(checker) is CheckOutcome.OK
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
