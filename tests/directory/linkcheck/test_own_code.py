"""A code that only those can place who run a page: where it counts and where it does not."""

from __future__ import annotations

import asyncio

import pytest

from directory.linkcheck import own_code
from directory.linkcheck.checker import LinkChecker
from directory.linkcheck.own_code import _told, carries
from directory.model import Link, Page, PageLink
from tests.directory.linkcheck.hosts import OTHER, SCHOOL
from tests.directory.loopback import Site, link, says, sent_on

CODE = "gos-abcdefghjkmn"
PROOF = f"<head><meta name='official-pages' content='{CODE}'></head>"
VK = Link("vk", "name", "made_up_school")


@pytest.mark.parametrize(
    "html",
    [
        f'<meta property="og:description" content="Школа. {CODE}">',
        f"<META content='Школа {CODE}' name='description' />",
        f'<meta name=description content="&quot;{CODE}&quot;">',
    ],
)
def test_the_description_of_an_account_counts(html: str) -> None:
    assert CODE in _told(VK, f"<html><head>{html}</head><body>…</body></html>")


@pytest.mark.parametrize(
    "html",
    [
        f"<div class=comment>{CODE}</div>",
        f'<meta name="keywords" content="{CODE}">',
        f'<meta name="author" content="description {CODE}">',
        f'<meta property="og:title" content="{CODE}">',
        f'<input value="{CODE}">',
        f'<meta name="author" content="name=description content={CODE}">',
        f'<!-- <meta name="description" content="{CODE}"> -->',
        f'<script>x = \'<meta name="description" content="{CODE}">\'</script>',
    ],
)
def test_what_anybody_may_write_on_a_network_does_not(html: str) -> None:
    assert CODE not in _told(VK, f"<html><head>{html}</head><body>{html}</body></html>")


@pytest.mark.parametrize(
    "page",
    [
        f'<html><head><META NAME="Official-Pages" CONTENT="{CODE}"/></head><body></body></html>',
        f"<head><!--[if IE]><x><![endif]--><meta name='description' content='Школа {CODE}'><body>",
    ],
)
def test_the_head_of_a_site_counts(page: str) -> None:
    assert CODE in _told(link(SCHOOL), page)


@pytest.mark.parametrize(
    "page",
    [
        f"<html><head></head><body><div class='comments'>{CODE}</div></body></html>",
        f'<head></head><body><meta name="official-pages" content="{CODE}"></body>',
        f'<head><meta property="og:description" content="{CODE}"></head>',
        f"<head><title>Гость: {CODE}</title></head>",
        f"<head><![what]><meta name='description' content='{CODE}'></head>",
        f'<meta name="official-pages" content="{CODE}">',
        CODE,
    ],
)
def test_the_text_of_a_site_does_not(page: str) -> None:
    assert CODE not in _told(link(SCHOOL), page)


async def test_the_front_page_proves_nothing_of_a_page_within(
    checker: LinkChecker, site: Site
) -> None:
    own, other = link(f"{SCHOOL}/school5"), link(f"{SCHOOL}/school6")
    site.pages = {
        "/": says(PROOF),
        "/school5": sent_on("/"),
        "/school6": sent_on(f"http://www.{SCHOOL}/school6/"),
        "/school6/": says(PROOF),
    }
    page = Page("a", "Школа", links=(PageLink("site", own),))
    assert await carries(checker, page, CODE) is None
    page = Page("b", "Школа", links=(PageLink("site", other),))
    assert await carries(checker, page, CODE) == other


async def test_the_wait_for_other_looks_ends(
    checker: LinkChecker, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages = {"/": says(PROOF)}
    monkeypatch.setattr(own_code, "SECONDS", 0.2)
    monkeypatch.setattr(own_code, "_looking", asyncio.Semaphore(0))
    page = Page("a", "Школа", links=(PageLink("site", link(SCHOOL)),))
    async with asyncio.timeout(5):
        assert await carries(checker, page, CODE) is None
    assert site.hits == 0


async def test_only_shown_links_are_asked(checker: LinkChecker, site: Site) -> None:
    site.pages = {"/": says(PROOF)}
    shown, hidden = PageLink("site", link(SCHOOL)), PageLink("site", link(OTHER), hidden="проба")
    assert await carries(checker, Page("a", "Школа", links=(shown,)), CODE) == shown.link
    hits = site.hits
    assert await carries(checker, Page("a", "Школа", links=(hidden,)), CODE) is None
    assert site.hits == hits


async def test_a_page_that_says_that_it_is_gone_proves_nothing(
    checker: LinkChecker, site: Site
) -> None:
    site.pages = {"/": says(PROOF, status=404)}
    page = Page("a", "Школа", links=(PageLink("site", link(SCHOOL)),))
    assert await carries(checker, page, CODE) is None


def test_a_page_made_to_hold_the_check_up_does_not() -> None:
    assert _told(VK, "<meta " * 100_000) == ""
    assert _told(VK, "<meta content='" * 60_000) == ""
    for part in ("<meta ", "<meta content='", "<!--", "<script", "<![", "&"):
        assert _told(VK, f"{part * (190_000 // len(part))}</head>") == ""
