"""The work on a waiting file in a process of its own, so that others are answered meanwhile.

The child parses untrusted bytes: its crash, hang or lack of memory becomes an error message here,
and its results come as JSON and bytes, never as pickled objects.
"""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import time
import traceback
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import astuple
from multiprocessing.connection import Connection
from typing import Any

from directory import aside
from directory.imports import sent_file
from directory.imports.outcome import Progress, Stage
from directory.imports.plan import TitleUnknownError, seldom_collect
from directory.imports.read import UnreadableError
from directory.imports.read.limits import MAX_FILE, SECONDS
from directory.imports.reading import Reading
from directory.imports.sent_file import Applied, Consent, End, GoneError, Look, Options
from directory.imports.summary import Summary
from directory.rights import Rights
from directory.store.database import Database
from directory.translation import language, speaking

log = logging.getLogger(__name__)

_TICK = 0.1
"""Seconds between two looks whether anybody still waits for the child."""

Work = Callable[..., Awaitable[Look | Applied]]


async def look(
    db: Database, number: str, owner: int, options: Options, rights: Rights, progress: Progress
) -> Look:
    """`sent_file.look` in a process of its own; its death or silence is an UnreadableError too."""
    arguments = (sent_file.look, db.url, number, owner, options, rights)
    found, files = await _done(arguments, progress)
    names = found["names"]
    return Look(Summary.from_json(found["summary"]), list(zip(names, files, strict=True)))


async def apply(
    db: Database, number: str, owner: int, consent: Consent, rights: Rights, progress: Progress
) -> Applied:
    """`sent_file.apply` in a process of its own; its death or silence is an UnreadableError too."""
    arguments = (sent_file.apply, db.url, number, owner, consent, rights)
    found, _files = await _done(arguments, progress)
    return Applied(End(found["end"]), Summary.from_json(found["summary"]), found["revision"])


async def _done(arguments: tuple[Any, ...], progress: Progress) -> tuple[Any, list[bytes]]:
    """What the child comes to: JSON values, and the bytes that go with them."""
    given_up = threading.Event()
    try:
        return await asyncio.to_thread(_attend, arguments, progress, given_up)
    except TimeoutError as error:
        log.warning("no word from the process of an import for %d s", SECONDS)
        raise UnreadableError(
            "Файл не удалось прочитать за {n} секунд. Скопируйте таблицу в новую книгу, без"
            " оформления, и отправьте её.",
            n=SECONDS,
        ) from error
    except EOFError as error:
        log.warning("the process of an import died")
        raise UnreadableError(
            "Файл не удалось прочитать: на его разбор не хватило памяти, или он повреждён."
            " Скопируйте таблицу в новую книгу, без оформления, и отправьте её."
        ) from error
    finally:
        given_up.set()


def _attend(
    arguments: tuple[Any, ...], progress: Progress, given_up: threading.Event
) -> tuple[Any, list[bytes]]:
    """Start the child and hear it out. Blocks: it is for a thread."""
    here, there = aside.context.Pipe(duplex=False)
    child = aside.context.Process(target=_serve, args=(there, language(), *arguments), daemon=True)
    child.start()
    there.close()
    try:
        while True:
            frame = json.loads(_next(here, given_up))
            if "stage" in frame:
                progress(Stage(frame["stage"]), frame["done"], frame["total"])
            elif "found" in frame:
                return frame["found"], [_next(here, given_up) for _ in range(frame["files"])]
            else:
                raise _error(frame)
    finally:
        child.kill()
        child.join()
        child.close()
        here.close()


def _next(pipe: Connection, given_up: threading.Event) -> bytes:
    """The child's next words. Raises EOFError when it is dead, TimeoutError when it hangs."""
    end = time.monotonic() + SECONDS
    while not pipe.poll(_TICK):
        if given_up.is_set():
            raise InterruptedError
        if time.monotonic() > end:
            raise TimeoutError
    return pipe.recv_bytes(MAX_FILE)


def _error(frame: dict[str, Any]) -> Exception:
    if "readings" in frame:
        return TitleUnknownError([Reading(*one) for one in frame["readings"]], frame["sheets"])
    if "unreadable" in frame:
        return UnreadableError(frame["unreadable"])
    return RuntimeError(frame["failed"]) if "failed" in frame else GoneError()


def _serve(pipe: Connection, spoken: str, work: Work, url: str, *arguments: Any) -> None:
    """The child's whole work; what it says is in the language `spoken`."""
    aside.step_back()
    seldom_collect()

    def send(frame: dict[str, Any]) -> None:
        # Not ASCII-escaped: most of it is Russian.
        pipe.send_bytes(json.dumps(frame, ensure_ascii=False).encode())

    def tell(stage: Stage, done: int, total: int) -> None:
        send({"stage": stage.value, "done": done, "total": total})

    # Without memory, or without a reader, nothing can be sent.
    with suppress(MemoryError, BrokenPipeError):
        try:
            with speaking(spoken):
                found = asyncio.run(_work(work, url, *arguments, tell))
        except TitleUnknownError as error:
            send({"readings": [astuple(one) for one in error.readings], "sheets": error.sheets})
        except UnreadableError as error:
            send({"unreadable": str(error)})
        except GoneError:
            send({"gone": True})
        except (MemoryError, BrokenPipeError):
            raise
        except Exception as error:
            if _is_of_memory(error):
                raise MemoryError from error
            send({"failed": traceback.format_exc()})
        else:
            _hand_over(pipe, send, found)


def _is_of_memory(error: BaseException | None) -> bool:
    """Whether the error, or one that it was raised while handling, is a lack of memory."""
    while error is not None:
        if isinstance(error, MemoryError):
            return True
        error = error.__context__
    return False


async def _work(work: Work, url: str, *arguments: Any) -> Look | Applied:
    async with await Database.open(url) as db:
        return await work(db, *arguments)


def _hand_over(
    pipe: Connection, send: Callable[[dict[str, Any]], None], found: Look | Applied
) -> None:
    summary = found.summary.as_json()
    if isinstance(found, Applied):
        about = {"end": found.end.value, "summary": summary, "revision": found.revision}
        send({"found": about, "files": 0})
        return
    names = [name for name, _data in found.files]
    send({"found": {"names": names, "summary": summary}, "files": len(names)})
    for _name, data in found.files:
        pipe.send_bytes(data)
