"""Many pages at once: confirmed on a screen or by a file, one field set, all hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.buttons.citizens import AllPages
from bot.buttons.fields import category_key
from directory.changes import page_change
from directory.directory import Directory
from directory.editing.quarantine import hide
from directory.model import Action, Level, Link, Origin, Page, PageLink, Status
from directory.rights import Scope
from directory.store import records, revisions, staff
from tests.bot.conftest import OWNER, People
from tests.bot.made_up import EDITOR, LIBRARY, SCHOOL, is_hidden, page_of
from tests.bot.person import Reply, Talker

MINE = [
    Page(f"kruzhok-{n}", f"Выдуманный кружок {n}", category="Образование", territory=2)
    for n in range(1, 6)
]
FOREIGN = Page("foreign", "Чужой кружок", category="Образование", territory=3)

pytestmark = pytest.mark.both


@pytest.fixture
def begins_with(made_up: Path) -> Path:
    """A made-up directory."""
    return made_up


@pytest.fixture(autouse=True)
async def clubs(directory: Directory) -> None:
    """Five clubs of the editor's okrug, and one of the other."""
    async with directory.db.write() as connection:
        made = [page_change(None, page) for page in (*MINE, FOREIGN)]
        await revisions.apply(connection, made, Origin(Action.IMPORT))
    await directory.refresh()


async def last(directory: Directory) -> int:
    """The number of the last change."""
    async with directory.db.read() as connection:
        return await revisions.current(connection)


async def every(directory: Directory) -> dict[str, Page]:
    """All pages as they are."""
    async with directory.db.read() as connection:
        return {page.id: page for page in await records.read_pages(connection)}


async def the_list(person: Talker, category: str = "Образование", territory: int = 0) -> Reply:
    """The whole list of a category, as a press on it opens it."""
    data = AllPages(territory=territory, category=category_key(category) if category else "")
    shelf = await person.says("/browse")
    await person.sends_press(shelf.message, data.pack())
    return person.reply


async def asks(person: Talker, label: str, listed: Reply) -> Reply:
    """The question for the value that all pages of the list are to have."""
    await person.presses("Изменить все…", on=listed)
    return await person.presses(label)


async def test_all_pages_of_the_screen_are_confirmed_as_one_change(
    owner: Talker, directory: Directory
) -> None:
    before = await every(directory)
    await owner.says("/admin")
    listed = await owner.presses("Давно не проверены")
    done = await owner.presses("Подтвердить все показанные", on=listed)
    number = await last(directory)
    assert f"Изменение № {number}" in done.text
    confirmed = [page for page in (await every(directory)).values() if page not in before.values()]
    assert {page.title for page in confirmed} == {page.title for page in (*MINE, FOREIGN, LIBRARY)}
    assert all(page.checked_at for page in confirmed)
    assert "Все страницы подтверждены" in owner.replies[0].text
    await owner.presses("Откатить", on=done)
    assert await every(directory) == before


async def test_what_the_screen_showed_is_confirmed_and_what_is_not_mine_is_named(
    people: People, directory: Directory
) -> None:
    editor = people(EDITOR)
    await editor.says("/admin")
    listed = await editor.presses("Давно не проверены")
    async with directory.db.write() as connection:
        await hide(connection, MINE[0].id, "взломана", OWNER)
        moved = [page_change(MINE[2], replace(MINE[2], territory=3))]
        await revisions.apply(connection, moved, Origin(Action.EDIT, OWNER))
    told = (await editor.presses("Подтвердить все показанные", on=listed)).text
    assert f"Не подтверждено: страница «{MINE[2].title}» вне ваших прав" in told
    assert (await page_of(directory, MINE[2].id)).checked_at is None
    assert (await page_of(directory, MINE[0].id)).checked_at is None
    assert (await page_of(directory, MINE[1].id)).checked_at is not None


