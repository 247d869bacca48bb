"""`python -m bot` runs the bot, `chat` talks with it in the terminal, `doctor` examines the setup.

Heavy modules are imported when they are needed: `--help` and a wrong setting answer at once.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from time import monotonic
from typing import TYPE_CHECKING, Any

_PAUSE = 5
"""Seconds between two attempts to open a database that another program holds, or that is out of
reach."""

_TELL_SECONDS = 60
"""How often it is told that the database is waited for."""

TOKEN_REVOKED = 3
"""The exit status of a bot whose token was revoked: to start it again helps only with another."""

if TYPE_CHECKING:
    from bot.settings import Settings
    from directory.directory import Directory


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status.

    0, 1 when the doctor finds something wrong, 2 for wrong usage and settings, 3 when Telegram
    stops to know the token of a running bot.
    """
    parser = argparse.ArgumentParser(
        prog="python -m bot",
        description="Бот, который находит официальные страницы.",
        epilog="Настройки — переменные окружения или файл .env, образец — .env.example.",
    )
    parser.add_argument(
        "mode",
        nargs="?",
        choices=["chat", "doctor"],
        help="chat — поговорить с ботом в терминале, без ключа и без сети; doctor — проверить, всё"
        " ли готово к работе; без этого слова бот работает в Telegram",
    )
    parser.add_argument("--version", action="version", version=version("official-pages"))
    mode = parser.parse_args(arguments).mode

    from bot.settings import SettingsError, load

    try:
        settings = load(need_token=mode is None)
        if mode is None:
            return asyncio.run(_run(settings, chat=False))
        return _talk(_examine(settings) if mode == "doctor" else _run(settings, chat=True))
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    except (asyncio.CancelledError, KeyboardInterrupt):
        return 0  # asked to stop before there was anything to finish


def _talk(work: Coroutine[Any, Any, int]) -> int:
    """Do what writes to the terminal; whoever has read enough of it (`| head`) may go."""
    from directory.cli import silence

    try:
        status = asyncio.run(work)
        sys.stdout.flush()
    except BrokenPipeError:
        silence(sys.stdout)
        return 0
    return status


async def _examine(settings: Settings) -> int:
    """Print what the doctor finds, a line each; return the exit status."""
    from bot.process.fast_import import import_aiogram

    import_aiogram()
    from bot.process import logs
    from bot.process.doctor import examine

    # What cannot be reached is a finding, and needs no line in a log besides.
    logs.setup(settings.model_copy(update={"log_level": "ERROR"}))
    sound = True
    async for finding in examine(settings):
        print(finding, flush=True)
        sound = sound and finding.sound
    return 0 if sound else 1


async def _run(settings: Settings, *, chat: bool) -> int:
    """Run the bot or the terminal to the end; return the exit status."""
    task = asyncio.current_task()
    if task is not None and not chat:
        # Until there is something to finish.
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    async with _open(settings) as directory:
        from bot.process.fast_import import import_aiogram

        import_aiogram()
        from bot.process import logs
        from bot.process import run as process
        from bot.process.polling import TokenRevokedError
        from bot.terminal import chat as terminal

        if chat:
            logs.setup(settings.model_copy(update={"log_level": "ERROR"}))
            await terminal.run(directory, settings)
        else:
            logs.setup(settings)
            try:
                await process.run(directory, settings)
            except TokenRevokedError:
                print(
                    "BOT_TOKEN: Telegram больше не знает этого ключа, бот остановлен; возьмите"
                    " действующий у @BotFather (команда /token) и запустите снова",
                    file=sys.stderr,
                )
                return TOKEN_REVOKED
    return 0


async def _fill(directory: Directory, settings: Settings) -> None:
    """Fill a new database with the seed, and say so: a mistyped address also makes a new one."""
    from directory.seed import load_seed
    from directory.store.revisions import ConflictError

    if directory.revision > 0:
        return
    loaded = []
    if settings.seed != "none":
        region = settings.region if settings.seed == "region" else ""
        try:
            loaded = await load_seed(directory.db, region or None)
        except ConflictError:
            return  # another replica, started together with this one, fills it
        finally:
            await directory.refresh()
    parts = [f"{part.what} {part.new}" for part in loaded if part.kind == "pages"]
    pages = sum(part.new for part in loaded if part.kind == "pages")
    print(
        f"Новая база «{directory.db.name}»: страниц {pages}"
        + (f" ({', '.join(parts)})." if parts else ", SEED=none.")
        + " Если справочник уже был, проверьте DATABASE_URL.",
        file=sys.stderr,
    )


@asynccontextmanager
async def _open(settings: Settings) -> AsyncIterator[Directory]:
    """The directory, seeded when it was empty; closed in the end."""
    from sqlalchemy.exc import DBAPIError

    from bot.settings import SettingsError
    from directory.store.copies import DamagedError
    from directory.store.faults import DatabaseUrlError

    try:
        directory = await _opened(settings)
    except DatabaseUrlError as error:
        raise SettingsError(str(error)) from None
    except (OSError, DBAPIError, DamagedError) as error:
        raise SettingsError(_why_not_opened(settings, error)) from None
    try:
        yield directory
    finally:
        await directory.close()


async def _opened(settings: Settings) -> Directory:
    """The directory, as soon as its database can be had."""
    from sqlalchemy.exc import DBAPIError

    from bot.process.turns import CONNECTIONS
    from directory.directory import Directory
    from directory.store.database import fault_of
    from directory.store.faults import DatabaseLostError, Fault

    told = -float("inf")
    while True:
        directory = None
        try:
            directory = await Directory.open(
                settings.database_url,
                region=settings.region,
                connections=CONNECTIONS,
                state=settings.state_folder,
            )
            await _fill(directory, settings)
        except (DBAPIError, DatabaseLostError) as error:
            if directory is not None:
                await directory.close()
            if isinstance(error, DatabaseLostError):
                waiting = f"База недоступна ({error.why}); жду и пробую снова."
            elif fault_of(error) is Fault.LOCKED:
                waiting = "База занята другой программой; жду, пока она закончит."
            else:
                raise
            if monotonic() - told >= _TELL_SECONDS:
                told = monotonic()
                print(waiting, file=sys.stderr)
            await asyncio.sleep(_PAUSE)
        else:
            return directory


def _why_not_opened(settings: Settings, error: Exception) -> str:
    from directory.store.copies import DamagedError
    from directory.store.database import backend_of, fault_of
    from directory.store.faults import Fault

    why = getattr(error, "strerror", None) or getattr(error, "orig", None) or error
    name = backend_of(settings.database_url).name
    cure = "а папка существует и доступна для записи"
    if isinstance(error, DamagedError) or fault_of(error) is Fault.BROKEN:
        cure = f"или верните копию из «{name}.backups»: python -m directory restore FILE"
    return (
        f"DATABASE_URL: база «{name}» не открывается ({why}); проверьте, что это база"
        f" справочника, {cure}"
    )


if __name__ == "__main__":
    sys.exit(main())
