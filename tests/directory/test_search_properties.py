"""What must hold of every title, whatever it is."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.corpus import corpus
from directory.model import Page
from directory.search.index import Index
from directory.search.ranking import MANY

MADE, TERRITORIES = corpus(400, seed=7)
PAGES = [each.page for each in MADE]
INDEX = Index.build(PAGES, TERRITORIES)
TITLES = {page.id: page.title for page in PAGES}

pages = st.sampled_from(PAGES)


def places(query: str) -> tuple[str, ...]:
    """The titles of the hits, the first first."""
    return tuple(hit.title for hit in INDEX.search(query).hits)


def test_every_page_is_found_by_its_own_title() -> None:
    for page in PAGES:
        answer = INDEX.search(page.title, territory=page.territory)
        assert answer.hits[0].title.lower().split() == page.title.lower().split(), page.title
        assert answer.verdict.value in ("found", "choose")
        namesakes = sum(title == page.title for title in TITLES.values())
        if namesakes <= 10:
            assert page.id in {hit.id for hit in answer.hits}


@settings(max_examples=60, deadline=None)
@given(pages, st.randoms(use_true_random=False))
def test_case_quotes_and_spaces_do_not_change_the_first_place(page: Page, random: Random) -> None:
    title = page.title
    changed = "".join(random.choice((letter.upper(), letter.lower())) for letter in title)
    for quote in '«»"':
        changed = changed.replace(quote, random.choice(("«", "»", '"', "„", "“", " ")))
    changed = "  " + changed.replace(" ", random.choice(("  ", "\u00a0", " \t", "\u2009")))
    assert places(changed)[0] == places(title)[0]


@settings(max_examples=50, deadline=None)
@given(pages)
def test_yo_does_not_change_the_first_place(page: Page) -> None:
    title = page.title
    plain = title.replace("ё", "е").replace("Ё", "Е")
    assert places(plain)[0] == places(title)[0]
    assert places(plain.replace("е", "ё"))[0] == places(title)[0]


@settings(max_examples=60, deadline=None)
@given(pages, st.randoms(use_true_random=False))
def test_word_order_and_repeated_words_do_not_change_the_first_place(
    page: Page, random: Random
) -> None:
    words = page.title.split()
    shuffled = random.sample(words, len(words))
    repeated = [*words, *random.choices(words, k=3)]
    assert places(" ".join(shuffled))[0] == places(page.title)[0]
    assert places(" ".join(repeated))[0] == places(page.title)[0]


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200), st.integers(0, 12))
def test_any_text_is_answered_within_the_limit(text: str, limit: int) -> None:
    answer = INDEX.search(text, limit=limit)
    assert answer.query == text
    assert len(answer.hits) <= limit
    assert all(0 <= hit.score <= 1 for hit in answer.hits)
    assert (answer.verdict.value == "none") <= (answer.hits == ())


@settings(max_examples=40, deadline=None)
@given(pages, st.integers(1, 200))
def test_every_beginning_of_a_title_is_answered(page: Page, length: int) -> None:
    INDEX.search(page.title[:length])


def test_no_search_asks_for_modules_that_numpy_loads_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """`numpy.ma`, which `np.unique` and `np.isin` bring, takes longer than any search."""
    many = [
        Page(f"n{n}", f"Детский сад № {n % 40}", territory=PAGES[n % len(PAGES)].territory)
        for n in range(2 * MANY)
    ]
    index = Index.build([*PAGES, *many], TERRITORIES)
    for name in ("isin", "unique"):
        monkeypatch.delattr(np, name)
    for territory in (None, *[each.id for each in TERRITORIES.children(None)[:1]]):
        for page in PAGES[::20]:
            assert index.search(page.title, territory=territory).hits
        assert index.search("детский сад 5", territory=territory, limit=40).hits
        assert index.search("детский сад", territory=territory).hits
        assert index.search("глава", territory=territory).hits
    for region in TERRITORIES.children(None):
        index.authorities(region)
