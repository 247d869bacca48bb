"""How sure an answer is, at the edges: each threshold is held by queries on both of its sides."""

import pytest

from directory.model import Level, Page, Territory
from directory.search.answer import SearchVerdict
from directory.search.index import Index
from directory.territories import Territories
from tests.directory.searched import INDEX, PAGES, TERRITORIES

FOUND, CHOOSE, GUESS, NONE = SearchVerdict


@pytest.mark.parametrize(
    ("query", "verdict", "hits"),
    [
        ("школа 15", FOUND, 1),
        ("школа 5", CHOOSE, 3),
        # A page answers from 0.80 on: an okrug's head is nearly a mayor (0.88) …
        ("мэр кракозябово", FOUND, 1),
        # … but half a query is only a guess (0.61, 0.69, 0.52 of what was asked).
        ("теремок выдумск", GUESS, 2),
        ("лицей 5 выдумск", GUESS, 3),
        ("школа 905 выдумск", GUESS, 6),
        ("5 садик округ", GUESS, 2),
        # From 0.50 on pages are shown beside better ones (0.53 beside 0.62) …
        ("клуб выдумск школа", GUESS, 3),
        # … below, only those that have the most of the query.
        ("сдк кракозябово", GUESS, 4),
        ("купить диван", NONE, 0),
        ("диван в районе", NONE, 0),
    ],
)
def test_verdicts_at_the_edges(query: str, verdict: SearchVerdict, hits: int) -> None:
    answer = INDEX.search(query)
    assert answer.verdict is verdict
    assert len(answer.hits) == hits


@pytest.mark.parametrize(
    "query",
    [
        "скидки кракозябово", "кафе выдумск", "ипотека в ложкине", "мясо кракозябово",
        "выдумск цена", "суши ложкино", "ремонт телефонов выдумск", "цветы", "теремки",
    ],
)  # fmt: skip
def test_an_ordinary_word_is_no_misprint_of_a_name(query: str) -> None:
    assert INDEX.search(query).verdict in (GUESS, NONE)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("шкока 15 выдумск", "school-15"),  # a misprint of a short word
        ("педиатр выдумск", "children"),  # what is needed, and no name
    ],
)
def test_what_is_not_surely_meant_is_a_guess(query: str, first: str) -> None:
    answer = INDEX.search(query)
    assert answer.verdict in (GUESS, NONE)
    assert answer.hits[0].id == first


def test_a_region_is_no_city_and_no_country() -> None:
    region = Territory(1, "Выдумская область", None, "область")
    pages = [
        Page("governor", "Губернатор Выдумской области", level=Level.REGIONAL, territory=1),
        Page("portal", "Портал Выдумской области", level=Level.REGIONAL, territory=1,
             aliases=("Администрация Выдумской области",)),
        Page("court", "Верховный суд Выдумской области", level=Level.FEDERAL, territory=1),
        Page("duma", "Выдумская областная дума", level=Level.REGIONAL, territory=1),
    ]  # fmt: skip
    index = Index.build(pages, Territories([region]))
    for query in ("мэр Выдумска", "глава города Выдумска", "мэрия Выдумска", "верховный суд РФ",
                  "администрация города Выдумска", "верховный суд России"):  # fmt: skip
        assert index.search(query).verdict in (GUESS, NONE), query
    for query, page in [
        ("губернатор Выдумска", "governor"), ("администрация Выдумской области", "portal"),
        ("верховный суд", "court"), ("облдума", "duma"),
    ]:  # fmt: skip
        answer = index.search(query)
        assert (answer.verdict, answer.hits[0].id) == (FOUND, page), query


def test_a_kind_alone_is_surely_none_of_another_region() -> None:
    here, there = Territory(1, "Выдумская область"), Territory(2, "Дальняя область")
    pages = [
        Page("far", "Фонд социального страхования", level=Level.FEDERAL, territory=2),
        Page("country", "Министерство здравоохранения", level=Level.FEDERAL),
        Page("own", "Губернатор Выдумской области", level=Level.REGIONAL, territory=1),
        Page("other", "Губернатор Дальней области", level=Level.REGIONAL, territory=2),
    ]
    index = Index.build(pages, Territories([here, there]))
    for query, territory, verdict, page in [
        ("соцфонд", 1, GUESS, "far"),
        ("соцфонд", 2, FOUND, "far"),
        ("соцфонд", None, FOUND, "far"),
        ("соцфонд Дальней области", 1, FOUND, "far"),
        ("минздрав", 1, FOUND, "country"),
        ("губернатор", 1, FOUND, "own"),
        ("губернатор", 2, FOUND, "other"),
    ]:
        answer = index.search(query, territory=territory)
        assert (answer.verdict, answer.hits[0].id) == (verdict, page), (query, territory)


