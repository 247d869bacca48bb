"""Queries as people speak them: with what they say around a name, shorten, glue and need."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.language.common import is_common
from directory.language.lexicon import lexicon
from directory.language.stems import key
from directory.model import Level, Page, Territory
from directory.regions import all_regions
from directory.search.answer import SearchVerdict
from directory.search.index import Index
from directory.territories import Territories
from tests.directory.searched import INDEX, PAGES, TERRITORIES

FOUND = [
    "школа 15 выдумск", "губернатор придуманной области", "детская больница выдумска",
    "администрация выдумска", "садик теремок кракозябово", "кракозябская црб",
]  # fmt: skip
ASKED = {each for phrase in lexicon().asked.phrases for each in phrase}
# «Муниципалитет» says nothing of an institution, but also names an administration.
SILENT = sorted(word for word in lexicon().unsaid if key(word) not in ASKED)
NOUNS = ("цветы", "ипотека", "шашлык", "ноутбук", "картошка", "щенки", "массаж", "такси")
PLACES = ("кракозябово", "выдумск", "ложкино", "в выдумске", "кракозябский округ")


def first(query: str) -> str:
    hits = INDEX.search(query).hits
    return hits[0].id if hits else ""


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FOUND), st.sampled_from(SILENT), st.booleans())
def test_silent_words_never_change_the_first_hit(query: str, word: str, before: bool) -> None:
    assert INDEX.search(query).verdict is SearchVerdict.FOUND
    assert first(f"{word} {query}" if before else f"{query} {word}") == first(query)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(FOUND), st.text("бвгджзклмнпрст", min_size=3, max_size=12), st.booleans())
def test_an_unknown_word_never_makes_none(query: str, word: str, before: bool) -> None:
    answer = INDEX.search(f"{word} {query}" if before else f"{query} {word}")
    assert answer.verdict is not SearchVerdict.NONE
    assert answer.hits[0].id == first(query)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(NOUNS), st.sampled_from(PLACES), st.booleans())
def test_a_common_noun_and_a_place_are_never_found(noun: str, place: str, before: bool) -> None:
    assert is_common(noun)
    answer = INDEX.search(f"{noun} {place}" if before else f"{place} {noun}")
    assert answer.verdict is SearchVerdict.GUESS, "the place was understood"
    assert answer.place is None
    authority = {"в выдумске": "city-hall", "выдумск": "city-hall", "кракозябово": "head"}
    assert answer.hits[0].id == authority.get(place, answer.hits[0].id)


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("новый губернатор", "governor"),
        ("нынешнего губернатора фамилия", "governor"),
        ("алиса где садик теремок кракозябово", "garden"),
        ("расписание детской больницы", "children"),
        ("губернатор в телеграме", "governor"),
        ("тгк губернатора", "governor"),
        ("страничку губернатора в одноклассниках", "governor"),
        ("governor t.me", "governor"),
        ("школа 15 8 класс", "school-15"),
        ("школа 15 корпус 2 выдумск", "school-15"),
        ("школа 15 до 18:00", "school-15"),
        ("школа 15 2026", "school-15"),
        ("дет. больн. выдумск", "children"),
        ("адм-ция выдумска", "city-hall"),
        ("админ выдумска", "city-hall"),
        ("детбольница выдумск", "children"),
        ("детскаябольница выдумск", "children"),
        ("губер натор", "governor"),
        ("больница кракоз ябово", "hospital"),
        ("hospital krakozyabovo", "hospital"),
        ("school 15", "school-15"),
        ("gubernatr", "governor"),
    ],
)
def test_what_is_said_around_and_in_other_ways(query: str, page: str) -> None:
    assert first(query) == page


@pytest.mark.parametrize(
    ("query", "network"),
    [
        ("губернатор в телеграме", "telegram"), ("вк губернатор", "vk"),
        ("губернатор vk.com", "vk"), ("губернатора в ок", "ok"), ("губернатор в максе", "max"),
        ("официальный сайт губернатора", "site"), ("губернатор", ""),
    ],
)  # fmt: skip
def test_the_network_that_is_named_is_told(query: str, network: str) -> None:
    assert INDEX.search(query).network == network
    assert first(query) == "governor"


def test_a_need_is_told_with_the_kinds_that_serve_it() -> None:
    answer = INDEX.search("записаться к педиатру выдумск")
    assert (answer.need, answer.served_by[0]) == ("педиатру", "детская поликлиника")
    assert answer.hits[0].id == "children"
    assert INDEX.search("детская больница выдумск").need == ""


def test_unknown_words_are_named() -> None:
    assert INDEX.search("школа 15 абырвалг").unknown == ("абырвалг",)
    assert INDEX.search("школа 15").unknown == ()


def test_a_place_alone_is_answered_with_its_authority() -> None:
    for query in ("Выдумск", "в Выдумске", "город Выдумск", "dslevcr"):
        answer = INDEX.search(query)
        assert answer.verdict is SearchVerdict.FOUND
        assert answer.place is not None
        assert answer.place.name == "Город Выдумск"
        assert answer.hits[0].id == "city-hall"
    okrug = INDEX.search("Кракозябово")
    assert okrug.place is not None
    assert (okrug.place.name, okrug.hits[0].id) == ("Кракозябский муниципальный округ", "head")
    assert INDEX.search("бурмистровский район").place == okrug.place
    assert INDEX.search("школа Выдумск").place is None
    assert INDEX.search("фото Выдумска").place is None


def test_a_page_is_found_by_its_address_its_phone_and_its_acronym() -> None:
    page = PAGES[0].__class__(
        "college", "Придуманный политехнический колледж", territory=5,
        address="г. Выдумск, ул. Сказочная, д. 7а", phone="+7 (3522) 98-76-54, 8-800-555-00-11",
    )  # fmt: skip
    index = Index.build([*PAGES, page], TERRITORIES)
    for query in ("Сказочная 7а", "ул. Сказочная, д. 7а", "98-76-54", "83522987654", "ппк"):
        assert index.search(query).hits[0].id == "college", query
    assert index.search("88005550011").verdict is SearchVerdict.FOUND
    assert index.search("ппк").verdict is SearchVerdict.GUESS
    assert all(hit.id != "college" for hit in index.search("школа 7").hits)


def test_letters_of_numbers_tell_schools_apart() -> None:
    school = PAGES[0].__class__
    index = Index.build(
        [
            school("5", "Школа № 5", territory=5), school("5a", "Школа № 5а", territory=5),
            school("1", "Детский сад № 1", territory=5),
            school("1a", "Детский сад № 1-А «Радуга»", territory=5),
        ],
        TERRITORIES,
    )  # fmt: skip
    for query, page in [
        ("школа 5", "5"), ("школа 5а", "5a"), ("школа пять а", "5a"), ("школа 5a", "5a"),
        ("садик 1", "1"), ("садик №1-А", "1a"), ("садик 1б", "1"),
    ]:  # fmt: skip
        assert index.search(query).hits[0].id == page, query
    assert index.search("школа 5").verdict is SearchVerdict.FOUND


REGIONS = [Territory(n, region.name) for n, region in enumerate(all_regions(), 1)]
GOVERNMENTS = Index.build(
    [
        Page(f"of-{region.id}", f"Правительство. {region.name}", level=Level.REGIONAL,
             territory=region.id)
        for region in REGIONS
    ],
    Territories(REGIONS),
)  # fmt: skip


@pytest.mark.parametrize(
    ("nickname", "region"),
    [
        ("питера", "Санкт-Петербург"),
        ("спб", "Санкт-Петербург"),
        ("мск", "Москва"),
        ("хмао", "Ханты-Мансийский автономный округ"),
        ("югры", "Ханты-Мансийский автономный округ"),
        ("янао", "Ямало-Ненецкий автономный округ"),
        ("кузбасса", "Кемеровская область"),
        ("зауралья", "Курганская область"),
        ("башкирии", "Республика Башкортостан"),
        ("татарии", "Республика Татарстан"),
        ("чечни", "Чеченская Республика"),
        ("якутии", "Республика Саха"),
        ("тувы", "Республика Тыва"),
        ("осетии", "Республика Северная Осетия"),
        ("удмуртии", "Удмуртская Республика"),
        ("чувашии", "Чувашская Республика"),
        ("кабардино-балкарии", "Кабардино-Балкарская Республика"),
        ("карачаево-черкесии", "Карачаево-Черкесская Республика"),
        ("кубани", "Краснодарский край"),
        ("подмосковья", "Московская область"),
        ("прикамья", "Пермский край"),
        ("приморья", "Приморский край"),
        ("ставрополья", "Ставропольский край"),
        ("забайкалья", "Забайкальский край"),
        ("камчатки", "Камчатский край"),
        ("чукотки", "Чукотский автономный округ"),
        ("оренбуржья", "Оренбургская область"),
        ("тамбовщины", "Тамбовская область"),
        ("колымы", "Магаданская область"),
        ("ленобласти", "Ленинградская область"),
        ("нсо", "Новосибирская область"),
        ("южного урала", "Челябинская область"),
    ],
)
def test_a_region_is_known_by_its_nickname(nickname: str, region: str) -> None:
    answer = GOVERNMENTS.search(f"правительство {nickname}")
    assert answer.verdict is SearchVerdict.FOUND
    assert answer.hits[0].title.startswith(f"Правительство. {region}")


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("бальница кракозябово", "hospital"), ("шкалу 15 выдумск", "school-15"),
        ("дедский сад теремок", "garden"), ("губирнатор", "governor"),
        ("цэрэбэ кракозябово", "hospital"),
    ],
)  # fmt: skip
def test_words_are_written_as_they_are_heard(query: str, page: str) -> None:
    assert first(query) == page


@pytest.mark.parametrize(
    ("heard", "need"),
    [
        ("паспарт", "паспорт"), ("прапизка", "прописка"), ("инволидность", "инвалидность"),
        ("справка о смерти", "справка смерти"), ("первый класс", "1 класс"),
        ("запись в 1 класс", "запись 1 класс"), ("пойти на сво", "пойти сво"),
    ],
)  # fmt: skip
def test_needs_are_written_as_they_are_heard(heard: str, need: str) -> None:
    clerks = [
        Page(str(n), name)
        for n, name in enumerate(("МВД России", "Соцзащита", "ЗАГС", "Школа", "Военкомат", "СФР"))
    ]
    answer = Index.build(clerks, Territories()).search(heard)
    assert (answer.verdict, answer.need) == (SearchVerdict.GUESS, need)


def test_a_number_beside_a_class_belongs_to_the_institution() -> None:
    assert INDEX.search("школа 15 1 класс выдумск").hits[0].id == "school-15"
    assert not INDEX.search("школа 15 8 класс выдумск").need


def test_a_shortened_word_that_is_part_of_a_region_is_left_as_it_is() -> None:
    republic = Territory(1, "Республика Марий Эл", None, "республика")
    pages = [
        Page("diary", "Электронная школа"),
        Page("court", "Верховный суд Республики Марий Эл", territory=1),
    ]
    index = Index.build(pages, Territories([republic]))
    assert index.search("эл школа").hits[0].id == "diary"
    assert index.search("марий эл суд").hits[0].id == "court"
