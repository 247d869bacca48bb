"""What differs between the databases that a directory can be kept in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from directory.store.faults import DatabaseLostError, DatabaseUrlError


class Backend:
    """A file of SQLite (`store.sqlite`) or a database of PostgreSQL (`store.postgres`).

    The methods here are defaults for a database that needs nothing done.
    """

    url: str
    """The address, password included: for processes of this program, never for a log."""

    name: str
    """The address without its secrets."""

    folder: Path
    """Where files that belong to the database are kept, unless `STATE_DIR` says otherwise."""

    file_name: str
    """How the names of such files begin."""

    lost = ""
    """Why the database is out of reach, "" when it is not known to be."""

    reading: Mapping[str, Any] = {}
    """SQLAlchemy's options of a connection that sees one state of the database throughout."""

    writing: Mapping[str, Any] = {"writing": True}
    """SQLAlchemy's options of the connection of the only writer."""

    def engine(self, connections: int) -> AsyncEngine:
        """An engine of at most so many connections. Raises `OSError` when there can be none."""
        raise NotImplementedError

    def refused(self, error: BaseException) -> DatabaseUrlError | None:
        """What to raise instead of a permanent error at the start; None for the error itself."""
        return None

    def opened(self) -> None:
        """Begin to watch over the database, which is open and migrated."""

    def check(self) -> None:
        """Raise `DatabaseLostError` when no connection may be asked for."""

    def reached(self) -> None:
        """Note that a connection was made."""

    def unreached(self, error: Exception) -> DatabaseLostError | None:
        """What to raise and store in `lost` when a connection fails; None: the error itself."""
        return None

    def is_in_place(self) -> bool:
        """Whether the database is still the one that was opened."""
        return True

    def reopen(self) -> None:
        """Switch to the one that is there now. Raises `OSError` when that is impossible."""

    def not_reopened(self, error: Exception) -> DatabaseLostError:
        """What to raise, and to store in `lost`, when that fails."""
        return DatabaseLostError(str(error))

    def before_migration(self) -> None:
        """Secure the data that a migration is about to change."""

    def after_migration(self, connection: Connection) -> None:
        """Do what is specific to this database and so not part of the migrations."""

    def count_on(self, connection: Connection) -> None:
        """Reset sequences after rows were inserted with explicit numbers."""

    def compact(self) -> None:
        """Return free space to the disk. Raises the driver's errors."""

    def close(self) -> None:
        """Stop watching."""
