"""The authorisation matrix: every act of the office × everybody who may try it.

The acts are read from the routers: one that has no row in `office_acts`, or a router that lets in
others than its folder says, fails a test.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from aiogram import Dispatcher, Router
from aiogram.types import (
    CallbackQuery,
    Message,
    TelegramObject,
)

import bot.routers
from bot.app import build_dispatcher
from bot.people.admin_router import HasRole
from bot.routers.citizens.search import any_text
from bot.settings import Settings
from directory.directory import Directory
from directory.rights import Role
from directory.store.database import Database
from tests.bot.office_acts import ROWS
from tests.bot.person import Talker, Telegram
from tests.bot.personas import (
    BORROWING,
    FORGED,
    GENUINE,
    OWNER,
    OWNERS,
    Attempt,
    Persona,
    Scene,
)

ROOMS = {"citizens": None, "editors": Role.EDITOR, "owners": Role.OWNER}
"""Whom the routers of each folder let in; None: everybody."""

PUBLIC = {"others", "bot.routers.stale"}
"""The routers beside these folders."""


LET_IN = {
    Role.EDITOR: {"owner", "appointed owner", "editor", "foreign editor", "colleague"},
    Role.OWNER: {"owner", "appointed owner", "colleague"},
}


def short(router: Router) -> str:
    """The router's name without its package."""
    return router.name.rpartition(".")[2]


def role_of(router: Router, event: str) -> Role | None:
    """Whom the router lets in with a `message` or a `callback_query`; None: everybody."""
    filters = router.observers[event]._handler.filters or []
    needs = [f.callback for f in filters if isinstance(f.callback, HasRole)]
    return needs[0].role if needs else None


def conversations(router: Router) -> list[Router]:
    """All routers with handlers, wherever they are included."""
    found = [each for below in router.sub_routers for each in conversations(below)]
    has_handlers = any(o.handlers for name, o in router.observers.items() if name != "update")
    return [router, *found] if has_handlers else found


def acts(dispatcher: Dispatcher) -> dict[str, Role]:
    """Every handler of the office by its name in `ROWS`, with the role that it needs."""
    return {
        f"{short(router)}.{handler.callback.__name__}{', said' if event == 'message' else ''}": role
        for router in conversations(dispatcher)
        for event in ("message", "callback_query")
        if (role := role_of(router, event)) is not None
        for handler in router.observers[event].handlers
    }


class Acting:
    """A running bot, in which it is noted which handlers were entered."""

    def __init__(self, scene: Scene) -> None:
        settings = Settings.model_construct(admin_ids=OWNERS)
        dispatcher = build_dispatcher(scene.directory, settings)
        self._scene = scene
        self._office = set(acts(dispatcher))
        self._entered: list[str] = []
        for observer in (dispatcher.message, dispatcher.callback_query):
            observer.middleware(self._note)
        self._feeder = Talker(dispatcher, scene.telegram, OWNER)

    async def _note(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        callback = data["handler"].callback
        said = ", said" if isinstance(event, Message) else ""
        self._entered.append(f"{callback.__module__.rpartition('.')[2]}.{callback.__name__}{said}")
        return await handler(event, data)

    async def tries(self, persona: Persona, attempt: Attempt) -> tuple[set[str], bool]:
        """Which acts of the office were done, and whether anything changed."""
        event = persona.update(attempt)
        (update,) = event.values()
        if isinstance(update, CallbackQuery) and isinstance(update.message, Message):
            self._scene.telegram.messages[update.message.message_id] = update.message
        self._entered.clear()
        before = self._scene.state(update.from_user.id)
        await self._feeder.update(**event)
        changed = self._scene.state(update.from_user.id) != before
        return self._office & set(self._entered), changed


@pytest.fixture
async def scene(db: Database, telegram: Telegram) -> Any:
    """A made-up directory with an owner, a colleague and two editors."""
    directory = Directory(db)
    made = Scene(directory, Talker(Dispatcher(), telegram).bot, telegram)
    await made.set_up()
    yield made
    made.close()


@pytest.fixture
def acting(scene: Scene) -> Acting:
    """Makes attempts, and sees what becomes of them."""
    return Acting(scene)


def test_every_router_lets_in_whom_its_folder_says(conversation: Dispatcher) -> None:
    root, *routers = conversations(conversation)
    assert root is conversation
    assert [each.callback for each in root.message.handlers] == [any_text]
    assert not root.callback_query.handlers
    for router in routers:
        roles = {role_of(router, event) for event in ("message", "callback_query")}
        role = None if router.name in PUBLIC else ROOMS[router.name.split(".")[-2]]
        assert roles == {role}, f"{router.name} lets in {roles}"
        if role is None:
            continue
        elsewhere = [
            name
            for name, observer in router.observers.items()
            if observer.handlers and name not in ("message", "callback_query")
        ]
        assert elsewhere == [], f"{short(router)} takes {elsewhere}, which nobody's rights guard"
        assert router.sub_routers == []
        assert router.parent_router is not None
        assert short(router.parent_router) == "office"


def test_handlers_of_the_office_write_by_its_own_transactions_alone() -> None:
    """They begin with the rights of the moment; a file that waits is kept by nobody's right."""
    rooms = [Path(bot.routers.__file__).parent / room for room, role in ROOMS.items() if role]
    files = [path for room in rooms for path in room.glob("*.py")]
    assert len(files) > 15
    assert {path.stem for path in files if "db.write()" in path.read_text()} == {"imports"}


def test_every_act_of_the_office_has_its_row(conversation: Dispatcher) -> None:
    assert set(acts(conversation)) == set(ROWS)


@pytest.mark.slow
@pytest.mark.parametrize("router", sorted({name.partition(".")[0] for name in ROWS}))
async def test_there_is_no_unexpected_yes(
    scene: Scene, acting: Acting, conversation: Dispatcher, router: str
) -> None:
    wrong = []
    for name, role in acts(conversation).items():
        if name.partition(".")[0] != router:
            continue
        row = ROWS[name]
        # What nobody could do anything with is still there for the next to try.
        owners = await row.attempt(scene, OWNER)
        for persona in (*FORGED, *GENUINE, BORROWING):
            attempt = owners if persona in FORGED else await row.attempt(scene, persona.of)
            if not persona.can(attempt):
                continue
            got = await acting.tries(persona, attempt)
            let_in = persona.name in LET_IN[role]
            wanted = ({name} if let_in else set(), let_in and persona.name in row.changes)
            if got != wanted:
                wrong.append(f"{name} × {persona.name}: (done, changed) is {got}, not {wanted}")
            if wanted[1]:
                again = await acting.tries(persona, attempt)
                if again[1] != row.repeats:
                    wrong.append(f"{name} × {persona.name}, repeated: changed is {again[1]}")
    assert wrong == [], "\n".join(wrong)
