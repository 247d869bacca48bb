"""The commands that make a copy of the database and put one back."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from directory import environment
from directory.cli import OK, CommandError, refuse
from directory.store import copies
from directory.store.database import sqlite_path


async def backup(arguments: argparse.Namespace, url: str) -> int:
    """`backup FILE`."""
    database, target = sqlite_path(url), arguments.file
    if not database.exists():
        raise CommandError(f"Базы «{database}» нет; проверьте DATABASE_URL.")
    try:
        copies.backup(database, target)
    except FileExistsError:
        raise CommandError(f"«{target}» уже есть: назовите другой файл.") from None
    except copies.DamagedError as error:
        return refuse(
            f"Копия не сделана: {error}. Верните прежнюю копию: python -m directory restore FILE"
        )
    size = target.stat().st_size
    if arguments.json:
        print(json.dumps({"file": str(target), "bytes": size}, ensure_ascii=False))
    else:
        print(f"Копия базы проверена: {target} ({size / 1e6:.1f} МБ)")
    return OK


async def restore(arguments: argparse.Namespace, url: str) -> int:
    """`restore FILE`."""
    database: Path = sqlite_path(url)
    try:
        before = copies.restore(arguments.file, database, environment.state_dir())
    except copies.DamagedError as error:
        return refuse(f"Копия «{arguments.file}» не годится: {error}. База не тронута.")
    except copies.InUseError:
        return refuse(f"База «{database}» открыта: остановите бота и повторите. База не тронута.")
    if arguments.json:
        kept = str(before) if before else None
        print(json.dumps({"file": str(database), "before": kept}, ensure_ascii=False))
    else:
        print(f"Справочник восстановлен из «{arguments.file}».")
        if before:
            print(f"Прежняя база сохранена: «{before}».")
    return OK
