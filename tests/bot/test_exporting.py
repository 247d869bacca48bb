"""The directory as a file from the chat: whole, a part, one's own; and the empty table."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from directory.directory import Directory
from directory.file.template import EXPLANATION_SHEET
from directory.rights import Scope
from directory.store import staff
from tests.bot.conftest import OWNER, People
from tests.bot.made_up import EDITOR, LIBRARY, OTHER, SCHOOL
from tests.bot.person import Talker


@pytest.fixture
def begins_with(made_up: Path) -> Path:
    """A made-up directory."""
    return made_up


def _ids(talker: Talker) -> list[str]:
    table = csv.DictReader(io.StringIO(talker.file.decode("utf-8-sig")), delimiter=";")
    return [row["Код"] for row in table]


def _name(talker: Talker) -> str:
    sent = [m for m in talker.session.shown if m.document and m.chat.id == talker.chat.id]
    document = sent[-1].document
    assert document is not None
    return document.file_name or ""


async def test_an_owner_takes_a_territory_a_sphere_and_a_sphere_in_a_territory(
    owner: Talker,
) -> None:
    await owner.says("/export")
    await owner.presses("CSV")
    assert set(_ids(owner)) == {SCHOOL.id, LIBRARY.id}
    await owner.says("/export")
    await owner.presses("По территории")
    await owner.presses("Выдуманная область")
    await owner.presses("Былинный муниципальный округ")
    await owner.presses("CSV")
    assert _ids(owner) == [LIBRARY.id]
    assert _name(owner).startswith("Былинный муниципальный округ-")
    await owner.presses("Только одну сферу")
    await owner.presses("Образование")
    await owner.presses("CSV")
    assert _ids(owner) == []
    assert _name(owner).startswith("Образование Былинный муниципальный округ-")
    await owner.says("/export")
    await owner.presses("По сфере")
    await owner.presses("Образование")
    await owner.presses("CSV")
    assert _ids(owner) == [SCHOOL.id]


async def test_an_editor_takes_what_is_theirs_in_one_press(
    people: People, directory: Directory
) -> None:
    editor = people(EDITOR)
    told = await editor.says("/export")
    assert "Вам можно менять: территория «Сказочный муниципальный округ" in told.text
    await editor.presses("Что мне можно менять: CSV")
    assert _ids(editor) == [SCHOOL.id]
    async with directory.db.write() as connection:
        await staff.appoint(connection, EDITOR, Scope(OTHER.id, "Культура"), by=OWNER)
    await directory.refresh()
    await editor.presses("Что мне можно менять: CSV")
    assert set(_ids(editor)) == {SCHOOL.id, LIBRARY.id}


async def test_a_part_that_is_gone_is_not_taken_for_the_whole(owner: Talker) -> None:
    sent = len(owner.session.files)
    for data in ("ej:csv:999::0", "ej:csv:0:deadbeef:0"):
        told = await owner.says("/export")
        await owner.sends_press(told.message, data)
        assert "больше нет" in owner.reply.text
    assert len(owner.session.files) == sent


async def test_the_empty_table_with_examples_comes_from_import(owner: Talker) -> None:
    await owner.says("/import")
    await owner.presses("Пустая таблица с примерами")
    book = openpyxl.load_workbook(io.BytesIO(owner.file))
    assert book.sheetnames == ["Страницы", EXPLANATION_SHEET]
    rows = list(book[EXPLANATION_SHEET].iter_rows(values_only=True))
    book.close()
    assert rows[0][2] == "Пример (выдуманный)"
    answer = await owner.sends_file(owner.file, "пустая таблица.xlsx")
    assert "нет" in answer.text.lower()
