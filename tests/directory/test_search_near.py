"""What the asker's own place makes of a query that names none, or one that many places bear."""

import pytest

from directory.model import SETTLEMENT, Level, Page, Territory
from directory.search.answer import SearchVerdict
from directory.search.asker import answer_near
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


def test_a_post_leads_to_its_body_and_no_further() -> None:
    places = [
        Territory(1, "Выдумская область", None, "область", centre="Выдумск"),
        Territory(2, "Город Выдумск", 1, "город"),
        Territory(3, "Дальняя область", None, "область"),
    ]
    pages = [
        Page("duma", "Выдумская областная Дума", territory=1, level=Level.REGIONAL),
        Page("court", "Выдумский областной суд", territory=1, level=Level.FEDERAL),
        Page("appeals", "Третий кассационный суд общей юрисдикции", territory=2,
             level=Level.FEDERAL),
        Page("schools", "Директор Департамента образования Выдумской области", territory=1,
             level=Level.REGIONAL, post="Директор Департамента образования Выдумской области"),
        Page("deputy", "Первый заместитель главы города Выдумска", territory=2,
             level=Level.MUNICIPAL, post="Первый заместитель главы города Выдумска"),
        Page("governor", "Губернатор Дальней области", territory=3, level=Level.REGIONAL,
             person="Небывалов Пётр", post="Губернатор Дальней области"),
        Page("office", "Администрация Губернатора Дальней области", territory=3,
             level=Level.REGIONAL),
        Page("vets", "Комитет ветеринарии при Правительстве Дальней области", territory=3,
             level=Level.REGIONAL),
        Page("government", "Правительство России", level=Level.FEDERAL),
        Page("own-government", "Правительство Выдумской области", territory=1,
             level=Level.REGIONAL),
        Page("senate", "Совет Федерации", level=Level.FEDERAL),
        Page("health", "Роспотребнадзор", level=Level.FEDERAL),
        Page("cartels", "ФАС России", level=Level.FEDERAL),
        Page("police", "МВД России", level=Level.FEDERAL),
        Page("university", "Выдумский университет", territory=2, level=Level.FEDERAL),
    ]  # fmt: skip
    index = Index.build(pages, Territories(places))
    for query, verdict, page in [
        ("спикер выдумской областной думы", GUESS, "duma"),
        ("председатель совета федерации", GUESS, "senate"),
        ("сенаторы", FOUND, "senate"),
        ("антимонопольный комитет", FOUND, "cartels"),
        ("гл. санитарный врач области", GUESS, "health"),
        ("госавтоинспекция Выдумск", GUESS, "police"),  # whose pages it has none of
        ("ректор Выдумск", GUESS, "university"),
        ("премьер-министр России", GUESS, "government"),
        ("председатель правительства области", GUESS, "own-government"),
        ("глава депобразования выдумской области", GUESS, "schools"),  # no head of the region
        ("директор Выдумск", GUESS, "schools"),  # or of whatever else
        ("министр Выдумской области", GUESS, "schools"),  # or of another matter
        ("министр образования", FOUND, "schools"),
        ("зам главного врача", GUESS, "deputy"),  # of somebody else
        ("верховный суд Выдумска", GUESS, "court"),
        ("губернатор Дальней обл", FOUND, "governor"),
    ]:
        answer = index.search(query, territory=1)
        assert (answer.verdict, answer.hits[0].id) == (verdict, page), query
    # An office «при правительстве» is none, nor is the governor's office the governor.
    order = [hit.id for hit in index.search("правительство Дальней области", territory=1).hits]
    assert order.index("office") < order.index("vets")


