"""Telling those who restart a bot that hangs: systemd, and an address that is asked for regularly.

systemd's protocol is that of sd_notify(3): a datagram to the socket that `NOTIFY_SOCKET` names.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.process import health
from bot.process.intake import Intake
from directory.directory import Directory

log = logging.getLogger(__name__)

PING_SECONDS = 60
"""How often the address is asked for."""

_SOON_SECONDS = 5
"""How soon it is looked again whether the bot is ready."""

_PING_TIMEOUT = ClientTimeout(total=10)


def notify(state: str) -> None:
    """Tell systemd, for example `READY=1`; nothing where it did not start this process."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    if address.startswith("@"):  # no file, but a name of its own kind (unix(7), «abstract»)
        address = "\0" + address[1:]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.sendto(state.encode(), address)
    except OSError as error:
        log.warning("systemd cannot be told %s: %s", state, error)


async def feed_watchdog(intake: Intake) -> None:
    """Tell systemd that the bot works, for as long as it does; until cancelled.

    That this runs shows that the event loop turns. Telegram's silence is no reason to be restarted.
    """
    patience = int(os.environ.get("WATCHDOG_USEC") or 0) / 1_000_000
    if not patience:
        return
    while True:
        if not intake.is_stuck:
            notify("WATCHDOG=1")
        await asyncio.sleep(patience / 3)


async def ping(url: str, directory: Directory, intake: Intake) -> None:
    """Ask for the address once a minute while the bot is ready to answer people; until cancelled.

    Whoever watches it raises the alarm when nobody asks any more. The address is a secret.
    """
    failed = False
    async with ClientSession(timeout=_PING_TIMEOUT) as session:
        while True:
            ready = all((await health.parts(directory, intake)).values())
            if ready:
                why = await _failure(session, url)
                if why and not failed:
                    log.warning("PING_URL cannot be reached (%s); trying again", why)
                elif failed and not why:
                    log.info("PING_URL can be reached again")
                failed = bool(why)
            await asyncio.sleep(PING_SECONDS if ready else _SOON_SECONDS)


async def _failure(session: ClientSession, url: str) -> str:
    """Ask for the address; why that failed, "" when it did not."""
    try:
        async with session.get(url) as answer:
            return "" if answer.ok else f"status {answer.status}"
    except (ClientError, OSError) as error:  # TimeoutError is an OSError
        return type(error).__name__
