"""A button from before a copy was restored never means what came after it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.buttons.territories import ChangeLand
from directory.directory import Directory
from directory.store import copies
from directory.store.database import Database
from directory.store.transfer import back_up, transfer
from tests.bot.made_up import SCHOOL, page_of
from tests.bot.person import Reply, Talker
from tests.bot.test_doubles import TWIN, add, listed
from tests.postgres import Server

if TYPE_CHECKING:
    from aiogram import Dispatcher

pytestmark = pytest.mark.both


class Machine:
    """Where the bot runs: its database is copied, and a copy put back while it is stopped."""

    def __init__(self, directory: Directory, folder: Path, bot: Dispatcher) -> None:
        self.directory = directory
        self.copy = folder / "copy.sqlite3"
        self._bot = bot

    async def back_up(self) -> None:
        """Copy the database."""
        await back_up(self.directory.db, self.copy)

    async def restore(self, new_url: str = "") -> Directory:
        """Put the copy back, by `copy` into an empty database when there is one."""
        url, state = self.directory.db.url, self.copy.parent / "state"
        await self.directory.close()
        if new_url:
            url = new_url
            async with (
                await Database.open(f"sqlite:///{self.copy}") as old,
                await Database.open(url) as new,
            ):
                await transfer(old, new, is_copy=True)
        else:
            await asyncio.to_thread(copies.restore, self.copy, self.directory.db.path)
        self.directory = await Directory.open(url, state=state)
        self._bot.workflow_data.update(directory=self.directory)
        return self.directory


@pytest.fixture
def begins_with(made_up: Path) -> Path:
    """A made-up directory."""
    return made_up


@pytest.fixture
async def machine(directory: Directory, conversation: Dispatcher, tmp_path: Path) -> Machine:
    """The machine of this test."""
    return Machine(directory, tmp_path, conversation)


@pytest.fixture
async def restore(
    backend: str, machine: Machine, request: pytest.FixtureRequest
) -> AsyncIterator[Callable[[], Awaitable[Directory]]]:
    """Puts the machine's copy back."""
    if backend == "sqlite":
        yield machine.restore
        await machine.directory.close()
        return
    server: Server = request.getfixturevalue("postgres")
    name = await server.create(await server.template())
    yield lambda: machine.restore(server.url(name))
    await machine.directory.close()
    await server.drop(name)


async def sends(owner: Talker, name: str, territory: str = "") -> Reply:
    """The preview of a file that gives the school another name, and perhaps a territory."""
    head = "Код;Название;Регион;Территория\n"
    row = f"{SCHOOL.id};{name};Выдуманная область;{territory or 'Сказочный округ'}\n"
    return await owner.sends_file((head + row).encode(), "a.csv")


Restore = Callable[[], Awaitable[Directory]]


async def test_undo_takes_back_only_what_its_message_told_of(
    owner: Talker, machine: Machine, restore: Restore
) -> None:
    await machine.back_up()
    await sends(owner, "Забытое имя")
    lost = await owner.presses("Применить")
    directory = await restore()
    assert (await page_of(directory, SCHOOL.id)).title == SCHOOL.title
    for name in ("Первое имя", "Второе имя"):
        await sends(owner, name)
        applied = await owner.presses("Применить")
        await owner.presses("Откатить", on=lost)
        assert "изменения" in owner.reply.text.lower(), owner.replies
        assert (await page_of(directory, SCHOOL.id)).title == name
    await owner.presses("Откатить", on=applied)
    assert (await page_of(directory, SCHOOL.id)).title == "Первое имя"


async def test_a_waiting_file_is_shown_anew(
    owner: Talker, machine: Machine, restore: Restore
) -> None:
    """What was said of it after the copy was made is lost: the message shows another plan."""
    file = await sends(owner, "Новое имя")
    await machine.back_up()
    directory = await restore()
    again = await owner.presses("Применить", on=file)
    assert (await page_of(directory, SCHOOL.id)).title == SCHOOL.title
    await owner.presses("Применить", on=again)
    assert (await page_of(directory, SCHOOL.id)).title == "Новое имя"


async def test_a_preview_of_what_is_lost_is_shown_anew(
    owner: Talker, machine: Machine, restore: Restore
) -> None:
    await add(machine.directory, TWIN)
    await machine.back_up()
    await sends(owner, "МБОУ Сказочная школа № 5")
    await owner.presses("Применить")
    preview = await owner.presses("1. Объединить…", on=await listed(owner))
    directory = await restore()
    again = await owner.presses("Объединить", on=preview)
    assert "тем временем изменили" in again.text
    assert await page_of(directory, TWIN.id) == TWIN


async def test_a_territory_does_not_get_the_number_of_a_lost_one(
    owner: Talker, machine: Machine, restore: Restore
) -> None:
    await machine.back_up()
    await sends(owner, "Имя", "Забытый муниципальный округ")
    await owner.presses("Применить")
    (lost,) = machine.directory.territories.named("Забытый муниципальный округ")
    directory = await restore()
    await sends(owner, "Имя", "Новый муниципальный округ")
    await owner.presses("Применить")
    assert directory.territories.named("Новый муниципальный округ")
    card = await owner.says("/admin")
    await owner.sends_press(card.message, ChangeLand(territory=lost.id, what="out").pack())
    assert directory.territories.get(lost.id) is None
    assert "Новый" not in owner.reply.text
