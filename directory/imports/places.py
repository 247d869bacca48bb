"""From the region, territory and settlement of a row to one territory, known or new."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from directory.imports.content import is_region, is_stated_place
from directory.imports.region_names import region_named
from directory.model import SETTLEMENT, Territory
from directory.territories import Territories, territory_key
from directory.translation import SaidError, quoted

COUNTRY = frozenset({"россия", "российская федерация", "рф"})
"""What a file calls the whole country, which is no territory."""

_ALIKE = 85
"""Per cent of likeness at which a new region's or okrug's name looks like a slip in a known one."""

_QUOTES = re.compile(r"[«»„“”\"']")
_BODY = re.compile(r"(?i)^администраци[яи]\s+|^(?:мо|муниципальное образование)\s+(?=\S)")
_SHORT = (
    (re.compile(r"(?i)\bм\.?\s?о\.(?!\w)"), "муниципальный округ"),
    (re.compile(r"(?i)\bг\.?\s?о\.(?!\w)"), "городской округ"),
    (re.compile(r"(?i)\bм\.?\s?р\.?(?:-н)?(?!\w)"), "муниципальный район"),
    (re.compile(r"(?i)\bр-на?\b|\bр-он\w*"), "район"),
    (re.compile(r"\s+[-–—]\s+"), " "),
)
_OF_DISTRICT = re.compile(r"(?i)(района|округа|образования)\b")
_VILLAGE = re.compile(
    r"(?i)^(?:с|п|д|пос|дер|село|деревня|посёлок|поселок|пгт|рп|ст|х)\.?\s+[А-ЯЁ]"
)
_CUT_SHORT = re.compile(
    r"(?!(?:г|п|м|с|гор|пос|дер|мун|муниц|обл|респ|адм|ст)\.)([А-Яа-яЁё]{2,})\.(?=\W|$)", re.I
)
"""A name that is cut short: «Кет. МО». """
_KIND = re.compile(r"(?i)\b(?:район|округ|р-н|м\.?\s?[ор]\b)")
_CITY = re.compile(r"(?i)г\.|город\b")
_SEVERAL = re.compile(r"(?i)\sи\s|[,;]|районы|округа$|^все\b")
_NOMINATIVE = {"района": "район", "округа": "округ", "образования": "образование"}
_GENITIVE = re.compile(r"(?i)\b(\w+)ого\b")
_OF_CITY = re.compile(r"(?i)^(?:города|г\.)\s+(\w[\w-]+)а$")

PlaceNames = tuple[str, str, str]
"""Region, territory, settlement; each may be empty."""


class PlaceError(SaidError):
    """The names lead nowhere or to several; `column` is the contract's, the text says the cure."""

    def __init__(self, column: str, template: str, **values: object) -> None:
        super().__init__(template, **values)
        self.column = column


def spellings(name: str) -> Iterator[str]:
    """Possible spellings of a territory's name, as written first: offices decline and shorten it.

    >>> list(spellings("Администрация Белозерского района"))[1:3]
    ['Белозерского района', 'Белозерский район']
    """
    yield name
    bare = _QUOTES.sub("", name)
    for short, whole in _SHORT:
        bare = short.sub(whole, bare)
    bare = " ".join(_BODY.sub("", bare.strip()).split())
    yield bare
    if _OF_DISTRICT.search(bare):
        there = _OF_DISTRICT.sub(lambda found: _NOMINATIVE[found[1].lower()], bare)
        yield _GENITIVE.sub(
            lambda found: f"{found[1]}{'ий' if found[1][-1] in 'кгх' else 'ый'}", there
        )
        yield _GENITIVE.sub(r"\1ой", there)
    if city := _OF_CITY.match(bare):
        yield f"г. {city[1]}"


def _begins_so(name: str, beginning: str) -> bool:
    """Whether the territory's own name goes on from a beginning that is not the whole of it."""
    key = territory_key(name)
    return key.startswith(beginning) and key != beginning


