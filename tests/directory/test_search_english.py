"""Kinds that are asked for in English are the same kinds; the place is a name in Latin letters."""

from __future__ import annotations

import pytest

from directory.language.lexicon import lexicon
from directory.search.answer import SearchVerdict
from tests.directory.searched import INDEX

SAME = [
    ("school 15 vydumsk", "школа 15 выдумск"),
    ("School No. 15 of Vydumsk", "школа № 15 выдумск"),
    ("children's hospital vydumsk", "детская больница выдумск"),
    ("city hall of vydumsk", "администрация города выдумск"),
    ("kindergarten teremok", "детский сад теремок"),
    ("HOSPITAL", "больница"),
    ("governor", "губернатор"),
    ("court", "суд"),
    ("library in vydumsk", "библиотека в выдумске"),
    ("swimming pool", "бассейн"),
    ("election commission", "избирательная комиссия"),
    ("the vice-governor", "заместитель губернатора"),
]


@pytest.mark.parametrize(("english", "russian"), SAME)
def test_an_english_query_answers_as_the_russian_one(english: str, russian: str) -> None:
    ours, theirs = INDEX.search(english), INDEX.search(russian)
    assert (ours.verdict, [hit.id for hit in ours.hits]) == (
        theirs.verdict,
        [hit.id for hit in theirs.hits],
    )


def test_each_english_word_is_read_as_its_russian_one() -> None:
    """A word that the data file has is never taken for a name, or for a wrong layout."""
    odd = {}
    for words, russian in lexicon().english.items():
        if not russian:
            continue
        ours, theirs = INDEX.search(" ".join(words)), INDEX.search(russian)
        said = [(one.verdict, [hit.id for hit in one.hits]) for one in (ours, theirs)]
        if said[0] != said[1]:
            odd[" ".join(words)] = (russian, *said)
    assert odd == {}


def test_a_known_kind_without_such_a_page_is_no_sure_answer() -> None:
    assert INDEX.search("planetarium vydumsk").verdict in (SearchVerdict.GUESS, SearchVerdict.NONE)
