"""A link that several pages have is withdrawn from all that this reaches, and stays so when one of
them leaves the directory."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.buttons.changes import Undo
from directory import links
from directory.directory import Directory
from directory.editing import territory_merging
from directory.export import export
from directory.imports.apply import apply
from directory.imports.merge import Mode
from directory.imports.plan import plan
from directory.links import Verdict
from directory.model import Action, Origin, Page, PageLink
from directory.reports import ReportKind
from directory.store import reports, revisions
from tests.bot.conftest import OWNER, People
from tests.bot.made_up import EDITOR, LIBRARY, OK, SCHOOL, VK, page_of
from tests.bot.person import Reply, Talker
from tests.bot.test_doubles import add, listed

pytestmark = pytest.mark.both

URL = links.url(VK)
CLUB = Page(
    "club",
    "Сказочный кружок робототехники",
    category=SCHOOL.category,
    territory=SCHOOL.territory,
    links=(PageLink("vk", VK),),
)


@pytest.fixture
def begins_with(made_up: Path) -> Path:
    """A made-up directory."""
    return made_up


async def _hide(editor: Talker, what: str = "Скрыть ссылку: ВКонтакте", page: Page = SCHOOL) -> str:
    await editor.says(f"/start page_{page.id}")
    await editor.presses("Скрыть…")
    await editor.presses(what)
    return (await editor.presses("Похоже, страницу взломали")).text


async def _remove(owner: Talker, page: Page = SCHOOL) -> None:
    card = await owner.says("/admin")
    await owner.sends_press(card.message, f"qx:{page.id}:mistake")
    assert "Убрана из справочника" in owner.reply.text


async def _import(directory: Directory, data: bytes, mode: Mode = Mode.UPDATE) -> None:
    found = await plan(directory.db, data, "список.csv", mode=mode)
    await apply(directory.db, found, Origin(Action.IMPORT))
    await directory.refresh()


async def _hidden(owner: Talker) -> Reply:
    await owner.says("/admin")
    return await owner.presses("Что скрыто")


async def test_a_shared_link_leaves_every_card_that_its_withdrawal_reaches(
    owner: Talker, citizen: Talker, directory: Directory
) -> None:
    elsewhere = replace(CLUB, id="choir", title="Былинный хор", category="Культура", territory=3)
    await add(directory, CLUB, elsewhere)
    told = await _hide(owner)
    assert f"Убрана и у этих страниц: «{CLUB.title}»" in told
    assert f"ещё показывают: «{elsewhere.title}»" in told
    assert "не показываются нигде" not in told
    card = await citizen.says("/start page_club")
    assert "Прежней не доверяйте" in card.text
    assert card.urls == []
    await owner.presses("Вернуть")
    assert (await citizen.says("/start page_club")).urls == [URL]
    assert URL in (await citizen.says(f"/start page_{SCHOOL.id}")).urls


@pytest.mark.parametrize("retired", [True, False])
async def test_a_link_stays_withdrawn_when_its_page_leaves_the_directory(
    owner: Talker, citizen: Talker, directory: Directory, retired: bool
) -> None:
    await _hide(owner)
    await add(directory, CLUB)  # as a file of an older version may have left it
    if retired:
        whole = (await export(directory, "csv")).decode().splitlines(keepends=True)
        rest = "".join(line for line in whole if SCHOOL.id not in line)
        await _import(directory, rest.encode(), Mode.REPLACE)
    else:
        await _remove(owner)
    assert await directory.page(SCHOOL.id) is None
    assert "Не доверяйте" in (await citizen.says(URL)).text
    await _remove(owner, CLUB)
    assert "Не доверяйте" in (await citizen.says(URL)).text

    both = await _hidden(owner)
    assert SCHOOL.title in both.text
    assert "Возвращено" in (await owner.presses("Вернуть 1", on=both)).text
    assert directory.verify(URL).verdict is Verdict.UNKNOWN


async def test_a_page_that_was_hidden_and_removed_is_warned_of_and_comes_back_hidden(
    owner: Talker, citizen: Talker, directory: Directory
) -> None:
    older = await export(directory, "csv")
    await _hide(owner, "Скрыть страницу целиком")
    await _remove(owner)
    assert "Не доверяйте" in (await citizen.says(URL)).text
    await _import(directory, older)
    card = await citizen.says(f"/start page_{SCHOOL.id}")
    assert "Редакторы скрыли эту страницу" in card.text
    assert (card.urls, card.links) == ([], [])
    assert "Не доверяйте" in (await citizen.says(URL)).text


async def test_the_page_that_took_another_over_speaks_for_its_links(
    owner: Talker, citizen: Talker, directory: Directory
) -> None:
    twin = replace(CLUB, id="twin", title="МБОУ Сказочная школа № 5")
    await add(directory, twin)
    await _hide(owner, page=twin)
    preview = await owner.presses("1. Объединить…", on=await listed(owner))
    await owner.presses("Объединить", on=preview)
    assert directory.verify(URL).verdict is Verdict.HIDDEN
    await owner.presses("Вернуть 1", on=await _hidden(owner))
    assert URL in (await citizen.says(f"/start page_{SCHOOL.id}")).urls
    assert directory.verify(URL).verdict is Verdict.OFFICIAL
    file = f"Код;Название;Сфера;ВКонтакте\n{LIBRARY.id};{LIBRARY.title};Образование;{URL}\n"
    found = await plan(directory.db, file.encode(), "список.csv")
    assert not any("скрыта" in problem.why for problem in found.warnings)


async def test_undoing_a_merge_shows_no_link_that_was_withdrawn_since(
    owner: Talker, citizen: Talker, directory: Directory
) -> None:
    twin = replace(CLUB, id="twin", title="МБОУ Сказочная школа № 5")
    await add(directory, twin)
    preview = await owner.presses("1. Объединить…", on=await listed(owner))
    merged = await owner.presses("Объединить", on=preview)
    assert "Убрана и у этих страниц" not in await _hide(owner)
    assert "откачено" in (await owner.presses("Откатить", on=merged)).text
    card = await citizen.says("/start page_twin")
    assert twin.title in card.text
    assert card.urls == []


async def test_a_page_that_comes_into_reach_shows_no_withdrawn_link(
    owner: Talker, citizen: Talker, directory: Directory
) -> None:
    far = replace(CLUB, id="far", title="Былинная школа", territory=3)
    own = PageLink("ok", replace(OK, account="group/70000007654321"))
    await add(directory, replace(CLUB, links=(own,)), replace(far, links=(PageLink("vk", VK),)))
    file = f"Код;Название;ВКонтакте\nclub;{CLUB.title};{URL}\n"
    await _import(directory, file.encode())
    async with directory.db.read() as connection:
        added = await revisions.current(connection)
    await owner.says("/history")
    await owner.sends_press(owner.reply.message, Undo(revision=added).pack())
    assert "откачено" in owner.reply.text
    await _hide(owner)
    assert URL in (await citizen.says("/start page_far")).urls
    async with directory.db.write() as connection:
        tree = directory.territories
        gone, into = tree.get(3), tree.get(2)
        assert gone is not None
        assert into is not None
        await territory_merging.merge(connection, tree, gone, into, OWNER)
    await directory.refresh()
    assert (await citizen.says("/start page_far")).urls == []
    assert "Прежней не доверяйте" in citizen.reply.text
    await owner.sends_press(owner.reply.message, Undo(revision=added + 1).pack())
    assert URL not in (await citizen.says("/start page_club")).urls
    assert "Не доверяйте" in (await citizen.says(URL)).text


async def test_an_editor_of_a_part_brings_no_link_back_that_was_withdrawn_above(
    owner: Talker, people: People, directory: Directory
) -> None:
    above = replace(CLUB, id="department", title="Выдуманный департамент", territory=1)
    await add(directory, above)
    await _hide(owner, page=above)
    editor = people(EDITOR)
    await editor.says(f"/start page_{SCHOOL.id}")
    await editor.presses("Скрыть…")
    await editor.presses("Вернуть ссылку: ВКонтакте")
    assert above.title in (editor.notice or editor.reply.text)
    assert VK not in [x.link for x in (await page_of(directory, SCHOOL.id)).shown_links]
    assert directory.verify(URL).verdict is Verdict.HIDDEN


async def test_what_was_reported_of_a_page_that_left_is_still_answered(
    owner: Talker, citizen: Talker, directory: Directory
) -> None:
    await citizen.says(f"/start page_{SCHOOL.id}")
    await citizen.presses("Ошибка на карточке")
    await citizen.presses("Похоже, её взломали")
    await _remove(owner)
    waiting = await owner.says("/reports")
    assert SCHOOL.title in waiting.text
    assert "больше нет в справочнике" in waiting.text
    assert not any(label.startswith("Скрыть") for label in waiting.labels)
    await owner.presses("Исправлено: поблагодарить", on=waiting)
    async with directory.db.read() as connection:
        assert await reports.count_undecided(connection) == 0
    thanks = [m for m in citizen.session.shown if m.chat.id == citizen.chat.id][-1]
    assert "вы правы" in (thanks.text or "")


async def test_what_was_reported_while_a_page_was_merged_is_in_the_queue(
    owner: Talker, directory: Directory
) -> None:
    await add(directory, replace(CLUB, id="twin", title="МБОУ Сказочная школа № 5"))
    preview = await owner.presses("1. Объединить…", on=await listed(owner))
    await owner.presses("Объединить", on=preview)
    async with directory.db.write() as connection:  # as another replica that does not know yet
        now = datetime.now(UTC)
        await reports.add(connection, ReportKind.DEAD, 2000, "ru", now, page="twin")
    waiting = await owner.says("/reports")
    assert SCHOOL.title in waiting.text
    await owner.presses("Исправлено: поблагодарить", on=waiting)
    async with directory.db.read() as connection:
        assert await reports.count_undecided(connection) == 0