def test_the_authority_of_a_region_is_none_of_a_region_with_a_longer_name() -> None:
    short = Territory(1, "Выдумский автономный округ", None, "автономный округ")
    long = Territory(2, "Верхне-Выдумский автономный округ", None, "автономный округ")
    district = Territory(3, "Выдумский район", 2, "муниципальный район")
    pages = [
        Page("court", "Суд Выдумского автономного округа", level=Level.FEDERAL, territory=1),
        Page("rescue", "ГУ МЧС по Выдумскому автономному округу", level=Level.FEDERAL, territory=1),
        Page("portal", "Официальный портал Выдумского автономного округа",
             level=Level.REGIONAL, territory=1),
        Page("governor", "Губернатор Верхне-Выдумского автономного округа",
             level=Level.REGIONAL, territory=2),
        Page("head", "Глава Выдумского района", level=Level.MUNICIPAL, territory=3),
    ]  # fmt: skip
    index = Index.build(pages, Territories([short, long, district]))
    for query in ("губернатор Выдумского автономного округа", "губернатор выдумского"):
        answer = index.search(query)
        assert (answer.verdict, answer.hits[0].id) == (GUESS, "portal"), query
    for query, page in [
        ("губернатор Верхне-Выдумского автономного округа", "governor"),
        ("правительство Выдумского автономного округа", "portal"),
        ("суд Выдумского автономного округа", "court"),
        ("выдумский район глава", "head"),
    ]:
        answer = index.search(query)
        assert answer.verdict in (FOUND, CHOOSE), query
        assert answer.hits[0].id == page, query


def test_the_name_of_a_town_is_no_name_of_a_kind() -> None:
    region = Territory(1, "Выдумская область")
    town = Territory(2, "Город Гай", 1, "город")
    pages = [
        Page("court", "Городской суд г. Гай", level=Level.FEDERAL, territory=2),
        Page("police", "Отдел полиции «Северный»", level=Level.FEDERAL, territory=1),
        Page("traffic", "Отдел ГИБДД", level=Level.FEDERAL, territory=1),
    ]
    index = Index.build(pages, Territories([region, town]))
    answer = index.search("где получить паспорт")
    assert answer.verdict is GUESS
    assert "court" not in [hit.id for hit in answer.hits]
    assert index.search("гаи выдумской области").hits[0].id == "traffic"
    assert index.search("суд гай").hits[0].id == "court"


def test_where_a_place_has_none_of_a_kind_its_authority_is_the_first_guess() -> None:
    region, okrug = (
        Territory(1, "Выдумская область"),
        Territory(2, "Бористый округ", 1, centre="Бор"),
    )
    pages = [
        Page("court", "Бористый районный суд", level=Level.FEDERAL, territory=2),
        Page("office", "Администрация Бористого округа", level=Level.MUNICIPAL, territory=2),
    ]
    index = Index.build(pages, Territories([region, okrug]))
    for query in ("больница Бористый", "военкомат в Бористом", "глава Бористый"):
        answer = index.search(query)
        assert (answer.verdict, answer.hits[0].id) == (GUESS, "office"), query
    answer = index.search("суд Бористый")
    assert (answer.verdict, answer.hits[0].id) == (FOUND, "court")


def test_a_deputy_is_no_answer_to_who_asks_for_the_head() -> None:
    deputy = Page("deputy", "Первый заместитель главы города Выдумска", territory=5)
    head = Page("head-of-city", "Глава города Выдумска", territory=5)
    without, both = (Index.build([*PAGES, deputy, *more], TERRITORIES) for more in ([], [head]))
    for query in ("глава Выдумска", "head of Vydumsk"):
        assert without.search(query).verdict is SearchVerdict.GUESS
        answer = both.search(query)
        assert (answer.verdict, answer.hits[0].id) == (SearchVerdict.FOUND, "head-of-city")
    answer = both.search("заместитель главы Выдумска")
    assert (answer.verdict, answer.hits[0].id) == (SearchVerdict.FOUND, "deputy")


