"""The web server: the webhook, and what watches the bot: /healthz, /readyz and /metrics."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.process import health
from bot.process.intake import Intake
from bot.settings import Settings, SettingsError
from directory.directory import Directory


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
        parts = await health.parts(directory, intake)
        return web.json_response(parts, status=200 if all(parts.values()) else 503)

    async def metrics(_request: web.Request) -> web.Response:
        await health.measure(directory)
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    for address, handler in (("/healthz", healthz), ("/readyz", readyz), ("/metrics", metrics)):
        app.router.add_get(address, handler)
    return app
