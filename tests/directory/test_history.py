"""Applying and undoing: one revision each, all or nothing, and the way back to the very state."""

from __future__ import annotations

import pytest

from directory.imports.apply import ConsentError, RefusedRowsError, apply
from directory.imports.merge import Mode
from directory.imports.outcome import Plan
from directory.imports.plan import TitleUnknownError, plan
from directory.model import Action, Origin, Revision
from directory.store import records, revisions
from directory.store.database import Database
from directory.store.undo import AlreadyUndoneError, NothingLeftError, Undone, undo
from tests.directory.dumped import dump

pytestmark = pytest.mark.both

FIRST = (
    "Код;Название;Сфера;Регион;Населённый пункт;ВКонтакте;Учредитель\n"
    "head;Управление;Власть;Дальний край;;vk.com/upravlenie_kraya;\n"
    "school;Школа № 5;Учёба;Дальний край;с. Сосновка;vk.com/vydumka vk.com/vydumka2;head\n"
)
SECOND = (
    "Код;Название;ФИО;Сфера;Регион;Населённый пункт\n"
    "school;Школа № 5;Иванова Анна;;;\n"
    "club;Клуб;;Досуг;Дальний край;с. Сосновка\n"
)


async def imported(db: Database, text: str, mode: Mode = Mode.UPDATE) -> int:
    """Import a file with this text; return the revision."""
    found = await plan(db, text.encode(), "список.csv", mode=mode)
    number = await apply(db, found, Origin(Action.IMPORT, 7))
    assert number is not None
    return number


async def undone(db: Database, number: int) -> Undone:
    """Undo a revision."""
    async with db.write() as connection:
        return await undo(connection, number, Origin(Action.UNDO, 8, undoes=number))


async def history(db: Database) -> list[Revision]:
    """All revisions, the newest first."""
    async with db.read() as connection:
        return await revisions.history(connection, limit=100)


async def titles(db: Database) -> dict[str, str]:
    """The pages' ids and persons."""
    async with db.read() as connection:
        return {page.id: page.person for page in await records.read_pages(connection)}


async def test_an_import_is_a_revision_that_tells_who_and_from_what(db: Database) -> None:
    await imported(db, FIRST)
    (revision,) = await history(db)
    origin = revision.origin
    assert (origin.actor, origin.file, len(origin.sha256)) == (7, "список.csv", 64)
    assert (revision.created, revision.changed, revision.removed) == (2, 0, 0)


async def test_undo_of_the_last_restores_the_very_state_and_undo_of_that_too(db: Database) -> None:
    await imported(db, FIRST)
    before = await dump(db)
    second = await imported(db, SECOND)
    between = await dump(db)
    back = await undone(db, second)
    assert await dump(db) == before
    await undone(db, back.revision)
    assert await dump(db) == between
    newest, undo, revised, _first = await history(db)
    assert (newest.undone_by, undo.undone_by, revised.undone_by) == (None, newest.id, None)


async def test_replace_and_its_undo(db: Database) -> None:
    await imported(db, FIRST)
    before = await dump(db)
    text = "Код;Название;ВКонтакте;Учредитель\nschool;Гимназия;vk.com/vydumka2;\n"
    await undone(db, await imported(db, text, Mode.REPLACE))
    assert await dump(db) == before


async def test_a_second_press_and_a_second_undo_do_nothing(db: Database) -> None:
    found = await plan(db, FIRST.encode(), "список.csv")
    number = await apply(db, found, Origin(Action.IMPORT))
    with pytest.raises(revisions.ConflictError):
        await apply(db, found, Origin(Action.IMPORT))
    again = await plan(db, FIRST.encode(), "список.csv")
    assert again.is_empty
    assert await apply(db, again, Origin(Action.IMPORT)) is None
    assert number is not None
    await undone(db, number)
    state = await dump(db)
    with pytest.raises(AlreadyUndoneError):
        await undone(db, number)
    assert await dump(db) == state
    assert len(await history(db)) == 2


