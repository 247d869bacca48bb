"""One link asked for: what a server's answer means, and how gently it is asked."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web
from yarl import URL

from directory.linkcheck.checker import Checker
from directory.linkcheck.judge import Answer, judged
from directory.links.outcome import Outcome
from directory.model import Link
from tests.directory.linkcheck.hosts import OTHER, SCHOOL, outcome_of
from tests.directory.loopback import (
    OPEN,
    LoopbackPolicy,
    Names,
    Site,
    link,
    says,
    sent_on,
)


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
    assert await outcome_of(checker) is outcome
    assert site.hits == 1


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251"])
async def test_a_page_that_says_it_is_deleted_is_gone(
    checker: Checker, site: Site, charset: str
) -> None:
    site.pages["/"] = says("<div>\n Страница  удалена либо еще не создана. </div>", 200, charset)
    assert await outcome_of(checker) is Outcome.GONE


async def test_a_page_in_an_undeclared_charset_is_read(checker: Checker, site: Site) -> None:
    async def page(_request: web.BaseRequest) -> web.Response:
        text = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'
        body = (text + "<b>Сообщество заблокировано</b>").encode("cp1251")
        return web.Response(body=body, headers={"Content-Type": "text/html"})

    site.pages["/"] = page
    assert await outcome_of(checker) is Outcome.GONE


async def test_an_article_that_quotes_the_words_is_not_gone(checker: Checker, site: Site) -> None:
    site.pages["/"] = says("<p>Если видите «Страница удалена», напишите нам: страница удалена.</p>")
    assert await outcome_of(checker) is Outcome.OK


async def test_another_scheme_or_path_of_the_site_is_the_same_page(
    checker: Checker, site: Site
) -> None:
    site.pages["/"] = sent_on(f"http://www.{SCHOOL}/index.php", 301)
    assert await outcome_of(checker) is Outcome.OK
    assert [request.path for request in site.requests] == ["/", "/index.php"]


async def test_another_host_is_told_of_and_cannot_be_pressed(checker: Checker, site: Site) -> None:
    site.pages["/old"] = sent_on(f"//{OTHER}/new")
    found = await checker.check(link(f"{SCHOOL}/old"))
    assert found.outcome is Outcome.MOVED
    assert found.moved_to.replace("[", "").replace("]", "").startswith(OTHER)
    site.pages["/new"] = says("", 404)
    assert await outcome_of(checker, "old") is Outcome.GONE


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
    assert await outcome_of(checker, "loop") is Outcome.UNREACHABLE
    assert site.hits == 6
    assert await outcome_of(checker, "2") is Outcome.OK  # five steps: 3, 4, 5, 6, 7
    assert await outcome_of(checker, "1") is Outcome.UNREACHABLE


async def test_a_wall_of_cookies_is_no_broken_link(checker: Checker, site: Site) -> None:
    async def wall(_request: web.BaseRequest) -> web.Response:
        headers = {"Location": "/", "Set-Cookie": "pass=1"}
        return web.Response(status=302, headers=headers)

    site.pages["/"] = wall
    assert await outcome_of(checker) is Outcome.NOT_CHECKED
    sent = {name.lower() for request in site.requests for name in request.headers}
    assert sent.isdisjoint({"cookie", "authorization", "referer", "proxy-authorization"})


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
