"""Nothing found is an answer: what was understood, and where to look on."""

from __future__ import annotations

import pytest

from directory.changes import page_change
from directory.directory import Directory
from directory.model import Action, Link, Origin, Page, PageLink
from directory.search.understood import understood
from directory.store import revisions
from tests.bot.conftest import People
from tests.bot.person import Talker


@pytest.mark.parametrize(
    ("query", "place", "kind", "rest"),
    [
        ("школа 7 шадринск", "Город Шадринск", "школа", ("7",)),
        ("музей лунтика в кургане", "Город Курган", "музей", ("лунтика",)),
        ("где прописка в Кетовском районе", "Кетовский муниципальный округ", "много", ()),
        ("официальная страница роддома", "", "роддом", ()),
        ("дядя вася", "", "", ("дядя", "вася")),
        ("список судов шадринска", "Город Шадринск", "суд", ()),
        ("", "", "", ()),
    ],
)
async def test_what_is_understood_of_a_query(
    directory: Directory, query: str, place: str, kind: str, rest: tuple[str, ...]
) -> None:
    assert directory.home
    found = understood(query, directory.territories, directory.home.id)
    assert (found.place.name if found.place else "") == place
    assert "".join(found.kinds[:1]).startswith(kind)
    assert bool(found.kinds) == bool(kind)
    assert found.rest == rest


async def test_it_says_what_was_understood_and_what_was_not(citizen: Talker) -> None:
    answer = await citizen.says("роддом дельфин")
    assert "ничего не нашлось" in answer.text
    assert "Понял: вид — роддом.\nНе понял: «дельфин»." in answer.text
    assert "Понял" not in (await citizen.says("сантехник дядя вася")).text


async def test_a_guess_leads_to_the_list_of_the_topic_and_to_the_place(citizen: Talker) -> None:
    await citizen.says("школа № 9999 кетово")
    schools = await citizen.presses("Образование: Кетовский муниципальный округ — 2")
    assert "Кетовская СОШ" in schools.text
    await citizen.says("скворечник в кетове")
    place = await citizen.presses("Кетовский муниципальный округ")
    assert "Администрация Кетовского" in place.text
    wider = await citizen.says("школа 7 шадринск")
    assert "Образование: Курганская область — 11" in wider.labels
    lacking = await citizen.says("записаться к врачу шадринск")
    for answer in (wider, lacking):
        assert answer.labels.count("Город Шадринск") == 1


async def test_a_place_that_is_called_alike_is_offered(citizen: Talker) -> None:
    answer = await citizen.says("варгашик")
    assert "ничего не нашлось" in answer.text
    place = await citizen.presses("Варгашинский муниципальный округ", on=answer)
    assert place.text.startswith("Варгашинский муниципальный округ")


@pytest.mark.parametrize("typed", ["сантехник дядя вася", "школа 7 шадринск", "врач"])
async def test_a_suggestion_begins_with_what_was_typed(citizen: Talker, typed: str) -> None:
    await citizen.says(typed)
    asked = await citizen.presses("Предложить страницу")
    assert asked.text.endswith(typed)


async def test_a_network_that_the_page_is_not_on_is_told(citizen: Talker) -> None:
    answer = await citizen.says("шумков в одноклассниках")
    assert "Страницы в Одноклассниках не знаю. Вот где есть:" in answer.text
    assert answer.urls
    first = await citizen.says("шумков в телеграме")
    assert "не знаю" not in first.text
    assert first.labels[0] == "Telegram"


async def test_a_group_hears_one_line(people: People) -> None:
    answer = await people(group=-100).says("/find роддом дельфин")
    assert answer.labels == []


async def test_a_doctor_can_be_booked_where_the_directory_knows_of_it(
    citizen: Talker, directory: Directory
) -> None:
    assert "Открыть: Госуслуги" not in (await citizen.says("записаться к врачу")).labels
    portal = Page(
        "gosuslugi", "Госуслуги", links=(PageLink("site", Link("site", "https", "gosuslugi.ru")),)
    )
    async with directory.db.write() as connection:
        await revisions.apply(connection, [page_change(None, portal)], Origin(Action.EDIT))
    await directory.refresh()
    answer = await citizen.says("записаться к врачу")
    assert "можно и здесь: «Госуслуги»" in answer.text
    opened = await citizen.presses("Открыть: Госуслуги", on=answer)
    assert opened.urls[0] == "https://gosuslugi.ru/"
    assert "Госуслуги" not in (await citizen.says("музей лунтика в кургане")).text
