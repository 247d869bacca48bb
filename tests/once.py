"""What takes long to make and is the same for every test: made once, whichever process needs it.

`pytest -n` runs the tests in several processes, and a fixture of a session is made in each of them.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import shutil
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """The folder of this run, which all its processes have in common."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@contextmanager
def unmade(folder: Path) -> Iterator[Path | None]:
    """An empty folder to fill, which then becomes `folder`; None when `folder` is there already.

    Another process that asks for the same waits until it is whole. Nobody may change it later.
    """
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if folder.exists():
            yield None
            return
        shutil.rmtree(unfinished, ignore_errors=True)  # left by one that failed
        unfinished.mkdir()
        yield unfinished
        unfinished.rename(folder)


def database_once(folder: Path, fill: Callable[[str], Coroutine[Any, Any, None]]) -> Path:
    """The file of a database in `folder`, which `fill` makes at the address that it is given."""
    name = "directory.sqlite3"
    with unmade(folder) as new:
        if new:
            asyncio.run(fill(f"sqlite:///{new / name}"))
    return folder / name
