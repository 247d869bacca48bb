"""Kinds that are asked for in English are the same kinds; the place is a name in Latin letters."""

from __future__ import annotations

import pytest

from directory.language.lexicon import lexicon
from directory.model import Level, Page, Territory
from directory.search.answer import SearchVerdict
from directory.search.index import Index
from directory.territories import Territories
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
    ("Where can I find a school in Vydumsk?", "школа в Выдумске"),
    ("how do i contact the governor", "губернатор"),
    ("who is the head of vydumsk", "глава выдумска"),
    ("my kindergarten teremok", "детский сад теремок"),
    ("traffic police", "гибдд"),
    ("the tax service", "налоговая"),
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


def test_the_words_of_english_sentences_are_no_names() -> None:
    places = [
        Territory(1, "Выдумская область"),
        Territory(2, "Город Исса", 1),
        Territory(3, "Город Выдумань", 1),
        Territory(4, "Город Воркута", 1),
    ]
    pages = [
        Page("issa", "Иссинский районный суд", level=Level.FEDERAL, territory=2),
        Page("town", "Администрация города Выдумань", level=Level.MUNICIPAL, territory=3),
        Page("far", "Воркутинский городской суд", level=Level.FEDERAL, territory=4),
    ]
    index = Index.build(pages, Territories(places))
    for query in ("where is the moonshine", "my husband does not work", "what can you do"):
        assert not index.search(query).hits, query
    assert index.search("where is the court in Issa").hits[0].id == "issa"
    # Words that are Russian in Latin letters, too.
    assert index.search("do issa").hits[0].id == "issa"
    # The soft sign has no Latin letter.
    for query in ("Vyduman", "where is Vyduman"):
        answer = index.search(query)
        assert answer.place is not None, query
        assert (answer.place.territory, answer.hits[0].id) == (3, "town"), query
