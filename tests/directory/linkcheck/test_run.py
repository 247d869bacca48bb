"""All links checked day after day: what is kept, what breaks, what mends, what is hidden."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from aiohttp import web

from directory.changes import page_change
from directory.linkcheck.checker import LinkChecker
from directory.linkcheck.own_site import accounts
from directory.linkcheck.run import Run
from directory.links.outcome import Checked, CheckOutcome, Replaced
from directory.model import Action, Link, Origin, Page, PageLink, Status
from directory.store import checks, records, revisions
from directory.store.database import Database
from directory.store.undo import undo
from tests.directory.loopback import OPEN, LoopbackPolicy, Names, Site, link, says, sent_on, serving

DAY = date(2026, 11, 22)
SCHOOL, MUSEUM = link("school.example.ru"), link("museum.example.org")
CHANNEL = Link("telegram", "name", "made_up_channel")


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """The server of all sites."""
    async with serving() as made:
        yield made


@pytest.fixture
def names(site: Site) -> Names:
    """Where the sites are."""
    made = Names()
    made.places = {x.account: [(OPEN, site.port)] for x in (SCHOOL, MUSEUM)}
    return made


async def _fill(db: Database, *pages: Page) -> None:
    async with db.write() as connection:
        changes = [page_change(None, page) for page in pages]
        await revisions.apply(connection, changes, Origin(Action.IMPORT))


def _page(name: str, *links: Link, status: Status = Status.ACTIVE, hidden: str = "") -> Page:
    held = tuple(PageLink("telegram" if x is CHANNEL else "site", x, hidden) for x in links)
    return Page(name, f"Страница {name}", links=held, status=status)


async def _save(db: Database, outcome: CheckOutcome, day: int, what: Link = SCHOOL) -> None:
    async with db.write() as connection:
        await checks.save(connection, [Checked(what, outcome)], DAY + timedelta(days=day))


async def _broken(db: Database) -> list[tuple[str, int]]:
    async with db.read() as connection:
        return [(x.page, x.failing_days) for x in await checks.troubles(connection)]


async def test_three_different_days_make_a_link_broken(db: Database) -> None:
    await _fill(db, _page("a", SCHOOL), _page("b", SCHOOL, MUSEUM))
    for day in (0, 0, 1, 1, 1):
        await _save(db, CheckOutcome.UNREACHABLE, day)
    assert await _broken(db) == []
    await _save(db, CheckOutcome.NOT_CHECKED, 2)
    assert await _broken(db) == []
    await _save(db, CheckOutcome.GONE, 3)
    assert await _broken(db) == [("a", 3), ("b", 3)]
    await _save(db, CheckOutcome.NOT_CHECKED, 4)
    assert await _broken(db) == [("a", 3), ("b", 3)]
    async with db.read() as connection:
        assert all(page.shown_links for page in await records.read_pages(connection))


@pytest.mark.parametrize("success", [CheckOutcome.OK, CheckOutcome.MOVED])
async def test_a_success_ends_the_count(db: Database, success: CheckOutcome) -> None:
    await _fill(db, _page("a", SCHOOL))
    for day in range(5):
        await _save(db, CheckOutcome.GONE, day)
    await _save(db, success, 5)
    await _save(db, CheckOutcome.GONE, 5)  # a failure later on the same day begins a new count
    await _save(db, CheckOutcome.GONE, 6)
    assert await _broken(db) == []
    await _save(db, CheckOutcome.GONE, 7)
    assert await _broken(db) == [("a", 3)]


async def test_only_shown_links_of_active_pages_are_asked_for_the_oldest_first(
    db: Database,
) -> None:
    never = link("new.example.ru")
    await _fill(
        db,
        _page("a", SCHOOL, MUSEUM),
        _page("b", SCHOOL, never),
        _page("c", link("closed.example.ru"), status=Status.CLOSED),
        _page("d", link("hidden.example.ru"), hidden="двойник"),
        replace(_page("e", link("gone.example.ru"), status=Status.HIDDEN), hidden="двойник"),
    )
    await _save(db, CheckOutcome.OK, 0, MUSEUM)
    await _save(db, CheckOutcome.OK, 1, SCHOOL)
    async with db.read() as connection:
        assert await checks.to_check(connection) == [never, MUSEUM, SCHOOL]


async def test_a_run_asks_each_account_once_and_keeps_what_came(
    db: Database, names: Names, site: Site
) -> None:
    await _fill(db, _page("a", SCHOOL, MUSEUM), _page("b", SCHOOL))
    site.pages["/"] = sent_on("/now")
    async with LinkChecker(LoopbackPolicy(), names) as checker:
        assert await Run(db, checker, DAY).all() == {CheckOutcome.OK: 2}
        assert site.hits == 4

        async def moved(request: web.BaseRequest) -> web.Response:
            to = f"http://{MUSEUM.account}/"
            there = request.host == MUSEUM.account
            return web.Response(status=200 if there else 301, headers={"Location": to})

        site.pages["/"] = moved
        assert await Run(db, checker, DAY).all() == {CheckOutcome.OK: 1, CheckOutcome.MOVED: 1}
        async with db.read() as connection:
            found = await checks.troubles(connection)
        assert [(x.page, x.link, x.moved_to) for x in found] == [
            ("a", SCHOOL, MUSEUM.account),
            ("b", SCHOOL, MUSEUM.account),
        ]
        site.pages["/"] = says("", 404)
        for day in range(3):
            await Run(db, checker, DAY + timedelta(days=day)).all()
    assert await _broken(db) == [("a", 3), ("a", 3), ("b", 3)]


async def test_a_host_that_refuses_is_left_alone(db: Database, names: Names, site: Site) -> None:
    site.pages |= {f"/{n}": says("", 429) for n in range(9)}
    await _fill(db, _page("a", *(link(f"{SCHOOL.account}/{n}") for n in range(9)), MUSEUM))
    async with LinkChecker(LoopbackPolicy(), names) as checker:
        found = await Run(db, checker, DAY).all()
        assert found == {CheckOutcome.NOT_CHECKED: 5, CheckOutcome.OK: 1}
        await Run(db, checker, DAY + timedelta(days=1)).all()
    assert {request.path for request in site.requests} == {"/", *(f"/{n}" for n in range(9))}


async def test_a_dead_network_of_our_own_breaks_no_link(db: Database, names: Names) -> None:
    names.places.clear()
    sites = [link(f"made-up-{n}.ru") for n in range(3)]
    await _fill(db, _page("a", *sites))
    async with LinkChecker(LoopbackPolicy(), names) as checker:
        assert await Run(db, checker, DAY).all() == {CheckOutcome.NOT_CHECKED: 3}
    async with db.read() as connection:
        assert set(await checks.to_check(connection)) == set(sites)


async def test_a_network_that_tells_a_number_vouches_for_the_account(
    db: Database, names: Names
) -> None:
    channels = [Link("telegram", "name", f"made_up_channel_{n}") for n in range(7)]
    await _fill(db, _page("a", *channels))

    class AllButTheFirst:
        asked = 0

        async def number(self, link: Link) -> int | None:
            self.asked += 1
            return None if self.asked == 1 else int(link.account[-1])

    seen: list[None] = []
    async with LinkChecker(LoopbackPolicy(), names) as checker:
        run = Run(db, checker, DAY, numbers=AllButTheFirst(), progress=lambda: seen.append(None))
        # The network's own site cannot be reached: five were asked for, all were asked about.
        assert await run.all() == {CheckOutcome.UNREACHABLE: 1, CheckOutcome.OK: 6}
    assert (names.asked.total(), len(seen)) == (5, 7)


class Registry:
    """A network that tells numbers: for tests of what is made of them."""

    def __init__(self) -> None:
        self.now: int | None = 100

    async def number(self, link: Link) -> int | None:
        """The number of the channel."""
        return self.now if link == CHANNEL else None


async def test_a_nick_that_passed_to_another_is_hidden_and_told(db: Database, names: Names) -> None:
    await _fill(db, _page("a", CHANNEL), _page("b", CHANNEL, SCHOOL))
    registry = Registry()
    alarms: list[tuple[Replaced, Sequence[str]]] = []

    async def alarm(what: Replaced, pages: Sequence[str]) -> None:
        alarms.append((what, pages))

    async def run() -> None:
        async with LinkChecker(LoopbackPolicy(), names) as checker:
            await Run(db, checker, DAY, numbers=registry, alarm=alarm).all()

    for now in (100, None, 100):
        registry.now = now
        await run()
    assert alarms == []
    registry.now = 200
    await run()
    assert alarms == [(Replaced(CHANNEL, 100, 200), ["a", "b"])]
    async with db.read() as connection:
        a, b = await records.read_pages(connection, ["a", "b"])
        last = await revisions.get(connection, await revisions.current(connection))
    assert (a.shown_links, [x.link for x in b.shown_links]) == ((), [SCHOOL])
    assert "другому аккаунту: был № 100, стал № 200" in a.links[0].hidden
    assert last is not None
    assert last.origin.action is Action.HIDE
    await run()
    assert len(alarms) == 1


def _on_site(page: Page) -> dict[str, date | None]:
    return {x.link.account: x.on_site for x in page.links}


async def test_what_a_bodys_own_site_links_to_is_noted_once_in_a_while(
    db: Database, names: Names, site: Site
) -> None:
    ours, theirs, gone = (Link("vk", "name", f"made_up_{x}") for x in ("ours", "theirs", "gone"))
    held = (PageLink("vk", ours), PageLink("ok", gone, "двойник"), PageLink("site", SCHOOL))
    await _fill(
        db,
        Page("a", "Школа", links=held),
        Page("b", "Музей", links=(PageLink("vk", theirs), PageLink("site", MUSEUM))),
        Page("c", "Закрытая", links=held, status=Status.CLOSED),
    )
    linked = " ".join(f"<a href='https://m.vk.com/{x.account}?from=site'>" for x in (ours, theirs))

    async def pages(request: web.BaseRequest) -> web.Response:
        text = f"{linked}<a href=//vk.com/{gone.account}>" if request.host == SCHOOL.account else ""
        return web.Response(text=text, content_type="text/html")

    site.pages["/"] = pages

    async def run(day: int) -> int:
        async with LinkChecker(LoopbackPolicy(), names) as checker:
            await Run(db, checker, DAY + timedelta(days=day)).all()
        async with db.read() as connection:
            return await revisions.current(connection)

    for day, revision in ((0, 2), (1, 2), (89, 2), (90, 3)):
        assert await run(day) == revision, day
        seen = DAY + timedelta(days=day // 90 * 90)
        async with db.read() as connection:
            a, b, c = await records.read_pages(connection, ["a", "b", "c"])
        assert _on_site(a) == {ours.account: seen, gone.account: None, SCHOOL.account: None}
        # The school's site says nothing of the museum's page, nor of one that is closed.
        assert not any([*_on_site(b).values(), *_on_site(c).values()])
    site.pages["/"] = sent_on(f"http://{MUSEUM.account}/other")
    assert await run(400) == 3
    async with db.write() as connection:
        await undo(connection, 3, Origin(Action.UNDO))
        await undo(connection, 2, Origin(Action.UNDO))
        (a,) = await records.read_pages(connection, ["a"])
    assert not any(_on_site(a).values())


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ('<a class="x" href="https://vk.com/Primer">', {"vk:primer"}),
        ("<A HREF = '//t.me/primer_kanal?a=1&amp;b=2'>", {"telegram:primer_kanal"}),
        ("<a href=https://vk.com/public5>", {"vk:club5"}),
        ("<!-- <a href='https://vk.com/old'> --><a href='https://ok.ru/new1'>", {"ok:new1"}),
        ("<a href='https://vk.com/share.php?url=x'><a href='/vk.com/a'>vk.com/b", set()),
        ("<a href='https://vk.com@evil.example/x'><a href='https://evil.example/'>", set()),
        ("<!--" * 100_000 + "href=" * 100_000, set()),
    ],
)
def test_the_accounts_that_a_page_links_to(page: str, found: set[str]) -> None:
    assert accounts(page) == found


def test_the_command_of_an_empty_directory(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from directory.cli import main

    monkeypatch.setenv("DATABASE_URL", database_url)
    assert main(["check-links", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["checked"], found["broken"], found["moved"]) == (0, [], [])
    assert set(found["outcomes"]) == {outcome.value for outcome in CheckOutcome}
    assert main(["check-links"]) == 0
    assert capsys.readouterr().out == "Проверено ссылок: 0\n"
