"""Child processes for long work, so that the one that answers people is not blocked.

They are forked from a server process that has all modules loaded; the first call starts it.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from typing import Any

_NICE = 10
"""The nice value of such a process: answering people goes first."""

if sys.platform == "win32":
    context = multiprocessing.get_context("spawn")
else:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["directory.imports.apart", "directory.directory"])


def step_back() -> None:
    """Lower this process's priority and leave Ctrl+C to the bot. Called first in each child."""
    # Ctrl+C reaches all processes of a terminal; the bot decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        os.nice(_NICE)


async def run(
    work: Callable[..., Awaitable[Any]], *arguments: Any, progress: Callable[[int], object]
) -> Any:
    """Run `work(*arguments, progress)` in a process of its own; return its result.

    Its exceptions are raised here. Raises `EOFError` when the process dies.
    """
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_serve, args=(there, work, arguments), daemon=True)
    await asyncio.to_thread(child.start)
    there.close()
    try:
        while True:
            what, value = await asyncio.to_thread(here.recv)
            if what == "done":
                return value
            if what == "raised":
                raise value
            progress(value)
    finally:
        child.kill()
        await asyncio.to_thread(child.join)
        here.close()


def _serve(pipe: Connection, work: Callable[..., Awaitable[Any]], arguments: Any) -> None:
    step_back()

    async def served() -> Any:
        return await work(*arguments, lambda done: pipe.send(("progress", done)))

    try:
        done = asyncio.run(served())
    except Exception as error:
        pipe.send(("raised", error))
    else:
        pipe.send(("done", done))
