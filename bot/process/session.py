"""The connection to the Bot API: where it is, and what is done when a call fails in passing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from itertools import count
from time import monotonic
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

from bot.metrics import CALLS, UNSENT
from bot.process.turns import give_up_turn
from bot.process.unreadable_answers import ForgivingSession
from bot.settings import Settings

if TYPE_CHECKING:
    from aiogram import Bot
    from aiogram.methods import Response, TelegramMethod
    from aiogram.methods.base import TelegramType

log = logging.getLogger(__name__)

LONGEST_WAIT = 60
"""Seconds for which an answer is tried again; other calls, too, wait no longer when Telegram asks
them to wait."""

ATTEMPTS = 4
"""How often other calls are made before their failure is believed."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 16.0
"""Seconds before a call is repeated; twice as long each further time, up to the longest."""

_HANGING_SECONDS = 15
"""How long an answer may take to be accepted before it is tried again."""

_ANSWERS = ("sendMessage", "editMessageText")
"""What people wait for: tried again for a minute. Whether a message was sent is not always known:
a rare double is better than silence."""

_RETRIES_AT_ONCE = 4
"""Answers that are tried again at once, those of the latest calls first."""

_PROXY_ERRORS = (ProxyConnectionError, ProxyError, ProxyTimeoutError)
_UNSENT = (ClientConnectorError, *_PROXY_ERRORS)
"""What stops a call before anything of it was sent."""

_calls = cache(CALLS.labels)

_REPEATABLE = ("get", "set", "edit", "delete")
"""How the methods begin that may be done twice and come to the same."""


def make_session(settings: Settings) -> AiohttpSession:
    """A session with the server of BOT_API_URL, by way of BOT_PROXY when it is set."""
    session = _Session(
        proxy=settings.bot_proxy or None, api=TelegramAPIServer.from_base(settings.bot_api_url)
    )
    session.middleware(Patience())
    return session


class _Session(ForgivingSession):
    """A session in which an answer hangs for a while only, and that tells of a proxy's errors,
    which aiogram does not know, as of the network's."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109
    ) -> TelegramType:
        """Make the call once. Raises what aiogram raises."""
        if timeout is None and method.__api_method__ in _ANSWERS:
            timeout = _HANGING_SECONDS
        try:
            return await super().make_request(bot, method, timeout)
        except _PROXY_ERRORS as error:
            raise TelegramNetworkError(method=method, message=type(error).__name__) from error


class Patience(BaseRequestMiddleware):
    """Waits when Telegram asks to, and repeats what a passing failure of the network stopped.

    An answer (`_ANSWERS`) is tried again for a minute, and gives up its turn meanwhile. An answer
    to an inline query is never put off: the person has typed on. Of other calls those are repeated
    that may be done twice, and those of which nothing was sent. An edit that changes nothing counts
    as done, and so does the answer to a press that nobody waits for: what was pressed is still to
    be done. Calls are logged by their method's name alone.
    """

    def __init__(self) -> None:
        self._retries = Latest(_RETRIES_AT_ONCE)

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Make the call, several times if need be. Raises what the last attempt raised."""
        name = method.__api_method__
        begun = monotonic()
        for attempt in count(1):
            try:
                if attempt == 1 or name not in _ANSWERS:
                    result = await make_request(bot, method)
                else:
                    async with self._retries.turn():
                        result = await make_request(bot, method)
            except TelegramAPIError as error:
                _calls(name, _outcome(error)).inc()
                if isinstance(error, TelegramBadRequest) and _is_needless(name, error):
                    return True  # type: ignore[return-value]  # what both may return
                pause = _pause(name, error, attempt, monotonic() - begun)
                if pause is None:
                    if name in _ANSWERS and _is_passing(error):
                        UNSENT.inc()
                    _log_failure(name, error)
                    raise
                log.log(
                    logging.WARNING if attempt == 1 else logging.DEBUG,
                    "%s: %s; again in %g s",
                    name,
                    error,
                    pause,
                )
                if name in _ANSWERS:
                    give_up_turn()
                await asyncio.sleep(pause)
            else:
                _calls(name, "done").inc()
                log.debug("%s", name)
                return result
        raise AssertionError("unreachable")


class Latest:
    """Lets `most` in at once; of those that wait the latest comes first."""

    def __init__(self, most: int) -> None:
        self._free = most
        self._waiting: list[asyncio.Future[None]] = []

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait to be let in, and be in for the block."""
        if not self._free:
            entered = asyncio.get_running_loop().create_future()
            self._waiting.append(entered)
            try:
                await entered
            except asyncio.CancelledError:
                if entered.done() and not entered.cancelled():
                    self._leave()
                raise
        else:
            self._free -= 1
        try:
            yield
        finally:
            self._leave()

    def _leave(self) -> None:
        while self._waiting:
            latest = self._waiting.pop()
            if not latest.done():
                latest.set_result(None)
                return
        self._free += 1


def _pause(name: str, error: TelegramAPIError, attempt: int, passed: float) -> float | None:
    """Seconds to wait before the call is made again; None when it must not be."""
    if name == "answerInlineQuery":
        return None
    growing = min(_FIRST_PAUSE * 2.0 ** (attempt - 1), _LONGEST_PAUSE)
    if name in _ANSWERS:
        if not _is_passing(error):
            return None
        if isinstance(error, TelegramRetryAfter) and error.retry_after <= LONGEST_WAIT - passed:
            return float(error.retry_after)
        # Who would have to wait for longer than a minute is tried within it.
        return growing if passed + growing <= LONGEST_WAIT else None
    if attempt == ATTEMPTS:
        return None
    if isinstance(error, TelegramRetryAfter):
        return error.retry_after if error.retry_after <= LONGEST_WAIT else None
    if name == "getUpdates":
        return None  # the polling repeats it for as long as it takes
    unsent = isinstance(error.__cause__, _UNSENT)
    return growing if unsent or (_is_passing(error) and name.startswith(_REPEATABLE)) else None


def _is_passing(error: TelegramAPIError) -> bool:
    """Whether the next call may fare better."""
    return isinstance(error, TelegramNetworkError | TelegramServerError | TelegramRetryAfter)


def _outcome(error: TelegramAPIError) -> str:
    """What a call came to, in a word."""
    if isinstance(error, TelegramRetryAfter):
        return "put off"
    return "failed" if isinstance(error, TelegramNetworkError | TelegramServerError) else "refused"


def _is_needless(name: str, error: TelegramBadRequest) -> bool:
    """Whether nothing is amiss: the message is as it should be, or nobody waits any more for the
    end of a press, which was answered by a process that died, or waited for too long."""
    if name == "answerCallbackQuery":
        return "query is too old" in error.message
    return "message is not modified" in error.message


def _log_failure(name: str, error: TelegramAPIError) -> None:
    if isinstance(error, TelegramForbiddenError):
        log.debug("%s: the person has blocked the bot", name)
    elif name not in ("getMe", "getUpdates"):  # the start and the polling tell of these
        log.warning("%s failed: %s", name, error)
