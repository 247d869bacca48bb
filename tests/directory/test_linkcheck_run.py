"""All links checked day after day: what is kept, what breaks, what mends, what is hidden."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from aiohttp import web

from directory.linkcheck.checker import Checker
from directory.linkcheck.outcome import Checked, Outcome, Replaced
from directory.linkcheck.run import Run
from directory.model import Action, Change, Link, Origin, Page, PageLink, Status
from directory.store import checks, records, revisions
from directory.store.database import Database
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
        changes = [Change("page", page.id, None, records.page_record(page)) for page in pages]
        await revisions.apply(connection, changes, Origin(Action.IMPORT))


def _page(name: str, *links: Link, status: Status = Status.ACTIVE, hidden: str = "") -> Page:
    held = tuple(PageLink("telegram" if x is CHANNEL else "site", x, hidden) for x in links)
    return Page(name, f"Страница {name}", links=held, status=status)


async def _save(db: Database, outcome: Outcome, day: int, what: Link = SCHOOL) -> None:
    async with db.write() as connection:
        await checks.save(connection, [Checked(what, outcome)], DAY + timedelta(days=day))


async def _broken(db: Database) -> list[tuple[str, int]]:
    async with db.read() as connection:
        return [(x.page, x.failing_days) for x in await checks.troubles(connection)]


async def test_three_different_days_make_a_link_broken(db: Database) -> None:
    await _fill(db, _page("a", SCHOOL), _page("b", SCHOOL, MUSEUM))
    for day in (0, 0, 1, 1, 1):
        await _save(db, Outcome.UNREACHABLE, day)
    assert await _broken(db) == []
    await _save(db, Outcome.NOT_CHECKED, 2)
    assert await _broken(db) == []
    await _save(db, Outcome.GONE, 3)
    assert await _broken(db) == [("a", 3), ("b", 3)]
    await _save(db, Outcome.NOT_CHECKED, 4)
    assert await _broken(db) == [("a", 3), ("b", 3)]
    async with db.read() as connection:
        assert all(page.shown_links for page in await records.read_pages(connection))


@pytest.mark.parametrize("success", [Outcome.OK, Outcome.MOVED])
async def test_a_success_ends_the_count(db: Database, success: Outcome) -> None:
    await _fill(db, _page("a", SCHOOL))
    for day in range(5):
        await _save(db, Outcome.GONE, day)
    await _save(db, success, 5)
    await _save(db, Outcome.GONE, 5)  # a failure later on the same day begins a new count
    await _save(db, Outcome.GONE, 6)
    assert await _broken(db) == []
    await _save(db, Outcome.GONE, 7)
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
    await _save(db, Outcome.OK, 0, MUSEUM)
    await _save(db, Outcome.OK, 1, SCHOOL)
    async with db.read() as connection:
        assert await checks.to_check(connection) == [never, MUSEUM, SCHOOL]


async def test_a_run_asks_each_account_once_and_keeps_what_came(
    db: Database, names: Names, site: Site
) -> None:
    await _fill(db, _page("a", SCHOOL, MUSEUM), _page("b", SCHOOL))
    site.pages["/"] = sent_on("/now")
    async with Checker(LoopbackPolicy(), names) as checker:
        assert await Run(db, checker, DAY).all() == {Outcome.OK: 2}
        assert site.hits == 4

        async def moved(request: web.BaseRequest) -> web.Response:
            to = f"http://{MUSEUM.account}/"
            there = request.host == MUSEUM.account
            return web.Response(status=200 if there else 301, headers={"Location": to})

        site.pages["/"] = moved
        assert await Run(db, checker, DAY).all() == {Outcome.OK: 1, Outcome.MOVED: 1}
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
    async with Checker(LoopbackPolicy(), names) as checker:
        found = await Run(db, checker, DAY).all()
        assert found == {Outcome.NOT_CHECKED: 5, Outcome.OK: 1}
        await Run(db, checker, DAY + timedelta(days=1)).all()
    assert {request.path for request in site.requests} == {"/", *(f"/{n}" for n in range(9))}


async def test_a_dead_network_of_our_own_breaks_no_link(db: Database, names: Names) -> None:
    names.places.clear()
    sites = [link(f"made-up-{n}.ru") for n in range(3)]
    await _fill(db, _page("a", *sites))
    async with Checker(LoopbackPolicy(), names) as checker:
        assert await Run(db, checker, DAY).all() == {Outcome.NOT_CHECKED: 3}
    async with db.read() as connection:
        assert await checks.to_check(connection) == sites


async def test_a_network_that_tells_a_number_vouches_for_the_account(
    db: Database, names: Names
) -> None:
    channels = [Link("telegram", "name", f"made_up_channel_{n}") for n in range(7)]
    await _fill(db, _page("a", *channels))

    class All:
        async def number(self, link: Link) -> int | None:
            return None if link == channels[0] else int(link.account[-1])

    seen: list[None] = []
    async with Checker(LoopbackPolicy(), names) as checker:
        run = Run(db, checker, DAY, numbers=All(), progress=lambda: seen.append(None))
        # The network's own site cannot be reached: five were asked for, all were asked about.
        assert await run.all() == {Outcome.UNREACHABLE: 1, Outcome.OK: 6}
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
        async with Checker(LoopbackPolicy(), names) as checker:
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


def test_the_command_of_an_empty_directory(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from directory.cli import main

    monkeypatch.setenv("DATABASE_URL", database_url)
    assert main(["check-links", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["checked"], found["broken"], found["moved"]) == (0, [], [])
    assert set(found["outcomes"]) == {outcome.value for outcome in Outcome}
    assert main(["check-links"]) == 0
    assert capsys.readouterr().out == "Проверено ссылок: 0\n"
