"""The command that loads the seed into a directory that lacks it."""

from __future__ import annotations

import argparse
import json

from directory.cli import OK, CommandError
from directory.regions import UnknownRegionError, region_named
from directory.seed import Loaded, load_seed
from directory.store.database import Database


async def seed(arguments: argparse.Namespace, url: str) -> int:
    """`seed [--region NAME]`."""
    try:
        region = region_named(arguments.region or "")
    except UnknownRegionError as error:
        raise CommandError(f"--region: {error}") from None
    db = await Database.open(url)
    try:
        loaded = await load_seed(db, region.name if region else None)
    finally:
        await db.close()
    if arguments.json:
        print(json.dumps(_counts(loaded), ensure_ascii=False))
    else:
        for line in in_words(loaded):
            print(line)
    return OK


def _counts(loaded: list[Loaded]) -> dict[str, object]:
    return {
        "pages": sum(part.new for part in loaded if part.kind == "pages"),
        "territories": sum(part.new for part in loaded if part.kind == "territories"),
        "from": {part.what: part.new for part in loaded},
    }


def in_words(loaded: list[Loaded]) -> list[str]:
    """What was loaded, in lines for whoever runs it."""
    if not loaded:
        return ["Всё, что есть в seed, уже есть в справочнике: ничего не добавлено."]
    lines = [f"  {part.what}: {part.new}" for part in loaded]
    pages = sum(part.new for part in loaded if part.kind == "pages")
    return [f"Добавлено страниц: {pages}.", *lines]
