"""Asking Telegram for updates."""

from __future__ import annotations

import asyncio
import logging
from time import monotonic

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramConflictError, TelegramUnauthorizedError
from aiogram.methods import GetUpdates

from bot.process.intake import Intake
from bot.process.logs import describe

log = logging.getLogger(__name__)

POLL_SECONDS = 10
"""How long Telegram keeps a question open that it has no update for."""

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 5.0
"""Seconds between two questions while Telegram cannot be reached."""

_TELL_SECONDS = 60
"""How often an outage is told of."""


class TokenRevokedError(Exception):
    """Telegram does not know the token any more."""


async def poll(bot: Bot, intake: Intake, kinds: list[str]) -> None:
    """Take updates of these kinds until cancelled. Raises `TokenRevokedError`.

    A question for further updates confirms those before it: these are kept by then.
    """
    question = GetUpdates(timeout=POLL_SECONDS, allowed_updates=kinds)
    patience = POLL_SECONDS + int(bot.session.timeout)
    outage = Outage()
    while True:
        intake.moved()
        try:
            updates = await bot(question, request_timeout=patience)
        except TelegramUnauthorizedError:
            await _check_token(bot)
            await asyncio.sleep(_FIRST_PAUSE)
        except (AiogramError, OSError, ValueError) as error:
            await asyncio.sleep(outage.failed(error))
        else:
            outage.ended()
            intake.heard()
            await intake.take(updates)
            if updates:
                question.offset = updates[-1].update_id + 1


async def _check_token(bot: Bot) -> None:
    """Raise `TokenRevokedError` when a second question is refused like the first."""
    try:
        await bot.get_me()
    except TelegramUnauthorizedError:
        raise TokenRevokedError from None
    except (AiogramError, OSError):
        return


class Outage:
    """Tells once a minute that Telegram cannot be asked, and that it can again."""

    def __init__(self) -> None:
        self._pause = _FIRST_PAUSE
        self._since: float | None = None
        self._told = -float("inf")

    def failed(self, error: Exception) -> float:
        """Tell of a failure when it is time; return the seconds to wait before the next try."""
        now = monotonic()
        if self._since is None:
            self._since = now
        if now - self._told >= _TELL_SECONDS:
            self._told = now
            if isinstance(error, TelegramConflictError):
                log.error(
                    "Another process receives this bot's updates, or a webhook is set: stop it, or"
                    " give this one a BOT_TOKEN of its own. Trying again until it is gone."
                )
            else:
                log.error(
                    "Telegram cannot be asked for updates since %d s (%s); trying again",
                    now - self._since,
                    describe(error),
                )
        pause, self._pause = self._pause, min(self._pause * 1.5, _LONGEST_PAUSE)
        return pause

    def ended(self) -> None:
        """Tell that it is over, if there was one."""
        if self._since is not None:
            log.info("Telegram can be asked again, after %d s", monotonic() - self._since)
        self._since, self._pause, self._told = None, _FIRST_PAUSE, -float("inf")
