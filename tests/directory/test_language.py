"""Words as they are typed, and the keys, numbers and kinds they are read as."""

import pytest

from directory.language.adjectives import related
from directory.language.asides import number_asides
from directory.language.cases import nominatives
from directory.language.common import is_common
from directory.language.kinds import Asked, kinds_in
from directory.language.layout import switched
from directory.language.lexicon import lexicon
from directory.language.normalise import normalise, split
from directory.language.stems import key
from directory.language.translit import in_cyrillic
from directory.language.words import Words

WORDS = Words(lexicon())


@pytest.mark.parametrize(
    "forms",
    [
        "шадринск шадринска шадринске шадринском шадринский шадринского",
        "кетово кетове кетова",
        "кетовский кетовского кетовском кетовская",
        "шумков шумкова шумкову шумковым шумковой",
        "орел орла орле орлом",
        "елец ельца ельце",
        "школа школы школу школе школой школ школам школах",
        "музей музея музею музеем музее музеи",
        "роддом роддома роддому роддоме",
        "надым надыма надыме",
        "ольга ольги ольге ольгу ольгой",
        "павел павла павлу",
        "уфа уфы уфе уфу уфой",
        "варгаши варгашей варгашах",
        "озёрное озёрного озёрном".replace("ё", "е"),
        "психолог психологу психологом",
        "дорога дорогу дорогой",
    ],
)
def test_cases_of_a_word_have_one_key(forms: str) -> None:
    assert len({key(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("гбу", "гб"), ("доу", "до"), ("кетово", "кетовский"), ("надым", "надел"), ("5", "15")],
)
def test_different_words_have_different_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_accents_marks_and_alphabets_are_normalised() -> None:
    assert split(normalise("Ёлоч\u00adка\u200b №5")) == ["елочка", "5"]
    assert normalise("ШKОЛA") == "школа"  # Latin K and A
    assert normalise("и\u0306од") == "йод"
    assert normalise("vk МФЦ") == "vk мфц"


@pytest.mark.parametrize(
    "text",
    ["школа 5", "школа №5", "школа5", "пятая школа", "школа номер пять", "5-я школа", "школа N5"],
)
def test_ways_to_say_a_number_are_one(text: str) -> None:
    assert sorted(WORDS.read(text)) == ["5", "школа"]


def test_numbers_of_several_words_are_added() -> None:
    assert WORDS.read("школа двадцать пять") == ["школа", "25"]
    assert WORDS.read("сто двадцать третья школа") == ["123", "школа"]
    assert WORDS.read("центр помощи семье") == ["центр", "помощи", "семье"]


def test_abbreviations_are_spelt_out() -> None:
    assert WORDS.read("д/с 3") == ["детский", "сад", "3"]
    assert WORDS.read("упр. образования") == ["управление", "образования"]
    assert WORDS.read("Кетовский р-н") == ["кетовский", "район"]


def test_the_other_layout_and_transliteration() -> None:
    assert "школа 5" in switched("irjkf 5")
    assert switched("hjlljv ;tktpyjujhcr")[0] == "роддом железногорск"
    assert switched("irjkf в шадринске")[0] == "школа в шадринске"
    for latin, russian in [
        ("shkola", "школа"), ("shchuchye", "щучье"), ("detskiy", "детский"),
        ("bolnitsa", "больница"), ("rayon", "район"), ("biisk", "бийск"), ("novye", "новые"),
        ("jujnyj", "южный"), ("torjok", "торжок"), ("rajon", "район"),
        ("nijnjaja", "нижняя"), ("detskaja", "детская"), ("vojna", "война"),
    ]:  # fmt: skip
        assert key(russian) in {key(reading) for reading in in_cyrillic(latin)}, latin


def kinds(text: str) -> list[tuple[str, ...]]:
    return [named.kinds for named in kinds_in(lexicon(), [key(word) for word in WORDS.read(text)])]


def test_kinds_are_recognised_by_any_of_their_names() -> None:
    for text in ("садик", "детский сад", "МБДОУ", "детском саду", "д/с"):
        assert kinds(text) == [("детский сад",)], text
    assert kinds("Детская школа искусств") == [("школа искусств",)]
    assert kinds("средняя общеобразовательная школа") == [("средняя школа",)]
    assert kinds("Фельдшерско-акушерский пункт") == [("фельдшерско-акушерский пункт",)]
    assert kinds("глава министерства строительства") == [("министр",)]
    assert kinds("купить диван") == []


def test_every_broader_kind_exists_and_no_kind_is_its_own() -> None:
    known = lexicon().kinds
    for kind in known.values():
        assert kind.is_also | kind.is_like <= known.keys()
        assert kind.name not in kind.is_also | kind.is_like


def test_a_common_word_is_known_in_any_case_and_no_name_is() -> None:
    for word in ("цветы", "цветов", "скидками", "щенки", "торта", "погодой"):
        assert is_common(word), word
    for word in ("шадринск", "кетово", "поликлинника", "мухея", "половинкого", "зтлк"):
        assert not is_common(word), word


def test_names_of_places_and_their_adjectives() -> None:
    for place, adjective in [
        ("Ялта", "ялтинский"), ("Шуя", "шуйский"), ("Луга", "лужский"), ("Керчь", "керченский"),
        ("Кетово", "кетовский"), ("Калуга", "калужский"), ("Раскатиха", "раскатихинский"),
    ]:  # fmt: skip
        assert key(adjective) in related(key(place.lower())), place
        assert key(place.lower()) in related(key(adjective)), adjective


def test_numbers_of_other_things_are_told() -> None:
    for text, left in [
        ("школа 4 8 класс", ["4"]), ("садик 55 корпус 2", ["55"]), ("садик 55 для 3 лет", ["55"]),
        ("школа 5 1 а класс", ["5"]), ("театр на 31 декабря", []), ("школа 5 до 18", ["5"]),
    ]:  # fmt: skip
        words = text.split()
        aside = number_asides(lexicon(), words)
        assert [w for n, w in enumerate(words) if w.isdigit() and n not in aside] == left, text


def test_needs_name_kinds_that_exist_and_win_over_shorter_names() -> None:
    asked = Asked(lexicon())
    (named,) = asked([key(word) for word in ["очередь", "детский", "сад"]])
    assert named.need
    assert "детский сад" in named.kinds
    (named,) = asked([key(word) for word in ["детский", "сад"]])
    assert not named.need


def test_the_nominative_behind_a_case() -> None:
    assert "октябрьское" in nominatives("октябрьском")
    assert "октябрьск" not in nominatives("октябрьском")
    assert "новотроицк" not in nominatives("новотроицком")
    assert "шадринск" in nominatives("шадринске")
    assert "самара" in nominatives("самаре")
    assert "кетово" in nominatives("кетове")
