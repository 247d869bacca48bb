"""The commands that ask the directory: search, verify, stats; and its export."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from directory import environment
from directory.cli import OK, CommandError, answer, emit
from directory.model import Status
from directory.search.answer import Answer, SearchVerdict
from directory.store import audit, records
from directory.store.database import Database
from directory.store.statistics import statistics
from directory.territories import territory_key

if TYPE_CHECKING:
    from directory.directory import Directory

_EMPTY = "Справочник пуст: внесите файл командой python -m directory import FILE."

_VERDICTS = {
    SearchVerdict.FOUND: "Найдено:",
    SearchVerdict.CHOOSE: "Подходят несколько:",
    SearchVerdict.GUESS: "Точного ответа нет; возможно, вы искали:",
    SearchVerdict.NONE: "Ничего не нашлось.",
}
_STATUSES = {
    Status.ACTIVE: "действуют",
    Status.CLOSED: "закрыты",
    Status.HIDDEN: "скрыты",
    Status.RETIRED: "убраны",
}


async def search(arguments: argparse.Namespace, url: str) -> int:
    """`search QUERY` and `search --batch`."""
    query = " ".join(arguments.query)
    if bool(query) == arguments.batch:
        raise CommandError("Нужен запрос или --batch с запросами на стандартном вводе.")
    async with _opened(url) as directory:
        own = _territory(directory, arguments.territory) if arguments.territory else None
        if arguments.batch:
            for line in _lines():
                emit(_searched(directory, line, own, arguments))
            return OK
        if arguments.json:
            emit(_searched(directory, query, own, arguments))
            return OK
        found = directory.search(query, territory=own, limit=arguments.limit)
        print(_VERDICTS[found.verdict])
        for told in _told(found):
            print(told)
        for number, hit in enumerate(found.hits, 1):
            why = f"  [{hit.score:.2f}; {'; '.join(hit.why)}]" if arguments.explain else ""
            print(f"{number:>3}. {hit.title}  ({hit.id}){why}")
        if arguments.explain:
            print(f"\n{directory.explain(query, territory=own)}")
    return OK


def _territory(directory: Directory, name: str) -> int:
    """The number of the territory with this name, the region's own before others."""
    territories = directory.territories
    wanted = territory_key(name)
    named = [t for t in territories if wanted in map(territory_key, territories.names(t))]
    exact = [t for t in named if t.name.lower() == name.strip().lower()] or named
    home = directory.home
    at_home = [t for t in exact if home and territories.within(t.id, home.id)] or exact
    if not at_home:
        raise CommandError(f"«{name}»: такой территории в справочнике нет.")
    return min(at_home, key=lambda each: (len(territories.path(each.id)), each.id)).id


def _told(found: Answer) -> Iterator[str]:
    """What is said of an answer before its hits."""
    if found.place:
        yield f"(место: {found.place.name})"
    if found.shown_for:
        yield f"(показано по запросу «{found.shown_for}»)"
    if found.need:
        yield f"(по запросу «{found.need}»: {', '.join(found.served_by)})"
    if found.lacking:
        yield f"({found.lacking.name}: такой страницы в справочнике пока нет)"
    if found.unknown:
        yield f"(не знаю: {', '.join(f'«{word}»' for word in found.unknown)})"


def _searched(
    directory: Directory, query: str, own: int | None, arguments: argparse.Namespace
) -> dict[str, Any]:
    begun = time.perf_counter()
    found = directory.search(query, territory=own, limit=arguments.limit)
    milliseconds = (time.perf_counter() - begun) * 1000
    hits = [
        {"id": hit.id, "title": hit.title, "score": round(hit.score, 3)}
        | ({"why": list(hit.why)} if arguments.explain else {})
        for hit in found.hits
    ]
    # A place is the answer when its authority is: see the contract of `--json` in README.md.
    place = {"place": found.place.name} if found.place and found.place.authorities else {}
    told = {name: getattr(found, name) for name in ("unknown", "need", "served_by", "network")}
    return {
        "query": query,
        "verdict": found.verdict.value,
        "hits": hits,
        "ms": round(milliseconds, 2),
        **place,
        **{name: value for name, value in told.items() if value},
    }


