"""One link asked for: servers that redirect, hang, lie and hide, each judged right."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from ipaddress import ip_address

import pytest
from aiohttp import web
from yarl import URL

from directory.linkcheck.checker import BODY_BYTES, Checker
from directory.linkcheck.judge import Answer, judged
from directory.linkcheck.outcome import Outcome
from directory.linkcheck.policy import Policy, is_public
from directory.model import Link
from tests.directory.loopback import (
    INNER,
    OPEN,
    LoopbackPolicy,
    Names,
    Site,
    link,
    raw,
    says,
    sent_on,
    serving,
)

SCHOOL, OTHER, SECRET = "school.example.ru", "other.example.org", "secret.example.net"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """The site that links lead to."""
    async with serving() as made:
        yield made


@pytest.fixture
async def inner() -> AsyncIterator[Site]:
    """A site that nobody may reach."""
    async with serving(INNER) as made:
        yield made


@pytest.fixture
def names(site: Site, inner: Site) -> Names:
    """The names of both."""
    made = Names()
    made.places = {
        SCHOOL: [(OPEN, site.port)],
        f"www.{SCHOOL}": [(OPEN, site.port)],
        OTHER: [(OPEN, site.port)],
        SECRET: [(INNER, inner.port)],
    }
    return made


@pytest.fixture
def policy() -> LoopbackPolicy:
    """What may be reached."""
    return LoopbackPolicy()


@pytest.fixture
async def checker(names: Names, policy: LoopbackPolicy) -> AsyncIterator[Checker]:
    """A checker of the made-up names."""
    async with Checker(policy, names) as made:
        yield made


async def _outcome(checker: Checker, path: str = "", host: str = SCHOOL) -> Outcome:
    return (await checker.check(link(f"{host}/{path}" if path else host))).outcome


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.OK),
        (404, Outcome.GONE),
        (410, Outcome.GONE),
        (401, Outcome.NOT_CHECKED),
        (403, Outcome.NOT_CHECKED),
        (429, Outcome.NOT_CHECKED),
        (999, Outcome.NOT_CHECKED),
        (400, Outcome.UNREACHABLE),
        (500, Outcome.UNREACHABLE),
        (503, Outcome.UNREACHABLE),
    ],
)
async def test_what_a_status_means(
    checker: Checker, site: Site, status: int, outcome: Outcome
) -> None:
    site.pages["/"] = says("<h1>Школа</h1>", status)
    assert await _outcome(checker) is outcome
    assert site.hits == 1


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251"])
async def test_a_page_that_says_it_is_deleted_is_gone(
    checker: Checker, site: Site, charset: str
) -> None:
    site.pages["/"] = says("<div>\n Страница  удалена либо еще не создана. </div>", 200, charset)
    assert await _outcome(checker) is Outcome.GONE


async def test_a_page_in_an_undeclared_charset_is_read(checker: Checker, site: Site) -> None:
    async def page(_request: web.BaseRequest) -> web.Response:
        text = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'
        body = (text + "<b>Сообщество заблокировано</b>").encode("cp1251")
        return web.Response(body=body, headers={"Content-Type": "text/html"})

    site.pages["/"] = page
    assert await _outcome(checker) is Outcome.GONE


async def test_an_article_that_quotes_the_words_is_not_gone(checker: Checker, site: Site) -> None:
    site.pages["/"] = says("<p>Если видите «Страница удалена», напишите нам: страница удалена.</p>")
    assert await _outcome(checker) is Outcome.OK


async def test_another_scheme_or_path_of_the_site_is_the_same_page(
    checker: Checker, site: Site
) -> None:
    site.pages["/"] = sent_on(f"http://www.{SCHOOL}/index.php", 301)
    assert await _outcome(checker) is Outcome.OK
    assert [request.path for request in site.requests] == ["/", "/index.php"]


async def test_another_host_is_told_of_and_cannot_be_pressed(checker: Checker, site: Site) -> None:
    site.pages["/old"] = sent_on(f"//{OTHER}/new")
    found = await checker.check(link(f"{SCHOOL}/old"))
    assert found.outcome is Outcome.MOVED
    assert found.moved_to.replace("[", "").replace("]", "").startswith(OTHER)
    site.pages["/new"] = says("", 404)
    assert await _outcome(checker, "old") is Outcome.GONE


@pytest.mark.parametrize(
    ("end", "outcome", "to"),
    [
        ("https://vk.com/Made_Up_School", Outcome.OK, ""),
        ("https://m.vk.com/made_up_school", Outcome.OK, ""),
        ("https://vk.com/made_up_other", Outcome.MOVED, "vk.com/made_up_other"),
        ("https://vk.com/login?to=x", Outcome.NOT_CHECKED, ""),
        ("https://ok.ru/made_up_school", Outcome.MOVED, "ok.ru/made_up_school"),
        ("https://vk.com.example.org@x/", Outcome.MOVED, "x"),
    ],
)
def test_where_an_account_leads(end: str, outcome: Outcome, to: str) -> None:
    answer = Answer(200, "", False, "utf-8", b"")
    found = judged(Link("vk", "name", "made_up_school"), URL(end), answer)
    assert (found.outcome, found.moved_to) == (outcome, to)


async def test_redirects_end(checker: Checker, site: Site) -> None:
    site.pages["/loop"] = sent_on("/loop")
    for n in range(7):
        site.pages[f"/{n}"] = sent_on(f"/{n + 1}", 307)
    assert await _outcome(checker, "loop") is Outcome.UNREACHABLE
    assert site.hits == 6
    assert await _outcome(checker, "2") is Outcome.OK  # five steps: 3, 4, 5, 6, 7
    assert await _outcome(checker, "1") is Outcome.UNREACHABLE


async def test_a_wall_of_cookies_is_no_broken_link(checker: Checker, site: Site) -> None:
    async def wall(_request: web.BaseRequest) -> web.Response:
        headers = {"Location": "/", "Set-Cookie": "pass=1"}
        return web.Response(status=302, headers=headers)

    site.pages["/"] = wall
    assert await _outcome(checker) is Outcome.NOT_CHECKED
    sent = {name.lower() for request in site.requests for name in request.headers}
    assert sent.isdisjoint({"cookie", "authorization", "referer", "proxy-authorization"})


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
    assert await _outcome(checker) is outcome
    assert inner.hits == 0
    assert set(policy.sockets) == {OPEN}
    assert len(policy.sockets) == site.hits == (1 if to else 6)


async def test_a_name_is_refused_for_one_bad_address_among_good_ones(
    checker: Checker, names: Names, site: Site, inner: Site, policy: LoopbackPolicy
) -> None:
    names.places["both.example.ru"] = [(OPEN, site.port), (INNER, inner.port)]
    for host in (SECRET, "both.example.ru"):
        assert await _outcome(checker, host=host) is Outcome.UNREACHABLE
    assert (site.hits, inner.hits, policy.sockets) == (0, 0, [])


async def test_a_name_is_resolved_once_a_request(
    checker: Checker, names: Names, site: Site
) -> None:
    assert await _outcome(checker) is Outcome.OK
    assert names.asked == {SCHOOL: 1}
    names.places[SCHOOL] = [(INNER, 1)]
    assert await _outcome(checker) is Outcome.UNREACHABLE  # nothing is remembered as good
    assert site.hits == 1


async def test_production_reaches_no_loopback(names: Names, site: Site, inner: Site) -> None:
    async with Checker(resolver=names) as checker:
        for host in (SCHOOL, SECRET, OPEN, "localhost"):
            assert await _outcome(checker, host=host) is Outcome.UNREACHABLE
    assert (site.hits, inner.hits) == (0, 0)


async def test_the_environment_changes_nothing(
    checker: Checker, inner: Site, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://{INNER}:{inner.port}")
    assert await _outcome(checker) is Outcome.OK
    assert (site.hits, inner.hits) == (1, 0)


@pytest.mark.parametrize("begin", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"])
async def test_who_hangs_is_not_waited_for(names: Names, begin: bytes) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(begin)
        await reader.read()  # until the other side has had enough

    async with raw(talk) as port, Checker(LoopbackPolicy(timeout=0.2), names) as checker:
        names.places[SCHOOL] = [(OPEN, port)]
        async with asyncio.timeout(3):
            assert await _outcome(checker) is Outcome.UNREACHABLE


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
            found = await _outcome(checker)
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
            assert await _outcome(checker) is Outcome.OK
            await ended.wait()
    # Beyond what is read lies only what the sockets' own buffers hold.
    assert BODY_BYTES <= sent < 20 * BODY_BYTES


async def test_one_site_is_asked_one_at_a_time_with_pauses(names: Names, site: Site) -> None:
    async def slow(_request: web.BaseRequest) -> web.Response:
        await asyncio.sleep(0.03)
        return web.Response()

    site.pages["/"] = slow
    loop = asyncio.get_running_loop()
    async with Checker(LoopbackPolicy(pause=0.1), names) as checker:
        begun = loop.time()
        await asyncio.gather(*(checker.check(link(host)) for host in (SCHOOL, f"www.{SCHOOL}")))
    assert loop.time() - begun >= 0.15
    assert (site.hits, site.most_at_once) == (2, 1)


async def test_all_sites_together_are_asked_so_many_at_once(names: Names, site: Site) -> None:
    async def slow(_request: web.BaseRequest) -> web.Response:
        await asyncio.sleep(0.03)
        return web.Response()

    site.pages["/"] = slow
    hosts = [f"made-up-{n}.ru" for n in range(12)]
    names.places |= {host: [(OPEN, site.port)] for host in hosts}
    async with Checker(LoopbackPolicy(at_once=3), names) as checker:
        await asyncio.gather(*(checker.check(link(host)) for host in hosts))
    assert (site.hits, site.most_at_once) == (12, 3)


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
