"""The commands for what a directory is made of: loading the seed, merging territories."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from directory.cli import CommandError, answer
from directory.editing.territory_merging import UnmergeableError, merge
from directory.model import Territory
from directory.regions import UnknownRegionError, region_named
from directory.seed import Loaded, load_seed
from directory.store import records
from directory.store.database import Database
from directory.store.precaution import copy_before
from directory.territories import Territories

_LISTED = 5
"""Territories of one name that are listed to choose from."""


async def seed(arguments: argparse.Namespace, url: str) -> int:
    """`seed [--region NAME]`."""
    try:
        region = region_named(arguments.region or "")
    except UnknownRegionError as error:
        raise CommandError(f"--region: {error}") from None
    async with await Database.open(url) as db:
        loaded = await load_seed(db, region.name if region else None)
    return answer(arguments, _counts(loaded), *in_words(loaded))


async def merge_territory(arguments: argparse.Namespace, url: str) -> int:
    """`merge-territory FROM INTO`."""
    async with await Database.open(url) as db:
        async with db.read() as connection:
            tree = await records.read_tree(connection)
            gone, into = _the_one(tree, arguments.gone), _the_one(tree, arguments.into)
            moving = await records.pages_at(connection, tree.subtree(gone.id))
        await copy_before(db, "merge", len(moving))
        async with db.write() as connection:
            tree = await records.read_tree(connection)
            gone, into = _the_one(tree, arguments.gone), _the_one(tree, arguments.into)
            try:
                done = await merge(connection, tree, gone, into)
            except UnmergeableError as error:
                raise CommandError(f"Нельзя объединить: {error}.") from None
    return answer(
        arguments,
        asdict(done),
        f"«{gone.name}» теперь в составе «{into.name}»: страниц перенесено {done.pages},"
        f" населённых пунктов {done.settlements}, редакторов {done.editors}."
        f" Откатить: python -m directory undo {done.revision}",
    )


def _the_one(tree: Territories, name: str) -> Territory:
    """The territory that bears the very name, or else the only one that bears it in some form."""
    found = tree.named(name)
    bare = name.rpartition(",")[2].strip().lower()
    exact = [t for t in found if t.name.lower() == bare]
    for some in (exact, found):
        if len(some) == 1:
            return some[0]
    if not found:
        raise CommandError(f"Территории «{name}» в справочнике нет.")
    listed = "; ".join(tree.in_words(each.id) for each in found[:_LISTED])
    raise CommandError(f"Территорий «{name}» несколько, назовите с регионом: {listed}.")


def _counts(loaded: list[Loaded]) -> dict[str, object]:
    return {
        "pages": sum(part.new for part in loaded if part.kind == "pages"),
        "territories": sum(part.new for part in loaded if part.kind == "territories"),
        "from": {part.what: part.new for part in loaded},
    }


def in_words(loaded: list[Loaded]) -> list[str]:
    """What was loaded, in lines of Russian."""
    if not loaded:
        return ["Всё, что есть в seed, уже есть в справочнике: ничего не добавлено."]
    lines = [f"  {part.what}: {part.new}" for part in loaded]
    pages = sum(part.new for part in loaded if part.kind == "pages")
    return [f"Добавлено страниц: {pages}.", *lines]
