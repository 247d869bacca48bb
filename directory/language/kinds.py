"""Finding the kinds of institutions, posts and territories that a text names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from directory.language.lexicon import KindNames, Lexicon
from directory.language.normalise import is_number

REMEMBERED = 20_000
TELLING = 0.3
"""The weight of a kind above which its name asks for a body; others are of territories and of heads
whom every body has."""
LOOSE = 2
"""Foreign words that may stand within a name on a page («детская городская поликлиника»)."""

BETWEEN = 3
"""Other words that may stand within a need in a query: further apart are two matters."""


class Named(NamedTuple):
    """A kind that is named: the kinds the name may mean, and where its words stand.

    `need`: what was named is a need that bodies of these kinds serve, the likeliest kind first;
    `names` are those of the kinds that are called so themselves («стоматолог»), `alone` tells that
    it is no need beside another one.
    """

    kinds: tuple[str, ...]
    places: tuple[int, ...]
    need: bool = False
    names: tuple[str, ...] = ()
    alone: bool = False


def names_bodies(lexicon: Lexicon, named: Sequence[Named]) -> bool:
    """Whether a body is named, and not only needs, territories and heads whom every body has:
    «паспорт Кетовский район», «директор не отдаёт трудовую»."""
    return any(
        not each.need and any(lexicon.kinds[kind].weight > TELLING for kind in each.kinds)
        for each in named
    )


def most_needed(needs: Sequence[Named]) -> Named:
    """The one of several needs that is asked for: none that counts alone only («инвалид, нужен
    пандус»), rather one of more words, which tells more, then the first."""
    return min(needs, key=lambda each: (each.alone, -len(each.places), each.places))


def kinds_in(lexicon: Lexicon, keys: Sequence[str]) -> list[Named]:
    """The kinds that the text of a page with these word keys names, in the order of the text."""
    return _named(lexicon, lexicon.names, keys, LOOSE)


def kinds_of_posts(lexicon: Lexicon, keys: Sequence[str], named: Sequence[Named]) -> list[Named]:
    """The institutions that the posts in a text are of, by words that the posts' names took: the
    «директор Департамента образования» heads what is called «Департамент образования»."""
    posts = {
        place
        for each in named
        if lexicon.kinds[each.kinds[0]].is_post and len(each.places) > 1
        for place in each.places
    }
    if not posts:
        return []
    others = {place for each in named for place in each.places} - posts
    bare = [key if place not in others else "" for place, key in enumerate(keys)]
    found = []
    for place, key in enumerate(bare):
        for phrase in lexicon.names.triggers.get(key, ()):
            if len(phrase) == 1 or lexicon.kinds[lexicon.names.phrases[phrase][0]].is_post:
                continue
            places = _places(phrase, bare, place, LOOSE)
            if not posts.isdisjoint(places):
                found.append(Named(lexicon.names.phrases[phrase], places))
    return found


class Asked:
    """Tells the kinds that queries name, or whose service they need; words may stand anywhere.

    Queries are alike but for proper names, so each sequence of words of kinds is looked up once.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.words = lexicon.asked.words
        self._known: dict[tuple[str, ...], Sequence[Named]] = {}

    def __call__(self, keys: Sequence[str]) -> Sequence[Named]:
        """The kinds that are named by words with these keys, in the order of the words."""
        words = self.words
        shape = tuple([key if key in words else "" for key in keys])
        named = self._known.get(shape)
        if named is None:
            named = _named(self._lexicon, self._lexicon.asked, shape, None)
            if len(self._known) < REMEMBERED:
                self._known[shape] = named
        return named


def _named(
    lexicon: Lexicon, names: KindNames, keys: Sequence[str], loose: int | None
) -> list[Named]:
    """The kinds that are named.

    On a page the name of a post begins as one does: «Администрация Главы» is no «глава
    администрации».

    Longer names first (of posts before those of institutions), and no word in two of them: «школа
    искусств» is no «школа». The words of a name may stand in any order, with at most `loose` others
    between (None: anywhere; those of needs with at most `BETWEEN`).
    """
    triggers, every = names.triggers, frozenset(keys)
    # In the order in which they claim their words: posts, then the longer, then names before needs
    # («госпошлина арбитражный суд»), needs whose words stand nearer («свет мигает весь день, всё
    # горит»), then the earlier.
    needs = lexicon.needs.phrases if names is lexicon.asked else {}
    found: list[tuple[bool, int, bool, int, int, tuple[str, ...], tuple[int, ...]]] = []
    for place, word in enumerate(keys):
        for phrase in triggers.get(word, ()):
            if len(phrase) == 1:
                found.append((True, -1, phrase in needs, 1, place, phrase, (place,)))
                continue
            need = phrase in needs
            between = BETWEEN if need else loose
            if names is lexicon.asked and any(map(is_number, phrase)):
                between = 0  # «школа 1, 8 класс» is no «1 класс»
            if every.issuperset(phrase) and (places := _places(phrase, keys, place, between)):
                is_post = lexicon.kinds[names.phrases[phrase][0]].is_post
                if is_post and (
                    _is_of_body(lexicon, keys, places)
                    if loose is None
                    else keys[places[0]] not in lexicon.post_heads
                ):
                    continue
                apart = places[-1] - places[0] if need else 0
                found.append((not is_post, -len(phrase), need, apart, places[0], phrase, places))
    if len(found) > 1:
        found.sort()
    taken: set[int] = set()
    named = []
    for _, _, need, _, _, phrase, places in found:
        if taken.isdisjoint(places):
            taken.update(places)
            own = lexicon.names.phrases.get(phrase, ()) if need else ()
            alone = need and phrase in lexicon.needs.alone
            named.append(Named(names.phrases[phrase], places, need, own, alone))
    if len(named) > 1:
        named.sort(key=lambda each: each.places)
    return named


def _is_of_body(lexicon: Lexicon, keys: Sequence[str], places: Sequence[int]) -> bool:
    """Whether a body is named within a post's name: «глава минобра области» heads no region."""
    for place in range(places[0] + 1, places[-1]):
        if place not in places and (kinds := lexicon.names.phrases.get((keys[place],))):
            kind = lexicon.kinds[kinds[0]]
            if kind.weight > TELLING and not kind.is_post:
                return True
    return False


def _places(
    phrase: tuple[str, ...], keys: Sequence[str], at: int, loose: int | None
) -> tuple[int, ...]:
    """Where the words of `phrase` stand near `at`, sorted; empty when one of them does not."""
    reach = len(keys) if loose is None else len(phrase) + loose
    window = range(max(0, at - reach + 1), min(len(keys), at + reach))
    places = [at]
    for word in phrase:
        if word == keys[at] and at in places and phrase.count(word) == 1:
            continue
        there = [p for p in window if keys[p] == word and p not in places]
        nearest = min(there, key=lambda place: abs(place - at), default=None)
        if nearest is None:
            return ()
        places.append(nearest)
    places.sort()
    return tuple(places) if places[-1] - places[0] < reach else ()
