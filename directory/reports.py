"""Reports: what people say is wrong with a page, or which page they miss.

Equal reports are merged: further senders join the first one. Sender and text are kept until an
editor decides and the sender is told, and for `KEPT_DAYS` at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from directory.links import Refusal, find_links, parse
from directory.model import NETWORKS

PER_DAY = 5
"""Unanswered reports that one person may have sent within a day."""

KEPT_DAYS = 30
"""Days after which a sender's id and words are erased even without a decision."""


TAKEN_FOR = timedelta(hours=2)
"""How long a report counts as taken by the editor who works on it."""

MANY = 3
"""Senders from which a report is urgent."""


class ReportKind(StrEnum):
    """What is reported: the page does not open, is another's, looks hacked, else; or is missing.

    `CLAIM`: somebody asks to be confirmed as its keeper; `CORRECTION`: its keeper corrects it;
    `RIGHT`: its keeper says that all is right, which an editor has yet to see.
    """

    DEAD = "dead"
    WRONG = "wrong"
    HACKED = "hacked"
    OTHER = "other"
    MISSING = "missing"
    CLAIM = "claim"
    CORRECTION = "correction"
    RIGHT = "right"


CORRECTED = {"phone": "Телефон", "person": "Руководитель", "links": "Ссылки"}
"""How a correction begins, by what it corrects: kept in Russian, as all that editors read."""

OF_KEEPERS = (ReportKind.CLAIM, ReportKind.CORRECTION, ReportKind.RIGHT)
"""What only those send who run a page, or say so."""


class Decision(StrEnum):
    """What an editor decided: the directory was mended, something was hidden, nothing is done."""

    ACCEPTED = "accepted"
    HIDDEN = "hidden"
    DECLINED = "declined"


class ReportOutcome(StrEnum):
    """The outcome of sending a report.

    `NEW` and `JOINED` (others said the same before) reach the editors. `MINE`: the person sent the
    same before. `TOO_MANY`: they must wait (`PER_DAY`).
    """

    NEW = "new"
    JOINED = "joined"
    MINE = "mine"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Report:
    """A report that waits for an editor.

    `page` is the id of the page it is about, empty for a missing one. `text` is what was written,
    cleaned, empty for the kinds that say it all. `people` have said so (0 when all were erased).
    `taken_by` is the Telegram id of the editor who took it last, at `taken_at`.
    """

    id: int
    kind: ReportKind
    page: str
    text: str
    at: datetime
    people: int
    taken_by: int | None = None
    taken_at: datetime | None = None

    def holder(self, now: datetime) -> int | None:
        """The editor who works on it, None when it is free (see `TAKEN_FOR`)."""
        if self.taken_at is None or not timedelta(0) <= now - self.taken_at < TAKEN_FOR:
            return None
        return self.taken_by


@dataclass(frozen=True, slots=True)
class SenderAnswer:
    """What one sender is still to be told: the decision and the editor's own `word`, if any.

    `person` is a Telegram id, `language` the one in which they wrote.
    """

    report: int
    kind: ReportKind
    page: str
    text: str
    decision: Decision
    word: str
    person: int
    language: str


_SEARCHED = " (искали: "
_ENDS = " \t\r\n,;:–—-"
_LONGEST_TITLE = 120


def with_query(text: str, query: str) -> str:
    """A suggestion with what its sender had searched for in vain."""
    return f"{text}{_SEARCHED}{query})" if query else text


def without_query(text: str) -> str:
    """The suggestion alone."""
    return text.rpartition(_SEARCHED)[0] or text


def urgency(report: Report) -> tuple[bool, bool, datetime]:
    """The order of the queue: taken-over pages first, then what `MANY` people say, then the rest,
    the oldest first in each.

    Minutes matter for the first, since people follow its links as long as they are shown.
    """
    return (report.kind is not ReportKind.HACKED, report.people < MANY, report.at)


def cells_of_report(text: str, *, new: bool) -> dict[str, str]:
    """What a report in free words says of a page, as the cells that an editor begins with.

    The first link of each network, and for a `new` page its title: the words before the links.

    What names no address is left out: the editor reads the report's own words before these.
    """
    cells: dict[str, str] = {}
    for found in find_links(text):
        link = parse(found, slot="telegram" if found.startswith("@") else None)
        if not isinstance(link, Refusal) and link.platform in NETWORKS:
            cells.setdefault(link.platform, found)
        text = text.replace(found, "\n")
    named = (part.strip(_ENDS) for part in without_query(text).split("\n"))
    title = next((part for part in named if len(part) > 1), "")
    if new and 0 < len(title) <= _LONGEST_TITLE:
        cells = {"title": title, **cells}
    return cells
