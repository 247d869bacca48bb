"""Editing a page in the chat, and adding one: question, preview, saved, undone."""

from __future__ import annotations

import pytest

from bot.app import build_dispatcher
from bot.settings import Settings
from directory.directory import Directory
from directory.model import Action, Page
from directory.rights import Scope
from directory.store import drafts, revisions, staff
from tests.bot.conftest import OWNER, People
from tests.bot.person import Reply, Talker, Telegram, hidden_link

pytestmark = pytest.mark.both

KETOVO, KURGAN = "45-adm-ketovo", "45-adm-kurgan"
EDITOR = 21


async def answers(talker: Talker, text: str, question: Reply | None = None) -> Reply:
    """Reply to the bot's question."""
    return await talker.says(text, reply_to_message=(question or talker.reply).message)


async def page_of(directory: Directory, page: str) -> Page:
    found = await directory.page(page)
    assert found is not None
    return found


async def last(directory: Directory) -> int:
    async with directory.db.read() as connection:
        return await revisions.current(connection)


async def appoint(directory: Directory, person: int, name: str) -> None:
    """Entrust the okrug with this name to the person."""
    (territory,) = [t for t in directory.territories if t.name == name]
    async with directory.db.write() as connection:
        await staff.appoint(
            *(connection, person, Scope(territory=territory.id)),
            by=OWNER,
        )


@pytest.fixture
async def editor(people: People, directory: Directory) -> Talker:
    """The editor of Кетовский okrug."""
    await appoint(directory, EDITOR, "Кетовский муниципальный округ")
    return people(EDITOR)


async def test_a_field_is_asked_for_previewed_saved_and_undone(
    owner: Talker, directory: Directory
) -> None:
    before = await page_of(directory, KETOVO)
    await owner.says(f"/start page_{KETOVO}")
    await owner.presses("Изменить")
    question = await owner.presses("Телефон")
    assert question.text.startswith("Новое значение: Телефон")
    assert "Сейчас: пусто" in question.text
    preview = await answers(owner, "8 (000) 000-00-00")
    assert "Телефон\nбыло: пусто\nстало: 8 (000) 000-00-00" in preview.text
    assert await page_of(directory, KETOVO) == before
    done = await owner.presses("Сохранить")
    assert "Сохранено: страница Администрация Кетовского" in done.text
    assert (await page_of(directory, KETOVO)).phone == "8 (000) 000-00-00"
    async with directory.db.read() as connection:
        newest = (await revisions.history(connection, limit=1))[0]
    assert newest.origin.action is Action.EDIT
    assert newest.origin.actor == OWNER
    assert newest.origin.note == f"{KETOVO}: Телефон"
    await owner.presses("Откатить", on=done)
    assert await page_of(directory, KETOVO) == before


async def test_several_fields_are_one_revision(owner: Talker, directory: Directory) -> None:
    before = await last(directory)
    await owner.says(f"/start page_{KETOVO}")
    await owner.presses("Изменить")
    await owner.presses("Телефон")
    await answers(owner, "1-11-11")
    await owner.presses("Изменить ещё поле")
    await owner.presses("Отметки")
    await owner.presses("Госорганизация")
    preview = await answers(owner, "да")
    assert "стало: 1-11-11" in preview.text
    assert "стало: да" in preview.text
    await owner.presses("Сохранить")
    page = await page_of(directory, KETOVO)
    assert (page.phone, page.official_mark) == ("1-11-11", True)
    assert await last(directory) == before + 1


async def test_a_wrong_value_is_asked_for_again_with_the_cure(
    owner: Talker, directory: Directory
) -> None:
    await owner.says(f"/start page_{KETOVO}")
    await owner.presses("Изменить")
    await owner.presses("Уровень")
    again = await answers(owner, "пятый")
    assert "Не подходит: нет такого уровня; бывает: федеральный" in again.text
    preview = await answers(owner, "региональный")
    assert "было: муниципальный\nстало: региональный" in preview.text


async def test_editing_is_in_english_for_english_readers(people: People) -> None:
    owner = people(OWNER, language="en")
    await owner.says(f"/start page_{KETOVO}")
    await owner.presses("Edit")
    question = await owner.presses("Level")
    assert question.text.startswith("New value: Level")
    again = await answers(owner, "пятый")
    assert "This does not fit: there is no such level; there are: federal" in again.text
    preview = await answers(owner, "regional")
    assert "after: региональный" in preview.text
    assert "is changed" in (await owner.presses("Save")).text


