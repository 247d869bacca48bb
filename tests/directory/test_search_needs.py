"""What people need, in words of any form, and what is said beside it."""

from dataclasses import replace

import pytest

from directory.language.lexicon import lexicon
from directory.language.roots import Roots
from directory.language.stems import key
from directory.model import SETTLEMENT, Level, Page, Territory
from directory.search.answer import SearchVerdict
from directory.search.index import Index
from directory.search.understood import understood
from directory.territories import Territories
from tests.directory.searched import INDEX

REGION, TOWN, CAPITAL, FAR = range(1, 5)
PLACES = Territories(
    [
        Territory(REGION, "Выдумская область", None, "область", centre="Выдумск"),
        Territory(TOWN, "Кракозябский муниципальный округ", REGION, "муниципальный округ"),
        Territory(CAPITAL, "Город Выдумск", REGION, "город"),
        Territory(FAR, "Дальняя область", None, "область"),
    ]
)
PAGES = [
    Page("government", "Правительство Выдумской области", territory=REGION, level=Level.REGIONAL),
    Page("city-hall", "Администрация города Выдумска", territory=CAPITAL, level=Level.MUNICIPAL),
    Page("city-court", "Выдумский городской суд", territory=CAPITAL, level=Level.FEDERAL),
    Page("arbitration", "Арбитражный суд Выдумской области", territory=CAPITAL,
         level=Level.FEDERAL),
    Page("protection", "Управление социальной защиты населения Выдумской области",
         territory=REGION, level=Level.REGIONAL),
    Page("education", "Министр образования Выдумской области", territory=REGION,
         level=Level.REGIONAL, person="Сочинённый Пётр", post="Министр образования"),
    Page("far-health", "Министерство здравоохранения Дальней области", territory=FAR,
         level=Level.REGIONAL),
    Page("health", "Минздрав России", "Министерство здравоохранения Российской Федерации",
         level=Level.FEDERAL),
]  # fmt: skip
HERE = Index.build(PAGES, PLACES)


@pytest.mark.parametrize(
    ("said", "need", "kind"),
    [
        ("предпенсионного", "предпенсионер", "социальный фонд"),
        ("подключат воду", "подключить воду", "водоканал"),
        ("усыновлять", "усыновление", "опека"),
        ("ветеринарный", "ветеринар", "ветстанция"),
    ],
)
def test_a_need_is_known_by_the_roots_of_its_words(said: str, need: str, kind: str) -> None:
    answer = INDEX.search(f"{said} кракозябово")
    assert (answer.need, answer.served_by[0]) == (need, kind)
    assert answer.verdict is SearchVerdict.GUESS


def test_words_that_only_begin_alike_are_of_no_root() -> None:
    roots = Roots(map(key, ("концерт", "прописка", "машинист", "простуда")))
    assert [roots.akin(key(word)) for word in ("концерн", "привычка", "машина", "простор")] == [
        [] for _ in range(4)
    ]


def test_who_names_a_body_needs_no_other_by_the_root_of_a_word() -> None:
    assert INDEX.search("школа интернет").need == ""


def test_what_says_nothing_may_be_left_out_of_a_need() -> None:
    for said in ("прививка от гриппа", "прививка против гриппа", "прививка гриппа"):
        assert "грипп" in INDEX.search(said).need


def test_no_need_hides_the_name_of_a_body() -> None:
    lost = {
        name: (phrase, served)
        for phrase, served in lexicon().needs.phrases.items()
        if len(phrase) > 1 and (name := lexicon().names.phrases.get(phrase))
        if not set(name) & set(served)
    }
    assert lost == {}


def test_a_number_beside_a_need_is_no_bodys() -> None:
    answer = HERE.search("пособие на шестого", territory=REGION)
    assert (answer.need, answer.unknown, answer.hits[0].id) == ("пособие", (), "protection")
    answer = INDEX.search("паспорт 33 кракозябово")
    assert (answer.need, answer.unknown) == ("паспорт", ())


def test_an_adverb_is_no_case_of_a_need() -> None:
    """«Долго» looks like a case of «долг»."""
    assert "долг" not in INDEX.search("долго едет кракозябово").need


