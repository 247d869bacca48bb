"""The administrator's month: what a regional centre does, and the questions it answers for.

Played on the seed's Kurgan Oblast by an owner and three editors who know no code and no command
line: files, cards and buttons.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import openpyxl
import pytest

from directory.directory import Directory
from directory.model import Page, Status
from directory.rights import Scope
from directory.store import records, staff
from tests.bot.conftest import OWNER, People
from tests.bot.person import Reply, Talker, Telegram

pytestmark = pytest.mark.both

HEAD = "45-glava-ketovskiy"
ANNA, BORIS, VERA = 31, 32, 33
HEADER = "Название;Сфера;Территория;ВКонтакте;Телефон"
LIST = (
    "Сказочная школа № 1;Образование;Город Шадринск;vk.com/skazka_one;1-11",
    "Сказочная школа № 2;Образование;Город Шадринск;vk.com/skazka_two;2-22",
    "Дом культуры «Небыль»;Культура;Кетовский муниципальный округ;vk.com/nebyl_dk;3-33",
)


def csv(*rows: str, header: str = HEADER) -> bytes:
    """A list as Excel saves it."""
    return "\r\n".join([header, *rows, ""]).encode("cp1251")


async def apply(person: Talker, name: str, *rows: str, header: str = HEADER) -> Reply:
    """Send a file and apply it; return the last message."""
    await person.sends_file(csv(*rows, header=header), name)
    return await person.presses("Применить")


async def answers(person: Talker, text: str) -> Reply:
    """Reply to the question that the bot asked last."""
    return await person.says(text, reply_to_message=person.reply.message)


async def titled(directory: Directory, title: str) -> Page:
    """The page with this title, whatever became of it."""
    async with directory.db.read() as connection:
        (found,) = [p for p in await records.read_pages(connection) if p.title == title]
    return found


async def entrust(directory: Directory, person: int, name: str) -> None:
    """Make somebody an editor of a territory."""
    (place,) = [t for t in directory.territories.named(name) if not t.is_settlement]
    async with directory.db.write() as connection:
        await staff.appoint(connection, person, Scope(territory=place.id), by=OWNER)
    await directory.refresh()


@dataclass
class Office:
    """The owner and three editors, with the list of the first week loaded."""

    owner: Talker
    anna: Talker
    boris: Talker
    vera: Talker


@pytest.fixture
async def office(people: People, directory: Directory) -> Office:
    """Anna looks after Shadrinsk, Boris after Ketovo, Vera after the whole."""
    found = Office(people(OWNER), people(ANNA), people(BORIS), people(VERA))
    await apply(found.owner, "ноябрь.csv", *LIST)
    await entrust(directory, ANNA, "Город Шадринск")
    await entrust(directory, BORIS, "Кетовский муниципальный округ")
    async with directory.db.write() as connection:
        await staff.appoint(connection, VERA, Scope(), by=OWNER)
    await directory.refresh()
    return found


async def test_corrections_by_file_and_by_chat(office: Office, directory: Directory) -> None:
    await apply(office.anna, "правки.csv", LIST[0].replace("1-11", "9-99"))
    await office.boris.says("Дом культуры Небыль")
    await office.boris.presses("Изменить")
    await office.boris.presses("Телефон")
    await answers(office.boris, "8 (000) 000-00-00")
    await office.boris.presses("Сохранить")
    assert (await titled(directory, "Сказочная школа № 1")).phone == "9-99"
    assert (await titled(directory, "Дом культуры «Небыль»")).phone == "8 (000) 000-00-00"
    history = (await office.owner.says("/history")).text
    assert f"({ANNA})\nправки.csv\nСказочная школа № 1\nизменено: 1" in history
    assert f"({BORIS})\nДом культуры «Небыль»: Телефон" in history


async def test_an_editor_who_oversteps_is_told_which_row_and_nothing_is_done(
    office: Office, directory: Directory
) -> None:
    preview = await office.anna.sends_file(csv(LIST[2].replace("3-33", "0-00")), "чужое.csv")
    assert "вне ваших прав" in preview.text
    assert "Применить" not in preview.labels
    card = await office.anna.says("Дом культуры Небыль")
    assert "Изменить" not in card.labels
    assert (await titled(directory, "Дом культуры «Небыль»")).phone == "3-33"


async def test_a_head_resigns(office: Office, citizen: Talker, directory: Directory) -> None:
    await office.boris.says(HEAD)
    await office.boris.presses("Изменить")
    await office.boris.presses("ФИО")
    await answers(office.boris, "вакансия")
    await office.boris.presses("Сохранить")
    assert "должность вакантна" in (await citizen.says(f"/start page_{HEAD}")).text
    await office.boris.presses("Изменить ещё")
    await office.boris.presses("ФИО")
    await answers(office.boris, "врио Небывалова Анна Ивановна")
    await office.boris.presses("Сохранить")
    card = await citizen.says(f"/start page_{HEAD}")
    assert "Небывалова Анна Ивановна (исполняет обязанности)" in card.text
    history = await office.boris.presses("История", on=await office.boris.says(HEAD))
    assert "— ФИО: вакансия → врио Небывалова Анна Ивановна" in history.text


async def test_okrugs_are_merged_and_the_old_name_is_understood(
    office: Office, citizen: Talker
) -> None:
    owner = office.owner
    await owner.says("/admin")
    await owner.presses("Территории")
    await answers(owner, "Кетовский муниципальный округ")
    await owner.presses("1. ")
    await owner.presses("Объединить с другой…")
    await answers(owner, "Шадринский муниципальный округ")
    await owner.presses("1. Шадринский")
    await owner.presses("Объединить")
    assert (await citizen.says("Кетовский район")).text.startswith("Шадринский")
    await apply(owner, "декабрь.csv", LIST[2].replace("3-33", "5-55"))
    assert "5-55" in (await citizen.says("Дом культуры Небыль")).text
    assert "территории объединены" in (await owner.says("/history")).text


async def test_a_school_is_closed_and_its_successor_chosen_by_name(
    office: Office, citizen: Talker
) -> None:
    anna = office.anna
    await anna.says("Сказочная школа № 1")
    await anna.presses("Изменить")
    await anna.presses("Отметки")
    await anna.presses("Статус")
    await answers(anna, "закрыта")
    await anna.presses("Изменить ещё поле")
    await anna.presses("Отметки")
    await anna.presses("Преемник")
    preview = await answers(anna, "Сказочная школа № 2")
    assert "стало: Сказочная школа № 2 (" in preview.text
    await anna.presses("Сохранить", on=preview)
    card = await citizen.says("Сказочная школа № 1")
    assert "Закрыта" in card.text
    assert (
        "Сказочная школа № 2"
        in (await citizen.presses("Открыть: Сказочная школа № 2", on=card)).text
    )


async def test_a_page_hijacked_at_night(
    office: Office, citizen: Talker, telegram: Telegram, directory: Directory
) -> None:
    card = await citizen.says("Сказочная школа № 2")
    await citizen.presses("Ошибка на карточке", on=card)
    await citizen.presses("Похоже, её взломали")
    told = {m.chat.id for m in telegram.shown if "взлом" in (m.text or "")} - {citizen.chat.id}
    assert told == {OWNER, ANNA, VERA}, "those who may hide it, and nobody else"
    await office.anna.says("Сказочная школа № 2")
    await office.anna.presses("Скрыть…")
    await office.anna.presses("Скрыть страницу целиком")
    await office.anna.presses("Похоже, страницу взломали")
    assert "Не открывайте её ссылки" in (await citizen.says("Сказочная школа № 2")).text
    await office.owner.says("/admin")
    hidden = await office.owner.presses("Что скрыто")
    assert f"Имя ({ANNA})" in hidden.text
    await office.owner.presses("Вернуть 1", on=hidden)
    assert (await titled(directory, "Сказочная школа № 2")).status is Status.ACTIVE


async def test_a_wrong_import_is_undone_after_other_edits(
    office: Office, directory: Directory
) -> None:
    wrong = [row.rpartition(";")[0] + ";0-00" for row in LIST]
    await apply(office.vera, "не тот файл.csv", *wrong, "Ненужная;Культура;;vk.com/nenuzhno;")
    await office.anna.says("Сказочная школа № 2")
    await office.anna.presses("Изменить")
    await office.anna.presses("Телефон")
    await answers(office.anna, "7-77")
    await office.anna.presses("Сохранить")
    listed = await office.owner.says("/history")
    (label,) = [each for each in listed.labels if ": загрузка файла" in each][:1]
    card = await office.owner.presses(label, on=listed)
    assert "не тот файл.csv" in card.text
    undone = await office.owner.presses("Откатить", on=card)
    assert "Откачено 3 из 4" in undone.text
    assert "у «Сказочная школа № 2» поле «Телефон» с тех пор изменено" in undone.text
    phones = [(await titled(directory, row.split(";")[0])).phone for row in LIST]
    assert phones == ["1-11", "7-77", "3-33"]
    gone = await office.owner.presses("Убрана: Ненужная", on=await office.owner.says("Ненужная"))
    assert f"Кто убрал: {OWNER}" in gone.text or f"({OWNER})" in gone.text


async def test_the_handover(office: Office, directory: Directory, people: People) -> None:
    """Another owner begins; whoever leaves is dismissed, and what they did stays to be seen."""
    await apply(office.anna, "последний.csv", LIST[0].replace("1-11", "4-44"))
    owner = office.owner
    await owner.says("/admin")
    await owner.presses("Владельцы и редакторы")
    await owner.presses(f"{ANNA}")
    await owner.presses("Снять")
    async with directory.db.read() as connection:
        assert await staff.get(connection, ANNA) is None
    assert "Изменить" not in (await office.anna.says("Сказочная школа № 1")).labels
    history = await office.vera.presses("История", on=await office.vera.says("Сказочная школа № 1"))
    assert str(ANNA) in history.text
    assert "последний.csv" in history.text


class Counted:
    """Somebody who counts presses."""

    def __init__(self, person: Talker) -> None:
        self.person = person
        self.presses = 0

    async def press(self, label: str, on: Reply | None = None) -> Reply:
        """Press a button."""
        self.presses += 1
        return await self.person.presses(label, on)


async def test_each_question_is_answered_in_three_presses_at_most(
    office: Office,
) -> None:
    await apply(office.anna, "пятница.csv", LIST[0].replace("skazka_one", "skazka_new"))
    await office.boris.says("Дом культуры Небыль")
    await office.boris.presses("Скрыть…")
    await office.boris.presses("Убрать из справочника…")
    await office.boris.presses("Внесена по ошибке")
    await office.anna.says("Сказочная школа № 2")
    await office.anna.presses("Скрыть…")
    await office.anna.presses("Скрыть страницу целиком")
    await office.anna.presses("Страница не открывается")
    await apply(office.owner, "двойник.csv", "МБОУ Сказочная школа № 1;;Город Шадринск;;")
    owner = office.owner

    who = Counted(owner)  # who removed this page?
    card = await who.press("Убрана: Дом культуры", on=await owner.says("Дом культуры Небыль"))
    assert f"Кто убрал: {BORIS}" in card.text
    assert "внесена по ошибке" in card.text
    assert who.presses <= 3

    who = Counted(owner)  # who changed its link, and what was it before?
    history = await who.press("История", on=await owner.says("Сказочная школа № 1"))
    assert f"Имя ({ANNA})" in history.text
    assert "https://vk.com/skazka_one → https://vk.com/skazka_new" in history.text
    assert who.presses <= 3

    who = Counted(owner)  # what did Friday's file do?
    listed = await owner.says("/history")
    (label,) = [
        line.partition(",")[0] for line in listed.text.split("\n\n") if "пятница.csv" in line
    ]
    change = await who.press(label, on=listed)
    assert "пятница.csv" in change.text
    assert "Сказочная школа № 1\n— ВКонтакте: https://vk.com/skazka_one →" in change.text
    await who.press("Получить файлом", on=change)
    pages = openpyxl.load_workbook(io.BytesIO(owner.file)).worksheets[0]
    _header, row = pages.iter_rows(values_only=True)
    assert row[1:] == (
        *("Сказочная школа № 1", "изменено", "ВКонтакте"),
        *("https://vk.com/skazka_one", "https://vk.com/skazka_new"),
    )
    assert who.presses <= 3

    who = Counted(owner)  # what is hidden now?
    hidden = await who.press("Что скрыто", on=await owner.says("/admin"))
    assert "Сказочная школа № 2" in hidden.text
    assert f"Имя ({ANNA})" in hidden.text
    assert "страница не открывается" in hidden.text
    assert who.presses <= 3

    who = Counted(owner)  # which pages stand twice?
    twice = await who.press("Двойники", on=await owner.says("/admin"))
    assert "Сказочная школа № 1\n" in twice.text
    assert who.presses <= 3

    who = Counted(owner)  # who may edit Shadrinsk?
    people_list = await who.press("Владельцы и редакторы", on=await owner.says("/admin"))
    await who.press("Кто может менять…", on=people_list)
    told = await answers(owner, "Шадринск")
    assert str(ANNA) in told.text
    assert str(VERA) in told.text
    assert str(BORIS) not in told.text
    assert who.presses <= 3


async def test_a_file_that_says_a_post_is_vacant_takes_the_holder_off_the_card(
    office: Office, citizen: Talker, directory: Directory
) -> None:
    head = "Код;Название;ФИО"
    title = (await titled(directory, "Глава Кетовского муниципального округа")).title
    await apply(office.boris, "глава.csv", f"{HEAD};{title};Небывалов Пётр", header=head)
    await apply(office.boris, "ушёл.csv", f"{HEAD};{title};вакансия", header=head)
    card = await citizen.says(f"/start page_{HEAD}")
    assert "должность вакантна" in card.text
    assert "Небывалов" not in card.text


async def test_help_tells_the_office_to_those_who_keep_it(office: Office, citizen: Talker) -> None:
    told = await office.owner.says("/help")
    for command in ("/admin", "/import", "/history", "/audit", "/backup"):
        assert command in told.text
    assert "Изменить все…" in told.text
    assert "Вам можно менять: всё" in (await office.owner.presses("Управление")).text
    editors = (await office.anna.says("/help")).text
    assert "/history" in editors
    assert "/backup" not in editors
    everybody = await citizen.says("/help")
    assert "/admin" not in everybody.text
    assert "Управление справочником" not in everybody.labels
