"""A made-up national directory, the same for the same seed: no page, place or person is real.

The shares of kinds, of numbers and of named holders are those of the press (`docs/search.md`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from string import ascii_lowercase
from typing import Any

from bench.names import Place, person, place, roots, surnames
from directory.links import parse
from directory.model import SETTLEMENT, Level, Link, Page, PageLink, Territory
from directory.territories import Territories


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of institution: how it is said in three cases, what its title is made of.

    `numbered`: the share that has a number; `named`: proper names that it may have.
    """

    name: str
    genitive: str
    accusative: str
    titles: tuple[str, ...]
    full: str
    share: float
    town: bool
    numbered: float = 0.0
    named: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    head: str = "директор"


KINDS = tuple(
    Kind(**dict[str, Any]((n, tuple(v) if isinstance(v, list) else v) for n, v in entry.items()))
    for entry in tomllib.loads(Path(__file__).with_name("kinds.toml").read_text("utf-8"))["kind"]
)


@dataclass(frozen=True, slots=True)
class Made:
    """A page, and what it was made of."""

    page: Page
    kind: Kind | None
    number: int
    word: str
    place: Place
    person: tuple[str, str, str] | None


def corpus(pages: int, seed: int = 45) -> tuple[list[Made], Territories]:
    """So many pages with their territories: 85 regions of the country, fewer for few pages."""
    random = Random(seed)
    regions = max(1, min(85, pages // 1500))
    towns = max(8, pages // 45)
    villages = max(20, pages // 6)
    names = roots(random, towns + villages // 2)
    territories: dict[tuple[int | None, str], Territory] = {}
    spots: dict[bool, list[tuple[int, Place]]] = {True: [], False: []}

    def node(name: str, parent: int | None, kind: str) -> int:
        if (parent, name) not in territories:
            territories[parent, name] = Territory(len(territories) + 1, name, parent, kind)
        return territories[parent, name].id

    above = [node(f"{root}ская область", None, "область") for root in roots(random, regions)]
    districts: list[int] = []
    for nth in range(towns):
        town = place(random, names[nth], town=True)
        district = node(f"{town.said('ий')} район", random.choice(above), "район")
        districts.append(district)
        spots[True].append((node(f"{town.kind} {town.name}", district, SETTLEMENT), town))
    for _ in range(villages):
        village = place(random, random.choice(names[towns:]), town=False)
        at = node(f"{village.kind} {village.name}", random.choice(districts), SETTLEMENT)
        spots[False].append((at, village))
    made = list(_made(random, pages, spots, surnames(random, max(200, pages // 8))))
    return made, Territories(territories.values())


def with_links(made: Sequence[Made]) -> list[Page]:
    """The pages with links to accounts that nobody has, each with a name of its own."""

    def link(slot: str, text: str) -> PageLink:
        found = parse(text, slot=slot)
        assert isinstance(found, Link)
        return PageLink(slot, found)

    def links(page: Page) -> tuple[PageLink, ...]:
        name = "".join(Random(page.id).choices(ascii_lowercase, k=12))
        return link("vk", f"vk.com/made_up_{name}"), link("ok", f"ok.ru/made_up_{name}")

    return [replace(each.page, links=links(each.page)) for each in made]


def _made(
    random: Random, count: int, spots: dict[bool, list[tuple[int, Place]]], known: list[str]
) -> Iterator[Made]:
    taken: set[tuple[str, int, int]] = set()
    weights = [kind.share for kind in KINDS]
    # A few large towns have most of the numbers, as everywhere.
    large = spots[True][: max(1, len(spots[True]) // 12)]
    number = 0
    while number < count:
        kind = random.choices(KINDS, weights)[0]
        in_large = kind.numbered and random.random() < 0.6
        at, where = random.choice(large if in_large else spots[kind.town])
        figure = 0
        if random.random() < kind.numbered:
            figure = random.randint(1, 60 if in_large else 6)
        if (kind.name, at, figure) in taken:
            continue
        taken.add((kind.name, at, figure))
        word = random.choice(kind.named) if kind.named else ""
        who = person(random, known) if random.random() < 0.25 else None
        parts = {
            "a": where.adjective, "g": where.genitive, "k": where.kind, "p": where.name,
            "w": word, "n": f" № {figure}" if figure else "",
        }  # fmt: skip
        title = random.choice(kind.titles).format(**parts)
        page = Page(
            f"p{number:06}",
            title,
            kind.full.format(**parts),
            "Культура",
            Level.MUNICIPAL,
            at,
            " ".join(who) if who else "",
            kind.head if who else "",
        )
        yield Made(page, kind, figure, word if word in title + page.full_name else "", where, who)
        number += 1
