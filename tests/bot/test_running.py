"""What keeps the bot running, and what lets it stop: the parts that need no process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.methods import SendMessage
from aiogram.types import Update

from bot.process import intake as intakes
from bot.process import run as running
from bot.process import taken as takens
from bot.process.intake import Intake, refuse_given_up
from bot.process.run import keep_fresh
from bot.process.taken import TRIES, Taken
from bot.process.taken_together import Batch
from directory.directory import Directory
from directory.model import Action, Change, Origin
from directory.store import revisions
from tests.bot.person import Talker, Telegram
from tests.e2e.botapi import TOKEN

UPDATE = Update.model_validate(
    {
        "update_id": 1,
        "message": {
            "message_id": 1,
            "date": 1,
            "chat": {"id": 7, "type": "private"},
            "from": {"id": 7, "is_bot": False, "first_name": "Ю"},
            "text": "губернатор",
            "made_up_field": {"of": "a later version"},
        },
    }
)


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    """A bot that calls nobody."""
    made = Bot(TOKEN)
    yield made
    await made.session.close()


def _intake(bot: Bot, file: Path, handler: Callable[..., Awaitable[Any]]) -> Intake:
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.update.outer_middleware(handler)
    return Intake(bot, dispatcher, Taken(file))


async def test_running_handlers_are_waited_for(bot: Bot, tmp_path: Path) -> None:
    finished = []

    async def handler(*_: Any) -> None:
        await asyncio.sleep(0.05)
        finished.append("handled")

    intake = _intake(bot, tmp_path / "taken", handler)
    await intake.take([UPDATE, UPDATE.model_copy(update={"update_id": 2})])
    await intake.finish()
    assert finished == ["handled"] * 2


async def test_a_handler_that_hangs_does_not_hold_the_end_and_its_update_is_kept(
    bot: Bot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(intakes, "SHUTDOWN_SECONDS", 0.05)

    async def handler(*_: Any) -> None:
        await asyncio.sleep(60)

    intake = _intake(bot, tmp_path / "taken", handler)
    await intake.take([UPDATE])
    async with asyncio.timeout(5):
        await intake.finish()
    assert "did not finish" in caplog.text
    (left,), _ = await Taken(tmp_path / "taken").left(bot)
    assert left.model_dump() == UPDATE.model_dump()


async def test_what_was_answered_is_erased_soon_many_at_a_time(
    bot: Bot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def handler(*_: Any) -> None:
        await asyncio.sleep(0.01)

    many = [UPDATE.model_copy(update={"update_id": n}) for n in range(1, 41)]
    intake, erased = _intake(bot, tmp_path / "taken", handler), list[int]()
    done = Taken.done

    async def noted(taken: Taken, numbers: list[int]) -> None:
        erased.append(len(numbers))
        await done(taken, numbers)

    monkeypatch.setattr(Taken, "done", noted)
    await intake.take(many)
    await asyncio.sleep(10 * intakes.ERASED_AFTER)
    assert await Taken(tmp_path / "taken").left(bot) == ([], [])
    assert sum(erased) == 40
    assert len(erased) < 10
    await intake.take([UPDATE.model_copy(update={"update_id": 50})])
    await intake.finish()  # at the end at once
    assert await Taken(tmp_path / "taken").left(bot) == ([], [])


async def test_requests_of_one_moment_are_noted_together_and_each_update_is_handled_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted, keep = list[int](), Taken._keep

    async def counted(taken: Taken, batch: Batch) -> None:
        noted.append(len(batch.updates))
        await keep(taken, batch)

    monkeypatch.setattr(Taken, "_keep", counted)
    taken = Taken(tmp_path / "taken")
    numbers = [*range(1, 41), 7, 7]
    updates = [UPDATE.model_copy(update={"update_id": n}) for n in numbers]
    kept = await asyncio.gather(*(taken.keep([each]) for each in updates))
    assert sorted(each.update_id for one in kept for each in one) == list(range(1, 41))
    assert len(noted) <= 2
    assert await taken.keep(updates) == []


async def test_an_update_that_ends_every_start_is_given_up(bot: Bot, tmp_path: Path) -> None:
    await Taken(tmp_path / "taken").keep([UPDATE])
    tries = [await Taken(tmp_path / "taken").left(bot) for _ in range(TRIES + 2)]
    assert [len(left) for left, _ in tries] == [1] * TRIES + [0, 0]
    assert [len(given_up) for _, given_up in tries] == [0] * TRIES + [1, 0]


async def test_old_numbers_are_forgotten_and_what_waits_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(takens, "REMEMBERED", 10)
    taken = Taken(tmp_path / "taken")
    await taken.keep([UPDATE])
    for number in range(100, 200):
        assert await taken.keep([Update(update_id=number)])
    assert not await taken.keep([UPDATE])
    assert not await taken.keep([Update(update_id=199)])
    assert await taken.keep([Update(update_id=100)])


@pytest.mark.parametrize("content", [b"no database at all " * 100, None])
async def test_a_file_that_cannot_be_used_stops_nothing(
    tmp_path: Path, content: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "taken"
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)
    taken = Taken(file)
    assert await taken.keep([UPDATE]) == [UPDATE]
    assert await taken.keep([UPDATE]) == []
    assert str(file) in caplog.text


async def test_a_failed_look_at_the_database_is_repeated(
    database_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(running, "_WATCH_PAUSE", 0)
    monkeypatch.setattr("directory.watching.REFRESH_SECONDS", 0.01)
    directory = await Directory.open(database_url)
    refresh, failures = directory.refresh, iter([OSError("disk")])

    async def refresh_after_a_failure() -> bool:
        for failure in failures:
            raise failure
        return await refresh()

    monkeypatch.setattr(directory, "refresh", refresh_after_a_failure)
    watch = asyncio.create_task(keep_fresh(directory))
    async with directory.db.write() as connection:
        made = [Change("category", "Выдуманная", None, {"name": "Выдуманная"})]
        number = await revisions.apply(connection, made, Origin(Action.EDIT))
    async with asyncio.timeout(5):
        while directory.revision != number:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    watch.cancel()
    with suppress(asyncio.CancelledError):
        await watch
    await directory.close()
    assert "could not be brought up to date" in caplog.text
    assert directory.categories == ("Выдуманная",)


async def test_who_is_given_up_is_told(citizen: Talker, telegram: Telegram, tmp_path: Path) -> None:
    taken = Taken(tmp_path / "taken")
    await taken.keep([UPDATE])
    for _ in range(TRIES):
        await taken.left(citizen.bot)
    citizen.dispatcher.update.outer_middleware(refuse_given_up)
    intake = Intake(citizen.bot, citizen.dispatcher, taken)
    await intake.resume()
    await intake.finish()
    (said,) = [call.text for call in telegram.calls if isinstance(call, SendMessage)]
    assert said.startswith("Что-то пошло не так")


FROM = {"id": 7, "is_bot": False, "first_name": "Ю"}
CHAT = {"id": 7, "type": "private"}


@pytest.mark.parametrize(
    "told",
    [
        {"text": "«губернатор»\n\u2028💡", "made_up_field": {"of": ["a later version", None]}},
        {
            "forward_origin": {"type": "hidden_user", "date": 2, "sender_user_name": "Я"},
            "caption": "да",
            "caption_entities": [
                {"type": "text_link", "offset": 0, "length": 2, "url": "https://x"}
            ],
            "photo": [{"file_id": "1", "file_unique_id": "2", "width": 3, "height": 4}],
            "edit_date": 5,
        },
        {"location": {"latitude": 55.25, "longitude": 65.3}},
        {
            "text": "да",
            "reply_to_message": {"message_id": 2, "date": 0, "chat": CHAT, "from": FROM},
        },
    ],
    ids=lambda told: next(iter(told)),
)
def test_an_update_is_kept_as_it_came(bot: Bot, told: dict[str, Any]) -> None:
    came = {"message_id": 1, "date": 1_790_000_000, "chat": CHAT, "from": FROM, **told}
    update = Update.model_validate({"update_id": 1, "message": came}, context={"bot": bot})
    body = takens.body_of(update)
    assert body is not None
    kept = takens.update_of(bot, body)
    assert kept == update
    assert kept is not None
    assert kept.model_dump(exclude_unset=True) == update.model_dump(exclude_unset=True)