def test_a_place_that_is_called_like_a_need_is_a_place() -> None:
    assert ("бокс",) in lexicon().needs.phrases
    places = Territories(
        [
            *PLACES,
            Territory(6, "д. Бокс", TOWN, SETTLEMENT),
            Territory(7, "г. Выдумск", CAPITAL, SETTLEMENT),
        ]
    )
    pages = [
        Page("box", "Дом культуры д. Бокс", territory=6, level=Level.MUNICIPAL),
        Page("theatre", "Выдумский театр", territory=7, level=Level.MUNICIPAL),
    ]
    index = Index.build([*PAGES, *pages], places)
    assert (index.search("ипотека бокс").need, index.search("в боксе").hits[0].id) == ("", "box")
    for either in ("ипотека бокс", "бокс"):
        assert index.search(either).verdict is SearchVerdict.GUESS
        assert index.search(either).hits[0].id == "box"
    assert index.search("бокс выдумск").need == "бокс"


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("суд не арбитражный выдумск", "city-court"),
        ("не суд а администрация выдумск", "city-hall"),
        ("администрация, а не суд выдумск", "city-hall"),
    ],
)
def test_what_is_denied_is_not_meant(query: str, page: str) -> None:
    assert HERE.search(query, territory=REGION).hits[0].id == page


def test_what_is_not_done_is_not_denied() -> None:
    assert "не горит" in INDEX.search("не горит фонарь кракозябово").need


def test_the_region_of_a_capital_is_no_city() -> None:
    for query in ("выдумск область", "область выдумск"):
        answer = HERE.search(query, territory=REGION)
        assert answer.place is not None
        assert answer.place.name == "Выдумская область"
        assert answer.hits[0].id == "government"
    assert HERE.search("выдумск", territory=REGION).hits[0].id == "city-hall"


def test_the_countrys_minister_goes_before_those_of_other_regions() -> None:
    answer = HERE.search("министр здравоохранения", territory=REGION)
    assert [hit.id for hit in answer.hits[:2]] == ["health", "far-health"]
    there = HERE.search("министр здравоохранения", territory=FAR)
    assert there.hits[0].id == "far-health"


def test_no_other_minister_is_shown_first_for_one_whom_the_region_lacks() -> None:
    answer = HERE.search("министр здравоохранения выдумской области", territory=REGION)
    assert answer.verdict is SearchVerdict.GUESS
    assert answer.hits[0].id == "government"
    there = HERE.search("министр образования выдумской области", territory=REGION)
    assert there.hits[0].id == "education"


def test_prepositions_are_nobodys_initials() -> None:
    answer = HERE.search("запись к терапевту в выдумске", territory=REGION)
    assert (answer.need, answer.hits[0].id) == ("терапевту", "city-hall")


def test_a_short_word_is_written_as_it_is_heard() -> None:
    assert HERE.search("сацзащита", territory=REGION).hits[0].id == "protection"


def test_a_place_is_no_answer_to_who_asks_for_its_bodys_head() -> None:
    """«Главврач» weighs little beside «больница», but is no part of a place's name."""
    for query in ("главврач выдумск", "директор выдумск"):
        answer = HERE.search(query, territory=REGION)
        assert answer.verdict is SearchVerdict.GUESS
        assert answer.place is None


def test_a_body_is_surely_none_that_is_named_beside_it() -> None:
    deputy = Page("deputy", "Первый заместитель главы администрации Кракозябского округа",
                  territory=TOWN, level=Level.MUNICIPAL)  # fmt: skip
    duma = Page("duma", "Выдумская областная Дума", territory=REGION, level=Level.REGIONAL)
    vice = Page("vice", "Заместитель губернатора Выдумской области", territory=REGION,
                level=Level.REGIONAL)  # fmt: skip
    station = Page("rescue", "ГУ МЧС России по Выдумской области", territory=REGION,
                   level=Level.REGIONAL)  # fmt: skip
    index = Index.build([*PAGES, deputy, duma, vice, station], PLACES)
    for query, verdict, page in [
        ("администрация кракозябский округ", SearchVerdict.GUESS, "deputy"),
        ("городская дума", SearchVerdict.GUESS, "duma"),
        ("дума", SearchVerdict.FOUND, "duma"),
        ("первый заместитель губернатора", SearchVerdict.GUESS, "vice"),
        ("заместитель губернатора", SearchVerdict.FOUND, "vice"),
        ("пожарная часть", SearchVerdict.GUESS, "rescue"),
        ("мчс", SearchVerdict.FOUND, "rescue"),
    ]:
        answer = index.search(query, territory=REGION)
        assert (answer.verdict, answer.hits[0].id) == (verdict, page), query


