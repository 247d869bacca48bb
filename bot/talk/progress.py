"""How far long work has come: a message that is changed now and then, and then by the outcome."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable

from aiogram.exceptions import TelegramAPIError, TelegramBadRequest
from aiogram.types import CallbackQuery, Message

from bot.talk.send import redraw
from bot.views.editors.imports_ask import stopped, working
from bot.views.view import View
from directory.imports.outcome import Progress, Stage

log = logging.getLogger(__name__)

BEFOREHAND = {"callback_answer": {"pre": True}}
"""The flag of a handler that takes longer than a press may stay unanswered, as a file does."""

FIRST, EVERY = 1.0, 3.0
"""Seconds before the first word on the progress, and between two: Telegram allows some twenty
changes a minute in a chat, and most files are done before the first."""


class LongAnswer:
    """The one message that answers an event: sent at first, changed after; a press's is there.

    `told_in` is the number of a message that was sent by an earlier start, and `note` is given that
    of the one that is sent.
    """

    def __init__(
        self,
        event: Message | CallbackQuery,
        told_in: int | None = None,
        note: Callable[[int], Awaitable[None]] | None = None,
    ) -> None:
        self._event = event
        self._told_in = told_in
        self._note = note
        self._tells_progress = told_in is not None

    async def show(self, view: View) -> None:
        """Show the view in place of the one before."""
        if isinstance(self._event, CallbackQuery):
            await redraw(self._event, view)
        elif self._told_in is None or not await self._change(self._event, self._told_in, view):
            sent = await self._event.answer(view.text, reply_markup=view.keyboard)
            self._told_in = sent.message_id
            if self._note:
                await self._note(sent.message_id)

    @staticmethod
    async def _change(event: Message, number: int, view: View) -> bool:
        """Change the message with this number; return False when it cannot be changed."""
        assert event.bot is not None  # it came to one
        try:
            await event.bot.edit_message_text(
                view.text, chat_id=event.chat.id, message_id=number, reply_markup=view.keyboard
            )
        except TelegramBadRequest as error:
            return "message is not modified" in error.message
        return True

    @contextlib.asynccontextmanager
    async def progress(self) -> AsyncIterator[Progress]:
        """Tells the progress of the block, to be called from any thread."""
        now: list[tuple[Stage, int, int]] = [(Stage.READ, 0, 1)]
        done = asyncio.Event()

        def tell(stage: Stage, at: int, total: int) -> None:
            now[0] = (stage, at, total)

        async def keep_telling() -> None:
            shown, pause = None, FIRST
            while not await _set_within(done, pause):
                view, pause = working(*now[0]), EVERY
                if view != shown:
                    shown = view
                    try:
                        await self.show(view)
                        self._tells_progress = True
                    except TelegramAPIError:
                        log.info("the progress of an import could not be shown")

        telling = asyncio.create_task(keep_telling())
        try:
            yield tell
        except Exception:
            await _ended(done, telling)
            if self._tells_progress:
                with contextlib.suppress(TelegramAPIError):
                    await self.show(stopped())
            raise
        await _ended(done, telling)


@contextlib.asynccontextmanager
async def takes_time(message: Message, action: str) -> AsyncIterator[None]:
    """Tells the chat what the bot does (`action` as Telegram names it), once it takes a while."""

    async def tell() -> None:
        await asyncio.sleep(FIRST / 2)
        if message.bot is not None:
            with contextlib.suppress(TelegramAPIError):
                await message.bot.send_chat_action(message.chat.id, action)

    # Not aiogram's ChatActionSender: that logs the chat's number, and its failures wait for nobody.
    telling = asyncio.create_task(tell())
    try:
        yield
    finally:
        telling.cancel()


async def _ended(done: asyncio.Event, telling: asyncio.Task[None]) -> None:
    """End the telling, never by cancelling: a change under way could arrive after the outcome."""
    done.set()
    await telling


async def _set_within(event: asyncio.Event, seconds: float) -> bool:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
    return event.is_set()
