"""Owners appoint and dismiss editors, and read the audit log, in the chat."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from aiogram.methods import SendMessage
from aiogram.types import ReplyKeyboardMarkup, SharedUser, UsersShared

from bot.views import editors as views
from directory.directory import Directory
from directory.quarantine import REASONS, hide
from directory.rights import Scope
from directory.store import audit, editors, records
from directory.store.audit import Act, Detail
from tests.bot.conftest import OWNER, People
from tests.bot.person import Talker, Telegram

ANNA = 31
SHARED = UsersShared(request_id=views.REQUEST, users=[SharedUser(user_id=ANNA)])


async def scope_of(directory: Directory, person: int) -> Scope | None:
    async with directory.db.read() as connection:
        editor = await editors.get(connection, person)
    return editor.scope if editor else None


async def test_a_person_is_shared_and_given_a_territory(
    owner: Talker, people: People, directory: Directory, telegram: Telegram
) -> None:
    await owner.says("/editor")
    asked = telegram.calls[-1]
    assert isinstance(asked, SendMessage)
    assert isinstance(asked.reply_markup, ReplyKeyboardMarkup)
    request = asked.reply_markup.keyboard[0][0].request_users
    assert request is not None
    assert request.request_id == SHARED.request_id
    await owner.send(users_shared=SHARED)
    await owner.presses("Территорию")
    await owner.presses("Курганская область")
    below = await owner.presses("Дальше")
    done = await owner.presses("Кетовский", on=below)
    done = await owner.presses("Поручить: Кетовский муниципальный округ", on=done)
    ketovo = "территория «Кетовский муниципальный округ, Курганская область»"
    assert f"Редактор {ANNA} назначен. Поручено: {ketovo}." in done.text
    scope = await scope_of(directory, ANNA)
    assert scope is not None
    assert scope.words(directory.territories) == ketovo
    office = await people(ANNA).says("/admin")
    assert ketovo in office.text
    assert "Редакторы" not in office.labels


async def test_a_number_will_do_and_the_new_editor_is_told(
    owner: Talker, telegram: Telegram, directory: Directory
) -> None:
    await owner.says(f"/editor {ANNA}")
    await owner.presses("Сферу")
    done = await owner.presses("Образование")
    assert "Я написал ему об этом." in done.text
    assert await scope_of(directory, ANNA) == Scope(category="Образование")
    (told,) = [m for m in telegram.shown if m.chat.id == ANNA]
    assert told.text == (
        "Вы редактор. Вам поручено: сфера «Образование».\n\nЧто можно делать — в /admin."
    )


async def test_who_cannot_be_written_to_is_appointed_all_the_same(
    owner: Talker, telegram: Telegram, directory: Directory
) -> None:
    telegram.blocked.add(ANNA)
    await owner.says(f"/editor {ANNA}")
    done = await owner.presses("Весь справочник")
    assert "Написать ему я не могу" in done.text
    assert await scope_of(directory, ANNA) == Scope()


@pytest.mark.parametrize("given", ["Анна", "-5", "0", "12 34", "９", "9" * 30])
async def test_what_is_no_number_is_said_to_be_none(owner: Talker, given: str) -> None:
    assert "Нужен числовой номер" in (await owner.says(f"/editor {given}")).text


async def test_an_owner_needs_no_appointment(owner: Talker, directory: Directory) -> None:
    assert "владелец" in (await owner.says(f"/editor {OWNER}")).text
    assert await scope_of(directory, OWNER) is None


async def test_an_editor_is_given_other_rights_and_dismissed(
    owner: Talker, directory: Directory
) -> None:
    await owner.says(f"/editor {ANNA}")
    await owner.presses("Весь справочник")
    again = await owner.presses("Все редакторы")
    card = await owner.presses(f"{ANNA}: весь справочник", on=again)
    assert f"Назначил: {OWNER}" in card.text
    await owner.presses("Поручить другое: сферу", on=card)
    await owner.presses("Культура")
    assert await scope_of(directory, ANNA) == Scope(category="Культура")
    gone = await owner.presses("Снять редактора")
    assert f"Редактор {ANNA} снят" in gone.text
    assert await scope_of(directory, ANNA) is None


async def test_an_act_is_done_and_noted_once_however_often_it_is_pressed(
    owner: Talker, directory: Directory
) -> None:
    choice = await owner.says(f"/editor {ANNA}")
    done = await owner.presses("Весь справочник", on=choice)
    await owner.presses("Весь справочник", on=choice)
    assert owner.notice == "Это ему уже поручено."
    await owner.presses("Снять редактора", on=done)
    await owner.presses("Снять редактора", on=done)
    async with directory.db.read() as connection:
        acts = [entry.act for entry in await audit.entries(connection)]
    assert acts.count(Act.APPOINT) == acts.count(Act.DISMISS) == 1


async def test_what_was_to_be_entrusted_may_be_gone(owner: Talker, directory: Directory) -> None:
    choice = await owner.says(f"/editor {ANNA}")
    for data in (f"ea:{ANNA}:9999:", f"ea:{ANNA}:0:deadbeef"):
        await owner.sends_press(choice.message, data)
        assert owner.notice == "Такой территории или сферы больше нет."
    assert await scope_of(directory, ANNA) is None


async def test_the_log_is_read_and_taken_away(owner: Talker, directory: Directory) -> None:
    await owner.says(f"/editor {ANNA}")
    await owner.presses("Весь справочник")
    log = await owner.says("/audit")
    assert f"{OWNER}:\nназначен редактор {ANNA} — весь справочник" in log.text
    assert "командная строка:\nначальное заполнение изменение 1" in log.text
    await owner.presses("Получить файлом")
    book = openpyxl.load_workbook(io.BytesIO(owner.file))
    rows = [[cell.value or "" for cell in row] for row in book.worksheets[0].iter_rows()]
    book.close()
    assert rows[0] == ["Когда", "Кто", "Что сделано", "Предмет", "Подробности"]
    assert [row[1:4] for row in (rows[1], rows[2], rows[-1])] == [
        [str(OWNER), "выгрузка", ""],
        [str(OWNER), "назначен редактор", str(ANNA)],
        ["командная строка", "начальное заполнение", "изменение 1"],
    ]


async def test_the_log_is_turned_to_its_beginning(owner: Talker, directory: Directory) -> None:
    async with directory.db.write() as connection:
        for _n in range(20):
            await audit.record(connection, OWNER, Act.EXPORT, detail=Detail.CSV)
    await owner.says("/audit")
    await owner.presses("Дальше")
    last = await owner.presses("Дальше")
    assert "начальное заполнение" in last.text
    which, total = last.text.rsplit("\n\n", 1)[1].split(" из ")
    assert which.rpartition("–")[2] == total


async def test_the_log_is_in_the_language_of_who_reads_it(
    people: People, directory: Directory
) -> None:
    async with directory.db.write() as connection:
        page = (await records.read_pages(connection))[0]
        await hide(connection, page.id, REASONS["hacked"], OWNER)
        for detail in Detail:
            await audit.record(connection, OWNER, Act.EXPORT, detail=detail)
    log = await people(OWNER, language="en").says("/audit")
    told = log.text
    while "Next →" in log.labels:
        log = await people(OWNER, language="en").presses("Next →", on=log)
        told += log.text
    assert "page or link hidden change 3 — the page seems to be hacked" in told
    assert "export — copy of the database" in told
    assert not re.search("[а-яё]", told, re.IGNORECASE)
