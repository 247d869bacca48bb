"""A page that a file lacks: what people who come to it by an old way are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.directory import Directory
from directory.imports.apply import apply
from directory.imports.merge import Mode
from directory.imports.plan import plan
from directory.model import Action, Origin
from directory.store.undo import undo
from tests.bot.made_up import LIBRARY, SCHOOL
from tests.bot.person import Talker, titles

GONE = "Этой страницы больше нет в справочнике"


@pytest.fixture
def begins_with(made_up: Path) -> Path:
    """A made-up directory."""
    return made_up


async def _retire_school(directory: Directory) -> int:
    file = f"Код;Название\n{LIBRARY.id};{LIBRARY.title}\n".encode()
    found = await plan(directory.db, file, "список.csv", mode=Mode.REPLACE)
    number = await apply(directory.db, found, Origin(Action.IMPORT))
    assert number is not None
    await directory.refresh()
    return number


async def test_every_old_way_to_a_retired_page_says_that_it_is_no_more(
    citizen: Talker, owner: Talker, directory: Directory
) -> None:
    card = await owner.says(f"/start page_{SCHOOL.id}")
    mine = await citizen.says("сказочная школа")
    await citizen.presses("Сохранить")
    listed = await citizen.says("/saved")
    number = await _retire_school(directory)

    assert GONE in (await citizen.says(f"/start page_{SCHOOL.id}")).text
    assert GONE in (await citizen.presses("1.", listed)).text
    for label in ("Ошибка на карточке", "Сохранить"):
        assert GONE in (await citizen.presses(label, mine)).text
    for label in ("Изменить", "Скрыть…", "Страница на месте"):
        answer = await owner.presses(label, card)
        assert "больше нет" in owner.notice + answer.text
    assert SCHOOL.title not in (await citizen.says("сказочная школа")).text
    assert SCHOOL.title not in str(titles(await citizen.types("сказочная школа")))
    shared = await citizen.types(f"page_{SCHOOL.id}")
    assert shared.results == []

    async with directory.db.write() as connection:
        await undo(connection, number, Origin(Action.UNDO, undoes=number))
    await directory.refresh()
    assert SCHOOL.title in (await citizen.says("сказочная школа")).text


async def test_a_saved_page_that_is_no_more_stays_marked_and_can_be_removed(
    citizen: Talker, directory: Directory
) -> None:
    await citizen.says("сказочная школа")
    await citizen.presses("Сохранить")
    await _retire_school(directory)
    listed = await citizen.says("/saved")
    assert SCHOOL.title in listed.text
    assert GONE in listed.text
    assert "Закрыта" not in listed.text
    opened = await citizen.presses("1.", listed)
    assert GONE in opened.text
    await citizen.presses("Убрать из сохранённых", opened)
    assert "Пока ничего не сохранено" in (await citizen.says("/saved")).text


async def test_the_office_counts_them_apart(owner: Talker, directory: Directory) -> None:
    await _retire_school(directory)
    assert "больше нет в справочнике: 1" in (await owner.says("/stats")).text
