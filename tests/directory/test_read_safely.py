"""Reading in a child process: the same books, and every end of the child is a message."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import sys
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from directory.imports.read import UnreadableError, read, read_safely, safely
from directory.imports.read.limits import MEMORY
from tests.directory.books import PAGES, workbook

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

SLOW = b"name;site\n" + b"a;b\n" * 200_000
"""A file that takes a good part of a second."""


def children() -> list[int]:
    """The processes that this one has started and not yet waited for."""
    text = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
    return [int(number) for number in text.split()]


def about(child: int, name: str) -> str:
    return Path(f"/proc/{child}/{name}").read_text()


async def child_at_work() -> int:
    """The child, as soon as it has set its limits."""
    for _ in range(2000):
        for child in children():
            if str(MEMORY) in about(child, "limits"):
                return child
        await asyncio.sleep(0.005)
    raise AssertionError("no child came to work")


async def test_what_it_reads_is_what_read_reads() -> None:
    def link(sheet: Worksheet, _other: Worksheet) -> None:
        sheet["B2"].hyperlink = "https://vk.com/behind"

    rows = [PAGES[0], *[[f"Школа № {n}", f"vk.com/example_{n}"] for n in range(1000)]]
    data = workbook(("Лист1", rows), ("Другой", PAGES), edit=link)
    assert await read_safely(data, "a.csv") == read(data, "a.csv")
    assert await read_safely(data, "a", sheet="Другой") == read(data, "a", sheet="Другой")
    text = "Название;Сайт\r\nШкола;example.ru\r\n".encode("cp1251")
    assert await read_safely(text, "имя \udcff\0.csv") == read(text, "имя.csv")


async def test_a_refusal_is_the_same_refusal() -> None:
    with pytest.raises(UnreadableError, match="PDF"):
        await read_safely(b"%PDF-1.7", "a.csv")


async def test_a_hunger_for_memory_ends_the_child_only() -> None:
    reading = asyncio.create_task(read_safely(SLOW, "a.csv"))
    child = await child_at_work()
    used = int(about(child, "statm").split()[0]) * resource.getpagesize()
    resource.prlimit(child, resource.RLIMIT_AS, (used, used))
    with pytest.raises(UnreadableError, match="не хватило памяти"):
        await reading


async def test_a_crash_of_the_child_is_a_message() -> None:
    reading = asyncio.create_task(read_safely(SLOW, "a.csv"))
    os.kill(await child_at_work(), signal.SIGSEGV)
    with pytest.raises(UnreadableError, match="не удалось прочитать"):
        await reading


@pytest.mark.parametrize("seconds", [0.0, 0.1])
async def test_a_hang_of_the_child_is_a_message(
    monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    monkeypatch.setattr(safely, "SECONDS", seconds)
    with pytest.raises(UnreadableError, match="не удалось прочитать за"):
        await read_safely(SLOW, "a.csv")
    assert not children()


async def test_a_caller_that_gives_up_leaves_no_child_behind() -> None:
    reading = asyncio.create_task(read_safely(SLOW, "a.csv"))
    await child_at_work()
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert not children()