async def test_undo_of_an_older_one_says_what_was_changed_since(db: Database) -> None:
    first = await imported(db, FIRST)
    await imported(db, SECOND)
    state = await dump(db)
    with pytest.raises(NothingLeftError) as caught:
        await undone(db, first)
    # The school was changed, and so its founder cannot go.
    assert [(c.key, c.title, c.why) for c in caught.value.conflicts] == [
        ("head", "Управление", "needed"),
        ("school", "Школа № 5", "changed"),
    ]
    assert await dump(db) == state


async def test_and_takes_back_the_rest(db: Database) -> None:
    rows = "a;А;Власть;Дальний край;с. А\nb;Б;Спорт;Дальний край;с. Б\n"
    text = f"Код;Название;Сфера;Регион;Населённый пункт\n{rows}"
    first = await imported(db, text)
    await imported(db, "Код;Название;ФИО\nb;Б;Иванова Анна\n")
    found = await undone(db, first)
    assert (found.done, found.of, [c.key for c in found.conflicts]) == (1, 2, ["b"])
    assert await titles(db) == {"b": "Иванова Анна"}
    async with db.read() as connection:
        assert await records.read_categories(connection) == ["Спорт"]
        assert {t.name for t in await records.read_territories(connection)} == {
            "Дальний край",
            "с. Б",
        }


async def test_places_that_others_use_by_now_stay(db: Database) -> None:
    first = await imported(db, "Код;Название;Сфера;Регион\na;А;Власть;Дальний край\n")
    await imported(db, "Код;Название;Сфера;Регион\nb;Б;Власть;Дальний край\n")
    await undone(db, first)
    async with db.read() as connection:
        assert await records.read_categories(connection) == ["Власть"]
        assert [t.name for t in await records.read_territories(connection)] == ["Дальний край"]


async def test_what_lost_its_category_since_cannot_be_put_back(db: Database) -> None:
    first = await imported(db, "Код;Название;Сфера\na;А;Власть\n")
    second = await imported(db, "Код;Название;Сфера\na;А;Спорт\n")
    await undone(db, await imported(db, "Код;Название;ФИО\na;А;Иванова Анна\n"))
    with pytest.raises(NothingLeftError):
        await undone(db, first)
    await undone(db, second)
    await undone(db, first)
    assert await titles(db) == {}


async def test_bad_rows_and_many_retired_need_a_word(db: Database) -> None:
    rows = "".join(f"p{n};Страница {n};\n" for n in range(10))
    await imported(db, f"Код;Название;Уровень\n{rows}")
    text = "Код;Название;ВК\np0;Первая;\np1;Вторая;vк.com/a\n"
    found = await plan(db, text.encode(), "список.csv", mode=Mode.REPLACE)
    origin = Origin(Action.IMPORT)
    state = await dump(db)
    with pytest.raises(RefusedRowsError):
        await apply(db, found, origin, retire_many=True)
    with pytest.raises(ConsentError):
        await apply(db, found, origin, partial=True)
    assert await dump(db) == state
    assert await apply(db, found, origin, partial=True, retire_many=True) == 2


async def test_a_change_meanwhile_asks_for_a_new_plan(db: Database) -> None:
    found: Plan = await plan(db, SECOND.encode(), "список.csv")
    await imported(db, FIRST)
    with pytest.raises(revisions.ConflictError):
        await apply(db, found, Origin(Action.IMPORT))


async def test_somebody_must_say_where_the_names_are(db: Database) -> None:
    text = "Что;Где\nПесня;https://vk.com/vydumka\nТанец;https://vk.com/sadik_vydumka\n"
    with pytest.raises(TitleUnknownError) as caught:
        await plan(db, text.encode(), "список.csv")
    found = await plan(
        db, text.encode(), "список.csv", chosen={caught.value.readings[0].header: "title"}
    )
    assert len(found.new) == 2
