"""Copies of an SQLite database: made while it is in use, verified, and put back in its place."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

from sqlalchemy import NullPool, create_engine

from directory.store import numbers

_NEEDED = frozenset({"alembic_version", "changes", "pages", "revisions", "territories"})
"""Tables without which a database is no directory."""

_SHARED_FIRST, _SHARED_SIZE = 0x40000002, 510
"""The bytes that SQLite locks in a file that it reads: SHARED_FIRST and SHARED_SIZE of its os.h."""

_SIDES = ("-wal", "-shm", "-journal")
"""Suffixes of the files that SQLite keeps beside a database."""

BEFORE = ".before-restore"
"""Suffix of the database that a restored copy has replaced."""


class DamagedError(Exception):
    """The file is no sound database of a directory; the Russian text says what is wrong."""


class InUseError(Exception):
    """Another process has the database open."""


def read_only(database: Path) -> sqlite3.Connection:
    """Open a database to read it. Raises `FileNotFoundError`, and `sqlite3.Error`."""
    address = f"{database.resolve(strict=True).as_uri()}?mode=ro"
    if not database.with_name(f"{database.name}-wal").exists():
        # Nobody has it open: SQLite needs no journal beside it, and leaves none.
        address += "&immutable=1"
    return sqlite3.connect(address, uri=True)


def verify(database: Path) -> None:
    """Raise `DamagedError` unless the file is a whole and consistent database of a directory."""
    try:
        with closing(read_only(database)) as connection:
            found = connection.execute("PRAGMA integrity_check(3)")
            faults = [" ".join(str(row[0]).split()) for row in found]  # some are of several lines
            if faults != ["ok"]:
                raise DamagedError(f"файл базы повреждён: {'; '.join(faults)}")
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise DamagedError("в базе ссылки на записи, которых нет")
            tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if missing := _NEEDED - {name for (name,) in tables}:
                listed = ", ".join(sorted(missing))
                raise DamagedError(f"это не база справочника: нет таблиц {listed}")
    except FileNotFoundError:
        raise DamagedError("такого файла нет") from None
    except (sqlite3.Error, OSError) as error:
        raise DamagedError(f"файл базы повреждён или это не база ({error})") from None


def backup(database: Path, target: Path) -> None:
    """Copy a database that may be in use to `target`, consistently and as one file, and verify it.

    Raises `FileExistsError` when `target` exists, `DamagedError` when the database, and with it the
    copy, is not sound, `OSError` when it cannot be written; then nothing is left behind.
    """
    partial = partial_of(target)
    address = f"{database.resolve().as_uri()}?mode=ro"
    try:
        with (
            closing(sqlite3.connect(address, uri=True)) as source,
            closing(sqlite3.connect(partial)) as copy,
        ):
            source.backup(copy)
        verify(partial)
        partial.rename(target)
    except sqlite3.Error as error:
        if isinstance(error, sqlite3.OperationalError) and not _says_damaged(error):
            raise OSError(str(error)) from error
        raise DamagedError(f"файл базы повреждён ({error})") from error
    finally:
        remove(partial)


def partial_of(target: Path) -> Path:
    """The file in which a copy is made until it is whole. Raises `FileExistsError` for `target`."""
    if target.exists():
        raise FileExistsError(target)
    partial = target.with_name(target.name + ".partial")
    remove(partial)
    return partial


def restore(copy: Path, database: Path, state: Path | None = None) -> Path | None:
    """Put a verified copy in the place of the database, its journals and its search index, which is
    kept in `state`, by default beside it.

    Return where the database that was there is kept, None when there was none. A process that dies
    midway leaves either the old database or the copy, whole. Raises `DamagedError` for the copy,
    `InUseError` when a process has the database open, `OSError` when something cannot be written.
    """
    verify(copy)
    database.parent.mkdir(parents=True, exist_ok=True)
    if is_open(database):
        raise InUseError
    new = database.with_name(f"{database.name}.restoring")
    before = database.with_name(database.name + BEFORE)
    remove(new)  # with a journal, of a restore that was killed
    shutil.copyfile(copy, new)
    try:
        verify(new)
        kept = _keep(database, before)
        _pass_over_numbers(new, before if kept else None)
        _give_away(new, database if database.exists() else database.parent)
        _sync(new)
        # The old journal goes first: SQLite would play it into the copy.
        for side in _SIDES:
            database.with_name(database.name + side).unlink(missing_ok=True)
        new.replace(database)
    finally:
        remove(new)
    for made_of_it in (".index", ".links"):
        ((state or database.parent) / f"{database.name}{made_of_it}").unlink(missing_ok=True)
    return before if kept else None


def is_open(database: Path) -> bool:
    """Whether some process has the database open.

    Told by the lock that every connection holds on the file while it is open (in WAL mode), which
    does not need the file to be sound. Not for a process that has it open itself: closing a file
    gives up all the locks that the process holds on it (POSIX).
    """
    if not database.exists():
        return False
    if sys.platform == "win32":
        try:  # an open file cannot be renamed there
            database.rename(database)
        except OSError:
            return True
        return False
    import fcntl

    with database.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED_FIRST)
        except OSError:
            return True
    return False


def _pass_over_numbers(new: Path, before: Path | None) -> None:
    """Let no number come again that the replaced database, or a lost one, had given."""
    engine = create_engine(f"sqlite:///{new.resolve()}", poolclass=NullPool)
    replaced = None
    if before:
        opened = partial(read_only, before)
        replaced = create_engine("sqlite://", creator=opened, poolclass=NullPool)
    with engine.begin() as connection:
        numbers.pass_over(connection, replaced)


def _keep(database: Path, before: Path) -> bool:
    """Copy the database, with what its journal holds, to `before`; return whether there is one."""
    if not database.exists():
        return False
    remove(before)
    for side in ("", *_SIDES[:1]):
        source = database.with_name(database.name + side)
        if source.exists():
            shutil.copy2(source, before.with_name(before.name + side))
            _sync(before.with_name(before.name + side))
    return True


def remove(database: Path) -> None:
    """Remove a file of SQLite, if it is there, with what is kept beside it."""
    for side in ("", *_SIDES):
        database.with_name(database.name + side).unlink(missing_ok=True)


def _give_away(path: Path, to_owner_of: Path) -> None:
    """Give the file the owner of another one: root may restore, the bot's user must write."""
    if hasattr(os, "chown"):
        owner = to_owner_of.stat()
        with suppress(PermissionError):  # it is the user's own file already
            os.chown(path, owner.st_uid, owner.st_gid)


def _sync(path: Path) -> None:
    """Flush the file to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _says_damaged(error: sqlite3.Error) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
