"""What people ask for that is not there, counted without keeping who, nor what fewer than five ask.

Of a query only a fingerprint is kept, and of each person who typed it which of sixteen marks is
theirs: a sixteenth of all people have the same one. A fifth mark can only come from a fifth person,
and then the words themselves are kept, which no single person is known by. Both are made with a
secret that lies outside the database and its copies, and is thrown away with its month.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from directory.figures import first_of_month
from directory.language.normalise import normalise

PEOPLE = 5
"""Different people who must have typed the same before it is kept in words."""

_MARKS = 16
_LONGEST = 60
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d{5}|\d[\d ]{8,}\d")
"""A telephone, a card, a passport: what may be somebody's."""


@dataclass(frozen=True, slots=True)
class UnfoundQuery:
    """A query of one person: the month, the fingerprint and the mark; `words` are not kept yet."""

    month: date
    key: str
    mark: int
    words: str


class MonthlySecret:
    """The secret of the current month, in a file beside what can be made anew."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "unfound.secret"
        self._month: date | None = None
        self._secret = b""

    def asked(self, query: str, person: int, today: date) -> UnfoundQuery | None:
        """What is counted of a query; None when it is too long or holds a number of somebody's.

        Raises `OSError` when the secret can be neither read nor kept.
        """
        words = " ".join(_WORD.findall(normalise(query)))
        if not words or len(words) > _LONGEST or _NUMBER.search(words):
            return None
        month = first_of_month(today)
        if month != self._month:
            self._secret, self._month = self._of_month(month), month
        mark = self._digest(f"{words}\n{person}")[0] % _MARKS
        return UnfoundQuery(month, self._digest(words).hex()[:32], 1 << mark, words)

    def _digest(self, text: str) -> bytes:
        return hmac.digest(self._secret, text.encode(), hashlib.sha256)

    def _of_month(self, month: date) -> bytes:
        """The secret as it was kept, or a new one in the place of that of another month."""
        known = self._file.read_text("ascii").split() if self._file.exists() else []
        if len(known) == 2 and known[0] == month.isoformat():
            return bytes.fromhex(known[1])
        made = secrets.token_bytes(32)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.unlink(missing_ok=True)  # one of another month may have been made readable
        # Nobody else's from the first byte on, whatever the umask.
        opened = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "w", encoding="ascii") as file:
            file.write(f"{month.isoformat()} {made.hex()}")
        return made
