"""The web server: the webhook, and what watches the bot: /healthz, /readyz and /metrics."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import DBAPIError

from bot.metrics import INDEX_AGE
from bot.process.intake import Intake
from bot.settings import Settings, SettingsError
from directory.directory import Directory
from directory.store import revisions

SILENT_SECONDS = 120
"""How long ago Telegram may have been heard last: it is asked every few seconds while polling, and
once a minute beside a webhook."""

_DATABASE_SECONDS = 5
"""How long the database may take to answer."""


@asynccontextmanager
async def serving(app: web.Application, settings: Settings) -> AsyncIterator[None]:
    """Listen on WEB_HOST and WEB_PORT during the block. Raises `SettingsError` when that fails."""
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=5)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.web_host, settings.web_port).start()
    except OSError as error:
        await runner.cleanup()
        raise SettingsError(
            f"WEB_HOST и WEB_PORT: {settings.web_host}:{settings.web_port} не занять"
            f" ({error.strerror}); укажите свободный порт и адрес этой машины"
        ) from None
    try:
        yield
    finally:
        await runner.cleanup()


def watched(directory: Directory, intake: Intake) -> web.Application:
    """The addresses at which the bot tells how it is."""
    app = web.Application()

    async def healthz(_request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(_request: web.Request) -> web.Response:
        parts = {
            "database": await _last_revision(directory) is not None,
            "index": directory.revision >= 0,
            "links": directory.has_links,
            "telegram": intake.heard_at is not None
            and monotonic() - intake.heard_at <= SILENT_SECONDS,
        }
        return web.json_response(parts, status=200 if all(parts.values()) else 503)

    async def metrics(_request: web.Request) -> web.Response:
        last = await _last_revision(directory)
        if last is not None:
            INDEX_AGE.set(max(0, last - directory.revision))
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    for address, handler in (("/healthz", healthz), ("/readyz", readyz), ("/metrics", metrics)):
        app.router.add_get(address, handler)
    return app


async def _last_revision(directory: Directory) -> int | None:
    """The database's last revision, None when it does not tell."""
    try:
        async with asyncio.timeout(_DATABASE_SECONDS), directory.db.read() as connection:
            return await revisions.current(connection)
    except (DBAPIError, OSError):  # TimeoutError and a lost file are OSErrors
        return None
