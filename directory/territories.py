"""The territories in memory: the tree, and finding a node by whatever name is given.

A name is known by its *key*: lower case, without the words for the kind of a territory, so that
«город Курган», «г. Курган» and «Курган» agree, and so do «Кетовский район» and «Кетовский
муниципальный округ», before any list of former names is asked.
"""

from __future__ import annotations

import re
from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from directory.model import Territory

# The words for a settlement's kind, and the kind they all mean.
_SETTLEMENT_WORDS = {
    "город": "г", "гор": "г", "г": "г",
    "рп": "п", "пгт": "п", "поселок": "п", "пос": "п", "п": "п",
    "село": "с", "с": "с",
    "деревня": "д", "дер": "д", "д": "д",
    "станица": "ст", "ст-ца": "ст", "ст": "ст",
    "хутор": "х", "х": "х",
    "аул": "аул", "слобода": "сл", "сл": "сл",
}  # fmt: skip

_OTHER_WORDS = frozenset(
    {
        *("область", "обл", "край", "республика", "респ"),
        *("автономный", "автономная", "автономное", "ао"),
        *("муниципальный", "муниципальное", "муниципального", "мо", "го"),
        *("городской", "городского", "городское", "сельское", "сельского"),
        *("округ", "округа", "район", "района", "р-н", "образование", "поселение"),
        *("рабочий", "курортный", "типа"),
    }
)

_PATHS = 20_000
"""Territories whose paths are kept, say 3 MB: pages and lists ask for the same ones."""

_WORD = re.compile(r"[\w-]+")
_DISTRICT = re.compile(r"(?i)\bрайон|\bр-н|муниципальн\w+ округ")


def territory_key(name: str) -> str:
    """The name without its kind, in lower case: «г. Курган» and «Город Курган» give «курган»."""
    return _split(name)[1]


@lru_cache(1 << 14)
def _split(name: str) -> tuple[str, str]:
    """The settlement kind that the name states ("" when it states none), and the bare name."""
    words = _WORD.findall(name.lower().replace("ё", "е"))
    bare = [w for w in words if w not in _SETTLEMENT_WORDS and w not in _OTHER_WORDS]
    if not bare:
        return "", " ".join(words)
    stated = [_SETTLEMENT_WORDS[w] for w in words if w in _SETTLEMENT_WORDS]
    return (stated[0] if stated else ""), " ".join(bare)


