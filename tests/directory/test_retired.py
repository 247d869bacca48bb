"""A page that a file which replaces the list lacks leaves the directory, and may come back."""

from __future__ import annotations

from datetime import date

import pytest

from directory.directory import Directory
from directory.editing.edit import propose
from directory.export import Format, export
from directory.imports.apply import apply
from directory.imports.merge import Mode
from directory.imports.outcome import Plan
from directory.imports.plan import plan
from directory.links import Verdict
from directory.model import Action, Origin, Page, Status
from directory.rights import Rights, Role
from directory.search.answer import SearchVerdict as Found
from directory.store import records
from directory.store.database import Database
from directory.store.undo import undo
from tests.directory.importing import counts, planned, state

pytestmark = pytest.mark.both

HEADER = "Код;Название;Регион;ВКонтакте\n"
STAYS = "stays;Плёсская музыкальная гостиная;Ивановская область;vk.com/plyos_gostinaya\n"
LEAVES = "leaves;Кинешемский планетарий;Ивановская область;vk.com/kineshma_planetary\n"
LINK = "https://vk.com/kineshma_planetary"
OWNER = Rights(Role.OWNER)


@pytest.fixture
async def directory(db: Database) -> Directory:
    """A directory of two pages, one of which has been retired (revision 2)."""
    opened = Directory(db)
    await _import(opened, HEADER + STAYS + LEAVES)
    found = await _import(opened, HEADER + STAYS, Mode.REPLACE)
    assert counts(found) == {"unchanged": 1, "missing": 1, "retired": 1}
    return opened


async def _import(directory: Directory, text: str, mode: Mode = Mode.UPDATE) -> Plan:
    found = await plan(directory.db, text.encode(), "список.csv", mode=mode)
    assert not found.refused
    await apply(directory.db, found, Origin(Action.IMPORT))
    await directory.refresh()
    return found


async def _kept(directory: Directory) -> Page:
    (page,) = await directory.pages(["leaves"], retired=True)
    return page


async def _is_there(directory: Directory) -> bool:
    """Whether people find the page: all ways to it agree."""
    answer = directory.search("кинешемский планетарий")
    ways = {
        await directory.page("leaves") is not None,
        "leaves" in [hit.id for hit in answer.hits],
        directory.verify(LINK).verdict is Verdict.OFFICIAL,
        b"leaves" in await export(directory, "csv"),
    }
    assert len(ways) == 1
    assert ways.pop() is (answer.verdict is Found.FOUND)
    return answer.verdict is Found.FOUND


async def test_a_retired_page_is_nowhere_and_is_not_called_closed(directory: Directory) -> None:
    assert not await _is_there(directory)
    assert (await _kept(directory)).status is Status.RETIRED
    judged = directory.verify(LINK)
    assert (judged.verdict, judged.page, judged.of) == (Verdict.UNKNOWN, None, None)
    assert "этой страницы больше нет в справочнике" in judged.why
    assert "не значит, что страница поддельная" in judged.why


async def test_a_new_start_knows_what_is_retired(directory: Directory) -> None:
    again = Directory(directory.db)
    await again.refresh()
    assert not await _is_there(again)
    assert "больше нет в справочнике" in again.verify(LINK).why


async def test_nothing_is_called_a_double_of_a_retired_page(directory: Directory) -> None:
    assert directory.verify("https://vk.com/kineshma_planetari").verdict is Verdict.UNKNOWN


async def test_undo_brings_it_back(directory: Directory) -> None:
    async with directory.db.write() as connection:
        await undo(connection, 2, Origin(Action.UNDO, undoes=2))
    await directory.refresh()
    assert await _is_there(directory)


@pytest.mark.parametrize("mode", [Mode.UPDATE, Mode.REPLACE])
@pytest.mark.parametrize(
    "row",
    [
        LEAVES,
        ";Кинешемский планетарий;Ивановская область;\n",
        ";Планетарий Кинешмы;;vk.com/kineshma_planetary\n",
    ],
)
async def test_a_later_file_that_has_it_again_brings_it_back(
    directory: Directory, mode: Mode, row: str
) -> None:
    found = await _import(directory, HEADER + STAYS + row, mode)
    assert counts(found) == {"changed": 1, "unchanged": 1}
    page = await directory.page("leaves")
    assert page is not None
    assert page.status is Status.ACTIVE
    assert directory.search("планетарий").hits[0].id == "leaves"


async def test_a_file_may_bring_it_back_as_closed(directory: Directory) -> None:
    header = HEADER.replace("ВКонтакте", "Статус")
    await _import(directory, f"{header}leaves;Кинешемский планетарий;;закрыта\n")
    assert (await _kept(directory)).status is Status.CLOSED


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("mode", [Mode.UPDATE, Mode.REPLACE])
async def test_an_unchanged_export_changes_nothing(
    directory: Directory, form: Format, mode: Mode
) -> None:
    data = await export(directory, form)
    found = await plan(directory.db, data, f"список.{form}", mode=mode)
    assert found.is_empty
    assert (found.missing, found.warnings) == (0, ())


async def test_no_file_can_say_retired() -> None:
    for word in ("retired", "нет в справочнике", "убрана"):
        found = planned(f"Название;Статус\nСад;{word}\n")
        assert all(edit.after.status is Status.ACTIVE for edit in found.pages)
        (problem,) = (*found.refused, *found.warnings)
        assert problem.column in ("status", "Статус")  # a cell, or a whole column that is not read


def test_a_page_that_is_there_is_meant_before_a_retired_one() -> None:
    gone = Page("gone", "Сад «Радуга»", status=Status.RETIRED)
    there = Page("there", "Сад «Радуга»")
    text = "Название;Телефон\nСад «Радуга»;5-55-55\n"
    (edit,) = planned(text, state(gone, there)).pages
    assert edit.after.id == "there"
    (edit,) = planned(text, state(gone)).pages
    assert edit.after.id == "gone"
    (edit,) = planned(
        text, state(gone, Page("gone-2", "Сад «Радуга»", status=Status.RETIRED))
    ).pages
    assert edit.before is None


async def test_a_retired_page_can_neither_be_edited_nor_referred_to(directory: Directory) -> None:
    day = date(2026, 11, 26)
    async with directory.db.read() as connection:
        assert await propose(connection, OWNER, "leaves", {"phone": "5"}, day) is None
        proposed = await propose(connection, OWNER, "stays", {"parent": "leaves"}, day)
        assert (await records.read_pages(connection, ["leaves"]))[0].status is Status.RETIRED
    assert proposed is not None
    assert "нет" in proposed.wrong("parent")
