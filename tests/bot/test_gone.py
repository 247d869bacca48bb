"""Who removed this page: those who may bring pages back find what left the directory."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.directory import Directory
from directory.editing.quarantine import hide, remove
from directory.imports.merge import Mode
from directory.model import Action, Origin, Status
from directory.store.undo import undo
from tests.bot.conftest import OWNER, People
from tests.bot.made_up import EDITOR, LIBRARY, SCHOOL, page_of
from tests.bot.person import Talker
from tests.bot.test_change_history import load

GONE = "Этой страницы больше нет в справочнике."

pytestmark = pytest.mark.both


@pytest.fixture
def begins_with(made_up: Path) -> Path:
    """A made-up directory."""
    return made_up


@pytest.fixture
async def removed(directory: Directory) -> int:
    """The change by which the editor took the school out."""
    async with directory.db.write() as connection:
        number = await remove(connection, SCHOOL.id, "внесена по ошибке", EDITOR)
    await directory.refresh()
    assert number is not None
    return number


async def test_its_name_leads_to_who_removed_it_and_why(
    owner: Talker, citizen: Talker, removed: int, directory: Directory
) -> None:
    answer = await owner.says("сказочная школа")
    card = await owner.presses(f"Убрана: {SCHOOL.title}", on=answer)
    assert GONE in card.text
    assert f"Кто убрал: {EDITOR}, " in card.text
    assert "внесена по ошибке" in card.text
    assert f"Код: {SCHOOL.id}" in card.text
    await owner.presses("Вернуть", on=card)
    assert (await page_of(directory, SCHOOL.id)).status is Status.ACTIVE
    assert "Убрана" not in str((await owner.says("сказочная школа")).labels)
    assert "Убрана" not in str((await citizen.says("сказочная школа")).labels)


async def test_citizens_and_editors_of_other_parts_are_told_nothing_of_it(
    people: People, citizen: Talker, directory: Directory
) -> None:
    async with directory.db.write() as connection:
        await remove(connection, LIBRARY.id, "проба", OWNER)
    await directory.refresh()
    for person in (citizen, people(EDITOR)):
        assert "Убрана" not in str((await person.says("былинная библиотека")).labels)
        shared = await person.says(f"/start page_{LIBRARY.id}")
        assert "Кто убрал" not in shared.text
        assert "Вернуть" not in shared.labels


async def test_what_a_file_retired_is_listed_with_the_file_and_comes_back_one_by_one(
    owner: Talker, directory: Directory
) -> None:
    async with directory.db.write() as connection:
        await hide(connection, SCHOOL.id, "взломана", OWNER)
        await remove(connection, SCHOOL.id, "внесена по ошибке", OWNER)
    await load(directory, "Название\nНовая школа\n", mode=Mode.REPLACE)
    await owner.says("/admin")
    listed = await owner.presses("Что убрано")
    assert SCHOOL.title in listed.text
    assert LIBRARY.title in listed.text
    assert f"Кто убрал: {EDITOR}, " in listed.text
    assert "пятница.csv" in listed.text
    one = 1 if listed.labels[0].endswith(LIBRARY.title) else 2
    await owner.presses(f"Вернуть {one}", on=listed)
    assert (await page_of(directory, LIBRARY.id)).status is Status.ACTIVE
    await owner.presses(f"Вернуть {one}", on=listed)
    assert owner.notice == "Она в справочнике."
    listed = await owner.says("/admin")
    listed = await owner.presses("Что убрано", on=listed)
    await owner.presses("Вернуть 1", on=listed)
    back = await page_of(directory, SCHOOL.id)
    assert (back.status, back.hidden) == (Status.HIDDEN, "взломана"), "as it was before the file"


async def test_of_a_page_that_is_gone_for_good_the_change_is_told(
    owner: Talker, directory: Directory
) -> None:
    made = await load(directory, "Код;Название\nzoo;Зверинец\n")
    async with directory.db.write() as connection:
        done = await undo(connection, made, Origin(Action.UNDO, EDITOR, undoes=made))
    await directory.refresh()
    card = await owner.presses("Убрана: Зверинец", on=await owner.says("зверинец"))
    assert f"Кто убрал: {EDITOR}, " in card.text
    assert "Вернуть" not in card.labels
    change = await owner.presses(f"Изменение № {done.revision}", on=card)
    await owner.presses("Откатить", on=change)
    assert (await page_of(directory, "zoo")).title == "Зверинец"


async def test_one_word_of_a_name_is_too_little(owner: Talker, removed: int) -> None:
    assert "Убрана" not in str((await owner.says("школа")).labels)
    assert f"Убрана: {SCHOOL.title}" in (await owner.says("сказочная школа")).labels


async def test_an_exact_name_of_another_page_does_not_hide_it(
    owner: Talker, directory: Directory, removed: int
) -> None:
    await load(directory, f"Код;Название\nother;{SCHOOL.title}\nreading;Библиотека\n")
    async with directory.db.write() as connection:
        await remove(connection, "reading", "проба", OWNER)
    await directory.refresh()
    assert f"Убрана: {SCHOOL.title}" in (await owner.says(SCHOOL.title)).labels
    assert "Убрана" not in str((await owner.says(LIBRARY.title)).labels), "only the very name"


async def test_a_code_opens_the_page_for_those_who_see_codes(
    owner: Talker, citizen: Talker, people: People, directory: Directory, removed: int
) -> None:
    assert "Сохранить" in (await owner.says(LIBRARY.id)).labels
    assert GONE in (await owner.says(f" {SCHOOL.id} ")).text
    assert "Сохранить" in (await people(EDITOR).says(LIBRARY.id)).labels
    await load(directory, "Код;Название\nq7x_9;Зверинец\n")
    assert "Зверинец" in (await owner.says("q7x_9")).text
    assert "Зверинец" not in (await citizen.says("q7x_9")).text
