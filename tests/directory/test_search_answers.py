"""What an answer carries besides its verdict: scores, reasons, order, how the query was read."""

import pytest

from directory.model import Level, Page, Status
from directory.search.answer import SearchVerdict
from directory.search.candidates import MOST
from directory.search.index import Index
from tests.directory.searched import INDEX, TERRITORIES

CITY, OKRUG = 4, 6


def ids(index: Index, query: str, territory: int | None = None, limit: int = 10) -> list[str]:
    return [hit.id for hit in index.search(query, territory=territory, limit=limit).hits]


def test_a_score_is_the_share_of_the_query_that_the_page_covers() -> None:
    scores = {hit.id: hit.score for hit in INDEX.search("теремок ложкино").hits}
    assert scores == {"garden-old": 1.0, "club": 0.5, "garden": 0.5}
    (hit,) = INDEX.search("школа 15").hits  # «СОШ» is a shade less than «школа»
    assert 0.98 < hit.score < 1.0
    assert hit.score == round(hit.score, 3)
    (beside,) = INDEX.search("шумное здравоохранение").hits
    assert beside.score < 0.5  # nobody knows «шумное»


def test_an_answer_tells_what_was_typed_and_how_it_was_read() -> None:
    nothing = INDEX.search("купить диван")
    assert (nothing.query, nothing.verdict) == ("купить диван", SearchVerdict.NONE)
    assert nothing.unknown == ("купить", "диван")
    empty = INDEX.search(" ")
    assert (empty.query, empty.verdict, empty.unknown) == (" ", SearchVerdict.NONE, ())
    guessed = INDEX.search("шумное здравоохранение")
    assert (guessed.query, guessed.unknown) == ("шумное здравоохранение", ("шумное",))
    needed = INDEX.search("педиатр выдумск")
    assert needed.need == "педиатр"
    assert "детская больница" in needed.served_by
    mended = INDEX.search("шкока 15 выдумск")
    assert mended.shown_for == "школа 15 выдумск"
    plain = INDEX.search("школа 15")
    assert (plain.shown_for, plain.unknown, plain.need, plain.served_by) == ("", (), "", ())


@pytest.mark.parametrize(
    ("said", "network"),
    [("вк", "vk"), ("одноклассники", "ok"), ("сайт", "site"), ("телега", "telegram"),
     ("инстаграм", ""), ("", "")],
)  # fmt: skip
def test_the_network_that_was_named_is_told_if_cards_have_it(said: str, network: str) -> None:
    answer = INDEX.search(f"школа 15 {said}")
    assert answer.network == network
    assert answer.hits[0].id == "school-15"


def test_why_is_told_of_each_word_that_title_and_place_do_not_show() -> None:
    def reasons(query: str) -> tuple[str, ...]:
        return INDEX.search(query).hits[0].why

    assert reasons("школа 15 выдумск") == ()
    assert reasons("кракозябский детсад") == ("Кракозябский детсад",)
    assert reasons("сочинённый школа 5") == ("Сочинённый Иван Петрович",)
    assert reasons("школа 5 сочинённый") == ("Сочинённый Иван Петрович",)
    both = {"Выдумщикова Анна Сергеевна", "Бурмистровский район"}
    assert set(reasons("глава выдумщикова бурмистровский район")) == both
    assert set(reasons("глава бурмистровский район выдумщикова")) == both


def libraries(number: int) -> Index:
    """Equal pages, every third of the okrug, the middle one of a higher level."""
    return Index.build(
        [
            Page(f"p{n:03}", "Библиотека", territory=OKRUG if n % 3 == 0 else CITY,
                 level=Level.MUNICIPAL if n == number // 2 else Level.SETTLEMENT)
            for n in range(number)
        ],
        TERRITORIES,
    )  # fmt: skip


def test_of_more_equal_pages_than_anybody_looks_through_the_askers_and_the_higher_are_kept() -> (
    None
):
    index = libraries(MOST * 3 - 30)
    assert ids(index, "библиотека")[0] == "p060"
    shown = ids(index, "библиотека", OKRUG, limit=MOST)
    assert len(shown) == MOST
    assert shown[:41] == ["p060", *(f"p{n:03}" for n in range(0, 120, 3) if n != 60), shown[40]]
    # All of those that an answer is made of are shown when they fit.
    assert sorted(ids(libraries(MOST), "библиотека", limit=MOST)) == [
        f"p{n:03}" for n in range(MOST)
    ]


def test_equals_stand_by_name_and_the_limit_cuts_the_last_of_them() -> None:
    names = ["Школа искусств «Яблоня»", "Школа искусств «Берёза»", "Школа искусств «Клён»"]
    index = Index.build(
        [Page(f"s{n}", name, territory=CITY) for n, name in enumerate(names)], TERRITORIES
    )
    assert ids(index, "школа искусств") == ["s1", "s2", "s0"]
    assert ids(index, "школа искусств", limit=1) == ["s1"]
    assert ids(index, "школа искусств", limit=2) == ["s1", "s2"]
    assert index.search("школа искусств", limit=1).verdict is SearchVerdict.CHOOSE


def test_a_closed_page_does_not_stand_beside_one_that_is_not() -> None:
    def named(key: str, status: Status) -> Page:
        return Page(key, "Музей «Грановит»", territory=CITY, status=status)

    both = Index.build([named("a", Status.CLOSED), named("b", Status.ACTIVE)], TERRITORIES)
    answer = both.search("музей грановит")
    assert answer.verdict is SearchVerdict.FOUND
    assert [hit.id for hit in answer.hits] == ["b", "a"]
    standing = Index.build([named("b", Status.ACTIVE), named("c", Status.ACTIVE)], TERRITORIES)
    assert standing.search("музей грановит").verdict is SearchVerdict.CHOOSE
    closed = Index.build([named("a", Status.CLOSED), named("d", Status.CLOSED)], TERRITORIES)
    assert closed.search("музей грановит").verdict is SearchVerdict.CHOOSE


def test_two_equals_stand_by_name_too() -> None:
    names = ["Клуб «Яблоня»", "Клуб «Берёза»"]
    index = Index.build(
        [Page(f"c{n}", name, territory=CITY) for n, name in enumerate(names)], TERRITORIES
    )
    assert ids(index, "клуб", CITY) == ["c1", "c0"]


def test_a_page_whose_title_is_the_query_is_the_answer() -> None:
    index = Index.build(
        [
            Page("wider", "Совет депутатов Грановитого посада и слободы", territory=CITY),
            Page("named", "Совет депутатов Грановитого посада", territory=CITY),
            Page("third", "Совет депутатов слободы Грановитого посада", territory=CITY),
        ],
        TERRITORIES,
    )
    answer = index.search("совет депутатов грановитого посада")
    assert answer.verdict is SearchVerdict.FOUND
    assert answer.hits[0].id == "named"
    assert {hit.id for hit in answer.hits} == {"wider", "named", "third"}