class Territories:
    """A set of territories; a changed directory gets a new one.

    `last` is the greatest number that a territory has, or had: the next one gets a greater.

    >>> region = Territory(1, "Курганская область")
    >>> okrug = Territory(2, "Кетовский муниципальный округ", 1)
    >>> Territories([region, okrug]).find("кетовский р-н", parent=1).id
    2
    """

    def __init__(self, territories: Iterable[Territory] = (), last: int = 0) -> None:
        self._by_id = {t.id: t for t in territories}
        self._paths: dict[int | None, tuple[Territory, ...]] = {}
        self.last = max((last, *self._by_id))
        self._children: dict[int | None, list[Territory]] = defaultdict(list)
        for territory in sorted(self._by_id.values(), key=lambda t: t.name):
            self._children[territory.parent].append(territory)

    @cached_property
    def _by_key(self) -> dict[tuple[int | None, str], list[Territory]]:
        """Made when the first name is looked up, which most readers of a large tree never do."""
        found: dict[tuple[int | None, str], list[Territory]] = defaultdict(list)
        for beside in self._children.values():
            for territory in beside:
                self._remember(territory, found)
        return found

    def add(self, territory: Territory) -> None:
        """Add one that an import is about to create; its number must be new."""
        self._remember(territory, self._by_key)
        for derived in ("_by_name", "_by_centre"):
            self.__dict__.pop(derived, None)
        self._by_id[territory.id] = territory
        self._paths.clear()
        insort(self._children[territory.parent], territory, key=lambda t: t.name)

    def _remember(
        self, territory: Territory, by_key: dict[tuple[int | None, str], list[Territory]]
    ) -> None:
        for name in dict.fromkeys(map(territory_key, self.names(territory))):
            by_key[territory.parent, name].append(territory)

    @staticmethod
    def names(territory: Territory) -> tuple[str, ...]:
        """The territory's name and former names."""
        return (territory.name, *territory.former_names)

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Territory]:
        return iter(self._by_id.values())

    def get(self, number: int | None) -> Territory | None:
        """The territory with this number, None when there is none."""
        return None if number is None else self._by_id.get(number)

    def children(self, number: int | None) -> list[Territory]:
        """The territories right below (None: the regions), by name."""
        return self._children.get(number, [])

    def path(self, number: int | None) -> tuple[Territory, ...]:
        """From the region down to the territory itself; empty for None."""
        known = self._paths.get(number)
        if known is not None:
            return known
        path: list[Territory] = []
        above = number
        while (territory := self.get(above)) is not None:
            path.append(territory)
            above = territory.parent
        if len(self._paths) >= _PATHS:
            self._paths.clear()
        return self._paths.setdefault(number, tuple(reversed(path)))

    def in_words(self, number: int | None) -> str:
        """The territory's names from the region down: «Курганская область, Кетовский округ»."""
        return ", ".join(territory.name for territory in self.path(number))

    def within(self, number: int | None, ancestor: int | None) -> bool:
        """Whether the territory is `ancestor` or lies in it (None: the whole country)."""
        return ancestor is None or any(t.id == ancestor for t in self.path(number))

    def subtree(self, number: int) -> set[int]:
        """The numbers of the territory and all below it."""
        found = {number}
        for child in self.children(number):
            found |= self.subtree(child.id)
        return found

    def named(self, name: str) -> list[Territory]:
        """All territories that bear the name, now or formerly, anywhere in the country.

        A comma narrows: «Курганская область, Кетовский район» is sought in that region alone.
        """
        above, comma, last = name.rpartition(",")
        parents = {t.id for t in self.named(above)} if comma else None
        return [
            territory
            for territory in self._by_name.get(territory_key(last), ())
            if parents is None or any(t.id in parents for t in self.path(territory.parent))
        ]

    def centred(self, name: str) -> list[Territory]:
        """The districts whose centre bears the name: «Елабуга» is that of «Елабужский район»."""
        return self._by_centre.get(territory_key(name), [])

    @cached_property
    def _by_centre(self) -> dict[str, list[Territory]]:
        known: dict[str, list[Territory]] = defaultdict(list)
        for territory in self:
            if territory.centre and territory.parent is not None:
                known[territory_key(territory.centre)].append(territory)
        return known

    @cached_property
    def _by_name(self) -> dict[str, list[Territory]]:
        """The territories by their keys, wherever they are."""
        known: dict[str, list[Territory]] = defaultdict(list)
        for (_parent, key), found in self._by_key.items():
            known[key] += found
        return known

    def find(self, name: str, parent: int | None, *, settlement: bool = False) -> Territory | None:
        """The one territory that `matches`; None when there is none, or more than one."""
        found = self.matches(name, parent, settlement=settlement)
        return found[0] if len(found) == 1 else None

    def matches(
        self, name: str, parent: int | None, *, settlement: bool = False
    ) -> list[Territory]:
        """The territories right below `parent` with this name, now or formerly.

        `settlement` tells whether a settlement is meant or a district: «Курган» the town and
        «Город Курган» the municipality are two. Who bears the very name now goes before who bore
        it formerly, and both before those of another kind of name. More than one when the name is
        ambiguous: «с. Никольское» and «д. Никольское» are two, and a bare «Никольское» is either.
        """
        kind, key = _split(name)
        beside = self._by_key.get((parent, key))
        if not beside:
            return []
        wanted = name.strip().lower()
        district = bool(_DISTRICT.search(name))
        tiers: tuple[list[Territory], ...] = ([], [], [], [], [])
        for known in beside:
            if known.is_settlement is not settlement:
                continue
            if known.name == name:
                tiers[0].append(known)
            elif known.name.lower() == wanted:
                tiers[1].append(known)
            elif any(wanted == former.lower() for former in known.former_names):
                tiers[2].append(known)
            else:
                kinds = [of for of, _key in map(_split, self.names(known))]
                # A city and the district around it may differ in nothing else.
                if district and all(of == "г" for of in kinds):
                    continue
                if kind and kind in kinds:
                    tiers[3].append(known)
                elif not kind or "" in kinds:
                    tiers[4].append(known)
        return next((tier for tier in tiers if tier), [])
