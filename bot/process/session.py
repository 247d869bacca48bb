"""The connection to the Bot API: where it is, and what is done when a call fails in passing."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiohttp import ClientConnectorError
from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError

from bot.metrics import CALLS
from bot.process.forgiving import ForgivingSession
from bot.process.logs import describe
from bot.settings import Settings

if TYPE_CHECKING:
    from aiogram import Bot
    from aiogram.methods import Response, TelegramMethod
    from aiogram.methods.base import TelegramType

log = logging.getLogger(__name__)

LONGEST_WAIT = 60
"""Seconds: a call that Telegram puts off for longer than this is given up."""

ATTEMPTS = 4
"""How often a call is made before its failure is believed."""

_FIRST_PAUSE = 0.5
"""Seconds before a call is repeated after a network error; twice as long each further time."""

_PROXY_ERRORS = (ProxyConnectionError, ProxyError, ProxyTimeoutError)
_UNSENT = (ClientConnectorError, *_PROXY_ERRORS)
"""What stops a call before anything of it was sent."""

_REPEATABLE = ("get", "set", "edit", "delete")
"""How the methods begin that may be done twice and come to the same."""


def make_session(settings: Settings) -> AiohttpSession:
    """A session with the server of BOT_API_URL, by way of BOT_PROXY when it is set."""
    session = ForgivingSession(
        proxy=settings.bot_proxy or None, api=TelegramAPIServer.from_base(settings.bot_api_url)
    )
    session.middleware(Patience())
    return session


class Patience(BaseRequestMiddleware):
    """Waits when Telegram asks to, and repeats what a passing failure of the network stopped.

    An answer to an inline query is never put off: the person has typed on. A message is repeated
    only when it certainly was not sent. An edit that changes nothing counts as done. Calls are
    logged by their method's name alone.
    """

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Make the call, several times if need be. Raises what the last attempt raised."""
        name = method.__api_method__
        for attempt in range(1, ATTEMPTS + 1):
            try:
                result = await _made(make_request, bot, method)
            except TelegramAPIError as error:
                CALLS.labels(name, _outcome(error)).inc()
                if isinstance(error, TelegramBadRequest) and _changed_nothing(error):
                    return True  # type: ignore[return-value]  # what an inline edit returns
                pause = _pause(name, error, attempt)
                if pause is None or attempt == ATTEMPTS:
                    _log_failure(name, error)
                    raise
                log.warning("%s: %s; again in %g s", name, describe(error), pause)
                await asyncio.sleep(pause)
            else:
                CALLS.labels(name, "done").inc()
                log.debug("%s", name)
                return result
        raise AssertionError("unreachable")


async def _made(
    make_request: NextRequestMiddlewareType[TelegramType],
    bot: Bot,
    method: TelegramMethod[TelegramType],
) -> Response[TelegramType]:
    """Make the call; a proxy's errors, which aiogram does not know, become network errors."""
    try:
        return await make_request(bot, method)
    except _PROXY_ERRORS as error:
        raise TelegramNetworkError(method=method, message=type(error).__name__) from error


def _pause(name: str, error: TelegramAPIError, attempt: int) -> float | None:
    """Seconds to wait before the call is made again; None when it must not be."""
    if name == "answerInlineQuery":
        return None
    if isinstance(error, TelegramRetryAfter):
        return error.retry_after if error.retry_after <= LONGEST_WAIT else None
    if name == "getUpdates":
        return None  # the polling repeats it for as long as it takes
    unsent = isinstance(error.__cause__, _UNSENT)
    passing = isinstance(error, TelegramNetworkError | TelegramServerError)
    if unsent or (passing and name.startswith(_REPEATABLE)):
        return float(_FIRST_PAUSE * 2 ** (attempt - 1))
    return None


def _outcome(error: TelegramAPIError) -> str:
    """What a call came to, in a word."""
    if isinstance(error, TelegramRetryAfter):
        return "put off"
    return "failed" if isinstance(error, TelegramNetworkError | TelegramServerError) else "refused"


def _changed_nothing(error: TelegramBadRequest) -> bool:
    return "message is not modified" in error.message


def _log_failure(name: str, error: TelegramAPIError) -> None:
    if isinstance(error, TelegramForbiddenError):
        log.debug("%s: the person has blocked the bot", name)
    elif name not in ("getMe", "getUpdates"):  # the start and the polling tell of these
        log.warning("%s failed: %s", name, describe(error))
