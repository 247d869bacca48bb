"""One link asked for: what a server's answer means, and how gently it is asked."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web
from yarl import URL

from directory.linkcheck.checker import LinkChecker
from directory.linkcheck.judge import SiteAnswer, judged
from directory.links.outcome import CheckOutcome
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
        (200, CheckOutcome.OK),
        (404, CheckOutcome.GONE),
        (410, CheckOutcome.GONE),
        (401, CheckOutcome.NOT_CHECKED),
        (403, CheckOutcome.NOT_CHECKED),
        (429, CheckOutcome.NOT_CHECKED),
        (999, CheckOutcome.NOT_CHECKED),
        (400, CheckOutcome.UNREACHABLE),
        (500, CheckOutcome.UNREACHABLE),
        (503, CheckOutcome.UNREACHABLE),
    ],
)
async def test_what_a_status_means(
    checker: LinkChecker, site: Site, status: int, outcome: CheckOutcome
) -> None:
    site.pages["/"] = says("<h1>Школа</h1>", status)
    assert await outcome_of(checker) is outcome
    assert site.hits == 1


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251"])
async def test_a_page_that_says_it_is_deleted_is_gone(
    checker: LinkChecker, site: Site, charset: str
) -> None:
    site.pages["/"] = says("<div>\n Страница  удалена либо еще не создана. </div>", 200, charset)
    assert await outcome_of(checker) is CheckOutcome.GONE


async def test_a_page_in_an_undeclared_charset_is_read(checker: LinkChecker, site: Site) -> None:
    async def page(_request: web.BaseRequest) -> web.Response:
        text = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'
        body = (text + "<b>Сообщество заблокировано</b>").encode("cp1251")
        return web.Response(body=body, headers={"Content-Type": "text/html"})

    site.pages["/"] = page
    assert await outcome_of(checker) is CheckOutcome.GONE


async def test_an_article_that_quotes_the_words_is_not_gone(
    checker: LinkChecker, site: Site
) -> None:
    site.pages["/"] = says("<p>Если видите «Страница удалена», напишите нам: страница удалена.</p>")
    assert await outcome_of(checker) is CheckOutcome.OK


async def test_another_scheme_or_path_of_the_site_is_the_same_page(
    checker: LinkChecker, site: Site
) -> None:
    site.pages["/"] = sent_on(f"http://www.{SCHOOL}/index.php", 301)
    assert await outcome_of(checker) is CheckOutcome.OK
    assert [request.path for request in site.requests] == ["/", "/index.php"]


async def test_another_host_is_told_of_and_cannot_be_pressed(
    checker: LinkChecker, site: Site
) -> None:
    site.pages["/old"] = sent_on(f"//{OTHER}/new")
    found = await checker.check(link(f"{SCHOOL}/old"))
    assert found.outcome is CheckOutcome.MOVED
    assert found.moved_to.replace("[", "").replace("]", "").startswith(OTHER)
    site.pages["/new"] = says("", 404)
    assert await outcome_of(checker, "old") is CheckOutcome.GONE


@pytest.mark.parametrize(
    ("end", "outcome", "to"),
    [
        ("https://vk.com/Made_Up_School", CheckOutcome.OK, ""),
        ("https://m.vk.com/made_up_school", CheckOutcome.OK, ""),
        ("https://vk.com/made_up_other", CheckOutcome.MOVED, "vk.com/made_up_other"),
        ("https://vk.com/login?to=x", CheckOutcome.NOT_CHECKED, ""),
        ("https://ok.ru/made_up_school", CheckOutcome.MOVED, "ok.ru/made_up_school"),
        ("https://vk.com.example.org@x/", CheckOutcome.MOVED, "x"),
    ],
)
def test_where_an_account_leads(end: str, outcome: CheckOutcome, to: str) -> None:
    answer = SiteAnswer(200, "", False, "utf-8", b"")
    found = judged(Link("vk", "name", "made_up_school"), URL(end), answer)
    assert (found.outcome, found.moved_to) == (outcome, to)


async def test_redirects_end(checker: LinkChecker, site: Site) -> None:
    site.pages["/loop"] = sent_on("/loop")
    for n in range(7):
        site.pages[f"/{n}"] = sent_on(f"/{n + 1}", 307)
    assert await outcome_of(checker, "loop") is CheckOutcome.UNREACHABLE
    assert site.hits == 6
    assert await outcome_of(checker, "2") is CheckOutcome.OK  # five steps: 3, 4, 5, 6, 7
    assert await outcome_of(checker, "1") is CheckOutcome.UNREACHABLE


async def test_a_wall_of_cookies_is_no_broken_link(checker: LinkChecker, site: Site) -> None:
    async def wall(_request: web.BaseRequest) -> web.Response:
        headers = {"Location": "/", "Set-Cookie": "pass=1"}
        return web.Response(status=302, headers=headers)

    site.pages["/"] = wall
    assert await outcome_of(checker) is CheckOutcome.NOT_CHECKED
    sent = {name.lower() for request in site.requests for name in request.headers}
    assert sent.isdisjoint({"cookie", "authorization", "referer", "proxy-authorization"})


async def test_one_site_is_asked_one_at_a_time_with_pauses(names: Names, site: Site) -> None:
    async def slow(_request: web.BaseRequest) -> web.Response:
        await asyncio.sleep(0.03)
        return web.Response()

    site.pages["/"] = slow
    loop = asyncio.get_running_loop()
    async with LinkChecker(LoopbackPolicy(pause=0.1), names) as checker:
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
    async with LinkChecker(LoopbackPolicy(at_once=3), names) as checker:
        await asyncio.gather(*(checker.check(link(host)) for host in hosts))
    assert (site.hits, site.most_at_once) == (12, 3)
