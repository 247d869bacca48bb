"""What is typed, and the page that is found."""

import time

import pytest

from directory.search.answer import SearchVerdict
from directory.search.index import Index
from directory.territories import Territories
from tests.directory.searched import INDEX, PAGES, TERRITORIES


def first(query: str) -> str:
    hits = INDEX.search(query).hits
    return hits[0].id if hits else ""


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("школа 5 выдумск", "school-5"),
        ("школу №5 в Выдумске", "school-5"),
        ("пятая школа выдумск", "school-5"),
        ("сош5 выдумск", "school-5"),
        ("школа 15", "school-15"),
        ("школа 5 кракозябово", "school-5-village"),
        ("школа искусств 5", "arts-5"),
        ("irjkf 15", "school-15"),
        ("шклла 5", "school-5-village"),  # rather than another kind's
        ("shkola 15 vydumsk", "school-15"),
        ("садик теремок", "garden"),
        ("кракозябский детсад", "garden"),
        ("црб", "hospital"),
        ("больница кракозябово", "hospital"),
        ("где найти страницу детской больницы в Выдумске?", "children"),
        ("дом культуры ложкино", "club"),
        ("клуб в ложкине", "club"),
        ("дом культуры ложк", "club"),
        ("министерсто здравохранения", "ministry"),
        ("минздрав", "ministry"),
        ("губернатор", "governor"),
        ("Небывалов", "governor"),
        ("небывалову петру", "governor"),
        ("Пётр Небывалов", "governor"),
        ("небывалов п. и.", "governor"),
        ("yt,sdfkjd", "governor"),
        ("nebyvalov", "governor"),
        ("глава кракозябского округа", "head"),
        ("мэр кракозябово", "head"),
        ("выдумщикова", "head"),
        ("директор школы 5 выдумск", "school-5"),
        ("сочиненный иван", "school-5"),
        ("администрация выдумска", "city-hall"),
        ("админестрация выдумск", "city-hall"),
        ("мэрия выдумска", "city-hall"),
    ],
)
def test_the_right_page_is_first(query: str, page: str) -> None:
    assert first(query) == page


@pytest.mark.parametrize(
    "query", ["купить диван", "ыыыыы", "asdfgh", "", "   ", "?!", "пожалуйста", "🙂", "0" * 50]
)
def test_nothing_is_found_for_nonsense(query: str) -> None:
    assert INDEX.search(query).verdict is SearchVerdict.NONE
    assert INDEX.search(query).hits == ()


@pytest.mark.parametrize(
    "query", ["школа 905 выдумск", "детский сад 33 кракозябово", "цирк выдумск"]
)
def test_what_is_not_there_is_a_guess_at_most(query: str) -> None:
    assert INDEX.search(query).verdict in (SearchVerdict.GUESS, SearchVerdict.NONE)


def test_one_answer_is_found_and_several_are_to_choose_from() -> None:
    assert INDEX.search("школа 15").verdict is SearchVerdict.FOUND
    answer = INDEX.search("школа 5")
    assert answer.verdict is SearchVerdict.CHOOSE
    assert {hit.id for hit in answer.hits[:2]} == {"school-5", "school-5-village"}


def test_the_askers_own_territory_comes_first_among_equals() -> None:
    for territory, page in ((3, "school-5-village"), (2, "school-5-village"), (4, "school-5")):
        assert INDEX.search("школа 5", territory=territory).hits[0].id == page
    assert INDEX.search("школа 15", territory=3).hits[0].id == "school-15"


def test_a_retired_page_is_never_found_and_a_hidden_one_by_its_name() -> None:
    assert INDEX.search("упразднённая палата").hits == ()
    assert INDEX.search("тайная канцелярия").hits[0].id == "secret"


def test_a_closed_page_is_found_last() -> None:
    answer = INDEX.search("детский сад теремок")
    assert [hit.id for hit in answer.hits[:2]] == ["garden", "garden-old"]
    assert answer.verdict is SearchVerdict.FOUND
    assert INDEX.search("теремок ложкино").hits[0].id == "garden-old"


def test_why_names_what_the_title_does_not_show() -> None:
    def why(query: str) -> tuple[str, ...]:
        return INDEX.search(query).hits[0].why

    assert why("сочиненный") == ("Сочинённый Иван Петрович",)
    assert why("кракозябский детсад") == ("Кракозябский детсад",)
    assert "Бурмистровский район" in why("црб бурмистровского района")
    assert why("школа 15 выдумск") == ()


def test_what_was_changed_is_announced() -> None:
    assert INDEX.search("irjkf 15").shown_for == "школа 15"
    assert "администрация" in INDEX.search("админестрация выдумск").shown_for
    assert INDEX.search("школа 15").shown_for == ""


def test_explain_tells_how_the_query_was_read_and_what_each_rule_gave() -> None:
    text = INDEX.explain("irjkf 5 dslevcr")
    for part in ("школа 5 выдумск", "вид", "название целиком", "СОШ № 5"):
        assert part in text
    assert INDEX.explain("") == "Слов в запросе нет."


def test_an_empty_index_answers() -> None:
    assert Index().search("школа").verdict is SearchVerdict.NONE
    assert Index.build([], Territories()).search("школа").verdict is SearchVerdict.NONE


def test_a_change_is_found_and_the_old_index_stays_as_it_was() -> None:
    by_id = {page.id: page for page in PAGES}
    index = INDEX
    for word in ("Абракадаброво", "Тарабарщино"):
        title = f"Школа {word}"
        page = by_id["school-15"].__class__("school-15", title, territory=5)
        affected = index.affected(["school-15", "club"])
        known = [each for each in by_id.values() if each.id in affected - {"school-15", "club"}]
        index = index.updated(affected, [*known, page], TERRITORIES)
        assert index.search(word).hits[0].title == title
    assert not index.search("Абракадаброво").hits
    assert (
        not index.search("сош 15 выдумск").hits
        or index.search("сош 15").verdict is SearchVerdict.GUESS
    )
    assert "club" not in {hit.id for hit in index.search("ложкинский сдк").hits}
    assert index.search("губернатор").hits[0].id == "governor"
    assert INDEX.search("школа 15").hits[0].id == "school-15"


@pytest.mark.parametrize(
    "query",
    [
        "а" * 4000,
        "школа " * 700,
        " ".join(f"слово{n}" for n in range(500)),
        "и\u0301" * 2000,
        "(" * 4000,
        "5 " * 2000,
        "ш́ќо́л́а́ " * 300,
        "zxq" * 1300,
        "\u202e\u200b" * 2000,
        "школа\x00\n\t5",
        "д/с-" * 1000,
    ],
)
def test_hostile_input_is_answered_at_once(query: str) -> None:
    started = time.process_time()
    INDEX.search(query)
    # The promise is 20 ms, measured by the benchmark; a machine that is busy gets fifty times that.
    assert time.process_time() - started < 1
