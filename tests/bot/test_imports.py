"""An administrator's file: preview, decision, undo."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from directory.directory import Directory
from directory.editing.quarantine import hide
from directory.imports import sent_file
from directory.imports.plan import silent
from directory.rights import Rights, Role
from directory.store import waiting_files
from directory.store.tables import pending_imports
from tests.bot.conftest import OWNER, People
from tests.bot.person import Reply, Talker

pytestmark = pytest.mark.both

SCHOOL = "Выдуманная школа № 77"


def _csv(*lines: str) -> bytes:
    return "\r\n".join(["Название;Сфера;Регион;ВКонтакте", *lines, ""]).encode("cp1251")


FILE = _csv(
    f"{SCHOOL};Образование;Курганская область;vk.com/made_up_school_77",
    "Выдуманный театр № 78;Культура;Курганская область;@made_up_theatre_78",
)


async def test_from_the_file_to_the_card_and_back(owner: Talker, citizen: Talker) -> None:
    before = await citizen.says("выдуманная школа 77")
    preview = await owner.sends_file(FILE, "список.csv")
    assert "Новых: 2, изменится: 0" in preview.text
    assert "windows-1251" in preview.text.lower() or "cp1251" in preview.text
    assert f"— {SCHOOL}" in preview.text
    assert preview.labels[:2] == ["Применить", "Отменить"]
    assert SCHOOL not in (await citizen.says("выдуманная школа 77")).text

    applied = await owner.presses("Применить", on=preview)
    assert "Применено" in applied.text
    card = await citizen.says("выдуманная школа 77")
    assert SCHOOL in card.text
    assert card.urls == ["https://vk.com/made_up_school_77"]

    await owner.presses("Откатить", on=applied)
    after = await citizen.says("выдуманная школа 77")
    assert (after.text, after.labels) == (before.text, before.labels)


async def test_a_changed_page_is_shown_field_by_field(owner: Talker) -> None:
    await owner.sends_file(FILE, "список.csv")
    await owner.presses("Применить")
    head = "Название;Регион;ВКонтакте;Адрес;Телефон"
    row = f"{SCHOOL};Курганская область;vk.com/made_up_school_78;<b>ул. Мира</b> 5;112"
    named = f"{head}\r\n{row}\r\n".replace("ВКонтакте", "MAX").replace("vk.com", "max.ru")
    preview = await owner.sends_file(named.encode(), "список.csv")
    assert "Изменятся (1):" in preview.text
    assert "   Адрес: — → <b>ул. Мира</b> 5\n   Телефон: — → 112" in preview.text
    assert "   MAX: — → https://max.ru/made_up_school_78" in preview.text
    assert preview.links == []


@pytest.mark.slow
async def test_the_longest_of_previews_fits_into_a_message(owner: Talker) -> None:
    wide, long = "Ы" * 180, "Щ" * 70
    head = "Код;Название;Регион;Сфера;Полное наименование;ФИО;Должность;Адрес;ВКонтакте"
    rows = [f"p{n};{wide}{n};{long} {n} край;Сфера {n}{long};;;;;" for n in range(8)]
    await owner.sends_file("\n".join([head, *rows]).encode(), "список.csv")
    await owner.presses("Применить")
    again = [
        f"p{n};{wide[1:]}{n};{long} {n}{n} край;Сфера {n}{n}{long};{wide}<&>;{wide[:150]};{long};;"
        for n in range(8)
    ]
    new = [f"q{n};{wide}<&{n}>;{long} x{n} край;Сфера z{n}{long};;;;;" for n in range(8)]
    bad = [f"r{n};{wide};;;;;;;vк.com/{wide}" for n in range(30)]
    preview = await owner.sends_file("\n".join([head, *again, *new, *bad]).encode(), "с" * 200)
    assert "Изменятся (8):" in preview.text
    assert "Строки с ошибками (30)" in preview.text
    assert "Применить 16 без 30" in preview.labels
    assert "Применено" in (await owner.presses("Применить 16 без 30", on=preview)).text


async def test_the_workbook_that_agencies_make(owner: Talker, citizen: Talker) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Всего", 1])
    sheet = book.create_sheet("Страницы")
    sheet.append(["Страницы медицинских организаций"])
    sheet.append([])
    sheet.append(["№", "Наименование", "Ссылка"])
    sheet.append([1, "Выдуманная больница № 79", "https://vk.com/made_up_hospital_79"])
    data = io.BytesIO()
    book.save(data)
    await owner.sends_file(data.getvalue(), "больницы.xlsx", caption="/import")
    await owner.presses("Применить")
    card = await citizen.says("выдуманная больница 79")
    assert "https://vk.com/made_up_hospital_79" in card.urls


async def test_import_says_what_to_send(owner: Talker) -> None:
    assert "CSV или XLSX" in (await owner.says("/import")).text


async def test_cancelling(owner: Talker, citizen: Talker) -> None:
    preview = await owner.sends_file(FILE, "список.csv")
    assert "Отменено" in (await owner.presses("Отменить", on=preview)).text
    for label in ("Применить", "Отменить"):
        await owner.presses(label, on=preview)
        assert "уже принято" in owner.notice
        assert "Отменено" in _now(owner, preview).text
    assert SCHOOL not in (await citizen.says("выдуманная школа 77")).text


async def test_a_late_press_is_a_notice_and_the_outcome_stays(
    owner: Talker, directory: Directory
) -> None:
    preview = await owner.sends_file(FILE, "список.csv")
    await owner.presses("Применить", on=preview)
    revision = directory.revision
    for label in ("Применить", "Отменить"):
        await owner.presses(label, on=preview)
        assert "уже принято" in owner.notice
        assert owner.replies == []
        assert "Применено" in _now(owner, preview).text
    assert directory.revision == revision
    await owner.presses("Откатить", on=_now(owner, preview))
    assert directory.revision == revision + 1


async def test_of_two_presses_at_once_one_counts_and_its_outcome_stays(
    owner: Talker, people: People, directory: Directory
) -> None:
    preview = await owner.sends_file(FILE, "список.csv")
    revision = directory.revision
    again = people(OWNER)
    await asyncio.gather(*(each.presses("Применить", on=preview) for each in (owner, again)))
    assert directory.revision == revision + 1
    assert "Применено" in _now(owner, preview).text
    assert "Откатить" in _now(owner, preview).labels
    assert any("Уже выполняю" in each.notice for each in (owner, again))


async def test_whoever_plans_what_another_process_has_applied_is_told_so(
    owner: Talker, directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    await owner.sends_file(FILE, "список.csv")
    async with directory.db.read() as connection:
        number = await connection.scalar(select(pending_imports.c.id))
    assert number is not None
    press = (directory.db, number, OWNER, sent_file.Consent(), Rights(Role.OWNER), silent)
    planned = sent_file._planned

    async def planned_late(*asked: Any) -> Any:
        monkeypatch.setattr(sent_file, "_planned", planned)
        assert (await sent_file.apply(*press)).end is sent_file.End.APPLIED
        return await planned(*asked)

    monkeypatch.setattr(sent_file, "_planned", planned_late)
    with pytest.raises(sent_file.GoneError):
        await sent_file.apply(*press)


async def test_of_two_processes_one_applies_the_file(owner: Talker, directory: Directory) -> None:
    """What holds when the other press reached another process, which this one knows nothing of."""
    await owner.sends_file(FILE, "список.csv")
    async with directory.db.read() as connection:
        number = await connection.scalar(select(pending_imports.c.id))
    assert number is not None
    work = [
        sent_file.apply(
            directory.db, number, OWNER, sent_file.Consent(), Rights(Role.OWNER), silent
        )
        for _ in range(2)
    ]
    ends = await asyncio.gather(*work, return_exceptions=True)
    assert sorted(type(end).__name__ for end in ends) == ["Applied", "GoneError"]


async def test_a_waiting_file_is_dropped_once(directory: Directory) -> None:
    async with directory.db.write() as connection:
        number = await waiting_files.keep(connection, OWNER, "список.csv", FILE, 1)
        dropped = [
            await waiting_files.drop(connection, number, by) for by in (OWNER + 1, OWNER, OWNER)
        ]
    assert dropped == [False, True, False]


async def test_the_sixth_waiting_file_takes_the_place_of_the_oldest_with_a_word(
    owner: Talker, directory: Directory
) -> None:
    first = await owner.sends_file(FILE, "первый.csv")
    for name in ("второй", "третий", "четвёртый", "пятый"):
        preview = await owner.sends_file(FILE, f"{name}.csv")
        assert preview.labels[0] == "Применить"
    said = await owner.sends_file(FILE, "шестой.csv")
    assert "самый старый, «первый.csv», больше не ждёт" in said.text
    async with directory.db.read() as connection:
        names = set(await connection.scalars(select(pending_imports.c.file)))
    assert names == {f"{n}.csv" for n in ("второй", "третий", "четвёртый", "пятый", "шестой")}
    await owner.presses("Применить", on=first)
    assert "больше не хранится" in owner.notice
    assert _now(owner, first).labels[0] == "Применить"


def _now(person: Talker, reply: Reply) -> Reply:
    """The message as it stands in the chat now."""
    return Reply(person.session.messages[reply.message.message_id])


async def test_a_waiting_file_survives_a_restart(owner: Talker, people: People) -> None:
    preview = await owner.sends_file(FILE, "список.csv")
    same = people(OWNER)
    assert "Применено" in (await same.presses("Применить", on=preview)).text


async def test_another_persons_press_never_counts(
    owner: Talker, people: People, directory: Directory
) -> None:
    preview = await owner.sends_file(FILE, "список.csv")
    revision = directory.revision
    data = preview.button("Применить").callback_data
    assert data is not None
    for number in (1000, 8):
        stranger = people(number)
        await stranger.sends_press(preview.message, data)
        assert stranger.notice.startswith("Кнопка устарела")
    assert directory.revision == revision
    assert "Применено" in (await owner.presses("Применить", on=preview)).text


async def test_a_directory_changed_meanwhile_gives_a_new_preview(
    owner: Talker, directory: Directory
) -> None:
    preview = await owner.sends_file(FILE, "список.csv")
    async with directory.db.write() as connection:
        await hide(connection, "45-gubernator", "проверка", OWNER)
    again = await owner.presses("Применить", on=preview)
    assert "изменился" in again.text
    assert again.labels[:2] == ["Применить", "Отменить"]
    assert "Применено" in (await owner.presses("Применить", on=again)).text


async def test_a_file_that_changes_nothing(owner: Talker) -> None:
    await owner.send("/export csv")
    preview = await owner.sends_file(owner.file, "directory.csv")
    assert "Файл ничего не меняет" in preview.text
    assert preview.labels == ["Только подтвердить эти страницы", "Отменить"]


async def test_a_file_that_cannot_be_read_is_told_of(
    owner: Talker, subtests: pytest.Subtests
) -> None:
    for data, name in [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "список.xls"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "список.csv"),
        (b"%PDF-1.7 " + bytes(100), "список.pdf"),
        (b"PK\x03\x04 nonsense", "список.xlsx"),
        (bytes(range(256)) * 4, "что-то"),
        (b"1", "<b>.csv"),
    ]:
        with subtests.test(name=name):
            answer = await owner.sends_file(data, name)
            assert "не читается" in answer.text
            assert answer.labels == []


async def test_a_file_too_large_for_bots(owner: Talker) -> None:
    document = owner.session.keep(b"1", "список.csv").model_copy(update={"file_size": 21 << 20})
    await owner.send(document=document)
    assert "20 МБ" in owner.reply.text


async def test_a_citizens_file_gets_a_polite_word(citizen: Talker, directory: Directory) -> None:
    answer = await citizen.sends_file(FILE, "список.csv")
    assert "только от администраторов" in answer.text
    for command in ("/admin", "/import", "/export", "/history", "/stats", "/reports"):
        assert "Такой команды нет" in (await citizen.says(command)).text


async def test_an_owners_file_in_a_group_is_left_alone(people: People) -> None:
    member = people(OWNER, group=-100)
    await member.send_file(FILE, "список.csv")
    assert member.replies == []


async def test_the_office(owner: Talker) -> None:
    assert "/import" in (await owner.says("/admin")).text
    assert "118 страниц" in (await owner.says("/stats")).text
    assert "118 страниц" in (await owner.presses("Сводка")).text


async def test_export(owner: Talker, subtests: pytest.Subtests) -> None:
    for form in ["csv", "xlsx", "json"]:
        with subtests.test(form=form):
            await owner.says("/export")
            await owner.presses(form.upper())
            document = owner.session.shown[-1].document
            assert document is not None
            assert (document.file_name or "").endswith(f".{form}")
            assert owner.file
            await owner.send(f"/export {form}")
            assert owner.session.shown[-1].document


async def test_history_is_turned_and_undone_from(owner: Talker, directory: Directory) -> None:
    async with directory.db.write() as connection:
        for hit in directory.search("Курган", limit=8).hits:
            await hide(connection, hit.id, "проба", OWNER)
    row = "Выдуманная школа № 8;Образование;Курганская область;vk.com/made_up_8"
    await owner.sends_file(_csv(row), "8.csv")
    await owner.presses("Применить")
    first = await owner.says("/history")
    assert "1–8 из" in first.text
    assert "8.csv" in first.text
    newest = first.labels[0]
    last = await owner.presses("Дальше")
    assert "начальное заполнение" in last.text

    first = await owner.says("/history")
    card = await owner.presses(newest, on=first)
    assert "Выдуманная школа № 8 — новая страница" in card.text
    undone = await owner.presses("Откатить", on=card)
    assert "откачено" in undone.text
    assert "уже откачено" in (await owner.presses("Откатить", on=card)).text
    await owner.presses("Откатить", on=undone)
    assert "школа № 8" in (await owner.says("выдуманная школа 8")).text


async def test_what_was_changed_since_is_not_undone_and_told(owner: Talker) -> None:
    await owner.sends_file(FILE, "список.csv")
    applied = await owner.presses("Применить")
    row = f"{SCHOOL};Образование;Курганская область;vk.com/made_up_school_77_new"
    await owner.sends_file(_csv(row), "ещё.csv")
    await owner.presses("Применить")
    answer = await owner.presses("Откатить", on=applied)
    assert "Откачено 1 из 2" in answer.text
    assert f"— «{SCHOOL}» с тех пор изменена" in answer.text
    assert "театр" not in (await owner.says("выдуманный театр 78")).text.lower().split("«")[0]
    assert "made_up_school_77_new" in (await owner.says("выдуманная школа 77")).urls[0]
    # The undo itself can be undone.
    await owner.presses("Откатить", on=answer)
    assert "театр № 78" in (await owner.says("выдуманный театр 78")).text


async def test_a_card_shows_its_history_to_those_who_may_change_it(
    owner: Talker, citizen: Talker
) -> None:
    await owner.sends_file(FILE, "список.csv")
    await owner.presses("Применить")
    row = f"{SCHOOL};Образование;Курганская область;vk.com/made_up_school_77_new"
    await owner.sends_file(_csv(row), "ещё.csv")
    await owner.presses("Применить")
    assert "История" not in (await citizen.says("выдуманная школа 77")).labels
    card = await owner.says("выдуманная школа 77")
    history = (await owner.presses("История", on=card)).text
    newest, first = history.split("ещё.csv")
    assert str(OWNER) in newest
    assert "— ВКонтакте: https://vk.com/made_up_school_77 → https://vk.com/made_up" in first
    assert "новая страница" in first
    assert "список.csv" in first
