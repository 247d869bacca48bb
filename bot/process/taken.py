"""The updates that were taken from Telegram: kept until they are answered, handled once.

Telegram counts an update as delivered as soon as the bot asks for the next ones, or has accepted a
webhook's request. What a process that dies then had not answered is answered by its next start. An
update whose answer was on its way in that moment, or had just arrived, is answered twice: a rare
double is better than silence.

Replicas that share a database have `bot.process.shared_taken` in its place.

This is a file of its own and no table of the directory: a long import keeps nobody from being
heard, and what people wrote gets into no backup. A text stays in it until it is answered.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.types import Update
from pydantic import BaseModel, ValidationError
from pydantic_core import to_jsonable_python

from bot.process.logs import describe
from bot.process.taken_together import Batch, TakenTogether

log = logging.getLogger(__name__)

REMEMBERED = 20_000
"""Updates that are known when they come again; Telegram repeats those of the last 24 hours at most,
and one that it could not deliver comes again within minutes."""

TRIES = 3
"""Starts that try to answer an update: one that ends the process must not end every start."""

_SHORT_LIVED = frozenset({"inline_query", "chosen_inline_result", "pre_checkout_query"})
"""Kinds that nobody waits for after a restart: only their numbers are kept."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS updates (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL UNIQUE,
    tries INTEGER NOT NULL DEFAULT 0,
    body TEXT
);
CREATE TABLE IF NOT EXISTS webhook (url TEXT NOT NULL);
"""
_PRAGMAS = (
    "PRAGMA journal_mode = TRUNCATE",
    # The death of the process harms nothing; what a power failure destroys is made anew.
    "PRAGMA synchronous = OFF",
    "PRAGMA secure_delete = ON",
)


class Taken(TakenTogether):
    """The file. Where it cannot be written the bot works on, without this safety, and says so."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._connection = _open(file)
        self._failing = False
        self._kept = 0

    async def _keep(self, batch: Batch) -> None:
        numbers = [update.update_id for update in batch.updates]
        batch.mine = set(numbers)  # where nothing can be noted, all are handled
        with self._writing():
            batch.mine -= self._known(numbers)
            self._connection.executemany(
                "INSERT OR IGNORE INTO updates (number, body) VALUES (?, ?)",
                [(u.update_id, body_of(u)) for u in batch.updates if u.update_id in batch.mine],
            )
            self._kept += len(batch.mine)
            if self._kept > REMEMBERED // 10:
                self._kept = 0
                self._forget()

    async def done(self, numbers: Iterable[int]) -> None:
        """Erase what these updates said; their numbers stay known."""
        with self._writing():
            self._connection.executemany(
                "UPDATE updates SET body = NULL WHERE number = ?", [(each,) for each in numbers]
            )

    async def left(self, bot: Bot) -> tuple[list[Update], list[Update]]:
        """The updates that an earlier process took and did not answer, oldest first; and those of
        them that are given up now."""
        found: list[Update] = []
        given_up: list[Update] = []
        with self._writing():
            self._connection.execute("UPDATE updates SET tries = tries + 1 WHERE body IS NOT NULL")
            rows = self._connection.execute(
                "SELECT number, tries, body FROM updates WHERE body IS NOT NULL ORDER BY place"
            ).fetchall()
            for number, tries, body in rows:
                update = update_of(bot, body)
                if update is not None and tries <= TRIES:
                    found.append(update)
                else:
                    given_up += [update] if update is not None else []
                    log.error(
                        "update %d is given up: it was not answered in %d starts", number, TRIES
                    )
                    self._connection.execute(
                        "UPDATE updates SET body = NULL WHERE number = ?", (number,)
                    )
        return found, given_up

    @property
    def webhook(self) -> str:
        """The webhook that this installation has set; "" when there is none."""
        try:
            row = self._connection.execute("SELECT url FROM webhook").fetchone()
        except sqlite3.Error:
            return ""
        return str(row[0]) if row else ""

    @webhook.setter
    def webhook(self, url: str) -> None:
        with self._writing():
            self._connection.execute("DELETE FROM webhook")
            if url:
                self._connection.execute("INSERT INTO webhook VALUES (?)", (url,))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _known(self, numbers: list[int]) -> set[int]:
        marks = ",".join("?" * len(numbers))
        rows = self._connection.execute(
            f"SELECT number FROM updates WHERE number IN ({marks})", numbers
        )
        return {number for (number,) in rows}

    def _forget(self) -> None:
        self._connection.execute(
            "DELETE FROM updates WHERE body IS NULL"
            " AND place <= (SELECT max(place) FROM updates) - ?",
            (REMEMBERED,),
        )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """A transaction; a failure is logged when it begins and when it ends."""
        try:
            with self._connection:
                yield
        except sqlite3.Error as error:
            if not self._failing:
                log.error(
                    "taken updates cannot be kept (%s): those of a process that dies now are lost",
                    describe(error),
                )
            self._failing = True
        else:
            if self._failing:
                log.info("taken updates are kept again")
            self._failing = False


def _open(file: Path) -> sqlite3.Connection:
    """The file, made anew when it is damaged; a database in memory where none can be written."""
    for path in (file, file, Path(":memory:")):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=1)
            try:
                for pragma in _PRAGMAS:
                    connection.execute(pragma)
                connection.executescript(_SCHEMA)
            except BaseException:
                connection.close()
                raise
        except sqlite3.OperationalError as error:
            log.error("%s cannot be used (%s): taken updates are not kept", path, describe(error))
        except sqlite3.DatabaseError:
            log.error("%s is damaged and made anew", path)
            path.unlink(missing_ok=True)
        except OSError as error:
            log.error("%s cannot be used (%s): taken updates are not kept", path, describe(error))
        else:
            return connection
    raise AssertionError("unreachable: memory can always be used")


def body_of(update: Update) -> str | None:
    """What is kept of an update; None when there is nothing to answer after a restart."""
    said = update.model_fields_set - {"update_id"}
    if not said or said & _SHORT_LIVED:
        return None
    return _body(update)


def _as_it_came(value: Any) -> Any:
    """What JSON is written of. A few of a message's hundred fields came; pydantic's own writing
    goes through all of them."""
    if isinstance(value, BaseModel):
        return {name: getattr(value, name) for name in value.model_fields_set}
    return round(value.timestamp()) if isinstance(value, datetime) else to_jsonable_python(value)


_body = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_as_it_came).encode


def update_of(bot: Bot, body: str) -> Update | None:
    """The update that was kept; None when another version of the program has kept it."""
    try:
        return Update.model_validate_json(body, context={"bot": bot})
    except ValidationError:
        return None