async def test_a_file_confirms_what_it_says_as_the_directory_does(
    owner: Talker, directory: Directory
) -> None:
    rows = [
        "kruzhok-1;Выдуманный кружок 1;;",
        "kruzhok-2;Выдуманный кружок 2;2-22;",
        "kruzhok-3;Выдуманный кружок 3;;01.02.2020",
        ";Неизвестный кружок;;",
    ]
    file = "\r\n".join(["Код;Название;Телефон;Проверено", *rows, ""]).encode("cp1251")
    preview = await owner.sends_file(file, "обход.csv")
    preview = await owner.presses("Только подтвердить эти страницы", on=preview)
    assert "Больше ничего не изменится" in preview.text
    assert "в справочнике иначе, чем в файле" in preview.text
    assert "такой страницы в справочнике нет" in preview.text
    assert "Новых: 0, изменится: 2" in preview.text
    await owner.presses("Применить", on=preview)
    pages = await every(directory)
    assert pages["kruzhok-1"].checked_at is not None
    assert pages["kruzhok-3"].checked_at not in (None, date(2020, 2, 1))
    assert pages["kruzhok-2"] == MINE[1]
    assert len(pages) == 8
    history = await owner.says("/history")
    assert "подтверждение" in history.text
    assert "обход.csv" in history.text


async def test_a_file_confirms_no_page_of_others(people: People, directory: Directory) -> None:
    file = "Код;Название\nkruzhok-1;Выдуманный кружок 1\nforeign;Чужой кружок\n"
    editor = people(EDITOR)
    preview = await editor.sends_file(file.encode(), "обход.csv")
    preview = await editor.presses("Только подтвердить эти страницы", on=preview)
    assert "«Чужой кружок» вне ваших прав" in preview.text
    await editor.presses("Применить", on=preview)
    assert (await page_of(directory, MINE[0].id)).checked_at is not None
    assert (await page_of(directory, FOREIGN.id)).checked_at is None


async def test_a_whole_list_retires_nothing_that_is_the_senders_no_more(
    people: People, directory: Directory
) -> None:
    other = Scope(territory=3)
    async with directory.db.write() as connection:
        await staff.appoint(connection, EDITOR, other, by=OWNER)
    editor = people(EDITOR)
    file = "Код;Название;Телефон\nforeign;Чужой кружок;2-22\n"
    preview = await editor.sends_file(file.encode(), "всё.csv")
    scopes = await editor.presses("Заменить список целиком", on=preview)
    async with directory.db.write() as connection:
        assert await staff.withdraw(connection, EDITOR, other, by=OWNER)
    for label in [label for label in scopes.labels if "Былинный" in label]:
        shown = await editor.presses(label, on=scopes)
        for apply in [label for label in shown.labels if label.startswith("Применить")]:
            await editor.presses(apply, on=shown)
    assert (await page_of(directory, LIBRARY.id)).status is Status.ACTIVE


async def test_one_field_is_set_for_the_whole_list_with_a_preview(
    owner: Talker, directory: Directory
) -> None:
    before = await every(directory)
    question = await asks(owner, "Часы работы", await the_list(owner))
    assert "Образование: 7 страниц" in question.text
    preview = await owner.says("пн–пт 9–18", reply_to_message=question.message)
    assert "Изменится: 7" in preview.text
    assert f"— {SCHOOL.title}: — → пн–пт 9–18" in preview.text
    assert await every(directory) == before
    done = await owner.presses("Сделать: 7 страниц", on=preview)
    after = await every(directory)
    assert {p.hours for p in after.values() if p.category == "Образование"} == {"пн–пт 9–18"}
    assert after[LIBRARY.id] == before[LIBRARY.id]
    await owner.presses("Откатить", on=done)
    assert await every(directory) == before


async def test_a_list_is_moved_to_another_territory(owner: Talker, directory: Directory) -> None:
    question = await asks(owner, "Территория", await the_list(owner, territory=2))
    again = await owner.says("Небывалый округ", reply_to_message=question.message)
    assert "Не подходит:" in again.text
    preview = await owner.says("Былинный муниципальный округ", reply_to_message=again.message)
    await owner.presses("Сделать", on=preview)
    assert {page.territory for page in (await every(directory)).values()} == {3}


