"""What changes more than a tenth of the pages is preceded by a copy, from the chat as well."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.buttons.territories import MergeLand
from directory.changes import page_change
from directory.directory import Directory
from directory.model import Action, Origin, Page
from directory.store import backups, revisions
from tests.bot.made_up import LIBRARY, SCHOOL
from tests.bot.person import Talker
from tests.bot.test_bulk import asks, the_list
from tests.bot.test_doubles import merge

pytestmark = pytest.mark.file


@pytest.fixture
def begins_with(made_up: Path) -> Path:
    """A made-up directory: a school in one okrug, a library in the other."""
    return made_up


def copies(directory: Directory, before: str) -> list[list[str]]:
    """The ids of the pages of each copy that was made before such a change."""
    found = []
    for copy in sorted(backups.folder_of(directory.db.path).glob(f"*-before-{before}.sqlite3")):
        with closing(sqlite3.connect(copy)) as connection:
            query = "SELECT id FROM pages WHERE status = 'active' AND hours = '' ORDER BY id"
            found.append([number for (number,) in connection.execute(query)])
    return found


async def _add_many(directory: Directory) -> None:
    """So many pages that one or two are less than a tenth."""
    async with directory.db.write() as connection:
        made = [page_change(None, Page(f"club-{n}", f"Клуб {n}")) for n in range(40)]
        await revisions.apply(connection, made, Origin(Action.IMPORT))
    await directory.refresh()


@pytest.mark.parametrize("many", [False, True])
async def test_before_a_list_is_changed(owner: Talker, directory: Directory, many: bool) -> None:
    if many:
        await _add_many(directory)
    question = await asks(owner, "Часы работы", await the_list(owner))
    preview = await owner.says("пн–пт 9–18", reply_to_message=question.message)
    assert copies(directory, "bulk") == []
    await owner.presses("Сделать", on=preview)
    assert copies(directory, "bulk") == ([] if many else [[LIBRARY.id, SCHOOL.id]])


@pytest.mark.parametrize("many", [False, True])
async def test_before_pages_are_merged(owner: Talker, directory: Directory, many: bool) -> None:
    if many:
        await _add_many(directory)
    await merge(owner, directory)
    there = sorted([LIBRARY.id, SCHOOL.id, "twin", "branch"])
    assert copies(directory, "merge") == ([] if many else [there])


@pytest.mark.parametrize("many", [False, True])
async def test_before_a_territory_is_merged(
    owner: Talker, directory: Directory, many: bool
) -> None:
    if many:
        await _add_many(directory)
    await owner.says("/admin")
    await owner.sends_press(owner.reply.message, MergeLand(gone=2, into=3, sure=True).pack())
    assert directory.territories.get(2) is None
    assert copies(directory, "merge") == ([] if many else [[LIBRARY.id, SCHOOL.id]])
