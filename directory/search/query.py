"""What a query was read as: terms, each of which a page has or has not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from directory.search.fields import Worth

CITY_HEAD = "глава города"
"""The kind of a city's head, whom no region has."""


class How(StrEnum):
    """By what a term's option stands for the word that was typed; shown by `explain`."""

    SAME = "слово"
    KIND = "вид"
    BROADER = "более общий вид"
    LIKE = "похожий вид"
    PREFIX = "начало слова"
    DERIVED = "производное"
    REGION = "другое имя региона"
    NEED = "нужда, которой служит"
    MENDED = "опечатка"

    __hash__ = str.__hash__  # as that of `Worth`


class Option(NamedTuple):
    """One way in which a page may have a term: it has one of `keys`, or a word with `prefix`.

    `worth` 0…1 is how good this way is, to a hundredth; `where` tells how much it counts where the
    page has it. `spelling` is the word as typed, when it matters which spelling the page has.
    `sure`: a page that has the term in this way may be the answer, and not only a guess.
    """

    how: How
    keys: tuple[str, ...]
    worth: float
    where: Worth
    spelling: str = ""
    prefix: str = ""
    sure: bool = True


@dataclass(slots=True)
class Term:
    """A part of a query: a word, a number, or the name of a kind.

    `text` is as understood, `typed` as written. `weight` is its share of the query before all are
    made to sum to 1. No options: no page has such a word. A `decisive` term (a number) halves what
    a page without it answers.
    """

    text: str
    typed: str
    weight: float
    options: tuple[Option, ...]
    decisive: bool = False
    is_kind: bool = False


@dataclass(slots=True)
class Query:
    """A query as read.

    `text_read` is what was `typed`, in the layout or alphabet of this reading; `text` are its
    telling words as understood, `silent` those that say nothing, `aside` the names of networks and
    the numbers of other things; `changed` tells whether these are not the words that were typed.
    `initials` are single letters that may be a person's. `ways` are those that lead to a page by
    all of the query: its title, word by word, an address, a phone number. `places` are the names
    that its words may be cases of. `doubted`: even words that pages have were taken for mistakes.
    `need` is what is wanted of a body when no body was named, `served_by` the kinds that do it.
    `network` is the network that was named. `of_city` and `of_country`: what is asked for is a
    city's («мэр», «администрация города») or the whole country's («верховный суд РФ»), and no
    region's; `of_region`: it is not the country's, whose are ministries («департамент финансов»).
    `literal` are the keys of the words by which kinds were named, where not all pages of the kinds
    have them: «консерватория» is a kind of «академия».
    """

    typed: str
    text_read: str
    text: str
    terms: tuple[Term, ...]
    ways: tuple[int, ...]
    initials: str
    changed: bool
    silent: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    places: frozenset[str] = frozenset()
    doubted: bool = False
    need: str = ""
    served_by: tuple[str, ...] = ()
    network: str = ""
    of_city: bool = False
    of_country: bool = False
    of_region: bool = False
    literal: tuple[str, ...] = ()

    understood: float = field(init=False)
    """The weight of the terms that some page may have."""
    whole: float = field(init=False)
    """The weight of all terms."""

    def __post_init__(self) -> None:
        whole = understood = 0.0
        for term in self.terms:
            whole += term.weight
            if term.options:
                understood += term.weight
        self.whole, self.understood = whole, understood or 1.0

    @property
    def share(self) -> float:
        """The share of the query that was understood, 0…1."""
        return self.understood / self.whole

    def without_numbers(self) -> Query:
        """The query with its numbers taken for words that no page has."""
        terms = (
            replace(each, options=(), decisive=False) if each.decisive else each
            for each in self.terms
        )
        return replace(self, terms=tuple(terms))

    @property
    def unknown(self) -> tuple[str, ...]:
        """The words that no page has, nor a word like them."""
        return tuple(term.typed for term in self.terms if not term.options)
