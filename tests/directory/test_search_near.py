"""What the asker's own place makes of a query that names none, or one that many places bear."""

import pytest

from directory.model import Level, Page, Territory
from directory.search.answer import SearchVerdict
from directory.search.index import Index
from directory.territories import Territories

FOUND, CHOOSE, GUESS, NONE = SearchVerdict
HERE, TOWN, THERE, FAR_TOWN, CAPITAL = range(1, 6)
PLACES = Territories(
    [
        Territory(HERE, "Выдумская область", None, "область", centre="Выдумск"),
        Territory(TOWN, "Город Кракозябск", HERE, "город"),
        Territory(CAPITAL, "Город Выдумск", HERE, "город"),
        Territory(THERE, "Дальняя область", None, "область"),
        Territory(FAR_TOWN, "Город Заозерный", THERE, "город"),
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