def test_no_page_is_sure_that_is_of_another_place_than_was_typed() -> None:
    places = [
        Territory(1, "Выдумская область", None, "область"),
        Territory(2, "Волыжский район", 1, "муниципальный район", "Озерки"),
        Territory(3, "Мишинский район", 1, "муниципальный район", "Мишино"),
        Territory(4, "Дальняя область", None, "область"),
        Territory(5, "Город Волыжск", 4, "город"),
        Territory(6, "Мышинский район", 4, "муниципальный район", "Мышинск"),
        Territory(7, "Уславский район", 4, "муниципальный район"),
        Territory(8, "Уставский район", 1, "муниципальный район"),
        Territory(9, "Город Верхние Броды", 4, "город"),
        Territory(10, "Бродский район", 4, "муниципальный район", "Верхние Броды"),
        Territory(11, "Город Артюм", 4, "город"),
        Territory(12, "Южный район", 4, "муниципальный район"),
        Territory(13, "Южный район", 14, "муниципальный район"),
        Territory(14, "Третья область", None, "область"),
    ]
    pages = [
        *(Page(f"court-{n}", f"{places[n - 1].name.split()[0]} районный суд", territory=n,
               level=Level.FEDERAL) for n in (2, 3, 8, 10, 12)),
        Page("head", "Глава Третьей республики", territory=14, level=Level.REGIONAL,
             person="Сочинённый Артюм", post="Глава Третьей республики"),
    ]  # fmt: skip
    index = Index.build(pages, Territories(places))
    for query, page, place in [
        ("районный суд Волыжск", "court-2", 5),  # no Волыжский district
        ("районный суд Мышинск", "court-3", 6),  # nearly so spelt
        ("районный суд Уславский", "court-8", 7),
        ("районный суд Верхних Бродов", "court-10", 9),  # of the district around the city
        ("Верхние Броды районный суд", "court-10", 9),
        ("губернатор Артюм", "head", 11),  # the name of a man, too
    ]:
        answer = index.search(query)
        assert (answer.verdict, [hit.id for hit in answer.hits[:1]]) == (GUESS, [page]), query
        assert answer.lacking is not None, query
        assert answer.lacking.territory == place, query
    for query, page in [
        ("суд волыжского района", "court-2"),
        ("районный суд Озерки", "court-2"),
        ("Артюм Сочинённый", "head"),
    ]:
        answer = index.search(query)
        assert (answer.verdict, answer.hits[0].id) == (FOUND, page), query
    # Two regions have such a district, and a page of one is known.
    for territory, verdict in [(1, GUESS), (4, FOUND)]:
        answer = index.search("суд Южного района", territory=territory)
        assert (answer.verdict, answer.hits[0].id) == (verdict, "court-12")
    assert index.search("суд Южного района Дальней области", territory=1).verdict is FOUND
    assert index.search("Южный суд").verdict is FOUND


def test_a_page_of_the_place_or_person_that_was_typed_stays_sure() -> None:
    places = [
        Territory(1, "Выдумская область", None, "область"),
        Territory(2, "Дальний район", 1, "муниципальный район"),
        Territory(3, "х. Золотое Рунце", 2, SETTLEMENT),
        Territory(4, "д. Рунца", 6, SETTLEMENT),
        Territory(5, "Город Выдумск", 1, "город"),
        Territory(6, "Ближний район", 1, "муниципальный район"),
        Territory(7, "с. Рунцово", 6, SETTLEMENT),
    ]
    pages = [
        Page("school", "Рунцевская школа", territory=3, level=Level.MUNICIPAL),
        Page("other", "Школа № 2", territory=3, level=Level.MUNICIPAL),
        Page("library", "Библиотека х. Золотое Рунце", territory=3, level=Level.MUNICIPAL),
        Page("man", "Детский сад «Гном»", territory=5, level=Level.MUNICIPAL,
             person="Рунцов Виктор Никитич", post="директор"),
        Page("club", "Дом культуры д. Рунца", territory=4, level=Level.MUNICIPAL),
    ]  # fmt: skip
    index = Index.build(pages, Territories(places))
    answer = index.search("школы в золотом рунце")
    assert answer.verdict is CHOOSE
    assert {hit.id for hit in answer.hits[:2]} == {"school", "other"}
    answer = index.search("Рунцова В. Н.")
    assert (answer.verdict, answer.hits[0].id) == (FOUND, "man")


def test_a_place_that_is_called_like_a_legal_form_is_told_from_others() -> None:
    places = [
        Territory(1, "Выдумск", None, "город"),
        Territory(2, "ЗАО", 1),
        Territory(3, "ЦАО", 1),
    ]
    pages = [
        Page(f"museum-{n}", "Музей «Кракозябра»", territory=n, level=Level.MUNICIPAL)
        for n in (3, 2)
    ]
    answer = Index.build(pages, Territories(places)).search("музей зао")
    assert (answer.verdict, answer.hits[0].id) == (FOUND, "museum-2")