async def test_a_field_is_emptied_with_a_word(owner: Talker, directory: Directory) -> None:
    await owner.says(f"/start page_{KETOVO}")
    await owner.presses("Изменить")
    await owner.presses("Полное наименование")
    preview = await answers(owner, "очистить")
    assert "стало: пусто" in preview.text
    await owner.presses("Сохранить")
    assert (await page_of(directory, KETOVO)).full_name == ""


async def test_text_that_is_no_reply_is_a_search(owner: Talker, directory: Directory) -> None:
    await owner.says(f"/start page_{KETOVO}")
    await owner.presses("Изменить")
    question = await owner.presses("Телефон")
    found = await owner.says("Администрация города Кургана")
    assert "было:" not in found.text
    assert "Администрация города Кургана" in found.text
    preview = await answers(owner, "8 (000) 000-00-00", question)
    assert "стало: 8 (000) 000-00-00" in preview.text


async def test_an_edit_outlives_a_restart(
    owner: Talker, directory: Directory, settings: Settings, telegram: Telegram
) -> None:
    await owner.says(f"/start page_{KETOVO}")
    await owner.presses("Изменить")
    question = await owner.presses("Телефон")
    again = Talker(build_dispatcher(directory, settings), telegram, OWNER)
    await answers(again, "1-11-11", question)
    await again.presses("Сохранить")
    assert (await page_of(directory, KETOVO)).phone == "1-11-11"


async def test_what_is_saved_or_cancelled_is_done_with(owner: Talker, directory: Directory) -> None:
    await owner.says(f"/start page_{KETOVO}")
    await owner.presses("Изменить")
    question = await owner.presses("Телефон")
    preview = await answers(owner, "1-11-11")
    await owner.presses("Сохранить", on=preview)
    number = await last(directory)
    for label in ("Сохранить", "Изменить ещё поле", "Отменить правку"):
        await owner.presses(label, on=preview)
        assert "Эта правка уже сохранена" in owner.notice
        now = Reply(owner.session.messages[preview.message.message_id])
        assert now.text.startswith("Сохранено")
        assert "Откатить" in now.labels
    assert "Эта правка уже сохранена" in (await answers(owner, "2", question)).text
    assert await last(directory) == number
    await owner.says(f"/start page_{KETOVO}")
    await owner.presses("Изменить")
    cancelled = await owner.presses("Отменить правку")
    assert cancelled.text.startswith("Отменено")
    async with directory.db.read() as connection:
        assert await drafts.get(connection, OWNER, question.text.split()[-2]) is None


async def test_a_page_changed_meanwhile_is_previewed_anew(
    owner: Talker, editor: Talker, directory: Directory
) -> None:
    await owner.says(f"/start page_{KETOVO}")
    await owner.presses("Изменить")
    await owner.presses("Телефон")
    first = await answers(owner, "1-11-11")
    await editor.says(f"/start page_{KETOVO}")
    await editor.presses("Изменить")
    await editor.presses("Телефон")
    await answers(editor, "2-22-22")
    await editor.presses("Сохранить")
    anew = await owner.presses("Сохранить", on=first)
    assert anew.text.startswith("Эту страницу тем временем изменили")
    assert "было: 2-22-22\nстало: 1-11-11" in anew.text
    await owner.presses("Сохранить", on=anew)
    assert (await page_of(directory, KETOVO)).phone == "1-11-11"


async def test_a_change_elsewhere_does_not_disturb(
    owner: Talker, editor: Talker, directory: Directory
) -> None:
    await editor.says(f"/start page_{KETOVO}")
    await editor.presses("Изменить")
    await editor.presses("Телефон")
    preview = await answers(editor, "2-22-22")
    await owner.says(f"/start page_{KURGAN}")
    await owner.presses("Изменить")
    await owner.presses("Телефон")
    await answers(owner, "1-11-11")
    await owner.presses("Сохранить")
    assert "Сохранено" in (await editor.presses("Сохранить", on=preview)).text


async def test_a_page_is_added_field_by_field(owner: Talker, directory: Directory) -> None:
    question = await owner.says("/add")
    assert question.text.startswith("Новое значение: Название")
    preview = await answers(owner, "Выдуманная школа <№ 5>")
    assert "Название: Выдуманная школа <№ 5>" in preview.text
    await owner.presses("Изменить ещё поле")
    await owner.presses("Ссылки")
    await owner.presses("ВКонтакте")
    await answers(owner, "vk.com/made_up_school_5")
    done = await owner.presses("Сохранить")
    assert "добавлена" in done.text
    card = await owner.presses("Открыть карточку")
    assert "Выдуманная школа <№ 5>" in card.text
    assert card.urls == ["https://vk.com/made_up_school_5"]