async def verify(arguments: argparse.Namespace, url: str) -> int:
    """`verify LINK` and `verify --batch`."""
    if bool(arguments.link) == arguments.batch:
        raise CommandError("Нужна ссылка или --batch со ссылками на стандартном вводе.")
    async with _opened(url) as directory:
        for link in _lines() if arguments.batch else [arguments.link]:
            found = directory.verify(link)
            if arguments.batch or arguments.json:
                about = {"verdict": found.verdict.value, "page": found.page}
                emit({**about, "of": found.of, "why": found.why})
            else:
                print(found.why)
    return OK


async def stats(arguments: argparse.Namespace, url: str) -> int:
    """`stats`."""
    async with await Database.open(url) as db, db.read() as connection:
        found = await statistics(connection, datetime.now().astimezone().date())
        territories = len(await records.read_territories(connection))
        categories = len(await records.read_categories(connection))
    pages = sum(n for status, n in found.by_status.items() if status is not Status.RETIRED)
    counted = {
        "pages": pages,
        "by_status": {s.value: found.by_status.get(s, 0) for s in Status},
        "by_link": found.by_slot,
        "without_links": found.without_links,
        "checked": found.checked,
        "territories": territories,
        "categories": categories,
        "revisions": found.revisions,
    }
    if not found.by_status:
        return answer(arguments, counted, _EMPTY)
    of = ", ".join(f"{word} {found.by_status.get(status, 0)}" for status, word in _STATUSES.items())
    return answer(
        arguments,
        counted,
        f"Страниц: {pages} ({of})",
        "Со ссылкой: " + ", ".join(f"{slot} {n}" for slot, n in found.by_slot.items() if n),
        f"Без ссылок: {found.without_links}; проверены за полгода: {found.checked}",
        f"Территорий: {territories}; сфер: {categories}; изменений: {found.revisions}",
    )


async def export_file(arguments: argparse.Namespace, url: str) -> int:
    """`export FILE`."""
    from directory.export import FORMATS, file_of

    path: Path = arguments.file
    form = next((form for form in FORMATS if path.suffix.lower() == f".{form}"), None)
    if form is None:
        raise CommandError(f"«{path.name}»: имя должно кончаться на .csv, .xlsx или .json.")
    async with await Database.open(url) as db:
        async with db.read() as connection:
            pages = await records.read_pages(connection)
            territories = await records.read_tree(connection)
        async with db.write() as connection:
            detail = audit.Detail(form)
            await audit.record(connection, None, audit.Act.EXPORT, detail=detail)
    _write(path, file_of(pages, territories, form))
    told = f"Выгружено страниц: {len(pages)} → {path}" if pages else _EMPTY
    return answer(arguments, {"file": str(path), "pages": len(pages)}, told)


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Directory]:
    # Here and not above: search brings much that the other commands need not wait for.
    from directory.directory import Directory

    directory = await Directory.open(
        url, region=environment.region_name(), state=environment.state_dir()
    )
    try:
        if directory.revision < 1:
            print(_EMPTY, file=sys.stderr)
        yield directory
    finally:
        await directory.close()


def _lines() -> Iterator[str]:
    """The lines of standard input; bytes that are no UTF-8 spoil a line and not the rest."""
    # asyncio takes Ctrl-C for a word to the event loop, which does not turn while we wait here.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for line in sys.stdin.buffer:
        yield line.decode("utf-8-sig", "replace").rstrip("\r\n")


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: an older export is not lost to a full disk."""
    if not path.parent.is_dir():
        raise CommandError(f"Нет папки «{path.parent}»: создайте её или назовите другую.")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        part.chmod(0o644)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
