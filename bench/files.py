"""A corpus and queries from files: a directory file (CSV, also gzipped) and JSON lines."""

from __future__ import annotations

import csv
import gzip
import json
from dataclasses import replace
from pathlib import Path

from bench.queries import Asked
from directory.model import SETTLEMENT, Level, Page, Territory
from directory.territories import Territories


def read_corpus(path: Path) -> tuple[list[Page], Territories]:
    """The pages of a file in the contract's columns, with those fields that are searched."""
    opened = gzip.open if path.suffix == ".gz" else open
    territories: dict[tuple[int | None, str, bool], Territory] = {}

    def node(parent: int | None, name: str, kind: str) -> int | None:
        if not name:
            return parent
        place = (parent, name, bool(kind))
        if place not in territories:
            territories[place] = Territory(len(territories) + 1, name, parent, kind)
        return territories[place].id

    pages = []
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            at = node(None, row["region"], "")
            if row["territory"] != row["region"]:
                at = node(at, row["territory"], "")
            at = node(at, row["settlement"], SETTLEMENT)
            level = Level(row["level"]) if row["level"] else None
            aliases = tuple(filter(None, row["aliases"].split("|")))
            page = Page(row["id"], row["title"], row["full_name"], row["category"], level, at)
            pages.append(replace(page, person=row["person"], post=row["post"], aliases=aliases))
    return pages, Territories(territories.values())


def read_queries(path: Path) -> list[Asked]:
    """Queries, one object a line: `q`, `cls`, `ok` (the ids of the pages that answer it)."""
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [Asked(line["q"], line["cls"], frozenset(map(str, line["ok"]))) for line in lines]


def territories_of_seed(region: str) -> Territories:
    """The region's territories as the seed has them."""
    found = [Territory(1, region)]
    with Path("seed/territories.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["region"] == region:
                former = tuple(filter(None, row["former_names"].split("|")))
                place = Territory(len(found) + 1, row["name"], 1, row["kind"], former_names=former)
                found.append(place)
    return Territories(found)