async def test_what_is_not_mine_stays_and_is_named(people: People, directory: Directory) -> None:
    editor = people(EDITOR)
    question = await asks(editor, "Часы работы", await the_list(editor))
    preview = await editor.says("всегда", reply_to_message=question.message)
    assert "Изменится: 6" in preview.text
    assert "Останутся как есть: 1" in preview.text
    assert "— «Чужой кружок»: страница «Чужой кружок» вне ваших прав" in preview.text
    await editor.presses("Сделать", on=preview)
    assert (await page_of(directory, FOREIGN.id)).hours == ""
    assert (await page_of(directory, MINE[0].id)).hours == "всегда"


async def test_rights_are_judged_as_it_is_done(people: People, directory: Directory) -> None:
    editor = people(EDITOR)
    question = await asks(editor, "Часы работы", await the_list(editor))
    preview = await editor.says("всегда", reply_to_message=question.message)
    async with directory.db.write() as connection:
        await staff.move(connection, 2, 3, by=OWNER, at=datetime.now(UTC))
    done = await editor.presses("Сделать", on=preview)
    assert "Останутся как есть: 6" in done.text
    assert (await page_of(directory, FOREIGN.id)).hours == "всегда"
    assert (await page_of(directory, MINE[0].id)).hours == ""


async def test_all_are_hidden_for_one_reason_and_come_back_with_one_press(
    owner: Talker, citizen: Talker, directory: Directory
) -> None:
    before = await every(directory)
    question = await asks(owner, "Скрыть все…", await the_list(owner, territory=2))
    preview = await owner.says("взломаны все кружки", reply_to_message=question.message)
    assert "Будет скрыто: 6" in preview.text
    done = await owner.presses("Сделать", on=preview)
    assert await is_hidden(directory, MINE[4].id)
    assert not await is_hidden(directory, FOREIGN.id)
    assert "взломаны все кружки" in (await citizen.says("/start page_kruzhok-1")).text
    await owner.presses("Откатить", on=done)
    assert await every(directory) == before


async def test_a_part_of_the_list_is_changed(owner: Talker, directory: Directory) -> None:
    """Each part is offered with its number of pages, and nothing beside it is changed."""
    shown = PageLink("max", Link("max", "name", "vydumka"))
    bare = replace(shown, hidden="взломана")
    made = [
        replace(MINE[0], level=Level.REGIONAL, links=(shown,), checked_at=datetime.now(UTC).date()),
        replace(MINE[1], level=Level.SETTLEMENT, links=(bare,)),
        replace(MINE[2], status=Status.CLOSED),
    ]
    async with directory.db.write() as connection:
        changes = [page_change(*pair) for pair in zip(MINE, made, strict=False)]
        await revisions.apply(connection, changes, Origin(Action.IMPORT))
    await directory.refresh()
    expected = {
        "Без ссылок — 4": {MINE[1].id, MINE[3].id, MINE[4].id, FOREIGN.id},
        "Давно не проверены — 4": {MINE[1].id, MINE[3].id, MINE[4].id, FOREIGN.id},
        "Региональный уровень — 1": {MINE[0].id},
        "Уровень поселения — 1": {MINE[1].id},
        "Есть ссылка: MAX — 1": {MINE[0].id},
        "Закрытые страницы — 1": {MINE[2].id},
    }
    for n, (label, meant) in enumerate(expected.items()):
        await owner.presses("Изменить все…", on=await the_list(owner))
        await owner.presses("Только часть…")
        listed = await owner.presses(label)
        assert f"{label.partition(' —')[0]}\n" in listed.text
        asked = await owner.presses("Часы работы", on=listed)
        await owner.says(f"с {n} до 17", reply_to_message=asked.message)
        await owner.presses("Сделать")
        have = {
            page.id for page in (await every(directory)).values() if page.hours == f"с {n} до 17"
        }
        assert have == meant, label