def test_a_number_that_only_another_kind_has_leads_nobody_there() -> None:
    """«Школа 5» in a directory without a fifth school means no fifth court."""
    places = [
        Territory(1, "Выдумская область", None, "область"),
        Territory(2, "Город Выдумск", 1, "город"),
        Territory(3, "Город Крапивинск", 1, "город"),
    ]
    pages = [
        *(Page(f"court-{n}", f"Судебный участок № {n} города Выдумска", territory=2,
               level=Level.REGIONAL, category="Суды") for n in range(1, 8)),
        Page("school-42", "Школа № 42 города Выдумска", territory=2, level=Level.MUNICIPAL),
        Page("nettle", "Крапивинская СОШ", territory=3, level=Level.MUNICIPAL),
        *(Page(f"office-{letter}", f"Отдел «{letter * 3}» города Крапивинска", territory=3,
               level=Level.MUNICIPAL) for letter in "абвгдежзиклмно"),
        Page("hall", "Администрация города Крапивинска", territory=3, level=Level.MUNICIPAL),
    ]  # fmt: skip
    index = Index.build(pages, Territories(places))
    for query, schools in [
        ("школа 5", {"school-42", "nettle"}),
        ("школа № 5 Выдумск", {"school-42"}),
        ("5 школа крапивинск", {"nettle"}),
    ]:
        answer = index.search(query, territory=1)
        assert answer.verdict is GUESS, query
        assert {hit.id for hit in answer.hits[: len(schools)]} == schools, query
    assert index.search("поликлиника 5 крапивинск").hits[0].id == "hall"
    # The number speaks where both have the place alone.
    assert index.search("театр 5 выдумск").hits[0].id == "court-5"
    assert index.search("участок 5").hits[0].id == "court-5"
    assert index.search("школа 42").hits[0].id == "school-42"


def test_the_portal_of_a_region_is_not_the_authority_of_its_capital() -> None:
    places = [
        Territory(1, "Выдумская область", None, "область", centre="Выдумск"),
        Territory(2, "Город Выдумск", 1, "город"),
        Territory(3, "Республика Небывалия", None, "республика", centre="Нижний Бор"),
        Territory(4, "Город Нижний Бор", 3, "город"),
        Territory(5, "Стольный", None, "город", centre="Стольный"),
    ]
    portals = [
        Page("portal", "Официальный портал Выдумской области", territory=1, level=Level.REGIONAL,
             aliases=("Администрация Выдумской области",)),
        Page("head", "Администрация Главы Республики Небывалия", territory=3,
             level=Level.REGIONAL),
        Page("capital", "Официальный портал Стольного", territory=5, level=Level.REGIONAL,
             aliases=("Администрация Стольного",)),
    ]  # fmt: skip
    index = Index.build(portals, Territories(places))
    for query, city in [
        ("администрация Выдумска", 2),
        ("Выдумск администрация", 2),
        ("администрация города выдумска", 2),
        ("администрация нижнего бора", 4),
        ("глава Нижнего Бора", 4),
    ]:
        answer = index.search(query)
        assert answer.verdict is not FOUND, query
        assert answer.lacking is not None, query
        assert answer.lacking.territory == city, query
    for query, page in [
        ("администрация Выдумской области", "portal"),
        ("администрация выдумской", "portal"),
        ("правительство Выдумска", "portal"),
        ("администрация Стольного", "capital"),
    ]:
        answer = index.search(query)
        assert (answer.verdict, answer.hits[0].id) == (FOUND, page), query
    hall = Page("hall", "Администрация города Нижний Бор", territory=4, level=Level.MUNICIPAL)
    index = Index.build([*portals, hall], Territories(places))
    for query in ("глава Нижнего Бора", "мэр нижнего бора"):
        answer = index.search(query)
        assert (answer.verdict, answer.hits[0].id) == (GUESS, "hall"), query
    answer = index.search("администрация нижнего бора")
    assert (answer.verdict, answer.hits[0].id) == (FOUND, "hall")


