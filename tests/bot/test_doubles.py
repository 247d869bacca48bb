"""Which pages stand twice, and merging two: the older id stays, the other one leads to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from directory.changes import page_change
from directory.directory import Directory
from directory.editing.doubles import doubles, read_for_doubles
from directory.editing.quarantine import REASONS, hide
from directory.links import Verdict
from directory.model import Action, Link, Origin, Page, PageLink, Status
from directory.store import keepers, revisions, saving
from tests.bot.conftest import OWNER, People
from tests.bot.made_up import EDITOR, LIBRARY, SCHOOL, VK, page_of
from tests.bot.person import Reply, Talker
from tests.bot.test_change_history import load

TWIN = Page(
    "twin",
    "МБОУ Сказочная школа № 5",
    category="Образование",
    territory=2,
    phone="8 (000) 000-00-00",
    address="ул. Сказочная, 1",
    links=(PageLink("telegram", Link("telegram", "name", "skazka_five")),),
    checked_at=date(2026, 10, 1),
)
BRANCH = Page("branch", "Кружок при школе", category="Образование", territory=2, parent="twin")

pytestmark = pytest.mark.both


@pytest.fixture
def begins_with(made_up: Path) -> Path:
    """A made-up directory."""
    return made_up


async def add(directory: Directory, *pages: Page) -> None:
    """Put pages into the directory."""
    async with directory.db.write() as connection:
        changes = [page_change(None, page) for page in pages]
        await revisions.apply(connection, changes, Origin(Action.IMPORT))
    await directory.refresh()


async def listed(person: Talker) -> Reply:
    """The list of doubles."""
    await person.says("/admin")
    return await person.presses("Двойники")


async def merge(owner: Talker, directory: Directory) -> Reply:
    """Merge the school with its double."""
    await add(directory, TWIN, BRANCH)
    preview = await owner.presses("1. Объединить…", on=await listed(owner))
    return await owner.presses("Объединить", on=preview)


async def test_a_name_without_its_legal_form_a_link_and_a_post_are_found(
    owner: Talker, directory: Directory
) -> None:
    head = Page("head-one", "Глава Сказочного округа", territory=2, post="Глава Сказочного округа")
    await add(
        directory,
        TWIN,
        replace(head, person="Первый Иван"),
        replace(head, id="head-two", title="Второй Пётр", person="Второй Пётр"),
        Page("other-link", "Совсем иначе", territory=3, links=(PageLink("vk", VK),)),
        Page("school-6", "Сказочная школа № 6", territory=2),
        Page("far", SCHOOL.title, territory=3),
    )
    text = (await listed(owner)).text
    assert text.index("Одна и та же ссылка: ") < text.index("Одна должность: ")
    assert "Совсем иначе" in text
    assert "Второй Пётр" in text
    assert text.count("Почти одинаковые названия в одном месте") == 1
    assert "школа № 6" not in text, "another number is another school"


async def test_only_pairs_of_the_pages_that_are_compared_are_found(directory: Directory) -> None:
    outside = Page("outside", "Совсем иначе", links=(PageLink("vk", VK),))
    await add(directory, outside)
    async with directory.db.read() as connection:
        rows, shared, apart = await read_for_doubles(connection)
    inside = [row for row in rows if row["id"] != "outside"]
    assert len(doubles(rows, shared, directory.territories, apart)) == 1
    assert doubles(inside, shared, directory.territories, apart) == []


async def test_a_post_and_the_body_it_heads_may_share_a_page(
    owner: Talker, directory: Directory
) -> None:
    link = (PageLink("vk", Link("vk", "name", "skazka_okrug")),)
    await add(
        directory,
        Page("adm", "Администрация округа", territory=2, links=link),
        Page("head", "Глава округа", territory=2, post="Глава округа", links=link),
    )
    assert "похожих на двойники, нет" in (await listed(owner)).text


async def test_the_older_stays_and_has_all_that_both_had(
    owner: Talker, directory: Directory
) -> None:
    await add(directory, TWIN)
    preview = await owner.presses("1. Объединить…", on=await listed(owner))
    assert f"Остаётся:\n{SCHOOL.title} ({SCHOOL.id})" in preview.text
    assert f"Ведёт на неё:\n{TWIN.title} (twin)" in preview.text
    assert f"— Название: {SCHOOL.title}, а не {TWIN.title}" in preview.text
    await owner.presses("Объединить", on=preview)
    page = await page_of(directory, SCHOOL.id)
    assert page.title == SCHOOL.title
    assert page.aliases == (TWIN.title,)
    assert (page.phone, page.address) == (TWIN.phone, TWIN.address)
    assert {x.link for x in page.links} == {x.link for x in (*SCHOOL.links, *TWIN.links)}
    assert page.checked_at == SCHOOL.checked_at
    gone = await page_of(directory, "twin")
    assert (gone.status, gone.merged_into) == (Status.RETIRED, SCHOOL.id)
    assert "похожих на двойники, нет" in (await listed(owner)).text


async def test_of_two_rows_of_one_file_the_upper_is_the_older(
    owner: Talker, directory: Directory
) -> None:
    rows = "z-first;Выдуманный зверинец\na-second;МБУК Выдуманный зверинец\n"
    await load(directory, f"Код;Название\n{rows}")
    preview = await owner.presses("1. Объединить…", on=await listed(owner))
    assert "Остаётся:\nВыдуманный зверинец (z-first)" in preview.text


async def test_the_newer_may_be_right(owner: Talker, directory: Directory) -> None:
    await add(directory, TWIN)
    preview = await owner.presses("1. Объединить…", on=await listed(owner))
    other = await owner.presses("Взять то, что говорит более новая", on=preview)
    assert f"— Название: {TWIN.title}, а не {SCHOOL.title}" in other.text
    await owner.presses("Объединить", on=other)
    page = await page_of(directory, SCHOOL.id)
    assert (page.title, page.aliases) == (TWIN.title, (SCHOOL.title,))
    assert page.checked_at == TWIN.checked_at


async def test_all_old_ways_lead_to_the_one_that_stays(
    owner: Talker, citizen: Talker, directory: Directory
) -> None:
    await add(directory, TWIN, BRANCH)
    card = await citizen.says("/start page_twin")
    await citizen.presses("Сохранить", on=card)
    await citizen.presses("Сохранить", on=await citizen.says(f"/start page_{SCHOOL.id}"))
    preview = await owner.presses("1. Объединить…", on=await listed(owner))
    await owner.presses("Объединить", on=preview)

    opened = await citizen.says("/start page_twin")
    assert "Об этом были две записи, теперь она одна." in opened.text
    assert SCHOOL.title in opened.text
    assert "Убрать из сохранённых" in opened.labels
    assert "закрыта" not in opened.text.lower()
    saved = await citizen.says("/saved")
    assert saved.text.count(SCHOOL.title) == 1, "who kept both keeps one"
    async with directory.db.read() as connection:
        assert await saving.count_saved(connection, 1000) == 1
    assert "больше нет" not in saved.text
    assert SCHOOL.title in (await citizen.presses("1.", on=saved)).text
    await citizen.presses("Убрать из сохранённых", on=opened)
    assert "Пока ничего не сохранено" in (await citizen.says("/saved")).text
    await citizen.presses("Сохранить", on=card)
    assert SCHOOL.title in (await citizen.says("/saved")).text
    assert "Что не так" in (await citizen.presses("Ошибка на карточке", on=card)).text
    assert SCHOOL.title in (await citizen.says("МБОУ Сказочная школа № 5")).text
    assert len((await citizen.types("page_twin")).results) == 1
    assert SCHOOL.title in (await owner.says("twin")).text
    assert (await page_of(directory, "branch")).parent == SCHOOL.id
    telegram = directory.verify("https://t.me/skazka_five")
    assert (telegram.verdict, telegram.page) == (Verdict.OFFICIAL, SCHOOL.id)
    assert "Убрана" not in str((await owner.says(TWIN.title)).labels)


async def test_the_file_that_has_both_speaks_of_the_one_that_stays(
    owner: Talker, directory: Directory
) -> None:
    await merge(owner, directory)
    await load(
        directory, f"Код;Название;Телефон;Учредитель\ntwin;{TWIN.title};2-22;\nbranch;;;twin\n"
    )
    school = await page_of(directory, SCHOOL.id)
    assert (school.title, school.phone) == (SCHOOL.title, "2-22")
    assert (await page_of(directory, "twin")).status is Status.RETIRED
    assert (await page_of(directory, "branch")).parent == SCHOOL.id
    await load(directory, "Код;Название;Учредитель\nnew;Новый кружок;twin\n")
    assert (await page_of(directory, "new")).parent == SCHOOL.id
    await load(directory, f"Название;Телефон\n{TWIN.title};3-33\n")
    assert (await page_of(directory, SCHOOL.id)).phone == "3-33"


async def test_undo_brings_both_back(owner: Talker, citizen: Talker, directory: Directory) -> None:
    done = await merge(owner, directory)
    await owner.presses("Откатить", on=done)
    assert await page_of(directory, SCHOOL.id) == SCHOOL
    assert await page_of(directory, "twin") == TWIN
    assert await page_of(directory, "branch") == BRANCH
    assert TWIN.title in (await citizen.says("/start page_twin")).text


async def test_what_was_merged_before_leads_on(owner: Talker, directory: Directory) -> None:
    await add(directory, TWIN)
    await add(directory, Page("third", "Третья запись", territory=2))
    await owner.says("third")
    await owner.presses("Скрыть…")
    await owner.presses("Убрать из справочника…")
    question = await owner.presses("Стоит дважды: объединить…")
    preview = await owner.says("twin", reply_to_message=question.message)
    await owner.presses("Объединить", on=preview)
    assert (await page_of(directory, "third")).merged_into == "twin"
    preview = await owner.presses("1. Объединить…", on=await listed(owner))
    await owner.presses("Объединить", on=preview)
    for old in ("twin", "third"):
        assert (await page_of(directory, old)).merged_into == SCHOOL.id
        page = await directory.page(old)
        assert page is not None
        assert page.id == SCHOOL.id


async def test_the_same_one_is_chosen_among_those_that_the_words_fit(
    owner: Talker, directory: Directory
) -> None:
    await add(directory, TWIN)
    await owner.says(LIBRARY.id)
    await owner.presses("Скрыть…")
    await owner.presses("Убрать из справочника…")
    question = await owner.presses("Стоит дважды: объединить…")
    again = await owner.says("щщщщ", reply_to_message=question.message)
    assert "Страницы с таким названием нет" in again.text
    choice = await owner.says("школа", reply_to_message=again.message)
    assert "Какая страница имеется в виду?" in choice.text
    assert LIBRARY.title not in choice.text
    preview = await owner.presses("1.", on=choice)
    assert "Объединить две страницы?" in preview.text


async def test_two_that_are_told_apart_are_named_no_longer(
    owner: Talker, people: People, directory: Directory
) -> None:
    await add(directory, TWIN, replace(TWIN, id="third", links=()))
    first = await listed(owner)
    assert first.text.count("Почти одинаковые") == 3
    preview = await owner.presses("1. Объединить…", on=first)
    rest = await owner.presses("Это разные", on=preview)
    assert owner.notice == "Отмечено: это две страницы"
    assert rest.text.count("Почти одинаковые") == 2
    assert (await listed(people(EDITOR))).text.count("Почти одинаковые") == 2
    log = (await owner.says("/audit")).text
    assert "не двойники, а две страницы" in log


async def test_an_editor_merges_only_what_is_theirs(
    people: People, owner: Talker, directory: Directory
) -> None:
    await add(directory, TWIN, replace(BRANCH, territory=3))
    editor = people(EDITOR)
    preview = await editor.presses("1. Объединить…", on=await listed(editor))
    assert "Так сделать нельзя: страница «Кружок при школе» вне ваших прав" in preview.text
    assert "Объединить" not in preview.labels
    again = await owner.presses("1. Объединить…", on=await listed(owner))
    await editor.sends_press(again.message, again.button("Объединить").callback_data or "")
    assert (await page_of(directory, "twin")).status is Status.ACTIVE


async def test_a_hidden_page_is_not_merged(owner: Talker, directory: Directory) -> None:
    await add(directory, TWIN)
    preview = await owner.presses("1. Объединить…", on=await listed(owner))
    async with directory.db.write() as connection:
        await hide(connection, "twin", "взломана", OWNER)
    await directory.refresh()
    refused = await owner.presses("Объединить", on=preview)
    assert "скрыта; сначала верните её" in refused.text
    assert (await page_of(directory, "twin")).status is Status.HIDDEN


async def test_what_was_changed_since_the_preview_is_shown_anew(
    owner: Talker, directory: Directory
) -> None:
    await add(directory, TWIN)
    preview = await owner.presses("1. Объединить…", on=await listed(owner))
    await load(directory, f"Код;Название\n{SCHOOL.id};Иначе\n")
    again = await owner.presses("Объединить", on=preview)
    assert "тем временем изменили" in again.text
    assert "Иначе" in again.text
    await owner.presses("Объединить", on=again)
    assert (await page_of(directory, SCHOOL.id)).title == "Иначе"


async def test_founders_do_not_go_round(owner: Talker, directory: Directory) -> None:
    await add(directory, TWIN, BRANCH)
    school = await page_of(directory, SCHOOL.id)
    async with directory.db.write() as connection:
        led = page_change(school, replace(school, parent="branch"))
        await revisions.apply(connection, [led], Origin(Action.EDIT))
    await directory.refresh()
    preview = await owner.presses("1. Объединить…", on=await listed(owner))
    assert "по кругу" in preview.text
    assert "Объединить" not in preview.labels


@pytest.mark.parametrize("of", [SCHOOL.id, "twin"])
@pytest.mark.parametrize("newer", [False, True])
async def test_a_withdrawn_link_stays_withdrawn(
    owner: Talker, directory: Directory, of: str, newer: bool
) -> None:
    """On whichever of the two it was withdrawn, and whichever says what is right."""
    await add(directory, replace(TWIN, links=(*TWIN.links, PageLink("vk", VK))))
    async with directory.db.write() as connection:
        await hide(connection, of, REASONS["hacked"], OWNER, VK)
    await directory.refresh()
    preview = await owner.presses("1. Объединить…", on=await listed(owner))
    if newer:
        preview = await owner.presses("Взять то, что говорит более новая", on=preview)
    assert "— Telegram t.me/skazka_five" in preview.text
    assert (
        "— Скрыта ссылка ВКонтакте vk.com/skazochnaya_shkola: похоже, страницу взломали"
        in preview.text
    )
    await owner.presses("Объединить", on=preview)
    hidden = {x.hidden for x in (await page_of(directory, SCHOOL.id)).links if x.link == VK}
    assert hidden == {REASONS["hacked"]}
    assert directory.verify("vk.com/skazochnaya_shkola").verdict is Verdict.HIDDEN


async def test_what_is_reported_of_the_page_that_goes_waits_on_the_other(
    owner: Talker, citizen: Talker, directory: Directory
) -> None:
    await add(directory, TWIN)
    await citizen.presses("Ошибка на карточке", on=await citizen.says("/start page_twin"))
    await citizen.presses("Похоже, её взломали")
    now = datetime.now(UTC)
    async with directory.db.write() as connection:
        await keepers.add(connection, 1000, "twin", now)
    preview = await owner.presses("1. Объединить…", on=await listed(owner))
    await owner.presses("Объединить", on=preview)
    waiting = await owner.says("/reports")
    assert SCHOOL.title in waiting.text
    assert "взлом" in waiting.text
    async with directory.db.read() as connection:
        assert not await keepers.is_keeper(connection, 1000, SCHOOL.id)
    await owner.presses("Страница на месте", on=waiting)
    assert SCHOOL.title not in (await owner.says("/reports")).text
