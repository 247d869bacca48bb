"""Somebody writes that there is danger: the right numbers at once, and then the pages."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.appeals import danger
from bot.appeals.danger import danger_in
from directory.changes import page_change
from directory.directory import Directory
from directory.model import Action, Origin, Page
from directory.store import revisions
from tests.bot.conftest import People
from tests.bot.person import Talker, article, titles
from tests.bot.test_complaints import NAMES

DATA = tomllib.loads(Path(danger.__file__).with_suffix(".toml").read_text("utf-8"))
ALARM = "Если кто-то в опасности, звоните сейчас:"

SAID = [
    ("пожар", "112 101"),
    ("У нас пожар в школе!", "112 101"),
    ("горит соседний дом", "112 101"),
    ("gj;fh", "112 101"),
    ("утечка газа", "112 104"),
    ("в подъезде сильно пахнет газом", "112 104"),
    ("112", "112 101 102 103 104"),
    ("телефон 103", "112 103"),
    ("02", "112 102"),
    ("мошенники звонят", "102"),
    ("мне звонят из службы безопасности банка", "102"),
    ("человек тонет", "112 101"),
    ("рыбак провалился под лёд", "112 101"),
    ("ребёнок отравился", "112 103"),
    ("вызовите скорую", "112 103"),
    ("бабушка без сознания", "112 103"),
    ("муж меня избивает", "112 102"),
    ("пропал ребёнок", "112 102"),
    ("хочу умереть", "112 8-800-2000-122"),
    ("я больше не хочу так жить", "112 8-800-2000-122"),
    ("помогите!!! тонет мальчик", "112 101"),
    ("у соседей дым", "112 101"),
    ("поле горит за деревней", "112 101"),
    ("ребёнок проглотил батарейку", "112 103"),
    ("подруга хочет умереть", "112 8-800-2000-122"),
    ("кинули на авито", "102"),
    ("над домом беспилотник", "112 101"),
    ("мы замерзаем, в квартире не топят", "112 101"),
    ("the house is on fire", "112 101"),
    ("I want to die", "112 8-800-2000-122"),
    ("please, help me", "112 101 102 103 104"),
    ("помогите пожалуйста", "112 101 102 103 104"),
    ("someone is dying here", "112 103"),
    ("my father beats me", "112 102"),
    ("he is hitting my son", "112 102"),
    ("our grandmother is missing", "112 102"),
    ("the kids are lost in the woods", "112 102"),
    ("the guy has a gun", "112 102"),
    ("they are breaking into our flat", "112 102"),
    ("she was raped", "112 102"),
    ("stuck in the elevator", "112 101"),
    ("скорую быстрее вызовите", "112 103"),
    ("в лифте застряли дети", "112 101"),
    ("лифт с людьми застрял", "112 101"),
    ("внучка из школы домой не пришла", "112 102"),
    ("подросток ушёл из дома и не вернулся", "112 102"),
    ("не вернулся с охоты отец", "112 102"),
    ("потерялась бабуля", "112 102"),
    ("брат на связь не выходит", "112 102"),
    ("провалился рыбак, лед тонкий", "112 101"),
    ("ударил ученика физрук", "112 102"),
    ("наркотой торгуют во дворе, продают наркотики", "112 102"),
    ("полицию срочно", "112 102"),
    ("скорую вызавите", "112 103"),
    ("плохо соседке, плохо мужчине", "112 103"),
    ("дочке плохо", "112 103"),
    ("нас преследуют на трассе", "112 102"),
    ("the guest has an axe", "112 102"),
    ("a cyclist was hit by a bus", "112 103"),
    ("вызвите полицыю", "112 102"),
    ("рибенок патерялся", "112 102"),
    ("утанул рыбак", "112 101"),
]


@pytest.mark.parametrize(("text", "numbers"), SAID)
async def test_danger_is_told_the_numbers_first(citizen: Talker, text: str, numbers: str) -> None:
    answer = await citizen.says(text)
    assert answer.text.startswith(ALARM)
    told = answer.text.split("\n\n")[0]
    assert re.findall(r"^([\d-]+) — ", told, re.M) == numbers.split()
    assert "ничего не передаю" not in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "школа 112",
        "музей пожарного дела",
        "пожарная безопасность",
        "газпром",
        "повар",
        "поликлиника 3",
        "газ онлайн",
        "водоканал",
        "лифт монтаж организация",
        "ремонт лифтов",
        "наркологический диспансер",
        "муж потерял паспорт",
        "пропала собака",
        "ребёнок потерял полис",
        "дочь идёт в школу",
        "ледовая арена",
        "каток лёд расписание",
        "кружок для мальчика бокс",
        "не пришла пенсия бабушке",
        "алкоголь и табак торговля",
        "lost documents",
        "my passport is lost",
        "chess for my child",
        "hit parade",
        "childrens library",
        "doctor near me",
        "i need a doctor",
        "museum of weapons",
        "посёлок Стрельна",
        "шкала оценок",
        "отправили документы",
        "повар вакансии",
        "убранство храма",
        "памятники города",
    ],
)
def test_a_search_is_a_search(text: str) -> None:
    assert danger_in(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("пожарная часть 5", "101"),
        ("пожарная охрана Шадринск", "101"),
        ("газовая служба", "104"),
        ("скорая помощь Шадринск", "103"),
        ("станция скорой медицинской помощи", "103"),
        ("отдел по борьбе с мошенничеством", "102"),
        ("номер полиции", "102"),
        ("police", "102"),
        ("police station", "102"),
        ("мчс", "101"),
        ("еддс шадринск", "101"),
        ("телефон доверия", "8-800-2000-122"),
    ],
)
async def test_a_search_for_who_helps_has_no_alarm_in_the_way(
    citizen: Talker, text: str, number: str
) -> None:
    answer = await citizen.says(text)
    assert ALARM not in answer.text
    *found, line = answer.text.split("\n\n")
    assert found
    assert line.startswith("Если это происходит сейчас: ")
    assert number in line


@pytest.mark.parametrize(
    "text",
    ["скорую срочно", "тонет человек", "дрон упал", "сосед с ножом", "my house is on fire"],
)
async def test_no_other_page_stands_below_the_numbers(citizen: Talker, text: str) -> None:
    answer = await citizen.says(text)
    assert answer.text.startswith(ALARM)
    assert answer.text.endswith("вызвать помощь за вас не могу.")
    assert not answer.labels


async def test_the_page_of_who_helps_in_the_own_region_does(
    citizen: Talker, directory: Directory
) -> None:
    other = Page("far", "Далёкое ГУ МЧС России")
    async with directory.db.write() as connection:
        made = [page_change(None, other)]
        await revisions.apply(connection, made, Origin(Action.EDIT))
    await directory.refresh()
    assert "far" in [hit.id for hit in directory.search("пожар").hits]
    for text in ("пожар", "горит дом", "утонул"):
        answer = await citizen.says(text)
        assert "ГУ МЧС России по Курганской области" in answer.text
        assert "Далёкое" not in answer.text


async def test_who_helps_is_of_the_place_that_is_named(citizen: Talker) -> None:
    for text in ("горит дом в Кетово", "пожар в Шадринске"):
        assert "ГУ МЧС России по Курганской области" in (await citizen.says(text)).text
    far = await citizen.says("пожар в Туле")
    assert far.text.startswith(ALARM)
    assert "Курганской" not in far.text


@pytest.mark.slow
def test_no_name_of_a_page_is_an_alarm() -> None:
    assert [name for name in NAMES if (call := danger_in(name)) and call.now] == []


async def test_the_pages_come_after_the_numbers_or_before_a_line_of_them(
    citizen: Talker, directory: Directory
) -> None:
    pages = [
        Page("fire-5", "Пожарная часть № 5"),
        Page("fraud", "Отдел по борьбе с мошенничеством"),
    ]
    async with directory.db.write() as connection:
        made = [page_change(None, page) for page in pages]
        await revisions.apply(connection, made, Origin(Action.EDIT))
    await directory.refresh()

    found = await citizen.says("пожарная часть 5")
    assert found.text.startswith("Пожарная часть № 5")
    assert found.text.endswith("101 — пожарные и спасатели.")
    calm = await citizen.says("отдел по борьбе с мошенничеством")
    card, line = calm.text.split("Если это происходит сейчас: ")
    assert "Отдел по борьбе с мошенничеством" in card
    assert line.startswith("102")
    alarm = await citizen.says("мошенники звонят, отдел")
    assert alarm.text.startswith(ALARM)
    assert "банк" in alarm.text


async def test_groups_and_inline_are_told_as_well(people: People, citizen: Talker) -> None:
    group = people(1000, group=-5)
    assert (await group.says("/find тонет человек")).text.startswith(ALARM)
    answer = await citizen.types("утечка газа")
    assert titles(answer)[0] == "В опасности звоните: 112, 104"
    _, sent = article(answer, titles(answer)[0])
    assert sent.text.startswith(ALARM)
    assert "Откройте окна" in sent.text
    assert ALARM not in str((await citizen.types("газовая служба")).results)
    later = await citizen.types("утечка газа", offset="20")
    assert "В опасности звоните: 112, 104" not in titles(later)


async def test_english_is_whole(people: People) -> None:
    person = people(1001, language="en")
    told = (await person.says("gas leak")).text
    assert told.startswith("If somebody is in danger, call now:")
    assert "104 — gas emergency service" in told
    assert not re.search("[а-я]", told.split("\n\n")[0])


def test_every_number_has_a_source_and_is_called_for_something() -> None:
    called = {digits for each in DATA["dangers"] for digits in each["call"]}
    assert called == set(DATA["numbers"])
    for number in DATA["numbers"].values():
        assert number["source"]
        assert number["name"]


@pytest.mark.parametrize("told", DATA["dangers"], ids=lambda told: told["name"])
def test_every_phrase_of_a_danger_is_heard(told: dict[str, Any]) -> None:
    said = [
        phrase for kind in ("alone", "signs", "topics", "near") for phrase in told.get(kind, [])
    ]
    said += [
        f"{one} {other}"
        for pairs in told.get("together", [])
        for one in pairs["ones"]
        for other in pairs["others"]
    ]
    for phrase in said:
        text = " ".join(word.replace("*", "").split("|")[0] for word in phrase.split())
        assert danger_in(text), text