def test_no_other_town_of_a_far_region_is_surely_meant_by_its_capital() -> None:
    places = Territories(
        [
            Territory(REGION, "Выдумская область", None, "область", centre="Выдумск"),
            Territory(TOWN, "Город Кракозябск", REGION, "город"),
            Territory(FAR, "Дальняя область", None, "область"),
        ]
    )
    library = Page("library", "Библиотеки Кракозябска", territory=TOWN, level=Level.MUNICIPAL)
    index = Index.build([library], places)
    for territory in (REGION, FAR):
        answer = index.search("библиотека выдумск", territory=territory)
        assert (answer.verdict, answer.hits[0].id) == (SearchVerdict.GUESS, "library")


def test_what_is_surely_meant_is_shown_however_few_are_asked_for() -> None:
    """«Юнармия» is a need, too, of which one's own administration is as good an answer."""
    assert ("юнарм",) in {phrase for phrase in lexicon().needs.phrases if len(phrase) == 1}
    index = Index.build([*PAGES, Page("youth", "Юнармия", level=Level.FEDERAL)], PLACES)
    for limit in (1, 2, 10):
        answer = index.search("юнармия", territory=CAPITAL, limit=limit)
        assert (answer.verdict, answer.hits[0].id) == (SearchVerdict.FOUND, "youth")
        assert len(answer.hits) <= limit


@pytest.mark.parametrize(
    "title",
    ["Молодёжный парламент", "Движение Первых", "Фонд «Защитники Отечества»", "Призывная комиссия"],
)
def test_a_page_that_is_called_by_the_words_of_a_need_is_meant(title: str) -> None:
    """Where there is none, or another region's alone, they are a need still."""
    asked = title.lower().replace("«", "").replace("»", "")
    own = Page("own", f"{title} Выдумской области", territory=REGION, level=Level.REGIONAL)
    there = Index.build([*PAGES, own], PLACES)
    for query in (asked, f"{asked} выдумск"):
        answer = there.search(query, territory=REGION)
        assert (answer.need, answer.hits[0].id) == ("", "own")
    far = replace(own, id="far", territory=FAR)
    for index in (HERE, Index.build([*PAGES, far], PLACES)):
        answer = index.search(asked, territory=REGION)
        assert answer.need != ""
        assert answer.verdict is SearchVerdict.GUESS


@pytest.mark.parametrize(
    ("said", "need", "kind"),
    [
        ("я сирота хочу путёвку в лагерь", "путевку лагерь", "детский лагерь"),
        ("студент потерял паспорт", "потерял паспорт", "многофункциональный центр"),
        ("у меня развод, нужна прописка", "прописка", "многофункциональный центр"),
        ("умерла бабушка осталось завещание", "завещание", "нотариус"),
        ("куда пойти летом подработать", "летом подработать", "центр занятости"),
    ],
)
def test_who_asks_and_what_has_happened_is_not_what_is_wanted(
    said: str, need: str, kind: str
) -> None:
    query = HERE.search(f"{said} выдумск", territory=REGION)
    assert kind in {query.served_by[0], *understood(said, PLACES, REGION).kinds[:1]}
    assert set(need.split()) <= set(query.need.split())


@pytest.mark.parametrize("word", ["сирота", "развод", "умерла", "куда пойти", "инвалид"])
def test_who_asks_alone_is_a_need_still(word: str) -> None:
    assert INDEX.search(f"{word} кракозябово").need == word


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("куда деть старый матрас", "администрация"),
        ("у меня хромает гусь", "ветстанция"),
        ("жеребёнок совсем ничего не ест", "ветстанция"),
        ("ночью за стеной опять пьянка", "полиция"),
        ("хозяин фирмы не оформляет меня", "трудовая инспекция"),
        ("у нас хотят открыть пилораму, где её зарегистрировать", "налоговая"),
        ("цех отравляет всю округу", "министерство природных ресурсов"),
        ("сбежала наша овчарка", "администрация"),
        ("нужен землемер", "росреестр"),
        ("страховая не платит после аварии", "центральный банк"),
        ("пацаны в беседке распивают", "полиция"),
        ("в ларьке продали снюс школьнику", "полиция"),
        ("сосед оттяпал метр огорода", "росреестр"),
        ("где отучиться на крановщика", "колледж"),
        ("зарегистрировать снегоход", "министерство сельского хозяйства"),
        ("туроператор исчез с деньгами", "роспотребнадзор"),
        ("сократили прямо в декрете", "трудовая инспекция"),
        ("прогнил настил на мостках", "администрация"),
        ("прокатить внуков на пони", "парк"),
        ("скамейку в сквере некому починить", "администрация"),
        ("ботву палить можно", "МЧС"),
        ("дядя умер, остались долги и дача", "нотариус"),
        ("бывший не пускает к дочке", "уполномоченный по правам ребенка"),
        ("записаться к психологу", "центр помощи семье"),
        ("братская могила, кто её поправит", "администрация"),
        ("нас выселяют из съёмной", "районный суд"),
        ("затор льда у деревни", "ЕДДС"),
    ],
)
def test_a_need_of_two_parts_is_each_of_these_with_each_of_those(said: str, kind: str) -> None:
    assert understood(said, PLACES, REGION).kinds[0] == kind


