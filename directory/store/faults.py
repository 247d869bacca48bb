"""What may be wrong with a database: its address, its place, or that it takes no changes."""

from __future__ import annotations

from enum import Enum, auto


class DatabaseUrlError(ValueError):
    """DATABASE_URL cannot be used; the text says why and what to write instead (in Russian)."""


class DatabaseLostError(OSError):
    """The database is out of reach: its file was deleted or cannot be opened again after a
    replacement, or its server does not answer.

    The text says what to do, and `why` in a word what happened; neither holds a secret.
    """

    def __init__(self, text: str = "", why: str = "") -> None:
        super().__init__(text)
        self.why = why


class Fault(Enum):
    """Why the database takes no changes for now."""

    FULL = auto()
    READ_ONLY = auto()
    LOCKED = auto()
    BROKEN = auto()
