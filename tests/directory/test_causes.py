"""Problems of one cause are one message, and the worst come first, whatever the language."""

from __future__ import annotations

import pytest

from directory.imports.causes import causes
from directory.imports.problems import Problem, ProblemKind
from directory.translation import ENGLISH, RUSSIAN, say, speaking


def _problems() -> list[Problem]:
    """As an import in the language of now finds them: the least grave first."""
    site = "новый адрес сайта: проверьте его и другие на {domain}, если они есть в файле"
    none = say("столбец не прочитан: такого в справочнике нет")
    return [
        Problem(1, "Балл", "5", none, kind=ProblemKind.UNKNOWN_COLUMN),
        Problem(1, "site", "", none, kind=ProblemKind.UNKNOWN_COLUMN),
        *(
            Problem(n, "site", "", say(site, domain=f"a{n}.ru"), kind=ProblemKind.NEW_SITE)
            for n in (2, 3)
        ),
        Problem(4, "level", "5", say("напишите «да» или «нет»")),
        Problem(5, "vk", "", say("сайт"), kind=ProblemKind.SAME_LINK),
        Problem(6, "vk", "", say("нет ни одной ссылки"), kind=ProblemKind.NOT_TAKEN),
        Problem(7, "lat", "", say("напишите «да» или «нет»"), kind=ProblemKind.FORMULA_ERROR),
    ]


@pytest.mark.parametrize("language", [RUSSIAN, ENGLISH])
def test_the_worst_come_first_in_either_language(language: str) -> None:
    with speaking(language):
        found = causes(_problems())
    rows = [[problem.row for problem in cause.problems] for cause in found]
    assert rows == [[7], [6], [5], [4], [2, 3], [1, 1]]


def test_columns_that_are_not_known_are_named_as_in_the_file() -> None:
    with speaking(ENGLISH):
        last = causes(_problems())[-1].text
    assert last == "Columns that the directory does not have are not read: “Балл”, “site”"
