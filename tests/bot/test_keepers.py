"""«Это моя страница»: proved by a code or by the editors, small rights, judged at every press."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import monotonic

import pytest
from aiohttp.web import BaseRequest, Response
from sqlalchemy import select, update

from bot.buttons.keepers import KeeperActs, MyPage, ProveMine
from bot.i18n import Catalogues
from bot.jobs.page_news import tell_page_news
from bot.routers.citizens import keepers as router
from bot.settings import Settings
from bot.talk.seldom import Seldom
from directory.changes import page_change
from directory.directory import Directory
from directory.editing import quarantine
from directory.linkcheck.checker import LinkChecker
from directory.linkcheck.turns import HostTurns
from directory.model import Action, Link, Origin, Page, PageLink
from directory.reports import ReportKind
from directory.store import keepers, records, reports, revisions
from directory.store.tables import keeper_codes, metadata
from tests.bot import made_up as pages
from tests.bot.conftest import OWNER, People
from tests.bot.person import Reply, Talker
from tests.directory.linkcheck.hosts import OTHER, SCHOOL
from tests.directory.loopback import OPEN, LoopbackPolicy, Names, Site, link, says, sent_on, serving

pytestmark = pytest.mark.both

PAGE = pages.SCHOOL.id
NOON = datetime(2099, 11, 27, 7, tzinfo=UTC)


@pytest.fixture
def begins_with(request: pytest.FixtureRequest) -> Path:
    """A made-up directory."""
    path: Path = request.getfixturevalue("made_up")
    return path


@pytest.fixture
async def site(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Site]:
    """The site of the school and, under another name, one that looks alike."""
    async with serving() as made:
        names = Names()
        names.places = {SCHOOL: [(OPEN, made.port)], OTHER: [(OPEN, made.port)]}
        monkeypatch.setattr(router, "LinkChecker", partial(LinkChecker, LoopbackPolicy(), names))
        _may_look(monkeypatch)
        yield made


def _may_look(monkeypatch: pytest.MonkeyPatch, pause: float = 0) -> None:
    """Forget who had what looked for."""
    monkeypatch.setattr(router, "_BY_PERSON", Seldom(1, 60))
    monkeypatch.setattr(router, "_OF_PAGE", Seldom(3, 60))
    monkeypatch.setattr(router, "_TURNS", HostTurns(pause, 5))


@pytest.fixture
async def school(directory: Directory) -> Page:
    """The school, with a site alone."""
    async with directory.db.write() as connection:
        before = (await records.read_pages(connection, [PAGE]))[0]
        after = replace(before, links=(PageLink("site", link(SCHOOL)),))
        await revisions.apply(connection, [page_change(before, after)], Origin(Action.EDIT))
    await directory.refresh()
    return after


async def _asks(person: Talker) -> Reply:
    """Somebody says that the page is theirs."""
    await person.says("сказочная школа")
    await person.presses("Ошибка на карточке")
    return await person.presses("Это моя страница")


def _code(reply: Reply) -> str:
    codes = [e.extract_from(reply.text) for e in reply.message.entities or [] if e.type == "code"]
    return next(code for code in codes if code.startswith("gos-"))


async def _is_keeper(directory: Directory, person: int = 1000) -> bool:
    async with directory.db.read() as connection:
        return await keepers.is_keeper(connection, person, PAGE)


def _proof(code: str) -> Callable[[BaseRequest], Awaitable[Response]]:
    """The page of a site with the code where the bot asks for it."""
    return says(f'<head><meta name="official-pages" content="{code}"></head><body>Школа</body>')


async def _proved(person: Talker, site: Site) -> Reply:
    site.pages = {"/": _proof(_code(await _asks(person)))}
    return await person.presses("Проверить")


async def test_a_code_on_the_own_site_proves_it(
    citizen: Talker,
    directory: Directory,
    site: Site,
    school: Page,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = await _asks(citizen)
    assert SCHOOL in asked.text
    assert f'<meta name="official-pages" content="{_code(asked)}">' in asked.text
    not_yet = await citizen.presses("Проверить")
    assert "Пока не вижу кода" in not_yet.text
    site.pages = {"/": _proof(_code(asked))}
    assert "Подождите минуту" in (await citizen.presses("Проверить")).text
    assert site.hits == 1, "whoever presses on asks nobody's server"
    _may_look(monkeypatch)
    proved = await citizen.presses("Проверить")
    assert proved.text.startswith("Вы ведёте эту страницу")
    assert await _is_keeper(directory)


async def test_anothers_code_an_old_one_and_a_lookalike_prove_nothing(
    citizen: Talker,
    people: People,
    directory: Directory,
    site: Site,
    school: Page,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own, others = _code(await _asks(citizen)), _code(await _asks(people(2000)))
    assert own != others
    site.pages = {"/": _proof(others)}
    await citizen.presses("Проверить")
    assert not await _is_keeper(directory)

    # The official site leads on to another host, where the code is.
    site.pages = {"/": sent_on(f"http://{OTHER}/proof"), "/proof": _proof(own)}
    _may_look(monkeypatch)
    await citizen.presses("Проверить")
    assert not await _is_keeper(directory)

    site.pages = {"/": _proof(own)}
    _may_look(monkeypatch)
    async with directory.db.write() as connection:
        long_ago = datetime.now(UTC) - keepers.CODE_KEPT
        await connection.execute(update(keeper_codes).values(at=long_ago))
    asked_before = site.hits
    await citizen.presses("Проверить")
    assert site.hits == asked_before
    assert not await _is_keeper(directory)
    assert _code(await _asks(citizen)) != own


async def test_servers_are_asked_seldom_whoever_gives_up_and_begins_anew(
    citizen: Talker, people: People, directory: Directory, site: Site, school: Page
) -> None:
    await _asks(citizen)
    message = (await citizen.presses("Проверить")).message
    for act in (
        KeeperActs(page=PAGE, what="leave"),
        MyPage(page=PAGE),
        ProveMine(page=PAGE, by="code"),
    ):
        await citizen.sends_press(message, act.pack())
    assert "Подождите минуту" in citizen.reply.text
    assert site.hits == 1
    for number in range(2000, 2006):
        await _asks(people(number))
        await people(number).presses("Проверить")
    assert site.hits == 3, "the page counts, too, whoever asks for it"


async def test_two_looks_leave_a_site_its_pause(
    citizen: Talker, people: People, site: Site, school: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    _may_look(monkeypatch, pause=1.5)
    for person in (citizen, people(2000)):
        await _asks(person)
    began = monotonic()
    await asyncio.gather(*(person.presses("Проверить") for person in (citizen, people(2000))))
    assert site.hits == 2
    assert monotonic() - began >= 1.5


async def test_a_hidden_page_is_nobodys(
    citizen: Talker, directory: Directory, site: Site, school: Page
) -> None:
    kept = await _proved(citizen, site)
    async with directory.db.write() as connection:
        await quarantine.hide(connection, PAGE, quarantine.REASONS["hacked"], OWNER)
    await directory.refresh()
    refused = await citizen.presses("Всё верно", on=kept)
    assert "вы не из тех" in refused.text
    await citizen.sends_press(kept.message, MyPage(page=PAGE).pack())
    assert "нет в справочнике" in citizen.reply.text
    await citizen.sends_press(kept.message, ProveMine(page=PAGE, by="code").pack())
    assert "нет в справочнике" in citizen.reply.text


@pytest.mark.parametrize("of_link", [False, True])
async def test_who_ran_it_before_it_was_hidden_must_prove_it_anew(
    citizen: Talker, directory: Directory, site: Site, school: Page, *, of_link: bool
) -> None:
    await _proved(citizen, site)
    hidden = school.links[0].link if of_link else None
    async with directory.db.write() as connection:
        await keepers.code_for(connection, 2000, PAGE, datetime.now(UTC))
        await keepers.add(connection, 1000, pages.LIBRARY.id, datetime.now(UTC))
        await quarantine.hide(connection, PAGE, quarantine.REASONS["hacked"], OWNER, hidden)
        await quarantine.restore(connection, PAGE, OWNER, hidden)
        assert (await connection.execute(select(keeper_codes))).all() == []
        assert await keepers.is_keeper(connection, 1000, pages.LIBRARY.id)
    assert not await _is_keeper(directory)


async def test_who_proved_it_by_a_link_that_is_replaced_must_prove_it_anew(
    citizen: Talker, directory: Directory, site: Site, school: Page
) -> None:
    await _proved(citizen, site)
    other = Link("vk", "name", "skazochnaya_shkola_new")
    added = replace(school, links=(PageLink("vk", other), *school.links))
    replaced = replace(school, links=(PageLink("vk", other),))
    for before, after, is_keeper in ((school, added, True), (added, replaced, False)):
        async with directory.db.write() as connection:
            await revisions.apply(
                connection, [page_change(before, after)], Origin(Action.EDIT, OWNER)
            )
        assert await _is_keeper(directory) == is_keeper


async def test_a_page_that_was_hidden_while_its_site_was_asked_is_nobodys(
    citizen: Talker, directory: Directory, site: Site, school: Page
) -> None:
    proof = _proof(_code(await _asks(citizen)))

    async def hides(request: BaseRequest) -> Response:
        async with directory.db.write() as connection:
            await quarantine.hide(connection, PAGE, quarantine.REASONS["double"], OWNER)
        return await proof(request)

    site.pages = {"/": hides}
    assert "нет в справочнике" in (await citizen.presses("Проверить")).text
    assert not await _is_keeper(directory)


async def test_who_proves_it_now_takes_the_place_of_the_longest_serving(
    citizen: Talker, directory: Directory, site: Site, school: Page
) -> None:
    async with directory.db.write() as connection:
        for n in range(keepers.MOST_KEEPERS):
            await keepers.add(connection, 100 + n, PAGE, datetime.now(UTC) - timedelta(days=9 - n))
    assert (await _proved(citizen, site)).text.startswith("Вы ведёте эту страницу")
    async with directory.db.read() as connection:
        found = [each.person for each in await keepers.of_page(connection, PAGE)]
    assert found == [101, 102, 103, 104, 1000]


async def test_keepers_do_not_hear_that_the_page_is_reported_to_be_hacked(
    directory: Directory, school: Page
) -> None:
    now = datetime.now(UTC)
    async with directory.db.write() as connection:
        await keepers.add(connection, 1000, PAGE, now - timedelta(days=1))
        for kind in (ReportKind.HACKED, ReportKind.DEAD):
            await reports.add(connection, kind, 2000, "ru", now, page=PAGE)
        assert await keepers.reports_for(connection, 1000, NOON) == {PAGE: [ReportKind.DEAD]}
        await quarantine.hide(connection, PAGE, quarantine.REASONS["dead"], OWNER)
        await keepers.add(connection, 1000, PAGE, now - timedelta(days=1))
        assert await keepers.reports_for(connection, 1000, NOON) == {}


async def test_a_keepers_word_changes_nothing_before_an_editor_has_seen_it(
    citizen: Talker, owner: Talker, directory: Directory, site: Site, school: Page
) -> None:
    await _proved(citizen, site)
    said = await citizen.presses("Всё верно")
    assert "Редакторы посмотрят" in said.text
    assert await directory.page(PAGE) == school
    queue = await owner.says("/reports")
    assert "тот, кто ведёт страницу, подтверждает: всё верно" in queue.text
    await owner.presses("Любые ▾")
    await owner.presses("тот, кто ведёт страницу, подтверждает: всё верно: 1")
    await owner.presses("Страница на месте")
    page = await directory.page(PAGE)
    assert page is not None
    assert page.checked_at is not None
    assert page.links[0].confirmed == page.checked_at, "the editor has looked at the links"
    told = [m.text for m in citizen.session.shown if m.chat.id == 1000 and m.text]
    assert any("редакторы подтвердили страницу" in text for text in told)


async def test_corrections_go_through_the_queue(
    citizen: Talker, owner: Talker, directory: Directory, site: Site, school: Page
) -> None:
    await _proved(citizen, site)
    question = await citizen.presses("Телефон")
    await citizen.says("+7 (3522) 11-22-33", reply_to_message=question.message)
    page = await directory.page(PAGE)
    assert page is not None
    assert page.phone == "", "nothing changes before an editor has seen it"
    queue = await owner.says("/reports")
    assert "поправка от того, кто ведёт страницу" in queue.text
    assert "Телефон: +7 (3522) 11-22-33" in queue.text


async def test_a_bad_link_is_refused(
    citizen: Talker, directory: Directory, site: Site, school: Page
) -> None:
    await _proved(citizen, site)
    question = await citizen.presses("Ссылки")
    said = await citizen.says(
        "https://vk.com/away.php?to=evil.ru", reply_to_message=question.message
    )
    assert "Такую ссылку принять нельзя" in said.text
    async with directory.db.read() as connection:
        assert await reports.queue(connection) == []


async def test_the_editors_confirm_one_person(
    citizen: Talker, people: People, owner: Talker, directory: Directory, school: Page
) -> None:
    for person in (citizen, people(2000)):
        await _asks(person)
        question = await person.presses("Попросить редакторов")
        await person.says("Директор, 8 (3522) 11-22-33", reply_to_message=question.message)
    queue = await owner.says("/reports")
    assert "просят подтвердить, что ведут страницу" in queue.text
    assert "1 из 2" in queue.text, "the same words of two people are two reports"
    await owner.presses("Подтвердить: ведёт страницу")
    assert [await _is_keeper(directory, n) for n in (1000, 2000)] == [True, False]
    told = [m.text for m in citizen.session.shown if m.chat.id == 1000 and m.text]
    assert any("подтвердили, что вы ведёте" in text for text in told)


async def test_an_editor_takes_it_back(
    citizen: Talker, people: People, owner: Talker, directory: Directory, site: Site, school: Page
) -> None:
    kept = await _proved(citizen, site)
    await _proved(people(2000), site)
    await owner.says("сказочная школа")
    await owner.presses("Скрыть…")
    listed = await owner.presses("Кто ведёт страницу")
    assert listed.labels == ["Отозвать у 1000", "Отозвать у 2000", "← Назад"], listed.text
    await owner.presses("Отозвать у 1000")
    assert [await _is_keeper(directory, n) for n in (1000, 2000)] == [False, True]
    assert "вы не из тех" in (await citizen.presses("Телефон", on=kept)).text
    log = await owner.says("/audit")
    assert "ведёт страницу: отозвано" in log.text


async def test_nobody_else_may_press_the_buttons(
    citizen: Talker, people: People, directory: Directory, site: Site, school: Page
) -> None:
    kept = await _proved(citizen, site)
    stranger = people(3000)
    await stranger.sends_press(kept.message, KeeperActs(page=PAGE, what="right").pack())
    page = await directory.page(PAGE)
    assert page == school
    forged = await stranger.says("/help")
    await stranger.sends_press(forged.message, KeeperActs(page=PAGE, what="phone").pack())
    assert "вы не из тех" in stranger.reply.text


async def test_a_keeper_hears_of_reports_once(
    citizen: Talker, people: People, directory: Directory, site: Site, school: Page
) -> None:
    await _proved(citizen, site)
    other = people(2000)
    await other.says("сказочная школа")
    await other.presses("Ошибка на карточке")
    await other.presses("Не открывается")
    settings = Settings.model_construct(timezone="Asia/Yekaterinburg")
    told = []
    for day in range(2):
        shown = len(citizen.session.shown)
        with Catalogues().context():
            await tell_page_news(citizen.bot, directory, settings, NOON + timedelta(days=day))
        told.append([message.text for message in citizen.session.shown[shown:]])
    (first,), later = told
    assert first is not None
    assert "люди сообщают: страница не открывается" in first
    assert later == []


async def test_editors_confirm_no_keeper_of_a_hidden_page(
    citizen: Talker, owner: Talker, directory: Directory, site: Site, school: Page
) -> None:
    await _asks(citizen)
    question = await citizen.presses("Попросить редакторов")
    await citizen.says("Директор", reply_to_message=question.message)
    async with directory.db.write() as connection:
        await quarantine.hide(connection, PAGE, quarantine.REASONS["hacked"], OWNER)
    await directory.refresh()
    await owner.says("/reports")
    assert "страница скрыта" in (await owner.presses("Подтвердить: ведёт страницу")).text
    assert not await _is_keeper(directory)


async def test_leaving_and_forgetting_leave_nothing(
    citizen: Talker,
    owner: Talker,
    directory: Directory,
    site: Site,
    school: Page,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await _proved(citizen, site)
    await citizen.presses("Больше её не веду")
    assert not await _is_keeper(directory)
    _may_look(monkeypatch)
    await _proved(citizen, site)
    await citizen.presses("Всё верно")
    await owner.says("/reports")
    await owner.presses("Страница на месте")
    await owner.says("сказочная школа")
    await owner.presses("Скрыть…")
    await owner.presses("Кто ведёт страницу")
    await owner.presses("Отозвать у 1000")
    await citizen.says("былинная библиотека")
    await citizen.presses("Ошибка на карточке")
    await citizen.presses("Это моя страница")
    question = await citizen.presses("Попросить редакторов")
    await citizen.says("Директор", reply_to_message=question.message)
    await owner.says("/reports")
    await owner.presses("Подтвердить: ведёт страницу")
    assert await _kept_of(directory, 1000) != []
    await citizen.says("/forget")
    await citizen.presses("Удалить")
    assert await _kept_of(directory, 1000) == []


async def _kept_of(directory: Directory, person: int) -> list[tuple[str, str]]:
    """Each value of the database in which the person's id stands, with its table."""
    number = re.compile(rf"(?<!\d){person}(?!\d)")
    async with directory.db.read() as connection:
        return [
            (table.name, str(value))
            for table in metadata.sorted_tables
            for row in await connection.execute(select(table))
            for value in row
            if not isinstance(value, (datetime, bytes)) and number.search(str(value))
        ]


async def test_one_person_has_a_few_codes_open(directory: Directory) -> None:
    now = datetime.now(UTC)
    async with directory.db.write() as connection:
        codes = [
            await keepers.code_for(connection, 1000, page, now) for page in (PAGE, pages.LIBRARY.id)
        ]
        assert len(set(codes)) == 2
        assert await keepers.code_for(connection, 1000, PAGE, now) == codes[0]
    assert ReportKind.CLAIM.value == "claim"
