"""A waiting file in a process of its own: every end of that process is a message."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from directory.imports import apart
from directory.imports.outcome import Stage
from directory.imports.plan import TitleUnknownError, plan
from directory.imports.read import UnreadableError, limits
from directory.imports.read.limits import MEMORY
from directory.imports.reading import Reading
from directory.imports.sent_file import Applied, Consent, End, GoneError, Look, Options
from directory.imports.summary import Summary
from directory.rights import Rights, Role, Scope
from directory.store import revisions, waiting_files
from directory.store.database import Database

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

OWNER = 7
ALL = Rights(Role.OWNER)
SLOW = "Название;Сайт\n".encode() + b"a;b\n" * 200_000
"""A file that takes a good part of a second to read."""


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(f"sqlite:///{tmp_path / 'directory.sqlite3'}")
    yield database
    await database.close()


async def _keep(db: Database, text: str | bytes, name: str = "список.csv") -> str:
    data = text if isinstance(text, bytes) else text.encode()
    async with db.write() as connection:
        return await waiting_files.keep(connection, OWNER, name, data, 0)


async def _look(db: Database, number: str, options: Options | None = None) -> Look:
    told: list[Stage] = []
    found = await apart.look(
        db, number, OWNER, options or Options(), ALL, lambda stage, *_: told.append(stage)
    )
    assert told[0] is Stage.READ
    return found


async def _apply(db: Database, number: str, consent: Consent = Consent()) -> Applied:  # noqa: B008
    return await apart.apply(db, number, OWNER, consent, ALL, lambda *_: None)


async def _child_at_work() -> int:
    """The child, as soon as it has set its limits."""
    for _ in range(6000):
        for child in multiprocessing.active_children():
            if child.pid and str(MEMORY) in _about(child.pid, "limits"):
                return child.pid
        await asyncio.sleep(0.005)
    raise AssertionError("no child came to work")


def _about(child: int, name: str) -> str:
    try:
        return Path(f"/proc/{child}/{name}").read_text()
    except OSError:  # it has ended
        return ""


async def test_what_is_found_there_is_what_is_found_here(db: Database) -> None:
    rows = "".join(f"Школа {n};Лесной край;vk.com/vydumka_{n}\n" for n in range(30))
    number = await _keep(db, f"Название;Регион;ВК;Ещё\n{rows}Плохая;;vк.com/a\n")
    there = await _look(db, number)
    async with db.read() as connection:
        file = await waiting_files.get(connection, number, OWNER)
    assert file
    here = await plan(db, file.data, file.name, rights=ALL)
    assert there.summary == Summary.of(here)
    assert (there.summary.new.all, there.summary.bad_rows) == (30, 1)
    assert [name for name, _ in there.files] == ["Исправить список.csv", "План список.xlsx"]
    assert there.files[0][1].decode("utf-8-sig").count("\n") == 32
    assert there.files[1][1].startswith(b"PK")


async def test_a_scope_and_altered_fields_come_whole(db: Database) -> None:
    await _apply(db, await _keep(db, "Код;Название;Сфера\na;Школа;Учёба\nb;Сад;Учёба\n"))
    number = await _keep(db, "Код;Название;Сфера;Телефон\na;Гимназия;Учёба;112\n")
    found = (await _look(db, number, Options(scope=Scope(None, "Учёба")))).summary
    assert found.scope == Scope(None, "Учёба")
    assert found.changed == (1, ["Гимназия"])
    assert found.altered == [(2, [("Название", "Школа", "Гимназия"), ("Телефон", "", "112")])]


async def test_applying_ends_as_it_should(db: Database) -> None:
    mixed = await _keep(db, "Название;ВК\nШкола;vydumka\nСад;vк.com/a\n")
    assert (await _apply(db, mixed)).end is End.REFUSED
    done = await _apply(db, mixed, Consent(partial=True))
    assert (done.end, done.revision, done.summary.new.all) == (End.APPLIED, 1, 1)
    with pytest.raises(GoneError):
        await _apply(db, mixed)
    stale = await _keep(db, "Название\nТеатр\n")
    assert (await _apply(db, stale)).end is End.CHANGED
    async with db.read() as connection:
        assert await revisions.current(connection) == 1


async def test_a_refusal_is_the_same_refusal(db: Database) -> None:
    with pytest.raises(UnreadableError, match="PDF"):
        await _look(db, await _keep(db, b"%PDF-1.7"))
    with pytest.raises(TitleUnknownError) as caught:
        await _look(db, await _keep(db, "Колонка;ВК\n1;vydumka\n"))
    assert caught.value.readings[0] == Reading("Колонка", "", "1")


async def test_a_defect_there_is_an_error_here(db: Database) -> None:
    number = await _keep(db, "Название\nШкола\n")
    db.url = f"sqlite:///{db.path.parent}"  # no database can be there
    with pytest.raises(RuntimeError, match="OSError"):
        await _look(db, number)


async def test_a_hunger_for_memory_ends_the_child_only(db: Database) -> None:
    looking = asyncio.create_task(_look(db, await _keep(db, SLOW)))
    child = await _child_at_work()
    used = int(_about(child, "statm").split()[0]) * resource.getpagesize()
    resource.prlimit(child, resource.RLIMIT_AS, (used, used))
    with pytest.raises(UnreadableError, match="не хватило памяти"):
        await looking


async def test_a_crash_of_the_child_is_a_message(db: Database) -> None:
    looking = asyncio.create_task(_look(db, await _keep(db, SLOW)))
    os.kill(await _child_at_work(), signal.SIGSEGV)
    with pytest.raises(UnreadableError, match="не удалось прочитать"):
        await looking


async def test_a_hang_of_the_child_is_a_message(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = await _keep(db, SLOW)
    await _look(db, await _keep(db, "Название\nШкола\n"))
    monkeypatch.setattr(apart, "SECONDS", 3.0)
    looking = asyncio.create_task(_look(db, number))
    os.kill(await _child_at_work(), signal.SIGSTOP)
    with pytest.raises(UnreadableError, match="не удалось прочитать за"):
        await looking
    assert not multiprocessing.active_children()


async def test_a_caller_that_gives_up_leaves_no_child_behind(db: Database) -> None:
    looking = asyncio.create_task(_look(db, await _keep(db, SLOW)))
    await _child_at_work()
    looking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await looking
    for _ in range(400):
        if not multiprocessing.active_children():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("the child is still there")


def test_the_processor_time_used_before_a_file_does_not_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "SECONDS", 1_000_000)
    before = resource.getrlimit(resource.RLIMIT_CPU)
    used = time.process_time()
    with limits.bounded():
        assert resource.getrlimit(resource.RLIMIT_CPU)[0] >= 1_000_000 + used > 1_000_000
    assert resource.getrlimit(resource.RLIMIT_CPU) == before