def test_the_sanitary_inspector_is_of_no_hospital() -> None:
    inspection = Page("inspection", "Роспотребнадзор", level=Level.FEDERAL)
    hospital = Page("hospital", "Выдумская больница", territory=CAPITAL, level=Level.MUNICIPAL)
    index = Index.build([*PAGES, inspection, hospital], PLACES)
    for said in ("главный санитарный врач области", "санитарный врач"):
        assert index.search(said, territory=REGION).hits[0].id == "inspection", said
    assert index.search("главный врач больницы", territory=REGION).hits[0].id == "hospital"


def test_the_words_of_a_need_stand_near_each_other() -> None:
    """«Свет не горит» is another body's than «свет мигает»."""
    found = understood("свет мигает, техника горит", PLACES, REGION)
    assert found.kinds[0] == "электросети"


def test_heads_and_districts_hide_no_need() -> None:
    for said in ("паспорт тридевятый район", "директор паспорт кракозябово"):
        assert INDEX.search(said).need == "паспорт", said
    assert INDEX.search("школа паспорт кракозябово").need == ""


def test_nobody_goes_far_for_what_is_needed() -> None:
    clinic = Page("clinic", "Поликлиника № 7", territory=FAR, level=Level.REGIONAL)
    dentist = Page("dentist", "Стоматологическая поликлиника", territory=FAR, level=Level.REGIONAL)
    index = Index.build([*PAGES, clinic, dentist], PLACES)
    answer = index.search("прививка от клеща", territory=REGION)
    assert (answer.verdict, answer.hits) == (SearchVerdict.NONE, ())
    assert index.search("прививка от клеща", territory=FAR).hits[0].id == "clinic"
    there = index.search("прививка от клеща дальняя область", territory=REGION)
    assert there.hits[0].id == "clinic"
    assert index.search("прививка от клеща").hits[0].id == "clinic"
    assert index.search("аптека рецепт на инсулин", territory=REGION).hits == ()
    named = index.search("стоматолог", territory=REGION)  # a name of a body, too
    assert (named.verdict, named.hits[0].id) == (SearchVerdict.GUESS, "dentist")


def test_of_a_whole_region_no_district_is_guessed() -> None:
    district = Page("district", "Администрация Кракозябского округа", territory=TOWN,
                    level=Level.MUNICIPAL)  # fmt: skip
    index = Index.build([*PAGES, district], PLACES)
    for said in ("маршрутки выдумской области", "паспорт выдумская область"):
        assert index.search(said, territory=REGION).hits[0].id == "government", said
    assert index.search("маршрутки кракозябский округ", territory=REGION).hits[0].id == "district"


def test_the_presidents_administration_serves_nobodys_needs() -> None:
    president = Page("president", "Новости Кремля", "Администрация Президента Российской Федерации",
                     level=Level.FEDERAL)  # fmt: skip
    index = Index.build([*PAGES, president], PLACES)
    hits = [hit.id for hit in index.search("сдать макулатуру", territory=REGION).hits]
    assert "city-hall" in hits
    assert "president" not in hits
    for said in ("администрация президента", "администрация президента россии"):
        assert index.search(said, territory=REGION).hits[0].id == "president", said


def test_a_verb_is_no_misprint_of_a_place() -> None:
    places = Territories([*PLACES, Territory(6, "д. Учуси", TOWN, SETTLEMENT)])
    club = Page("club", "Дом культуры д. Учуси", territory=6, level=Level.MUNICIPAL)
    index = Index.build([*PAGES, club], places)
    assert "club" not in {hit.id for hit in index.search("повестка но я учусь", territory=1).hits}
    assert index.search("клуб учуси", territory=REGION).hits[0].id == "club"
    assert index.search("клуб уччуси", territory=REGION).hits[0].id == "club"


