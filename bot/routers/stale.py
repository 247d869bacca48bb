"""Buttons that nothing understands any more, and what broke. These come last."""

from __future__ import annotations

import logging

from aiogram import Router
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import CallbackQuery, ErrorEvent, Update

from bot.metrics import FAILED, FAILURES
from bot.people.permitted import NotPermittedError
from bot.screens.import_preview import give_up
from bot.talk.notices import NoticeError, out_of_date
from bot.talk.send import reply, send
from bot.views.citizens import hello
from bot.views.editors.quarantine import refused
from bot.views.view import View
from directory.directory import Directory
from directory.store.database import fault_of
from directory.store.faults import DatabaseLostError

_UNREACHED = (TelegramNetworkError, TelegramServerError, TelegramRetryAfter)

log = logging.getLogger(__name__)


async def stale(press: CallbackQuery) -> None:
    """A button of a former version, or one that is not for this person."""
    raise out_of_date()


async def failed(event: ErrorEvent, directory: Directory, given_up: bool = False) -> str | None:
    """Note what broke, without a word of what was typed, and tell the person.

    An update is `given_up` when it ended with the process at each start that tried to handle it.
    Returns `FAILED`, None when it is nobody's fault.
    """
    error, update = event.exception, event.update
    if isinstance(error, TelegramForbiddenError) or _too_late(error):
        return None  # The person has blocked the bot, or pressed a button before a long pause.
    if isinstance(error, _UNREACHED) and isinstance(error.method, SendMessage | EditMessageText):
        return FAILED  # Counted and told by the session: further words would fare no better.
    if isinstance(error, NotPermittedError | NoticeError):
        await _tell(update, error.view if isinstance(error, NoticeError) else refused(error))
        return None
    if isinstance(error, DatabaseLostError):
        view = hello.database_lost()  # the log and the owners are told once, not at each update
    elif fault := fault_of(error):
        view = hello.not_kept(fault)
        log.error("update %s: the database refuses (%s)", update.update_id, error)
    else:
        view = hello.failed()
        _note(event)
    if given_up and update.message is not None:
        await give_up(update.message, directory)
    FAILURES.labels(type(error).__name__).inc()
    await _tell(update, view)
    return FAILED


async def _tell(update: Update, view: View) -> None:
    try:
        if update.message is not None and update.message.chat.type == "private":
            await reply(update.message, view)
        elif update.callback_query is not None:
            await send(update.callback_query, view)
    except TelegramAPIError:
        log.warning("update %s: the person could not be told of it", update.update_id)


def _note(event: ErrorEvent) -> None:
    # With the exception's type and places, but not its text, which may repeat what was typed: see
    # `bot.process.logs`.
    log.error("update %s failed", event.update.update_id, exc_info=event.exception)


def _too_late(error: Exception) -> bool:
    return isinstance(error, TelegramBadRequest) and "query is too old" in error.message


def make() -> Router:
    router = Router(name=__name__)
    router.callback_query.register(stale)
    router.errors.register(failed)
    return router