def test_a_short_name_of_a_kind_is_no_beginning_of_a_name() -> None:
    pages = [
        Page("school", "Замай-Тагульская школа", territory=UPPER, level=Level.MUNICIPAL),
        Page("head", "Глава города Нижний Тагул", territory=LOWER, level=Level.MUNICIPAL),
        Page("schools", "Отдел образования города Кракозябска", territory=TOWN,
             level=Level.MUNICIPAL),
    ]  # fmt: skip
    index = Index.build(pages, PLACES)
    assert index.search("зам главы Верхнего Тагула").verdict is not FOUND
    answer = index.search("начальник районо Кракозябск")  # no head of a «район»
    assert (answer.verdict, answer.hits[0].id) == (FOUND, "schools")
    assert index.search("горхо Кракозябск").place is None  # no «гор. Кракозябск»


def test_a_far_page_that_is_called_by_ordinary_words_is_found() -> None:
    pages = [Page("studio", "Студия театрального искусства", territory=THERE)]
    answer = Index.build(pages, PLACES).search("студия театральхаго искусства", territory=HERE)
    assert [hit.id for hit in answer.hits] == ["studio"]


def test_a_far_page_that_is_called_like_a_need_is_a_guess_where_nothing_serves_it() -> None:
    pages = [Page("cube", "Центр «IT-куб»", territory=THERE)]
    answer = Index.build(pages, PLACES).search("айти куб", territory=HERE)
    assert (answer.verdict, [hit.id for hit in answer.hits]) == (GUESS, ["cube"])


def test_a_hospital_of_a_kind_is_none_of_all_kinds() -> None:
    for title in ("ОБЛАСТНАЯ ПСИХИАТРИЧЕСКАЯ БОЛЬНИЦА № 4", "Областная клиническая психбольница"):
        pages = [Page("minds", title, territory=THERE, level=Level.REGIONAL)]
        answer = Index.build(pages, PLACES).search("психиатрическая областная больница")
        assert (answer.verdict, answer.hits[0].id) == (FOUND, "minds")


def test_a_place_is_named_with_its_region_by_its_nickname_or_in_the_plural() -> None:
    places = [
        Territory(1, "Выдумская область", None, "область", centre="Выдумск"),
        Territory(2, "Город Выдумск", 1, "город"),
        Territory(3, "Борский район", 1, "муниципальный район", "Бор"),
        Territory(4, "Санкт-Петербург", None, "город"),
        Territory(5, "Питерский район", 6, "муниципальный район"),
        Territory(6, "Дальняя область", None, "область"),
        Territory(7, "Город Старые Ложи", 6, "город"),
        Territory(8, "Город Щука", 6, "город"),
    ]
    pages = [
        Page("hall", "Администрация Борского района", territory=3, level=Level.MUNICIPAL),
        Page("city", "Администрация города Выдумска", territory=2, level=Level.MUNICIPAL),
        Page("portal", "Официальный портал Дальней области", territory=6, level=Level.REGIONAL,
             aliases=("Администрация Дальней области",)),
        Page("near", "Судебный участок № 1 Санкт-Петербурга", territory=4, level=Level.REGIONAL),
        Page("far", "Судебный участок № 1 Питерского района", territory=5, level=Level.REGIONAL),
        Page("pike", "Администрация города Щуки", territory=8, level=Level.MUNICIPAL),
    ]  # fmt: skip
    index = Index.build(pages, Territories(places))
    for query, page, name in [
        ("борский район выдумской области", "hall", "Борский район"),
        ("Выдумская область, Выдумск", "city", "Город Выдумск"),
    ]:
        answer = index.search(query, territory=6)
        assert (answer.verdict, answer.hits[0].id) == (FOUND, page), query
        assert answer.place is not None, query
        assert answer.place.name == name
    assert index.search("мировой судья питер").hits[0].id == "near"
    assert index.search("мэр Лож").cities == (7,)
    answer = index.search("администрация района Дальней области")  # which district?
    assert (answer.verdict, answer.hits[0].id) == (GUESS, "portal")
    # «Щука» is an ordinary word, but a city, too, and more than a need.
    assert index.search("паспорт Щука", territory=1).hits[0].id == "pike"


def test_who_is_in_a_city_is_shown_its_own_first() -> None:
    pages = [
        Page("hall", "Администрация города Заозерного", territory=FAR_TOWN, level=Level.MUNICIPAL),
        Page("governor", "Мэр Стольного", territory=10, level=Level.REGIONAL),
    ]
    index = Index.build(pages, Territories([*PLACES, Territory(10, "Стольный", None, "город")]))
    answer = answer_near(index, "мэр", FAR_TOWN, 10)
    assert (answer.verdict, answer.hits[0].id) == (GUESS, "hall")
