"""What the asker's own place makes of a query that names none, or one that many places bear."""

import pytest

from directory.model import Level, Page, Territory
from directory.search.answer import SearchVerdict
from directory.search.index import Index
from directory.territories import Territories

FOUND, CHOOSE, GUESS, NONE = SearchVerdict
HERE, TOWN, THERE, FAR_TOWN, CAPITAL, UPPER, LOWER, EAGLE = range(1, 9)
PLACES = Territories(
    [
        Territory(HERE, "Выдумская область", None, "область", centre="Выдумск"),
        Territory(TOWN, "Город Кракозябск", HERE, "город"),
        Territory(CAPITAL, "Город Выдумск", HERE, "город"),
        Territory(THERE, "Дальняя область", None, "область"),
        Territory(FAR_TOWN, "Город Заозерный", THERE, "город"),
        Territory(UPPER, "Город Верхний Тагул", THERE, "городской округ"),
        Territory(LOWER, "Город Нижний Тагул", THERE, "городской округ"),
        Territory(EAGLE, "Город Кречет", THERE, "город"),
        Territory(9, "Город Песец", THERE, "город"),
    ]
)
PAGES = [
    Page("culture", "Управление культуры Выдумской области", territory=HERE, level=Level.REGIONAL),
    Page("ministry", "Минкультуры России", level=Level.FEDERAL),
    Page("far-ministry", "Министерство культуры Дальней области", territory=THERE,
         level=Level.REGIONAL),
    Page("university", "Каргинский государственный университет", territory=THERE,
         level=Level.FEDERAL, aliases=("КГУ",)),
    Page("museum", "Музей города Кракозябска", territory=TOWN, level=Level.MUNICIPAL),
    Page("library", "Кракозябская библиотека", territory=TOWN, level=Level.MUNICIPAL),
    Page("court", "Рыбный районный суд", territory=FAR_TOWN, level=Level.FEDERAL),
    Page("portal", "Госуслуги", level=Level.FEDERAL),
    Page("far-portal", "Официальный портал Дальней области", territory=THERE, level=Level.REGIONAL,
         aliases=("Администрация Дальней области", "Администрация Песецкой области")),
    Page("near-portal", "Официальный портал Выдумской области", territory=HERE,
         level=Level.REGIONAL, aliases=("Администрация Выдумской области",)),
    Page("fox-court", "Городской суд г. Песец", territory=9, level=Level.FEDERAL),
    Page("registry", "Управление ЗАГС Дальней области", territory=THERE, level=Level.REGIONAL),
]  # fmt: skip
INDEX = Index.build(PAGES, PLACES)


@pytest.mark.parametrize(
    ("query", "verdict", "page"),
    [
        ("министерство культуры", CHOOSE, "culture"),  # the region calls its own otherwise
        ("министерство культуры Дальней области", FOUND, "far-ministry"),
        ("кгу", GUESS, "university"),  # an acronym that may be another's here
        ("кгу дальняя область", FOUND, "university"),
        ("выдумский музей", GUESS, "museum"),  # of the capital, or of the region
        ("кракозябский музей", FOUND, "museum"),
        ("сельская библиотека", GUESS, "library"),
        ("библиотека", FOUND, "library"),
        ("суд заозерный", GUESS, "court"),  # a quarter of any town may be called so
        ("суд заозерный дальняя область", FOUND, "court"),
        ("мфц", GUESS, "portal"),
        ("госуслуги", FOUND, "portal"),
        ("свадьба", GUESS, "portal"),  # not the registry of another region
    ],
)
def test_what_is_surely_meant_from_here(query: str, verdict: SearchVerdict, page: str) -> None:
    answer = INDEX.search(query, territory=HERE)
    assert (answer.verdict, answer.hits[0].id) == (verdict, page)


def test_whoever_is_there_is_surely_understood() -> None:
    for query, page in [("кгу", "university"), ("суд заозерный", "court"), ("загс", "registry")]:
        answer = INDEX.search(query, territory=THERE)
        assert (answer.verdict, answer.hits[0].id) == (FOUND, page), query


