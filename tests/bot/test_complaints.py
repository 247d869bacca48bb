"""A complaint, and a search put politely: which is which, and what each is answered."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.appeals import complaints
from bot.appeals.complaints import LETTER, request
from bot.appeals.phrases import Pairs, Phrases, words_of
from directory.seed import SEED
from tests.bot.conftest import People
from tests.bot.person import Talker

DOOR = "https://pos.gosuslugi.ru/"
DATA = tomllib.loads(Path(complaints.__file__).with_suffix(".toml").read_text("utf-8"))


def _names() -> list[str]:
    """The names of all pages of the seed."""
    found: set[str] = set()
    for path in sorted(SEED.rglob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                found.update(row.get(name) or "" for name in ("title", "full_name", "name"))
    return sorted(found - {""})


NAMES = _names()
POLITE = [each for each in DATA["polite"] if "*" not in each and "|" not in each]


@pytest.mark.parametrize(
    "text",
    [
        "вода ржавая",
        "из крана идёт ржавая вода",
        "хамят в поликлинике",
        "в регистратуре хамит женщина",
        "не вывозят мусор",
        "Мусор третью неделю не вывозят!!!",
        "яма на дороге",
        "на нашей улице разбитый асфальт и ямы",
        "третий день сидим без света",
        "когда наконец отремонтируют мост",
        "ПОЧЕМУ НЕ РАБОТАЕТ ЛИФТ",
        "Здравствуйте. Прошу убрать сугробы у подъезда",
        "уважаемый губернатор! примите меры, пожалуйста",
        "тротуары не посыпают песком",
        "маршрутка 5 не ходит по вечерам",
        "пособие второй месяц не выплачивают",
        "воспитательница орёт на детей",
        "дайте тепло в дома",
        "соседи топят, никто не реагирует",
        "фонари не горят",
        "хочу пожаловаться на управляющую",
        "бегают бродячие собаки, покусали ребёнка",
        "детская площадка сломана",
        "спилите сухое дерево",
        "верните автобус до вокзала",
        "пенсию задержали",
        "в поликлинике очередь на три месяца",
        "нет педиатра второй год",
        "the elevator does not work",
        "воды нет",
        "света нету вторые сутки",
        "тепла в комнате нет",
        "электричество вырубили на всей улице",
        "водоснабжение отключено",
        "домофон отключён",
        "в палате дети мёрзнут, холодно",
        "темно в подъезде",
        "за стеной орут, музыка до утра",
        "соседка сверху стучит",
        "хочю пажаловаться на дворника",
        "пажалуйста, хачу пожаловатся на водителя",
        "water is cut off",
        "свет в доме мигает",
        "двор не почищен от снега",
        "шумные соседи за стенкой",
        "we are without heating",
        "the neighbours are so loud",
    ],
)
async def test_a_complaint_is_shown_the_door_first(citizen: Talker, text: str) -> None:
    answer = await citizen.says(text)
    assert "ничего не передаю" in answer.text.split("\n\n")[0]
    assert answer.urls[0] == DOOR


@pytest.mark.parametrize(
    ("polite", "plain"),
    [
        ("помогите найти губернатора курганской области", "губернатор курганской области"),
        ("прошу подсказать, где цур", "цур"),
        ("Уважаемые, подскажите пожалуйста: губернатор", "губернатор"),
        ("Здравствуйте! Прошу сообщить, цур. Заранее спасибо", "цур"),
        ("когда приём у губернатора", "губернатор"),
        ("куда обратиться цур", "цур"),
        ("hello, could you help me find цур, thank you", "цур"),
    ],
)
async def test_politeness_is_no_complaint(citizen: Talker, polite: str, plain: str) -> None:
    expected = await citizen.says(plain)
    answer = await citizen.says(polite)
    title = expected.text.split("\n")[0]
    assert title in answer.text
    assert "ничего не передаю" not in answer.text
    assert set(expected.labels) <= set(answer.labels)


async def test_what_may_be_a_complaint_is_answered_first_and_shown_the_door_after(
    citizen: Talker,
) -> None:
    plain = await citizen.says("губернатор")
    answer = await citizen.says("губернатор, почему")
    assert answer.text.startswith(plain.text.split("\n")[0])
    assert answer.text.endswith("жалобы принимает «Решаем вместе».")
    assert answer.urls == [*plain.urls, DOOR]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("алименты не платит бывший муж", "судебные приставы"),
        ("отец ребёнка уклоняется от алиментов", "судебные приставы"),
        ("бывший задолжал алименты за год", "судебные приставы"),
        ("начальник не платит зарплату", "инспекция труда"),
        ("зарплату за март не отдали", "инспекция труда"),
        ("работодатель не выплатил расчёт", "инспекция труда"),
        ("my boss does not pay my salary", "инспекция труда"),
    ],
)
async def test_a_matter_between_people_is_not_sent_to_the_door(
    citizen: Talker, text: str, told: str
) -> None:
    answer = await citizen.says(text)
    assert told in answer.text.split("\n\n")[0]
    assert DOOR not in answer.urls
    assert not any(label.startswith("1. Администрация") for label in answer.labels)


@pytest.mark.parametrize(
    "text",
    [
        "школа для детей, которые не слышат",
        "не знаю номер поликлиники",
        "не нашла школу",
        "когда откроется бассейн",
        "горячая вода график отключений",
        "помогите записать ребёнка в садик",
        "очередь в детский сад",
        "вывоз мусора",
        "ремонт дорог",
        "аварийная служба водоканала",
        "приют для животных",
        "как написать мэру",
        "кто чистит снег",
        "Хамит Ахметов",
        "водоканал",
        "газ онлайн",
        "пожарная часть",
        "горводоканал абонентский отдел",
        "музыкальная школа",
        "магазин света",
        "дом связи",
        "театр света и тени",
        "тепловые сети",
        "график отключения электроэнергии",
        "алименты",
        "подать на алименты",
        "зарплата учителя",
        "справка о зарплате",
        "бассейн для соседей",
        "water park",
        "power engineering college",
        "heating company",
    ],
)
def test_a_search_that_sounds_like_one_is_no_complaint(text: str) -> None:
    assert not request(text).complaint


@pytest.mark.slow
def test_no_name_of_a_page_is_a_complaint() -> None:
    assert len(NAMES) > 10_000
    assert [name for name in NAMES if request(name).complaint] == []


@pytest.mark.slow
@given(
    st.lists(st.sampled_from(POLITE), max_size=4),
    st.sampled_from(NAMES),
    st.lists(st.sampled_from(POLITE), max_size=3),
    st.sampled_from([" ", ", ", "! ", ".\n"]),
)
@settings(max_examples=400, deadline=None)
def test_polite_words_never_make_a_search_a_complaint(
    before: list[str], name: str, after: list[str], between: str
) -> None:
    bare = request(name)
    asked = request(between.join([*before, name, *after]))
    assert (asked.complaint, asked.letter) == (bare.complaint, bare.letter)
    assert asked.perhaps <= bare.perhaps
    assert words_of(asked.query) == words_of(bare.query)


def test_a_letter_is_measured_without_its_courtesies() -> None:
    polite = "Здравствуйте, уважаемые товарищи, будьте добры, " * 5
    assert not request(f"{polite} подскажите, где школа").letter
    assert request("очень длинное письмо о жизни " * (LETTER // 20)).letter


def test_a_text_of_courtesies_alone_stays_what_it_is() -> None:
    assert request("Спасибо!").query == "Спасибо!"
    assert request("здравствуйте, спасибо").query == "здравствуйте, спасибо"


def test_how_phrases_are_read() -> None:
    phrases = Phrases(["не вывоз*", "муж|сын бьет"])
    for said in ("не вывозят", "не хотят снова вывозить", "муж меня бьет", "сын бьет"):
        assert phrases.said_in(said), said
    for other in ("вывозят не", "не раз два три вывозят", "замуж бьет", "невывозят"):
        assert not phrases.said_in(other), other
    pairs = Pairs(["вод*"], ["ржав*"])
    assert pairs.said_in("ржавая у нас вода")
    assert pairs.said_in("вода снова ржавая")
    assert not pairs.said_in("вода есть но труба очень старая ржавая")
    polite = Phrases(["прошу", "прошу вас"], between=0)
    assert polite.without_ends("прошу вас школа прошу") == "школа"


@pytest.mark.parametrize(
    ("text", "what", "page"),
    [
        ("яма на дороге в Шадринске", "дороги", "Администрация города Шадринска"),
        ("в Кетовском районе не чистят снег", "дороги", "Администрация Кетовского"),
        ("в школе Шадринска хамят ученикам", "школы", "Отдел образования Администрации города"),
        ("не топят в школе Кетово", "школы", "Администрация Кетовского"),
        ("детям не выплачивают пособие", "пособия", "Главное управление социальной защиты"),
        ("Прошу навести порядок в Кургане, примите меры", "власть", "Администрация города Кургана"),
        (
            "жалоба на администрацию Кетовского района",
            "жалоба на власть",
            "Правительство Курганской",
        ),
        ("potholes in Shadrinsk", "дороги", "Администрация города Шадринска"),
        ("двор в Кургане: яма", "дороги", "Администрация города Кургана"),
    ],
)
async def test_after_the_door_comes_the_page_of_who_may_help_there(
    citizen: Talker, text: str, what: str, page: str
) -> None:
    answer = await citizen.says(text)
    assert answer.urls[0] == DOOR
    assert f"Куда ещё обратиться ({what}" in answer.text
    opened = await citizen.presses(f"1. {page}")
    assert page in opened.text


async def test_without_a_place_it_is_asked_for_and_none_is_guessed(citizen: Talker) -> None:
    answer = await citizen.says("не вывозят мусор")
    assert "Напишите название места" in answer.text
    assert not any(label.startswith("1. ") for label in answer.labels)
    place = await citizen.says("Шадринск")
    assert "Администрация города Шадринска" in place.text


async def test_nobody_of_a_place_that_is_only_called_alike_is_shown(citizen: Talker) -> None:
    """The department of the city has its name in common with the okrug around it."""
    answer = await citizen.says("в школе Шадринского района хамят ученикам")
    assert "Отдел образования" not in answer.text


async def test_ones_own_place_counts_where_none_is_named(citizen: Talker) -> None:
    await citizen.says("Кетовский округ")
    await citizen.presses("Это моё место")
    answer = await citizen.says("не вывозят мусор")
    assert "1. Администрация Кетовского муниципального округа" in answer.labels


async def test_where_the_directory_has_nobody_it_says_so_and_shows_the_place(
    citizen: Talker,
) -> None:
    answer = await citizen.says("в Шумихе нет воды")
    assert "в справочнике нет (Шумихинский муниципальный округ)" in answer.text
    place = await citizen.presses("Шумихинский муниципальный округ")
    assert place.text.startswith("Шумихинский муниципальный округ")
    elsewhere = await citizen.says("в Туле яма на дороге")
    assert "Курган" not in elsewhere.text


async def test_in_a_group_the_answer_has_no_shelf(people: People) -> None:
    answer = await people(group=-100).says("/find яма на дороге в Шадринске")
    assert answer.urls == [DOOR]
    assert answer.labels[1:] == ["1. Администрация города Шадринска"]