async def test_where_else_links_of_hidden_pages_stand_is_said(
    owner: Talker, directory: Directory
) -> None:
    """Before and after; a page of the same list that is hidden, too, is not named."""
    shared = PageLink("vk", Link("vk", "name", "obshchaya_gruppa"))
    beside = Page("beside", "Дом детского творчества", category="Культура", links=(shared,))
    async with directory.db.write() as connection:
        made = [page_change(page, replace(page, links=(shared,))) for page in MINE[:2]]
        await revisions.apply(connection, [page_change(None, beside), *made], Origin(Action.IMPORT))
    await directory.refresh()
    listed = await the_list(owner)
    asked = await asks(owner, "Скрыть все…", listed)
    preview = await owner.says("взломаны", reply_to_message=asked.message)
    for told in (preview, await owner.presses("Сделать")):
        _before, _said, others = told.text.partition("показывают и другие страницы")
        assert "— Дом детского творчества" in others
        assert MINE[0].title not in others


async def test_what_was_changed_since_the_preview_is_shown_anew(
    owner: Talker, directory: Directory
) -> None:
    question = await asks(owner, "Часы работы", await the_list(owner))
    preview = await owner.says("всегда", reply_to_message=question.message)
    async with directory.db.write() as connection:
        changed = replace(MINE[0], hours="по средам")
        made = [page_change(MINE[0], changed)]
        await revisions.apply(connection, made, Origin(Action.EDIT, OWNER))
    await directory.refresh()
    again = await owner.presses("Сделать", on=preview)
    assert "тем временем изменили" in again.text
    assert "по средам → всегда" in again.text
    assert (await page_of(directory, MINE[1].id)).hours == ""


async def test_a_wrong_value_is_asked_for_again(owner: Talker) -> None:
    question = await asks(owner, "Уровень", await the_list(owner))
    again = await owner.says("пятый", reply_to_message=question.message)
    assert "Не подходит: нет такого уровня" in again.text
    question = await asks(owner, "Сфера", await the_list(owner))
    again = await owner.says("Небывалая сфера", reply_to_message=question.message)
    assert "«Небывалая сфера» в справочнике нет" in again.text


async def test_a_long_value_is_not_cut_in_silence(owner: Talker) -> None:
    question = await asks(owner, "Источник", await the_list(owner))
    again = await owner.says("слово " * 600, reply_to_message=question.message)
    assert "длиннее 300 знаков" in again.text


async def test_a_founder_is_named_in_words(owner: Talker, directory: Directory) -> None:
    question = await asks(owner, "Учредитель", await the_list(owner, territory=3))
    again = await owner.says("выдуманный кружок", reply_to_message=question.message)
    assert "напишите название целиком" in again.text
    preview = await owner.says("былинная библиотека", reply_to_message=again.message)
    assert f"{FOREIGN.title}: — → {LIBRARY.title} ({LIBRARY.id})" in preview.text
    await owner.presses("Сделать", on=preview)
    assert (await page_of(directory, FOREIGN.id)).parent == LIBRARY.id


async def test_a_mark_is_cleared_for_all(owner: Talker, directory: Directory) -> None:
    question = await asks(owner, "Госорганизация", await the_list(owner))
    preview = await owner.says("очистить", reply_to_message=question.message)
    assert "Изменится: 1" in preview.text
    assert "Уже так: 6" in preview.text
    await owner.presses("Сделать", on=preview)
    assert (await page_of(directory, SCHOOL.id)).official_mark is None


async def test_citizens_have_no_such_button(citizen: Talker) -> None:
    assert "Изменить все…" not in (await the_list(citizen)).labels


async def test_status_closed_for_all(owner: Talker, directory: Directory) -> None:
    question = await asks(owner, "Статус", await the_list(owner, territory=3))
    preview = await owner.says("закрыта", reply_to_message=question.message)
    await owner.presses("Сделать", on=preview)
    assert (await page_of(directory, FOREIGN.id)).status is Status.CLOSED


async def test_an_editor_hides_only_what_is_theirs(people: People, directory: Directory) -> None:
    editor = people(EDITOR)
    question = await asks(editor, "Скрыть все…", await the_list(editor))
    preview = await editor.says("проверяем", reply_to_message=question.message)
    assert "Будет скрыто: 6" in preview.text
    await editor.presses("Сделать", on=preview)
    assert await is_hidden(directory, MINE[0].id)
    assert not await is_hidden(directory, FOREIGN.id)
