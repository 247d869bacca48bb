"""`python -m bench`: what the search reaches and costs, beside other engines; then what imports and
turns of the whole process cost.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench import rivals
from bench.capacity import print_capacity
from bench.changes import print_changes
from bench.corpus import corpus
from bench.files import read_corpus, read_queries
from bench.fill import fill
from bench.imports import print_imports
from bench.measure import Result, ask, ask_ours
from bench.offices.__main__ import print_offices
from bench.plot import OURS, plot
from bench.queries import NEGATIVE, Asked, queries
from bench.start import print_start
from bench.turns import print_turns
from directory.directory import Directory
from directory.model import Page
from directory.territories import Territories

REGIONAL, NATIONAL = 1_700, 175_000
SLOW = 20_000
"""Pages from which the rivals are asked fewer queries: some take a second each."""


@dataclass
class Case:
    """A corpus and the queries about it."""

    name: str
    pages: list[Page]
    territories: Territories
    queries: list[Asked]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--corpus", type=Path, action="append", help="a directory file (CSV, .gz)")
    parser.add_argument("--queries", type=Path, action="append", help="its queries (JSON lines)")
    parser.add_argument("--sizes", default=f"{REGIONAL},{NATIONAL}", help="of made-up corpora")
    parser.add_argument("--each", type=int, default=100, help="made-up queries of each class")
    parser.add_argument("--rivals", type=int, default=150, help="queries for each rival; 0: none")
    parser.add_argument("--postgres", help="a server to compare with, or $BENCH_POSTGRES")
    parser.add_argument("--no-imports", action="store_true", help="search only")
    parser.add_argument("--no-offices", action="store_true", help="without made-up office files")
    parser.add_argument("--no-turns", action="store_true", help="without the whole process")
    parser.add_argument("--plot", type=Path, default=Path("build/search.png"))
    chosen = parser.parse_args()
    points = {}
    for case in _cases(chosen):
        points[case.name] = _run(case, chosen.rivals, chosen.postgres)
    if chosen.rivals:
        chosen.plot.parent.mkdir(parents=True, exist_ok=True)
        plot(points, chosen.plot)
        print(f"\nplot: {chosen.plot}")
    if not (chosen.corpus or chosen.no_imports):
        print_imports([int(size) for size in chosen.sizes.split(",")])
    if not (chosen.corpus or chosen.no_offices):
        print_offices()
    if not (chosen.corpus or chosen.no_turns):
        print_turns()
        print_start()
        print_changes()
        print_capacity()


def _cases(chosen: argparse.Namespace) -> list[Case]:
    if chosen.corpus:
        return [
            Case(corpus_file.name, *read_corpus(corpus_file), read_queries(query_file))
            for corpus_file, query_file in zip(chosen.corpus, chosen.queries, strict=True)
        ]
    cases = []
    for size in map(int, chosen.sizes.split(",")):
        made, territories = corpus(size)
        name = f"made up, {size} pages"
        asked = queries(made, chosen.each)
        cases.append(Case(name, [each.page for each in made], territories, asked))
    return cases


def _run(case: Case, few: int, postgres: str | None) -> list[tuple[str, float, float]]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.sqlite3"
        asyncio.run(fill(url, case.pages, case.territories))
        costs = _child("measure", url) | _child("memory", url)
        ours = asyncio.run(_ask(url, case.queries, case.queries[:50]))
        _print_quality(case, ours)
        _print_costs(ours, costs)
        if not few:
            return []
        return _compare(case, url, few, postgres or os.environ.get("BENCH_POSTGRES"))


def _child(what: str, url: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.costs", what, url]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


async def _ask(url: str, asked: Sequence[Asked], warm: Sequence[Asked]) -> Result:
    """Our answers, after those to `warm`: a bot that runs has read many other queries before."""
    directory = await Directory.open(url, links=False)
    try:
        ask_ours(directory.search, warm)
        return ask_ours(directory.search, asked)
    finally:
        await directory.close()


def _print_quality(case: Case, result: Result) -> None:
    print(f"\n{case.name}: {len(case.pages)} pages, {len(case.queries)} queries")
    print(f"{'class':12}{'queries':>8}{'first':>8}{'in 3':>8}{'sure':>8}")
    for kind, score in sorted(
        result.scores.items(), key=lambda each: (each[0] in NEGATIVE, each[0])
    ):
        n = score.asked
        right = (
            ("-", "-") if kind in NEGATIVE else (f"{score.first / n:.3f}", f"{score.three / n:.3f}")
        )
        print(f"{kind:12}{n:8}{right[0]:>8}{right[1]:>8}{score.sure / n:8.3f}")
    every, none = result.total(negative=False), result.total(negative=True)
    print(
        f"{'all':12}{every.asked:8}{every.first / every.asked:8.4f}{every.three / every.asked:8.4f}"
    )
    print(
        "«found» that is wrong:"
        f" {every.found_wrong + none.found_wrong} of {every.found + none.found}"
    )
    if none.asked:
        print(
            f"sure of what is not there: {none.sure} of {none.asked} ({none.sure / none.asked:.1%})"
        )


def _print_costs(result: Result, costs: dict[str, float]) -> None:
    median, most = result.percentile(0.5), result.percentile(0.99)
    print(f"one query: median {median:.2f} ms, 99 % {most:.2f} ms")
    print(f"build from the database: {costs['build']:.2f} s")
    print(f"start with the kept index: {costs['start']:.2f} s, memory {costs['memory']:.0f} MB")
    print(
        f"a change is found after {costs['change']:.2f} s;"
        f" meanwhile a query waits {costs['wait']:.0f} ms at most"
    )


def _compare(
    case: Case, url: str, few: int, postgres: str | None
) -> list[tuple[str, float, float]]:
    asked = [each for each in case.queries if each.kind not in NEGATIVE]
    if len(case.pages) > SLOW or len(asked) > 10 * few:
        asked = Random(1).sample(asked, min(few, len(asked)))
    engines: dict[str, Callable[[Sequence[Page], Territories], rivals.Search]] = {
        "rapidfuzz extract": rivals.rapidfuzz_extract,
        "rapidfuzz token_set_ratio": rivals.rapidfuzz_tokens,
        "SQLite FTS5, prefixes": rivals.fts5,
        "tantivy, fuzzy": rivals.tantivy,
    }
    if postgres:
        engines["PostgreSQL FTS, pg_trgm"] = rivals.postgresql(postgres)
    others = [each for each in case.queries if each not in asked]
    results = {OURS: asyncio.run(_ask(url, asked, others))}
    for name, build in engines.items():
        try:
            results[name] = ask(build(case.pages, case.territories), asked)
        except ImportError as error:
            print(f"{name}: not compared, {error}")
    print(
        f"\n{'engine, ' + str(len(asked)) + ' queries':32}{'first':>8}{'median':>10}{'99 %':>10} ms"
    )
    points = []
    for name, result in results.items():
        total = result.total(negative=False)
        first, median = total.first / total.asked, result.percentile(0.5)
        print(f"{name:32}{first:8.3f}{median:10.2f}{result.percentile(0.99):10.2f}")
        points.append((name, first, median))
    for name, share, of in (
        ("rapidfuzz token_set_ratio", 0.5, "median"),
        ("SQLite FTS5, prefixes", 0.99, "99 %"),
    ):
        if name in results:
            times = results[name].percentile(share) / results[OURS].percentile(share)
            print(f"{of}: {times:.1f} times as fast as {name}")
    return points


if __name__ == "__main__":
    main()