def test_a_body_is_not_taken_for_one_that_is_called_alike() -> None:
    oblast, republic = Territory(1, "Выдумская область"), Territory(2, "Республика Небывалия")
    pages = [
        Page("court", "Выдумский областной суд", level=Level.FEDERAL, territory=1),
        Page("supreme", "Верховный Суд Республики Небывалия", level=Level.FEDERAL, territory=2),
        Page("schools", "Минпросвещения", "Министерство просвещения Российской Федерации",
             level=Level.FEDERAL),
        Page("universities", "Минобрнауки России",
             "Министерство науки и высшего образования Российской Федерации", level=Level.FEDERAL),
        Page("both", "Министерство образования и науки Республики Небывалия", territory=2,
             level=Level.REGIONAL),
        Page("finance", "Минфин", "Министерство финансов", level=Level.FEDERAL),
        Page("college", "Лужский колледж", "СПб ГБ ПОУ «Лужский колледж»", level=Level.REGIONAL,
             territory=2),
    ]  # fmt: skip
    index = Index.build(pages, Territories([oblast, republic]))
    for query, verdict, page in [
        ("верховный суд", GUESS, "court"),  # the highest here; that of the country is not known
        ("верховный суд Выдумской области", GUESS, "court"),
        ("областной суд", FOUND, "court"),
        ("верховный суд Небывалии", FOUND, "supreme"),
        ("министерство образования", FOUND, "schools"),
        ("минобрнауки", FOUND, "universities"),
        ("минобрнауки Небывалии", FOUND, "both"),
        ("министерство образования Небывалии", FOUND, "both"),
        ("министерство финансов", FOUND, "finance"),
        ("департамент финансов", GUESS, "finance"),
    ]:
        answer = index.search(query, territory=1)
        assert (answer.verdict, answer.hits[0].id) == (verdict, page), query
    assert index.search("верховный суд", territory=2).verdict is FOUND
    assert not index.search("больница", territory=1).hits


def test_where_a_place_has_none_of_a_kind_those_above_it_are_shown_first() -> None:
    places = [
        Territory(1, "Выдумская область"),
        Territory(2, "Бористый округ", 1, centre="Бор"),
        Territory(3, "Дальняя область"),
        Territory(4, "Город Выдумск", 1),
    ]
    pages = [
        Page("hall", "Администрация Бористого округа", level=Level.MUNICIPAL, territory=2),
        Page("president", "Администрация президента", level=Level.FEDERAL),
        Page("police", "МВД", level=Level.FEDERAL, aliases=("полиция",)),
        Page("care", "Главное управление социальной защиты Выдумской области", territory=4,
             level=Level.REGIONAL, aliases=("соцзащита",)),
        Page("far", "Прокуратура Дальней области", territory=3, level=Level.FEDERAL),
        # The head of a department is no ministry, and «области» of the post no name of a person.
        Page("director", "Директор Департамента образования Выдумской области", territory=1,
             level=Level.REGIONAL, post="Директор Департамента Выдумской области"),
        Page("health", "Минздрав", "Министерство здравоохранения", level=Level.FEDERAL),
        Page("defence", "Минобороны", "Министерство обороны", level=Level.FEDERAL),
    ]  # fmt: skip
    index = Index.build(pages, Territories(places))
    for query, ids in [
        ("полиция Бористый", ["police", "hall"]),
        ("мвд в Бористом", ["police", "hall"]),
        ("соцзащита Бористый", ["care", "hall"]),
        ("прокуратура Бористый", ["hall"]),  # none of another region
        ("глава Бористый", ["hall"]),  # nor the president's
    ]:
        answer = index.search(query)
        assert (answer.verdict, [hit.id for hit in answer.hits][: len(ids)]) == (GUESS, ids), query
        assert answer.lacking is not None, query
        assert answer.lacking.territory == 2, query
    answer = index.search("минздрав Выдумской области")
    assert (answer.verdict, answer.hits[0].id) == (GUESS, "health")
    assert "defence" not in {hit.id for hit in answer.hits}
    assert answer.lacking is not None
    assert answer.lacking.territory == 1
