"""The commands that copy the database: into a file, back from one, and into another database."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from directory import environment
from directory.cli import CommandError, answer, refuse
from directory.cli.progress import ProgressBar
from directory.imports.outcome import Stage
from directory.store import copies
from directory.store.came_back import CameBack, came_back
from directory.store.database import Database, backend_of
from directory.store.sqlite import SqliteFile
from directory.store.transfer import DiffersError, NotEmptyError, Progress, back_up, transfer

_OLDER = (
    "Если это старая копия, с ней вернулись и права, которые отняли позже, и ссылки, которые позже"
    " скрыли, и люди, которые позже написали /forget: проверьте в чате /editor и «Что скрыто»."
)


async def backup(arguments: argparse.Namespace, url: str) -> int:
    """`backup FILE`."""
    database, target = backend_of(url), arguments.file
    try:
        if isinstance(database, SqliteFile):
            _must_exist(database.path)
            copies.backup(database.path, target)
        else:
            async with await Database.open(url) as db:
                with ProgressBar() as bar:
                    await back_up(db, target, _shown_by(bar))
    except FileExistsError:
        raise CommandError(f"«{target}» уже есть: назовите другой файл.") from None
    except copies.DamagedError as error:
        return refuse(
            f"Копия не сделана: {error}. Верните прежнюю копию: python -m directory restore FILE"
        )
    size = target.stat().st_size
    told = f"Копия базы проверена: {target} ({size / 1e6:.1f} МБ)"
    return answer(arguments, {"file": str(target), "bytes": size}, told)


async def restore(arguments: argparse.Namespace, url: str) -> int:
    """`restore FILE`."""
    there = backend_of(url)
    if not isinstance(there, SqliteFile):
        raise CommandError(
            f"restore кладёт на место файл SQLite, а справочник — в базе {there.name}. Создайте на"
            f" сервере пустую базу и перенесите копию: python -m directory copy"
            f" sqlite:///{arguments.file} postgresql://…"
        )
    database = there.path
    try:
        before = copies.restore(arguments.file, database, environment.state_dir())
    except copies.DamagedError as error:
        return refuse(f"Копия «{arguments.file}» не годится: {error}. База не тронута.")
    except copies.InUseError:
        return refuse(f"База «{database}» открыта: остановите бота и повторите. База не тронута.")
    back = came_back(database, before) if before else None
    kept = str(before) if before else None
    return answer(
        arguments,
        {"file": str(database), "before": kept, "came_back": back and asdict(back)},
        f"Справочник восстановлен из «{arguments.file}».",
        *([f"Прежняя база сохранена: «{before}»."] if before else []),
        _warning(back),
    )


def _warning(back: CameBack | None) -> str:
    """What of the copy is to be looked at, since it was taken away after it was made."""
    if back is None:
        return _OLDER
    if not back:
        return "Ничего из того, что отняли после этой копии, с ней не вернулось."
    lines = [
        ("владельцы и редакторы с правами, которых у них уже не было", back.staff),
        ("страницы со ссылками, которые были скрыты", back.pages),
    ]
    told = [f"- {what}: {', '.join(map(str, found))}" for what, found in lines if found]
    if back.keepers:
        told.append(f"- люди, которые снова ведут страницы: {back.keepers}")
    if back.people:
        told.append(
            f"- люди, о которых прежняя база ничего не хранила (могли написать /forget):"
            f" {back.people}"
        )
    return "\n".join(["С копией вернулось то, что отняли после неё, проверьте:", *told])


async def copy(arguments: argparse.Namespace, url: str) -> int:
    """`copy FROM_URL TO_URL`. What is not the directory in use is a copy that is put back."""
    here, there = backend_of(arguments.source), backend_of(arguments.target)
    is_copy = here.name != backend_of(url).name
    if here.name == there.name:
        raise CommandError("Переносить некуда: оба адреса — одна база.")
    if isinstance(here, SqliteFile):
        _must_exist(here.path)
    try:
        async with (
            await Database.open(arguments.source) as source,
            await Database.open(arguments.target) as target,
        ):
            with ProgressBar() as bar:
                counts = await transfer(source, target, _shown_by(bar), is_copy=is_copy)
    except NotEmptyError:
        return refuse(
            f"В базе {there.name} уже есть справочник; ничего не изменено. Укажите пустую базу или"
            " новый файл."
        )
    except DiffersError as error:
        return refuse(
            f"Перенесённое отличается от исходного (таблица {error}); база {there.name} осталась"
            " пустой. Сообщите об этом разработчикам."
        )
    return answer(
        arguments,
        {"from": here.name, "to": there.name, "rows": counts},
        f"Справочник перенесён в {there.name} и сверен построчно: страниц {counts['pages']},"
        f" ссылок {counts['links']}, ревизий {counts['revisions']}. Укажите этот адрес в"
        " DATABASE_URL.",
        _OLDER,
    )


def _must_exist(database: Path) -> None:
    if not database.exists():
        raise CommandError(f"Базы «{database}» нет; проверьте DATABASE_URL.")


def _shown_by(bar: ProgressBar) -> Progress:
    """The progress of a transfer on a bar: each row is written, then compared."""

    def show(done: int, of: int) -> None:
        bar(Stage.APPLY if 2 * done <= of else Stage.CHECK, done, of)

    return show
