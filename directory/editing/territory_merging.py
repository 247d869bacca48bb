"""Merging, renaming and abolishing territories, one revision each.

Pages and settlements move, and the old name is kept as a former one: a later file that still uses
it is read as the successor.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncConnection

from directory.changes import page_change, territory_change
from directory.model import Action, Change, Origin, Territory
from directory.store import homes, records, revisions, staff
from directory.store.batches import batches
from directory.store.revisions import Recorder
from directory.territories import Territories, territory_key
from directory.text import clean
from directory.translation import SaidError

LONGEST = 120
"""Characters of a territory's name; the longest in Russia has 77."""


class UnmergeableError(SaidError):
    """Why it cannot be done to the territory, to stand after a colon."""


@dataclass(frozen=True, slots=True)
class Moves:
    """What a merge moves: pages that get another territory, places that the other lacks, pairs of
    those that become one (the one that goes first), and how many editors; `total` counts the pages
    of the places, too."""

    pages: tuple[str, ...]
    total: int
    moved: tuple[Territory, ...]
    doubles: tuple[tuple[Territory, Territory], ...]
    editors: int

    @property
    def settlements(self) -> int:
        """How many places move."""
        return len(self.moved) + len(self.doubles)


@dataclass(frozen=True, slots=True)
class MergedTerritories:
    """What a merge did: its revision, and how many pages, settlements and editors moved."""

    revision: int
    pages: int
    settlements: int
    editors: int


async def moves(
    connection: AsyncConnection, tree: Territories, gone: Territory, into: Territory
) -> Moves:
    """What merging `gone` into `into` would move. Raises `UnmergeableError`."""
    _check(tree, gone, into)
    moved, doubles = _settlements(tree, gone, into)
    homeless = [gone.id, *(twin.id for twin, _own in doubles)]
    editors = {
        member.person
        for member in await staff.everyone(connection)
        if any(scope.territory in homeless for scope in member.scope.each)
    }
    pages = await records.pages_at(connection, homeless)
    total = len(await records.pages_at(connection, tree.subtree(gone.id)))
    return Moves(tuple(pages), total, tuple(moved), tuple(doubles), len(editors))


async def merge(
    connection: AsyncConnection,
    tree: Territories,
    gone: Territory,
    into: Territory,
    actor: int | None = None,
) -> MergedTerritories:
    """Move all that belongs to `gone` to `into`, and remove `gone`.

    `actor` is the editor's Telegram id, None for the command line. Settlements of one name are
    merged. Editors of `gone` become editors of `into`, and people's own place moves likewise.
    Undoing the revision restores the editors' scopes. Raises `UnmergeableError`.
    """
    found = await moves(connection, tree, gone, into)
    there = {gone.id: into.id} | {twin.id: own.id for twin, own in found.doubles}
    pages = await records.read_pages(connection, found.pages)
    changes = [
        page_change(page, replace(page, territory=there[page.territory or 0])) for page in pages
    ]
    changes += [territory_change(place, replace(place, parent=into.id)) for place in found.moved]
    changes += [_renamed(own, twin) for twin, own in found.doubles]
    changes.append(_renamed(into, gone))
    changes += [territory_change(twin, None) for twin, _own in found.doubles]
    changes.append(territory_change(gone, None))
    origin = Origin(Action.MERGE, actor, note=f"{gone.name} → {into.name}")
    recorder = await Recorder.begin(connection, origin)
    for before, after in there.items():
        await staff.move(connection, before, after, by=actor, at=recorder.at)
        await homes.move(connection, before, after, recorder.at)
    for batch in batches(changes):
        await recorder.add(batch)
    revision = await recorder.finish()
    return MergedTerritories(revision, len(pages), found.settlements, found.editors)


async def rename(
    connection: AsyncConnection, tree: Territories, place: Territory, name: str, actor: int | None
) -> tuple[Territory, int]:
    """Give the territory a new name, keep the old one as a former one.

    Returns the territory as it is then, and the revision.

    Raises `UnmergeableError` when nothing is left of the name, it is the old one, or a neighbour
    bears it.
    """
    new = clean(name, LONGEST)
    if not any(letter.isalpha() for letter in territory_key(new)):
        raise UnmergeableError("в названии нет ни одного слова")
    if new == place.name:
        raise UnmergeableError("так она и называется")
    same = tree.find(new, place.parent, settlement=place.is_settlement)
    if same is not None and same.id != place.id:
        raise UnmergeableError(
            "рядом есть «{name}»: если это одно место, объедините их", name=same.name
        )
    former = tuple(n for n in dict.fromkeys((*place.former_names, place.name)) if n != new)
    renamed = replace(place, name=new, former_names=former)
    origin = Origin(Action.EDIT, actor, note=f"{place.name} → {new}")
    change = territory_change(place, renamed)
    return renamed, await revisions.apply(connection, [change], origin)


async def abolish(
    connection: AsyncConnection, tree: Territories, place: Territory, actor: int | None
) -> int:
    """Take a territory without pages out, with its settlements; return the revision.

    Raises `UnmergeableError` for a region, and when there are pages or editors of it.
    """
    if place.parent is None:
        raise UnmergeableError("регион убрать нельзя")
    below = tree.subtree(place.id)
    if pages := await records.pages_at(connection, below):
        raise UnmergeableError(
            "здесь есть страницы, вместе с закрытыми и изъятыми: {n}", n=len(pages)
        )
    members = await staff.everyone(connection)
    if any(scope.territory in below for member in members for scope in member.scope.each):
        raise UnmergeableError("её доверили редактору")
    gone = [each for each in map(tree.get, sorted(below)) if each is not None]
    origin = Origin(Action.EDIT, actor, note=f"{place.name} → —")
    changes = [territory_change(each, None) for each in gone]
    return await revisions.apply(connection, changes, origin)


def _check(tree: Territories, gone: Territory, into: Territory) -> None:
    if gone.id == into.id:
        raise UnmergeableError("это одна и та же территория")
    if gone.parent is None or into.parent is None:
        raise UnmergeableError("регионы не объединяются: назовите округа, районы или города")
    if gone.is_settlement is not into.is_settlement:
        raise UnmergeableError("населённый пункт и муниципалитет не объединяются друг с другом")
    if tree.within(into.id, gone.id) or tree.within(gone.id, into.id):
        raise UnmergeableError("одна из этих территорий лежит в другой")
    if tree.path(gone.id)[0].id != tree.path(into.id)[0].id:
        raise UnmergeableError("эти территории в разных регионах")


def _settlements(
    tree: Territories, gone: Territory, into: Territory
) -> tuple[list[Territory], list[tuple[Territory, Territory]]]:
    """The places below `gone` that move, and pairs of those that `into` has by the same name."""
    moved, doubles = [], []
    for place in tree.children(gone.id):
        same = tree.find(place.name, into.id, settlement=place.is_settlement)
        if same is None:
            moved.append(place)
        else:
            doubles.append((place, same))
    return moved, doubles


def _renamed(place: Territory, gone: Territory) -> Change:
    """The territory with the names of the one merged into it among its former ones."""
    names = (name for name in Territories.names(gone) if name != place.name)
    former = tuple(dict.fromkeys((*place.former_names, *names)))
    return territory_change(place, replace(place, former_names=former))
