"""Many pages changed at once: one field set, or all hidden, as one revision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from directory.changes import page_change
from directory.editing import edit, quarantine
from directory.file.columns import PAGES
from directory.model import Change, Page, Status
from directory.rights import Rights
from directory.store import records, revisions
from directory.text import LIMITS, clean
from directory.translation import say

COLUMNS = tuple(column.name for column in PAGES.values() if column.many)
"""The columns that can be set for many pages."""

MOST = 2_000
"""Pages that are changed at once: all of a region's sphere, and some seconds of work."""


@dataclass(frozen=True, slots=True)
class BulkStep:
    """What happens to one page: its text before and after."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class BulkChange:
    """What would be done to many pages.

    `same` counts those that are so already, `refused` says why the others stay as they are. `wrong`
    is why the value fits none. `shown` are the titles of other pages that go on to show a link of
    those that are hidden. `revision` is the state for which all this holds.
    """

    steps: tuple[BulkStep, ...]
    changes: tuple[Change, ...]
    same: int
    refused: tuple[str, ...]
    wrong: str
    revision: int
    shown: tuple[str, ...] = ()


async def set_field(
    connection: AsyncConnection,
    rights: Rights,
    ids: Sequence[str],
    column: str,
    text: str,
    today: date,
) -> BulkChange:
    """What setting the column to this text would do to the pages with these ids.

    Nothing but pages is changed: a new sphere or territory comes with a file or one page.
    """
    found = await edit.propose_each(connection, rights, ids, {column: text}, today)
    steps: list[BulkStep] = []
    made: list[Change] = []
    refused: list[str] = []
    wrong: list[str] = []
    same = 0
    for each in found:
        assert each.before is not None
        new = [change for change in each.changes if change.entity != "page"]
        if reasons := [one.why for one in each.refused]:
            refused.append(_told(each.before, reasons[0]))
            wrong += [one.why for one in each.refused if one.column]
        elif new:
            why = say("«{name}» в справочнике нет; проверьте название", name=clean(text))
            refused.append(_told(each.before, why))
            wrong.append(why)
        elif not each.changes:
            same += 1
        else:
            made += each.changes
            step = each.steps[0] if each.steps else edit.Step(column, "", "")
            steps.append(BulkStep(each.before.title, step.before, step.after))
    unfit = wrong[0] if wrong and len(wrong) == len(found) else ""
    revision = await revisions.current(connection)
    return BulkChange(tuple(steps), tuple(made), same, tuple(refused), unfit, revision)


async def hide_all(
    connection: AsyncConnection, rights: Rights, ids: Sequence[str], reason: str
) -> BulkChange:
    """What hiding the pages with these ids for this reason would do."""
    why = clean(reason, LIMITS["reason"])
    tree = await records.read_tree(connection)
    steps, made, refused = [], [], []
    going: list[Page] = []
    same = 0
    for page in await records.read_pages(connection, ids):
        if page.status in (Status.HIDDEN, Status.RETIRED):
            same += 1
            continue
        change = page_change(page, replace(page, status=Status.HIDDEN, hidden=why))
        if foreign := rights.refusal(change, tree):
            refused.append(_told(page, foreign))
        else:
            made.append(change)
            going.append(page)
            steps.append(BulkStep(page.title, "", why))
    unfit = "" if why else say("в причине нет ни одного слова")
    shown = tuple(page.title for page in await quarantine.still_shown(connection, going))
    revision = await revisions.current(connection)
    return BulkChange(tuple(steps), tuple(made), same, tuple(refused), unfit, revision, shown)


def _told(page: Page, why: str) -> str:
    return f"«{page.title}»: {why}"
