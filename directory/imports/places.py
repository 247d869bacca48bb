"""From the region, territory and settlement of a row to one territory, known or new."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from directory.model import SETTLEMENT, Territory
from directory.territories import Territories, territory_key

COUNTRY = frozenset({"россия", "российская федерация", "рф"})
"""What a file calls the whole country, which is no territory."""

_ALIKE = 85
"""Per cent of likeness at which a new region's or okrug's name looks like a slip in a known one."""

Names = tuple[str, str, str]
"""Region, territory, settlement; each may be empty."""


class PlaceError(ValueError):
    """The names lead nowhere or to several; `column` is the contract's, the text says the cure."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(why)
        self.column = column


class Places:
    """The tree of territories while a file is read: what it names in addition is added.

    `territories` has both; `new` are the added ones by number.
    """

    def __init__(self, known: Territories) -> None:
        self.territories = Territories(known)
        self.new: dict[int, Territory] = {}
        self._known = known
        self._next = 1 + max((t.id for t in known), default=0)
        self._found: dict[Names, int | None] = {("", "", ""): None}

    def names(self, number: int | None) -> Names:
        """The names that lead to a territory."""
        names = ["", "", ""]
        for depth, territory in enumerate(self.territories.path(number)):
            names[2 if territory.is_settlement else min(depth, 1)] = territory.name
        return names[0], names[1], names[2]

    def find(self, names: Names) -> tuple[bool, int | None]:
        """Whether the names lead to a known territory (or to the whole country), and to which."""
        try:
            return True, self._resolve(names, create=False)
        except PlaceError:
            return False, None

    def take(self, names: Names) -> int | None:
        """The territory that the names lead to, created when it is not known; None: the country.

        Raises `PlaceError` when they cannot be placed.
        """
        return self._resolve(names, create=True)

    def slip(self, number: int) -> str:
        """The known territory whose name the new one's is nearly; empty when there is none."""
        territory = self.new[number]
        if territory.is_settlement:
            return ""
        beside = [t for t in self._known.children(territory.parent) if not t.is_settlement]
        keys = [territory_key(t.name) for t in beside]
        close = process.extractOne(
            territory_key(territory.name), keys, scorer=fuzz.ratio, score_cutoff=_ALIKE
        )
        return beside[close[2]].name if close else ""

    def _resolve(self, names: Names, *, create: bool) -> int | None:
        if names not in self._found:
            place = self._walk(names, create)
            # What was created is found again by the same names.
            self._found[names] = place
        return self._found[names]

    def _walk(self, names: Names, create: bool) -> int | None:
        region, territory, settlement = names
        if region.lower() in COUNTRY:
            region = ""
        if not region and (territory or settlement):
            return self._without_region(territory, settlement, create)
        place = None
        if region:
            place = self._step("region", region, None, create)
        if territory:
            place = self._step("territory", territory, place, create)
        if settlement:
            place = self._step("settlement", settlement, place, create)
        return place

    def _without_region(self, territory: str, settlement: str, create: bool) -> int:
        """A place that the file names without its region: it must be the only one of its name."""
        column, name = ("territory", territory) if territory else ("settlement", settlement)
        regions = self.territories.children(None)
        tops: list[Territory] = []
        if territory:
            tops = self.territories.matches(territory, None)
        for region in regions:
            tops += self.territories.matches(name, region.id, settlement=not territory)
        if len(tops) > 1:
            raise PlaceError(
                column, f"есть в нескольких местах: {self._listed(tops)}; впишите регион"
            )
        if not tops and len(regions) != 1:
            raise PlaceError(column, "неизвестно, в каком это регионе: впишите столбец «Регион»")
        place = tops[0].id if tops else self._step(column, name, regions[0].id, create)
        return (
            self._step("settlement", settlement, place, create)
            if territory and settlement
            else place
        )

    def _step(self, column: str, name: str, parent: int | None, create: bool) -> int:
        settlement = column == "settlement"
        found = self.territories.matches(name, parent, settlement=settlement)
        if len(found) == 1:
            return found[0].id
        if found:
            raise PlaceError(column, f"подходят несколько: {self._listed(found)}; впишите точнее")
        if not create:
            raise PlaceError(column, "нет в справочнике")
        made = Territory(self._next, name, parent, SETTLEMENT if settlement else "")
        self._next += 1
        self.new[made.id] = made
        self.territories.add(made)
        return made.id

    def _listed(self, found: Sequence[Territory]) -> str:
        paths = (self.territories.path(t.id) for t in found)
        return "; ".join(" → ".join(f"«{t.name}»" for t in path) for path in paths)