@pytest.mark.parametrize(
    ("query", "cities"),
    [
        ("администрация тагула", {UPPER, LOWER}),
        ("мэр Тагула", {UPPER, LOWER}),
        ("глава верхнего тагула", {UPPER}),
        ("администрация кречета", {EAGLE}),
    ],
)
def test_whoever_asks_for_a_citys_authority_is_asked_which_city(
    query: str, cities: set[int]
) -> None:
    answer = INDEX.search(query, territory=HERE)
    assert answer.verdict in (GUESS, NONE)
    named = {answer.lacking.territory} if answer.lacking else set()
    assert {*answer.cities, *named} == cities


def test_a_fleeting_vowel_hides_no_city() -> None:
    answer = INDEX.search("администрация песца", territory=HERE)
    assert answer.verdict is GUESS
    assert answer.lacking is not None
    assert answer.lacking.territory == 9


def test_a_city_with_a_page_is_found() -> None:
    hall = Page("hall", "Администрация города Нижний Тагул", territory=LOWER,
                level=Level.MUNICIPAL)  # fmt: skip
    index = Index.build([*PAGES, hall], PLACES)
    answer = index.search("администрация нижнего тагула", territory=HERE)
    assert (answer.verdict, answer.hits[0].id) == (FOUND, "hall")
    answer = index.search("администрация тагула", territory=HERE)
    assert answer.verdict is not FOUND
    assert set(answer.cities) == {UPPER, LOWER}


def test_a_need_is_no_misprint_of_a_pages_word() -> None:
    sections = [
        Page(f"section-{n}", f"Судебный участок № {n}", territory=TOWN, level=Level.REGIONAL)
        for n in range(1, 4)
    ]
    police = Page("police", "МВД России", level=Level.FEDERAL)
    index = Index.build([*PAGES, *sections, police], PLACES)
    answer = index.search("участковый кракозябск", territory=HERE)
    assert (answer.verdict, answer.hits[0].id) == (GUESS, "police")


def test_a_short_name_that_is_whole_begins_no_other() -> None:
    court = Page("guy-court", "Гайский суд", territory=FAR_TOWN, level=Level.FEDERAL)
    index = Index.build([*PAGES, court], PLACES)
    assert index.search("гаи", territory=HERE).verdict is NONE


def test_a_number_elsewhere_is_nothing_to_who_names_a_place() -> None:
    pages = [
        Page("hall", "Администрация города Кракозябска", territory=TOWN, level=Level.MUNICIPAL),
        Page("deputy", "Первый заместитель главы города Кракозябска", territory=TOWN,
             level=Level.MUNICIPAL),
        Page("far-garden", "Детский сад № 1", territory=FAR_TOWN, level=Level.MUNICIPAL),
    ]  # fmt: skip
    index = Index.build([*PAGES, *pages], PLACES)
    answer = index.search("садик 1 кракозябск", territory=HERE)
    assert (answer.verdict, answer.hits[0].id) == (GUESS, "hall")
    assert answer.lacking is not None
    assert answer.lacking.territory == TOWN
    answer = index.search("первый заместитель главы кракозябска", territory=HERE)
    assert (answer.verdict, answer.hits[0].id) == (FOUND, "deputy")


def test_an_ordinary_word_beside_a_need_is_no_name() -> None:
    pages = [
        Page("house", "Дом детского творчества", territory=TOWN, level=Level.MUNICIPAL),
        Page("tax", "ФНС России", level=Level.FEDERAL),
    ]
    answer = Index.build([*PAGES, *pages], PLACES).search("налог на дом", territory=HERE)
    assert (answer.verdict, answer.hits[0].id) == (GUESS, "tax")


def test_the_asker_s_place_is_no_misprint_of_another() -> None:
    pages = [
        Page("school", "Школа города Кракозябска", territory=TOWN, level=Level.MUNICIPAL),
        Page(
            "council",
            "Администрация Кракозявского сельсовета",
            territory=FAR_TOWN,
            level=Level.MUNICIPAL,
        ),
    ]
    index = Index.build([*PAGES, *pages], PLACES)
    answer = index.search("сельсовет кракозябск", territory=HERE)
    assert answer.hits[0].id != "council"