def test_a_word_that_needs_have_may_be_a_misprint_of_a_name() -> None:
    """«Щуков» has the key of «щуку», of which only together with «ловить» a need is made."""
    assert any("шук" in phrase for phrase in lexicon().needs.phrases)
    page = Page("head", "Глава Кракозябского округа", territory=TOWN, level=Level.MUNICIPAL,
                person="Щумков Пётр")  # fmt: skip
    answer = Index.build([*PAGES, page], PLACES).search("шуьков", territory=REGION)
    assert [hit.id for hit in answer.hits[:1]] == ["head"]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("коза что-то совсем грустная", "ветстанция"),
        ("опять эти соседи", "полиция"),
        ("мой квадроцикл сломали на стоянке", "ГИБДД"),
        ("телевизор второй день рябит", "администрация"),
    ],
)
def test_what_it_is_about_is_a_need_where_nothing_else_is(said: str, kind: str) -> None:
    assert understood(said, PLACES, REGION).kinds[0] == kind


def test_what_it_is_about_is_a_word_beside_a_body() -> None:
    club = Page("club", "Клуб «Озеро»", territory=CAPITAL, level=Level.MUNICIPAL)
    other = Page("other", "Клуб «Берег»", territory=CAPITAL, level=Level.MUNICIPAL)
    answer = Index.build([*PAGES, club, other], PLACES).search("клуб озеро", territory=REGION)
    assert (answer.verdict, answer.hits[0].id) == (SearchVerdict.FOUND, "club")


def test_words_far_apart_are_no_need() -> None:
    """«Баллон с газом» is one."""
    said = "газ мне дали сосед хороший человек попался когда будет баллон"
    assert "баллон" not in INDEX.search(f"{said} кракозябово").need


def test_the_beginning_of_a_place_is_no_need() -> None:
    places = Territories([*PLACES, Territory(6, "г. Березовойск", CAPITAL, SETTLEMENT)])
    club = Page("club", "Дом культуры г. Березовойска", territory=6, level=Level.MUNICIPAL)
    index = Index.build([*PAGES, club], places)
    assert "club" in {hit.id for hit in index.search("берез", territory=REGION).hits}
    assert index.search("береза", territory=REGION).need == "береза"


@pytest.mark.parametrize("name", ["Семён", "Лев", "Вера", "Надежда", "Любовь", "Роман", "Марк"])
def test_a_first_name_is_no_need(name: str) -> None:
    head = Page("head", "Глава Лесного сельсовета", person=f"Небылицын {name}", territory=CAPITAL)
    index = Index.build([*PAGES, head], Territories(PLACES))
    for said in (f"{name} Небылицын", f"Небылицын {name} глава"):
        answer = index.search(said, territory=REGION)
        assert (answer.need, answer.hits[0].id) == ("", "head"), said


def test_the_countrys_body_goes_before_those_that_hardly_serve_a_need() -> None:
    pages = [
        Page("police", "МВД России", level=Level.FEDERAL),
        Page("office", "Администрация Лесного района", territory=CAPITAL, level=Level.MUNICIPAL),
    ]
    index = Index.build(pages, Territories(PLACES))
    for said, first in (("загранпаспорт", "police"), ("вывоз мусора", "office")):
        assert index.search(said, territory=REGION).hits[0].id == first, said


def test_ordinary_words_find_no_far_place_by_chance() -> None:
    places = Territories(
        [*PLACES, Territory(6, "Козловский район", FAR, "район"), Territory(7, "с. Ключи", FAR)]
    )
    pages = [
        Page("far", "Музей Козловского района", territory=6, level=Level.MUNICIPAL),
        Page("springs", "Дом культуры с. Ключи", territory=7, level=Level.MUNICIPAL),
    ]
    index = Index.build([*PAGES, *pages], places)
    for said in ("козлов смех", "солнце и ключи от счастья"):
        hits = index.search(said, territory=REGION).hits
        assert not {"far", "springs"} & {hit.id for hit in hits}, said
    for said, page in [
        ("музей козловский", "far"),
        ("ключи", "springs"),
        ("клуб ключи", "springs"),
    ]:
        assert index.search(said, territory=REGION).hits[0].id == page
