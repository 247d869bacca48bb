"""Reading in a process of its own, with limits: a crash or a hang there is a message here.

The child is started as `python -m directory.imports.read` and takes one line of JSON (the
arguments of `read`) and the bytes on standard input. It answers in frames, each four bytes of
length and that many of JSON: an error, or the book without its rows, then rows in small batches, so
that taking them in never holds the event loop up for long.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import struct
import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any

from directory.imports.read.book import Book, Row, Table, UnreadableError
from directory.imports.read.limits import MEMORY, SECONDS
from directory.imports.read.reader import read

log = logging.getLogger(__name__)

_BATCH = 200
_LENGTH = struct.Struct(">I")


async def read_safely(data: bytes, name: str, *, sheet: str | None = None) -> Book:
    """`read` in a child process; a crash, a hang or a hunger of it is an UnreadableError, too."""
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", __package__),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert child.stdin
    assert child.stdout
    try:
        async with asyncio.timeout(SECONDS):
            with contextlib.suppress(ConnectionError):  # it died before it took the file
                child.stdin.write(json.dumps({"name": name, "sheet": sheet}).encode() + b"\n")
                child.stdin.write(data)
                await child.stdin.drain()
                child.stdin.close()
            return await _book(_frames(child.stdout))
    except TimeoutError as error:
        log.warning("reading %d bytes took more than %d s", len(data), SECONDS)
        raise UnreadableError(
            f"Файл не удалось прочитать за {SECONDS} секунд. Скопируйте таблицу в новую книгу, без"
            " оформления, и отправьте её."
        ) from error
    except asyncio.IncompleteReadError as error:
        log.warning("the process that read %d bytes died", len(data))
        raise UnreadableError(
            "Файл не удалось прочитать: на его разбор не хватило памяти, или он повреждён."
            " Скопируйте таблицу в новую книгу, без оформления, и отправьте её."
        ) from error
    finally:
        if child.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                child.kill()
        await child.wait()


async def _frames(stream: asyncio.StreamReader) -> AsyncIterator[Any]:
    """The frames until the caller has enough; IncompleteReadError when the child falls silent."""
    while True:
        (length,) = _LENGTH.unpack(await stream.readexactly(_LENGTH.size))
        yield json.loads(await stream.readexactly(length))


async def _book(frames: AsyncIterator[Any]) -> Book:
    about = await anext(frames)
    if "error" in about:
        raise UnreadableError(about["error"])
    tables = []
    for table in about["tables"]:
        tables.append(Table(table["name"], table["header"], table["header_row"], []))
        for _ in range(table["batches"]):
            batch = await anext(frames)
            tables[-1].rows.extend(Row(number, cells) for number, cells in batch["rows"])
            tables[-1].hyperlinks.update(
                ((number, at), address) for number, at, address in batch["hyperlinks"]
            )
    return Book(tables, about["encoding"], about["delimiter"], about["notes"])


def serve() -> None:
    """The child's whole work."""
    _limit()
    arguments = json.loads(sys.stdin.buffer.readline())
    try:
        book = read(sys.stdin.buffer.read(), arguments["name"], sheet=arguments["sheet"])
    except UnreadableError as error:
        _write({"error": str(error)})
        return
    _write(
        {
            "encoding": book.encoding,
            "delimiter": book.delimiter,
            "notes": book.notes,
            "tables": [
                {
                    "name": table.name,
                    "header": table.header,
                    "header_row": table.header_row,
                    "batches": len(list(_batches(table))),
                }
                for table in book.tables
            ],
        }
    )
    for table in book.tables:
        for batch in _batches(table):
            _write(batch)


def _batches(table: Table) -> Iterator[dict[str, Any]]:
    for start in range(0, len(table.rows), _BATCH):
        yield {"rows": table.rows[start : start + _BATCH], "hyperlinks": []}
    links = [(number, at, address) for (number, at), address in table.hyperlinks.items()]
    for start in range(0, len(links), _BATCH):
        yield {"rows": [], "hyperlinks": links[start : start + _BATCH]}


def _write(frame: object) -> None:
    # Not ASCII-escaped: a stranger's text can be long, and most of it is Russian. A lone half of a
    # surrogate pair cannot be in it, the decoders see to that.
    data = json.dumps(frame, ensure_ascii=False).encode()
    sys.stdout.buffer.write(_LENGTH.pack(len(data)) + data)
    sys.stdout.buffer.flush()


def _limit() -> None:
    """Bound this process's memory and processor time, and leave no core file of strangers' data."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        if sys.platform == "linux":  # macOS refuses it
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