async def test_an_editor_adds_within_the_okrug_and_not_beyond(
    editor: Talker, directory: Directory
) -> None:
    await editor.says("/add")
    preview = await answers(editor, "Выдуманный клуб")
    assert "Территория: Кетовский муниципальный округ" in preview.text
    await editor.presses("Изменить ещё поле")
    await editor.presses("Территория")
    refused = await answers(editor, "Город Курган")
    assert "Сохранить нельзя: страница «Выдуманный клуб» вне ваших прав" in refused.text
    assert "Сохранить" not in refused.labels
    await editor.presses("Изменить ещё поле")
    await editor.presses("Территория")
    await answers(editor, "Кетовский район")
    assert "добавлена" in (await editor.presses("Сохранить")).text


async def test_an_editor_sees_the_button_on_own_pages_alone(editor: Talker) -> None:
    own = await editor.says(f"/start page_{KETOVO}")
    foreign = await editor.says(f"/start page_{KURGAN}")
    assert "Изменить" in own.labels
    assert "Изменить" not in foreign.labels


async def test_rights_that_end_before_saving_save_nothing(
    editor: Talker, directory: Directory
) -> None:
    await editor.says(f"/start page_{KETOVO}")
    await editor.presses("Изменить")
    await editor.presses("Телефон")
    preview = await answers(editor, "2-22-22")
    async with directory.db.write() as connection:
        await staff.dismiss(connection, EDITOR, by=OWNER)
    await appoint(directory, EDITOR, "Город Шадринск")
    refused = await editor.presses("Сохранить", on=preview)
    assert "вне ваших прав" in refused.text
    async with directory.db.write() as connection:
        await staff.dismiss(connection, EDITOR, by=OWNER)
    await editor.presses("Сохранить", on=preview)
    assert (await page_of(directory, KETOVO)).phone == ""


async def test_a_page_that_is_gone_is_said_to_be(owner: Talker, directory: Directory) -> None:
    await owner.says("/add")
    await answers(owner, "Выдуманная школа")
    done = await owner.presses("Сохранить")
    more = await owner.presses("Изменить ещё", on=done)
    question = await owner.presses("Телефон", on=more)
    await owner.presses("Откатить", on=done)
    assert "больше нет" in (await answers(owner, "1-11-11", question)).text
    assert "больше нет" in (await owner.presses("Изменить ещё", on=done)).text


async def test_a_link_that_is_written_over_another_is_asked_for_again(owner: Talker) -> None:
    await owner.says(f"/start page_{KETOVO}")
    fields = await owner.presses("Изменить")
    await owner.presses("Ссылки", on=fields)
    question = await owner.presses("ВКонтакте")
    words = "vk.com/ketovo_okrug"
    swapped = hidden_link(words, words, "https://vk.com/drugaya_stranitsa")
    again = await owner.says(words, entities=[swapped], reply_to_message=question.message)
    assert (
        f"Не подходит: написано {words}, а откроется https://vk.com/drugaya_stranitsa" in again.text
    )
    assert "Сохранить" not in again.labels
    assert again.links == again.urls == []
    same = hidden_link(words, words, "https://m.vk.com/ketovo_okrug")
    preview = await owner.says(words, entities=[same], reply_to_message=again.message)
    assert "Сохранить" in preview.labels


async def test_another_page_is_chosen_by_search_and_never_by_its_code(
    owner: Talker, directory: Directory
) -> None:
    await owner.says(f"/start page_{KETOVO}")
    await owner.presses("Изменить")
    await owner.presses("Отметки")
    question = await owner.presses("Учредитель")
    assert "так, как искали бы её" in question.text
    preview = await answers(owner, "администрация кургана", question)
    assert f"было: пусто\nстало: Администрация города Кургана ({KURGAN})" in preview.text
    await owner.presses("Изменить ещё поле", on=preview)
    await owner.presses("Отметки")
    question = await owner.presses("Преемник")
    choice = await answers(owner, "суд", question)
    assert "Какая страница имеется в виду?" in choice.text
    wanted = choice.labels[1]
    preview = await owner.presses(wanted, on=choice)
    await owner.presses("Сохранить", on=preview)
    page = await page_of(directory, KETOVO)
    successor = await page_of(directory, page.successor)
    assert page.parent == KURGAN
    assert successor.title.split()[0] in wanted


async def test_words_that_name_no_page_are_asked_for_again(owner: Talker) -> None:
    await owner.says(f"/start page_{KETOVO}")
    await owner.presses("Изменить")
    await owner.presses("Отметки")
    await owner.presses("Учредитель")
    again = await answers(owner, "щщщщщ ъъъъ")
    assert "страницы с таким названием нет" in again.text
    cleared = await answers(owner, "очистить", again)
    assert "Пока ничего не изменено" in cleared.text
