"""Everything for a conversation: the seed's directory in a file of its own, Telegram, people."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.process.fast_import import import_aiogram

import_aiogram()

from bot.app import build_dispatcher  # noqa: E402
from bot.pictures import apart  # noqa: E402
from bot.screens import home  # noqa: E402
from bot.settings import Settings  # noqa: E402
from bot.talk import picked, report_answers, reporting  # noqa: E402
from bot.talk.seldom import Seldom  # noqa: E402
from directory.directory import Directory  # noqa: E402
from directory.environment import DEFAULT_REGION  # noqa: E402
from directory.reports import PER_DAY  # noqa: E402
from tests.bot.made_up import fill  # noqa: E402
from tests.bot.person import Talker, Telegram  # noqa: E402
from tests.once import database_once  # noqa: E402
from tests.postgres import Server  # noqa: E402

if TYPE_CHECKING:
    from aiogram import Dispatcher

OWNER = 7
CITIZEN = 1000

People = Callable[..., Talker]


@pytest.fixture(scope="session")
def made_up(shared: Path) -> Path:
    """A database with a few bodies that do not exist, made once."""

    async def load(url: str) -> None:
        opened = await Directory.open(url)
        await fill(opened)
        await opened.close()
        await (await Directory.open(url)).close()  # keeps the index of what is there now

    return database_once(shared / "made_up", load)


@pytest.fixture
def begins_with(seeded: Path) -> Path:
    """The database that a test begins with; a file of tests may say that it is another."""
    return seeded


@pytest.fixture
async def directory(
    backend: str, begins_with: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[Directory]:
    """The directory, this test's own."""
    shutil.copytree(begins_with.parent, tmp_path / "data")
    if backend == "sqlite":
        url = f"sqlite:///{tmp_path / 'data' / begins_with.name}"
        opened = await Directory.open(url, region=DEFAULT_REGION)
        yield opened
        await opened.close()
        return
    server: Server = request.getfixturevalue("postgres")
    name = await server.copy_of(begins_with)
    state = tmp_path / "data"
    for made in (".index", ".links"):
        (state / f"{begins_with.name}{made}").rename(state / f"{name}{made}")
    opened = await Directory.open(server.url(name), region=DEFAULT_REGION, state=state)
    yield opened
    await opened.close()
    await server.drop(name)


@pytest.fixture(autouse=True)
def _process_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process remembers nothing of the person of most tests, and waits for nothing of another
    test's loop."""
    home.forget(CITIZEN)
    picked.forget(CITIZEN)
    monkeypatch.setattr(report_answers, "_delivering", asyncio.Lock())
    monkeypatch.setattr(reporting, "_SENT", Seldom(PER_DAY, 3600))
    monkeypatch.setattr(apart, "_drawing", asyncio.Lock())


@pytest.fixture
def settings() -> Settings:
    """Settings with one owner, whatever the environment says."""
    return Settings.model_construct(admin_ids=frozenset({OWNER}))


@pytest.fixture
def telegram() -> Telegram:
    """Telegram."""
    return Telegram()


@pytest.fixture(scope="session")
def conversation() -> Dispatcher:
    """The dispatcher, made once: it keeps no state, and `people` gives it the test's directory."""
    nothing: Any = None
    return build_dispatcher(nothing, Settings.model_construct())


@pytest.fixture
def people(
    conversation: Dispatcher, directory: Directory, settings: Settings, telegram: Telegram
) -> People:
    """Makes people who talk with one running bot: `people(1000, language="en", group=-5)`."""
    conversation.workflow_data.update(directory=directory, settings=settings)
    return lambda number=CITIZEN, **more: Talker(conversation, telegram, number, **more)


@pytest.fixture
def citizen(people: People) -> Talker:
    """Somebody in their private chat."""
    return people()


@pytest.fixture
def owner(people: People) -> Talker:
    """An owner in their private chat."""
    return people(OWNER)
