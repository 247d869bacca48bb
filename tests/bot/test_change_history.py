"""Who did what: the list of changes, one of them, those of a page, and a change as a file."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from aiogram.types import User
from sqlalchemy import select, update

from directory.changes import page_change
from directory.directory import Directory
from directory.editing.quarantine import confirm, hide
from directory.imports.apply import apply
from directory.imports.merge import Mode
from directory.imports.plan import plan
from directory.model import Action, Origin
from directory.store import revisions
from directory.store.tables import metadata
from directory.store.tables import revisions as revision_rows
from tests.bot.conftest import OWNER, People
from tests.bot.made_up import EDITOR, LIBRARY, SCHOOL
from tests.bot.person import Talker, Telegram

pytestmark = pytest.mark.both


@pytest.fixture
def begins_with(made_up: Path) -> Path:
    """A made-up directory."""
    return made_up


async def load(
    directory: Directory, text: str, name: str = "пятница.csv", mode: Mode = Mode.UPDATE
) -> int:
    """Import a file as the editor does."""
    found = await plan(directory.db, text.encode(), name, mode=mode)
    number = await apply(directory.db, found, Origin(Action.IMPORT, EDITOR))
    assert number is not None
    await directory.refresh()
    return number


NEW_LINK = f"Код;Название;ВКонтакте\n{SCHOOL.id};{SCHOOL.title};vk.com/novaya_skazka\n"


async def test_a_change_tells_who_by_name_and_number_when_and_from_which_file(
    owner: Talker, directory: Directory, telegram: Telegram
) -> None:
    telegram.people[EDITOR] = User(
        id=EDITOR, is_bot=False, first_name="Марья", last_name="Выдумкина"
    )
    number = await load(directory, NEW_LINK)
    listed = await owner.says("/history")
    assert f"Изменение {number}: загрузка файла" in listed.text
    assert f"Марья Выдумкина ({EDITOR})" in listed.text
    assert "пятница.csv" in listed.text
    assert "(UTC" in listed.text
    card = await owner.presses(f"Изменение {number}", on=listed)
    assert f"Марья Выдумкина ({EDITOR})" in card.text
    assert "https://vk.com/skazochnaya_shkola → https://vk.com/novaya_skazka" in card.text


async def test_names_are_for_owners_and_kept_nowhere(
    people: People, directory: Directory, telegram: Telegram
) -> None:
    owner, editor = people(OWNER), people(EDITOR)
    telegram.people[OWNER] = User(id=OWNER, is_bot=False, first_name="Хозяйка")
    async with directory.db.write() as connection:
        await hide(connection, SCHOOL.id, "проба", OWNER)
    await directory.refresh()
    listed = await editor.says("/history")
    assert str(OWNER) in listed.text
    assert "Хозяйка" not in listed.text
    assert "Хозяйка" in (await owner.says("/history")).text
    async with directory.db.read() as connection:
        for table in metadata.sorted_tables:
            rows = (await connection.execute(select(table))).all()
            assert "Хозяйка" not in str(rows), table.name


async def test_whom_telegram_does_not_know_is_told_by_number(
    owner: Talker, directory: Directory, telegram: Telegram
) -> None:
    telegram.people.pop(EDITOR, None)
    await load(directory, NEW_LINK)
    assert f"\n{EDITOR}\n" in (await owner.says("/history")).text


async def test_a_replace_says_how_many_it_retired_and_its_undo_how_many_came_back(
    owner: Talker, directory: Directory
) -> None:
    await load(directory, f"Код;Название\n{LIBRARY.id};Новая читальня\n", mode=Mode.REPLACE)
    listed = await owner.says("/history")
    assert "изменено: 1, ушло из справочника: 1" in listed.text
    card = await owner.presses(listed.labels[0], on=listed)
    assert f"{SCHOOL.title} — ушла из справочника" in card.text
    assert "— Статус: действует → нет в справочнике" in card.text
    await owner.presses("Откатить", on=card)
    assert "вернулось: 1" in (await owner.says("/history")).text


async def test_every_page_of_a_large_change_is_turned_to(
    owner: Talker, directory: Directory
) -> None:
    rows = "".join(f"Выдуманная школа № {n};Образование;1-11-{n:02}\n" for n in range(1, 13))
    number = await load(directory, f"Название;Сфера;Телефон\n{rows}")
    card = await owner.presses(f"Изменение {number}", on=await owner.says("/history"))
    seen = card.text
    for _ in range(2):
        card = await owner.presses("Дальше", on=card)
        seen += card.text
    for n in range(1, 13):
        assert f"Выдуманная школа № {n} — новая страница" in seen
        assert f"1-11-{n:02}" in seen


async def test_long_values_fit_into_the_message(owner: Talker, directory: Directory) -> None:
    many = ";".join(f"{word} " + "слово " * 40 for word in ("А", "Б", "В", "Г"))
    head = "Код;Название;Полное наименование;Адрес;Источник;Часы работы;ФИО\n"
    rows = "".join(f"{page};Имя;{many};Кто-то\n" for page in (SCHOOL.id, LIBRARY.id))
    rows += "".join(f"new-{n};Имя {n};{many};Кто-то\n" for n in range(5))
    number = await load(directory, head + rows)
    card = await owner.presses(f"Изменение {number}", on=await owner.says("/history"))
    assert "и ещё" in card.text
    assert "История" in (await owner.says(f"/start page_{SCHOOL.id}")).labels
    for n in range(6):
        await load(directory, head + f"{SCHOOL.id};Имя;{many.replace('слово', f'иное{n}')};Я{n}\n")
    await owner.presses("История", on=await owner.says(f"/start page_{SCHOOL.id}"))


def _sheets(person: Talker) -> list[list[list[str]]]:
    """The cells of the workbook that the bot sent."""
    book = openpyxl.load_workbook(io.BytesIO(person.file))
    return [
        [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
        for sheet in book.worksheets
    ]


async def test_the_file_has_every_page_and_field_before_and_after(
    owner: Talker, directory: Directory
) -> None:
    number = await load(directory, NEW_LINK + "zoo;=Зверинец;\n")
    await owner.presses(f"Изменение {number}", on=await owner.says("/history"))
    await owner.presses("Получить файлом")
    pages, about = _sheets(owner)
    first = openpyxl.load_workbook(io.BytesIO(owner.file)).worksheets[0]
    assert first.page_setup.orientation == "landscape", "all columns on one page"
    assert pages[0] == ["Код", "Название", "Что с ней стало", "Поле", "Было", "Стало"]
    link = "https://vk.com/skazochnaya_shkola", "https://vk.com/novaya_skazka"
    assert [SCHOOL.id, SCHOOL.title, "изменено", "ВКонтакте", *link] in pages
    assert ["zoo", "=Зверинец", "новая страница", "Название", "", "=Зверинец"] in pages
    told = dict[str, str](row[:2] for row in about[1:])
    assert told["Изменение"] == str(number)
    assert told["Кто"] == str(EDITOR)
    assert told["Файл"] == "пятница.csv"


async def test_an_editor_is_not_told_the_fields_of_foreign_pages(
    people: People, directory: Directory
) -> None:
    rows = f"{LIBRARY.id};;1-23-45\n{SCHOOL.id};;5-43-21\n"
    number = await load(directory, f"Код;Название;Телефон\n{rows}")
    editor = people(EDITOR)
    card = await editor.presses(f"Изменение {number}", on=await editor.says("/history"))
    assert "5-43-21" in card.text
    assert LIBRARY.title in card.text
    assert "вне ваших прав" in card.text
    assert "1-23-45" not in card.text
    await editor.presses("Получить файлом")
    assert not [row for row in _sheets(editor)[0] if "1-23-45" in row]


async def _confirms(directory: Directory, page: str, actor: int, ago: timedelta) -> None:
    """Confirm a page, some time ago."""
    async with directory.db.write() as connection:
        number = await confirm(connection, page, date(2026, 11, actor) - ago, actor)
        at = datetime.now(UTC) - ago
        mine = update(revision_rows).where(revision_rows.c.id == number).values(at=at)
        await connection.execute(mine)
    await directory.refresh()


async def test_confirmations_of_a_person_and_hour_stand_together(
    owner: Talker, directory: Directory
) -> None:
    await _confirms(directory, SCHOOL.id, OWNER, timedelta(days=2))
    await _confirms(directory, SCHOOL.id, OWNER, timedelta(minutes=30))
    await _confirms(directory, SCHOOL.id, EDITOR, timedelta(minutes=20))
    await _confirms(directory, LIBRARY.id, OWNER, timedelta(minutes=10))
    listed = await owner.says("/history")
    assert listed.text.count("подтверждение") == 3
    assert listed.text.count("изменено: 2") == 1
    (mine,) = [label for label in listed.labels if label.endswith("подтверждение")]
    card = await owner.presses(mine, on=listed)
    assert SCHOOL.title in card.text
    assert LIBRARY.title in card.text
    assert "Откатить" in card.labels
    of_page = await owner.presses("История", on=await owner.says(f"/start page_{LIBRARY.id}"))
    card = await owner.presses("Изменение", on=of_page)
    await owner.presses("Откатить", on=card)
    page = await directory.page(LIBRARY.id)
    assert page is not None
    assert page.checked_at == LIBRARY.checked_at


async def test_confirmations_that_stand_together_are_undone_together(
    owner: Talker, directory: Directory
) -> None:
    """But for one that was undone by itself, and one of another person."""
    pages = [SCHOOL, LIBRARY, *(replace(SCHOOL, id=f"s{n}", links=()) for n in range(2))]
    async with directory.db.write() as connection:
        made = [page_change(None, page) for page in pages[2:]]
        await revisions.apply(connection, made, Origin(Action.IMPORT))
    for minutes, page in zip((50, 40, 30), pages, strict=False):
        await _confirms(directory, page.id, OWNER, timedelta(minutes=minutes))
    await _confirms(directory, pages[3].id, EDITOR, timedelta(minutes=20))
    listed = await owner.says("/history")
    (mine,) = [label for label in listed.labels if label.endswith("подтверждение")]
    group = await owner.presses(mine, on=listed)
    of_page = await owner.presses("История", on=await owner.says(f"/start page_{LIBRARY.id}"))
    alone = await owner.presses("Изменение", on=of_page)
    await owner.presses("Откатить", on=alone)
    done = await owner.presses("Откатить", on=group)
    assert "откачено" in done.text
    found = [(await directory.page(page.id)) for page in pages]
    days = [page.checked_at if page else None for page in found]
    assert days == [*(page.checked_at for page in pages[:3]), date(2026, 11, EDITOR)]
    # The next confirmation begins another group, and what was undone can be done again.
    await _confirms(directory, LIBRARY.id, OWNER, timedelta(minutes=5))
    again = await owner.says("/history")
    assert again.text.count("подтверждение") == 3
    await owner.presses("Откатить", on=done)
    school = await directory.page(SCHOOL.id)
    assert school is not None
    assert school.checked_at == date(2026, 11, OWNER)


async def test_a_page_confirmed_again_after_midnight_is_undone_by_itself(
    owner: Talker, directory: Directory
) -> None:
    for day in (20, 21):
        async with directory.db.write() as connection:
            await confirm(connection, SCHOOL.id, date(2026, 11, day), OWNER)
            await confirm(connection, LIBRARY.id, date(2026, 11, 21), OWNER)
    await directory.refresh()
    for nth, left in enumerate((date(2026, 11, 20), SCHOOL.checked_at)):
        listed = await owner.says("/history")
        standing = [label for label in listed.labels if "подтверждение" in label]
        await owner.presses("Откатить", on=await owner.presses(standing[nth], on=listed))
        page = await directory.page(SCHOOL.id)
        assert page is not None
        assert page.checked_at == left


async def test_all_revisions_are_still_counted_and_undone_one_by_one(directory: Directory) -> None:
    await _confirms(directory, SCHOOL.id, OWNER, timedelta(minutes=30))
    await _confirms(directory, LIBRARY.id, OWNER, timedelta(minutes=10))
    async with directory.db.read() as connection:
        every = await revisions.history(connection, limit=9)
        together = await revisions.history(connection, limit=9, together=True)
    assert len(every) == len(together) + 1


async def test_of_a_very_large_change_new_pages_have_a_row_each(
    owner: Talker, directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.views.editors.change_sheet.WHOLE", 1)
    number = await load(directory, NEW_LINK + "zoo;Зверинец;vk.com/zverinets\n")
    await owner.presses(f"Изменение {number}", on=await owner.says("/history"))
    await owner.presses("Получить файлом")
    pages = _sheets(owner)[0]
    assert [row for row in pages if row[0] == "zoo"] == [
        ["zoo", "Зверинец", "новая страница", "", "", ""]
    ]
    assert [row[3] for row in pages if row[0] == SCHOOL.id] == ["ВКонтакте"]
