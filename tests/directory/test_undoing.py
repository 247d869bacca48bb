"""A large revision is taken back by another process, and ends as a small one does."""

from __future__ import annotations

from datetime import date

import pytest

from directory.editing.edit import propose
from directory.editing.undoing import NotYoursError, take_back
from directory.rights import Rights, Role, Scope, Scopes
from directory.store.database import Database
from directory.store.undo import AlreadyUndoneError, NothingLeftError
from tests.directory.test_history import imported, titles

OWNER = Rights(Role.OWNER)
FILE = "Код;Название;Сфера\na;А;Власть\nb;Б;Спорт\n"


pytestmark = pytest.mark.both


@pytest.fixture(params=[0, 200], ids=["in a process", "here"], autouse=True)
def most_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.editing.undoing.MOST_HERE", request.param)


async def test_it_is_done_and_told(db: Database) -> None:
    number = await imported(db, FILE)
    await imported(db, "Код;Название;ФИО\nb;Б;Иванова Анна\n")
    told: list[int] = []
    done = await take_back(db, number, 7, OWNER, told.append)
    assert (done.done, done.of, [c.key for c in done.conflicts]) == (1, 2, ["b"])
    assert await titles(db) == {"b": "Иванова Анна"}
    assert told


async def test_what_stops_it_is_raised_here(db: Database) -> None:
    number = await imported(db, FILE)
    editor = Rights(Role.EDITOR, Scopes((Scope(category="Спорт"),)))
    with pytest.raises(NotYoursError) as refused:
        await take_back(db, number, 7, editor, print)
    assert any("вне ваших прав" in reason for reason in refused.value.reasons)
    await imported(db, "Код;Название;ФИО\na;А;Иванова Анна\nb;Б;Иванова Анна\n")
    with pytest.raises(NothingLeftError) as left:
        await take_back(db, number, 7, OWNER, print)
    assert [conflict.key for conflict in left.value.conflicts] == ["a", "b"]
    await take_back(db, 2, 7, OWNER, print)
    with pytest.raises(AlreadyUndoneError) as again:
        await take_back(db, 2, 7, OWNER, print)
    assert (again.value.number, again.value.by) == (2, 3)
    with pytest.raises(KeyError):
        await take_back(db, 9, 7, OWNER, print)


async def test_another_body_never_gets_the_address_of_one_that_an_undo_deleted(
    db: Database,
) -> None:
    first = await imported(db, "Название;Сфера;ФИО\nШкола № 5;Власть;Первая\n")
    await take_back(db, first, 7, OWNER, print)
    region = "Название;Сфера;Регион;ФИО\nШкола № 5;Власть;Курганская область;Вторая\n"
    await imported(db, region)
    assert await titles(db) == {"shkola-5-2": "Вторая"}
    async with db.write() as connection:
        added = await propose(connection, OWNER, None, {"title": "Школа № 5"}, date(2026, 11, 26))
        assert added is not None
        assert [change.key for change in added.changes] == ["shkola-5"]
