"""The command that asks for every link: check-links."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from directory.cli import answer
from directory.linkcheck.checker import LinkChecker
from directory.linkcheck.run import Run
from directory.links import label
from directory.links.outcome import BROKEN_DAYS, CheckOutcome
from directory.store import checks
from directory.store.database import Database

_WORDS = {
    CheckOutcome.OK: "открываются",
    CheckOutcome.MOVED: "ведут на другую страницу",
    CheckOutcome.GONE: "страница удалена",
    CheckOutcome.UNREACHABLE: "не открываются",
    CheckOutcome.NOT_CHECKED: "проверить не удалось",
}


async def check_links(arguments: argparse.Namespace, url: str) -> int:
    """`check-links`."""
    async with await Database.open(url) as db:
        async with LinkChecker() as checker:
            today, progress = datetime.now(UTC).date(), _Progress()
            outcomes = await Run(db, checker, today, progress=progress).all()
        async with db.read() as connection:
            troubles = await checks.troubles(connection)
    found = {
        "checked": outcomes.total(),
        "outcomes": {outcome.value: outcomes[outcome] for outcome in CheckOutcome},
        "broken": [{"page": x.page, "link": x.link.key} for x in troubles if not x.moved_to],
        "moved": [
            {"page": x.page, "link": x.link.key, "to": x.moved_to} for x in troubles if x.moved_to
        ],
    }
    counts = ", ".join(f"{word} {outcomes[x]}" for x, word in _WORDS.items() if outcomes[x])
    lines = [f"Проверено ссылок: {outcomes.total()}" + (f" ({counts})" if counts else "")]
    for x in troubles:
        what = f"ведёт на {x.moved_to}" if x.moved_to else f"не открывается, дней: {x.failing_days}"
        lines.append(f"  {x.page}: {label(x.link)} — {what}")
    if any(not x.moved_to for x in troubles):
        lines.append(
            f"Сломанной ссылка считается после неудач в {BROKEN_DAYS} разных дня подряд;"
            " сами ссылки не удаляются: исправьте их или скройте."
        )
    return answer(arguments, found, *lines)


class _Progress:
    """Counts on standard error, when that is a terminal: a check may take hours."""

    def __init__(self) -> None:
        self._done = 0

    def __call__(self) -> None:
        self._done += 1
        if sys.stderr.isatty():
            print(f"\rПройдено ссылок: {self._done}\r", end="", file=sys.stderr, flush=True)