class Places:
    """The tree of territories while a file is read, with the new ones that the file names.

    `territories` has both; `new` are the added ones by number. Places without a region are those
    of `region`; where it is not said, they are looked for in `home` first.
    """

    def __init__(self, known: Territories, region: str = "", home: str = "") -> None:
        self._region = region
        self._home = region or home
        self.territories = Territories(known)
        self.new: dict[int, Territory] = {}
        self._known = known
        self._next = 1 + known.last
        self._found: dict[PlaceNames, int | None] = {("", "", ""): None}

    def names(self, number: int | None) -> PlaceNames:
        """The names that lead to a territory."""
        if number is None:
            return "", "", ""
        names = ["", "", ""]
        for depth, territory in enumerate(self.territories.path(number)):
            names[2 if territory.is_settlement else min(depth, 1)] = territory.name
        return names[0], names[1], names[2]

    def find(self, names: PlaceNames) -> tuple[bool, int | None]:
        """Whether the names lead to a known territory (or to the whole country), and to which."""
        try:
            return True, self._resolve(names, create=False)
        except PlaceError:
            return False, None

    def take(self, names: PlaceNames) -> int | None:
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

    def _resolve(self, names: PlaceNames, *, create: bool) -> int | None:
        if names not in self._found:
            place = self._walk(names, create)
            # What was created is found again by the same names.
            self._found[names] = place
        return self._found[names]

    def _walk(self, names: PlaceNames, create: bool) -> int | None:
        region, territory, settlement = names
        first, *others = (part.strip() for part in region.split(","))
        if others and region_named(first):
            region, territory = first, territory or others[0]
        if region.lower() in COUNTRY:
            region = ""
        first, comma, rest = (territory or settlement).partition(",")
        both = bool(comma and rest.strip()) and not (territory and settlement)
        if both and self.find((region, first.strip(), ""))[0]:
            territory, settlement = first.strip(), rest.strip()
        if settlement and territory_key(settlement) == territory_key(region):
            settlement = ""  # Moscow within Moscow
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
        """A place that the file names without its region: it must be the only one of its name, or
        the only one in the region that is looked in first."""
        column, name = ("territory", territory) if territory else ("settlement", settlement)
        own = self._known_ones(self._home, None) if self._home else []
        regions = self.territories.children(None)
        tops = [t for region in own for t in self._known_ones(name, region.id, not territory)]
        if not tops:
            tops = self._known_ones(territory, None) if territory else []
            for region in regions:
                tops += self._known_ones(name, region.id, not territory)
        if len(tops) > 1:
            raise PlaceError(
                column,
                "есть в нескольких местах: {places}; впишите регион",
                places=self._listed(tops),
            )
        if tops:
            place = tops[0].id
        elif self._region:
            parent = self._step("region", self._region, None, create)
            place = self._step(column, name, parent, create)
        elif len(regions) == 1:
            place = self._step(column, name, regions[0].id, create)
        else:
            raise PlaceError(column, "неизвестно, в каком это регионе: впишите столбец «Регион»")
        return (
            self._step("settlement", settlement, place, create)
            if territory and settlement
            else place
        )

    def _known_ones(
        self, name: str, parent: int | None, settlement: bool = False
    ) -> list[Territory]:
        """The known territories that the name may mean, by the first spelling that fits any."""
        if parent is None and (region := region_named(name)):
            name = region
        # Lazily: most names are known as they are written.
        for spelling in spellings(name):
            if found := self.territories.matches(spelling, parent, settlement=settlement):
                return found
        cut = _CUT_SHORT.match(name)
        if not cut or settlement:
            return []
        beginning = cut[1].lower().replace("ё", "е")
        beside = [t for t in self._known.children(parent) if not t.is_settlement]
        found = [t for t in beside if _begins_so(t.name, beginning)]
        # Beside «Озёрский округ» the city of Озёрск is not meant by «Озёр. МО».
        return (
            [t for t in found if not _CITY.match(t.name)] or found if _KIND.search(name) else found
        )

    def _step(self, column: str, name: str, parent: int | None, create: bool) -> int:
        settlement = column == "settlement"
        found = self._known_ones(name, parent, settlement)
        if len(found) == 1:
            return found[0].id
        if found:
            raise PlaceError(
                column, "подходят несколько: {places}; впишите точнее", places=self._listed(found)
            )
        if not create:
            raise PlaceError(column, "нет в справочнике")
        made = Territory(
            self._next, self._new_name(column, name), parent, SETTLEMENT if settlement else ""
        )
        self._next += 1
        self.new[made.id] = made
        self.territories.add(made)
        return made.id

    @staticmethod
    def _new_name(column: str, name: str) -> str:
        """What a territory that is not known yet is called: not by its administration, or by a
        case. Raises `PlaceError` for a region that cannot be one."""
        if column == "region":
            if region := region_named(name):
                return region
            if not is_region(name):
                raise PlaceError(column, "это не регион России; впишите его название или код")
            return name
        if column == "territory":
            if _VILLAGE.match(name):
                raise PlaceError(column, "это населённый пункт, а не округ: округ не записан")
            if (len(name.split()) > 1 and not is_stated_place(name)) or _SEVERAL.search(name):
                raise PlaceError(column, "не похоже на название территории, и такой нет")
            if _CUT_SHORT.match(name):
                raise PlaceError(column, "сокращение непонятно: впишите название целиком")
            _written, bare, *others = spellings(name)
            if re.search(r"(?i)(?<!ск)(?<!цк)ого\s", bare):
                raise PlaceError(column, "такой территории нет; впишите название, как на карте")
            return others[0] if others else bare
        return name

    def _listed(self, found: Sequence[Territory]) -> str:
        paths = (self.territories.path(t.id) for t in found)
        return "; ".join(" → ".join(quoted([t.name]) for t in path) for path in paths)
