"""Merging one territory into another, as okrugs are merged by law: one revision, undoable.

Pages and settlements move, and the old name stays known as a former one for good: next month's file
that still writes it is read as the successor.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncConnection

from directory.changes import page_change, territory_change
from directory.model import Action, Change, Origin, Territory
from directory.store import homes, records, revisions, staff
from directory.territories import Territories


class UnmergeableError(ValueError):
    """Why these two cannot be merged, in Russian."""


@dataclass(frozen=True, slots=True)
class MergedTerritories:
    """What a merge did: its revision, and how many pages, settlements and editors moved."""

    revision: int
    pages: int
    settlements: int
    editors: int


async def merge(
    connection: AsyncConnection,
    tree: Territories,
    gone: Territory,
    into: Territory,
    actor: int | None = None,
) -> MergedTerritories:
    """Move all that belongs to `gone` to `into`, and remove `gone`.

    `actor` is the Telegram id of whoever does it, None for the command line. A settlement that both
    have becomes one. Editors of `gone` become editors of `into`, and it is their place to whom
    `gone` was. Raises `UnmergeableError`.
    """
    _check(tree, gone, into)
    moved, doubles = _settlements(tree, gone, into)
    there = {gone.id: into.id} | {twin.id: own.id for twin, own in doubles}
    pages = await records.read_pages(connection, await records.pages_at(connection, there))
    changes = [
        page_change(page, replace(page, territory=there[page.territory or 0])) for page in pages
    ]
    changes += [territory_change(place, replace(place, parent=into.id)) for place in moved]
    changes += [_renamed(own, twin) for twin, own in doubles]
    changes.append(_renamed(into, gone))
    changes += [territory_change(twin, None) for twin, _own in doubles]
    changes.append(territory_change(gone, None))
    origin = Origin(Action.MERGE, actor, note=f"{gone.name} → {into.name}")
    number = await staff.move(connection, gone.id, into.id)
    await homes.move(connection, gone.id, into.id)
    revision = await revisions.apply(connection, changes, origin)
    return MergedTerritories(revision, len(pages), len(moved) + len(doubles), number)


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
