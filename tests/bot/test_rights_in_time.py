"""Rights count as they are when it is done, not as they were when it began to wait for its turn."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

import pytest
from aiogram.filters.callback_data import CallbackData
from sqlalchemy import select

from bot.buttons.changes import ChangeFile, Undo
from bot.buttons.editors import Appoint, AuditFile, FindPerson
from bot.buttons.monthly import MonthReportOf
from bot.buttons.trust import BrokenLinksFile, Hide
from directory.directory import Directory
from directory.file.writers import Sheet, xlsx_bytes
from directory.rights import Scope
from directory.store import revisions, staff
from directory.store.tables import invitations
from tests.bot.conftest import OWNER, People
from tests.bot.made_up import EDITOR, SCHOOL
from tests.bot.person import Talker

pytestmark = pytest.mark.both

SECOND_OWNER, NEWCOMER = 31, 32


@pytest.fixture
def begins_with(made_up: Path) -> Path:
    """A made-up directory."""
    return made_up


async def _last(directory: Directory) -> int:
    async with directory.db.read() as connection:
        return await revisions.current(connection)


async def _dismissed_meanwhile(
    directory: Directory, person: int, act: Callable[[], Awaitable[object]]
) -> None:
    """Somebody acts while another writes, who dismisses them."""
    async with directory.db.write() as connection:
        waits = asyncio.ensure_future(act())
        await asyncio.sleep(0.5)
        assert not waits.done(), "it did not wait for its turn"
        await staff.dismiss(connection, person, by=OWNER)
    await waits


async def _hide(editor: Talker, _directory: Directory) -> Callable[[], Awaitable[object]]:
    shown = await editor.says("/help")
    return lambda: editor.sends_press(shown.message, Hide(page=SCHOOL.id, why="hacked").pack())


async def _edit(editor: Talker, _directory: Directory) -> Callable[[], Awaitable[object]]:
    await editor.says(f"/start page_{SCHOOL.id}")
    await editor.presses("Изменить")
    await editor.presses("Телефон")
    await editor.says("8 (000) 000-00-00", reply_to_message=editor.reply.message)
    return lambda: editor.presses("Сохранить")


async def _import(editor: Talker, _directory: Directory) -> Callable[[], Awaitable[object]]:
    file = f"Код;Название;Телефон\n{SCHOOL.id};{SCHOOL.title};8 (000) 000-00-00\n"
    await editor.sends_file(file.encode(), "список.csv")
    return lambda: editor.presses("Применить")


async def _undo(editor: Talker, directory: Directory) -> Callable[[], Awaitable[object]]:
    shown = await editor.says("/help")
    await editor.sends_press(shown.message, Hide(page=SCHOOL.id, why="hacked").pack())
    undo = Undo(revision=await _last(directory)).pack()
    return lambda: editor.sends_press(shown.message, undo)


@pytest.mark.parametrize("prepare", [_hide, _edit, _import, _undo])
async def test_an_editor_who_is_dismissed_meanwhile_changes_nothing(
    people: People,
    directory: Directory,
    prepare: Callable[[Talker, Directory], Awaitable[Callable[[], Awaitable[object]]]],
) -> None:
    editor = people(EDITOR)
    act = await prepare(editor, directory)
    before = await _last(directory)
    await _dismissed_meanwhile(directory, EDITOR, act)
    assert await _last(directory) == before
    assert "прав" in editor.reply.text


async def test_an_editor_who_is_dismissed_meanwhile_gets_no_file(
    people: People, directory: Directory
) -> None:
    editor = people(EDITOR)
    await editor.says("/export")
    await _dismissed_meanwhile(directory, EDITOR, lambda: editor.presses("CSV"))
    assert "прав" in editor.reply.text
    assert not any(shown.document for shown in editor.session.shown)


def _dismissing(monkeypatch: pytest.MonkeyPatch, directory: Directory, person: int) -> None:
    """Have a person dismissed while a workbook is made, in its thread."""
    loop = asyncio.get_running_loop()

    async def dismiss() -> None:
        async with directory.db.write() as connection:
            await staff.dismiss(connection, person, by=OWNER)

    def slow(*sheets: Sheet) -> bytes:
        asyncio.run_coroutine_threadsafe(dismiss(), loop).result()
        return xlsx_bytes(*sheets)

    monkeypatch.setattr("bot.talk.send.xlsx_bytes", slow)


@pytest.mark.parametrize(
    "button",
    [ChangeFile(revision=1), BrokenLinksFile(), MonthReportOf()],
    ids=["change", "broken links", "month"],
)
async def test_an_editor_who_is_dismissed_while_a_workbook_is_made_does_not_get_it(
    people: People,
    directory: Directory,
    monkeypatch: pytest.MonkeyPatch,
    button: CallbackData,
) -> None:
    editor = people(EDITOR)
    shown = await editor.says("/help")
    await editor.sends_press(shown.message, button.pack())
    assert sum(bool(one.document) for one in editor.session.shown) == 1
    _dismissing(monkeypatch, directory, EDITOR)
    await editor.sends_press(shown.message, button.pack())
    assert "прав" in editor.reply.text
    assert sum(bool(one.document) for one in editor.session.shown) == 1


async def test_an_owner_who_is_dismissed_while_the_log_is_written_does_not_get_it(
    second: Talker, directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = await second.says("/help")
    _dismissing(monkeypatch, directory, SECOND_OWNER)
    await second.sends_press(shown.message, AuditFile().pack())
    assert "прав" in second.reply.text
    assert not any(one.document for one in second.session.shown)


@pytest.fixture
async def second(people: People, directory: Directory) -> Talker:
    """An owner of the database, whom another may dismiss."""
    async with directory.db.write() as connection:
        await staff.join(connection, SECOND_OWNER, "", by=OWNER)
        await staff.offer(connection, SECOND_OWNER, by=OWNER)
        member = await staff.get(connection, SECOND_OWNER)
        assert member is not None
        assert await staff.answer_offer(connection, member, date(2026, 1, 1), accepted=True)
    await directory.refresh()
    return people(SECOND_OWNER)


@pytest.mark.parametrize("button", [Appoint(person=NEWCOMER), FindPerson(by="link")])
async def test_an_owner_who_is_dismissed_meanwhile_lets_nobody_in(
    second: Talker, directory: Directory, button: Appoint | FindPerson
) -> None:
    shown = await second.says("/help")
    press = button.pack()
    await _dismissed_meanwhile(
        directory, SECOND_OWNER, lambda: second.sends_press(shown.message, press)
    )
    async with directory.db.read() as connection:
        assert await staff.get(connection, NEWCOMER) is None
        assert (await connection.execute(select(invitations))).first() is None
    assert "прав" in second.reply.text


async def test_less_rights_meanwhile_are_the_rights_that_count(
    people: People, directory: Directory
) -> None:
    editor = people(EDITOR)
    act = await _hide(editor, directory)
    async with directory.db.write() as connection:
        waits = asyncio.ensure_future(act())
        await asyncio.sleep(0.5)
        await staff.appoint(connection, EDITOR, Scope(territory=3), by=OWNER)
        await staff.withdraw(connection, EDITOR, Scope(territory=2), by=OWNER)
    await waits
    assert "вне ваших прав" in editor.reply.text
