"""The commands that look back, and go back: history and undo."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

from directory.change_history import ToldChange, changes_of_page, field_name
from directory.cli import OK, REFUSED, CommandError, answer, emit
from directory.cli.progress import ProgressBar
from directory.imports.outcome import Stage
from directory.model import Action, Origin, Revision
from directory.store import records, revisions
from directory.store.database import Database
from directory.store.precaution import copy_before
from directory.store.undo import AlreadyUndoneError, NothingLeftError, Undone
from directory.store.undo import undo as take_back
from directory.store.undo_conflicts import Conflict, ThinnedError

_FIRST = 20
"""How many conflicts are told; the rest is counted."""

_ACTIONS = {
    Action.SEED: "начальное наполнение",
    Action.IMPORT: "импорт",
    Action.EDIT: "правка",
    Action.CONFIRM: "подтверждение",
    Action.HIDE: "скрытие",
    Action.RESTORE: "возвращение",
    Action.REMOVE: "страница убрана",
    Action.MERGE: "объединение территорий",
    Action.MERGE_PAGES: "объединение страниц",
    Action.UNDO: "откат",
}

_KINDS = {
    "created": "создана",
    "changed": "изменена",
    "removed": "удалена",
    "retired": "ушла из справочника",
    "returned": "вернулась в справочник",
}


async def history(arguments: argparse.Namespace, url: str) -> int:
    """`history`, `history --page ID` and `history --thin DAYS`."""
    async with await Database.open(url) as db:
        if arguments.thin:
            return await _thin(db, arguments)
        if arguments.page:
            return await _history_of_page(db, arguments)
        async with db.read() as connection:
            found = await revisions.history(connection, limit=arguments.limit)
    lines = map(_in_words, found) if found else ["История пуста: справочник ещё не наполняли."]
    return answer(arguments, list(map(_as_json, found)), *lines)


async def _thin(db: Database, arguments: argparse.Namespace) -> int:
    async with db.write() as connection:
        until = datetime.now(UTC) - timedelta(days=arguments.thin)
        count = await revisions.thin(connection, until)
    if count:
        await db.compact()
    return answer(
        arguments,
        {"thinned": count},
        f"Прорежено изменений: {count}. Кто, когда и что менял — осталось; прежних значений"
        f" старше {arguments.thin} дней больше нет, и такие изменения не откатить.",
    )


async def _history_of_page(db: Database, arguments: argparse.Namespace) -> int:
    async with db.read() as connection:
        territories = await records.read_tree(connection)
        found = await changes_of_page(
            connection, arguments.page, territories, limit=arguments.limit
        )
    if arguments.json:
        emit(list(map(_page_as_json, found)))
        return OK
    if not found:
        raise CommandError(f"Страницы с кодом «{arguments.page}» в истории нет: проверьте код.")
    for change in found:
        print(f"{_in_words(change.revision, counts=False)}  {_KINDS[change.kind]}")
        if change.is_thinned:
            print("        что изменено, уже не хранится")
        for field in change.fields:
            print(f"        {field.name}: {field.before or '—'} → {field.after or '—'}")
    return OK


def _page_as_json(change: ToldChange) -> dict[str, Any]:
    whole = _as_json(change.revision)
    about = {name: whole[name] for name in whole if name not in ("new", "changed", "removed")}
    return about | {
        "kind": "changed" if change.kind in ("retired", "returned") else change.kind,
        "thinned": change.is_thinned,
        "fields": [
            {"field": f.field, "name": f.name, "before": f.before, "after": f.after}
            for f in change.fields
        ],
    }


def _as_json(revision: Revision) -> dict[str, Any]:
    origin = revision.origin
    return {
        "revision": revision.id,
        "at": revision.at.isoformat(timespec="seconds"),
        "action": origin.action.value,
        "actor": origin.actor,
        "file": origin.file or None,
        "sha256": origin.sha256 or None,
        "note": origin.note or None,
        "undoes": origin.undoes,
        "undone_by": revision.undone_by,
        "new": revision.created,
        "changed": revision.changed,
        "removed": revision.removed,
    }


def _in_words(revision: Revision, *, counts: bool = True) -> str:
    origin = revision.origin
    what = _ACTIONS[origin.action]
    if origin.undoes:
        what += f" изменения {origin.undoes}"
    details = [
        f"+{revision.created} ~{revision.changed} −{revision.removed}" if counts else "",
        f"«{origin.file}»" if origin.file else "",
        f"({origin.note})" if origin.note else "",
        f"от {origin.actor}" if origin.actor else "",
        f"откачено изменением {revision.undone_by}" if revision.undone_by else "",
    ]
    at = revision.at.astimezone().strftime("%d.%m.%Y %H:%M")
    return "  ".join(filter(None, [f"{revision.id:>5}  {at}  {what}", *details]))


async def undo(arguments: argparse.Namespace, url: str) -> int:
    """`undo REVISION`."""
    number = arguments.revision
    try:
        async with await Database.open(url) as db:
            undone = await _undo(db, number)
    except AlreadyUndoneError as error:
        text = f"Изменение {number} уже откачено изменением {error.by}: делать нечего."
        _tell(arguments, None, (), text)
        return OK
    except KeyError:
        raise CommandError(
            f"Изменения {number} нет; посмотрите python -m directory history."
        ) from None
    except ThinnedError:
        raise CommandError(
            f"Изменение {number} не откатить: прежние значения прорежены (history --thin)."
        ) from None
    except NothingLeftError as error:
        _tell(arguments, None, error.conflicts, f"Изменение {number} не откачено: {{}}.")
        return REFUSED
    how = f"Изменение {number} откачено: изменение {undone.revision}."
    if undone.conflicts:
        how = f"Откачено {undone.done} из {undone.of} (изменение {undone.revision}): {{}}."
    _tell(arguments, undone.revision, undone.conflicts, how)
    return REFUSED if undone.conflicts else OK


async def _undo(db: Database, number: int) -> Undone:
    with ProgressBar() as bar:
        async with db.read() as connection:
            known = await revisions.get(connection, number)
        pages = known.size if known else 0
        await copy_before(db, "undo", pages)
        async with db.write() as connection:
            return await take_back(
                connection,
                number,
                Origin(Action.UNDO, undoes=number),
                progress=lambda done: bar(Stage.APPLY, min(done, pages), pages),
            )


def _tell(
    arguments: argparse.Namespace,
    revision: int | None,
    conflicts: tuple[Conflict, ...],
    text: str,
) -> None:
    """Say how an undo ended; `{}` in the text is the place of the conflicts."""
    if arguments.json:
        listed = [
            {"key": c.key, "title": c.title, "fields": list(c.fields), "why": _conflict_in_words(c)}
            for c in conflicts
        ]
        emit({"revision": revision, "conflicts": listed})
    words = "; ".join(map(_conflict_in_words, conflicts[:_FIRST]))
    more = f" и ещё {len(conflicts) - _FIRST}" if len(conflicts) > _FIRST else ""
    said = text.format(words + more or "её изменений больше нет")
    if conflicts or not revision:
        print(said, file=sys.stderr)
    elif not arguments.json:
        print(said)


def _conflict_in_words(conflict: Conflict) -> str:
    """What is not taken back, and why: «у «Школа» название с тех пор изменено»."""
    names = [f"«{name}»" for name in dict.fromkeys(map(field_name, conflict.fields))]
    match conflict.why:
        case "changed" if names:
            which, are = ("поля", "изменены") if names[1:] else ("поле", "изменено")
            return f"у «{conflict.title}» {which} {', '.join(names)} с тех пор {are}"
        case "changed":
            return f"«{conflict.title}» с тех пор изменена"
        case "gone":
            return f"«{conflict.title}» больше нет"
        case "back":
            return f"«{conflict.title}» уже есть"
        case "taken":
            return f"место с названием «{conflict.title}» уже есть"
        case "needed":
            return f"на «{conflict.title}» ссылаются другие страницы"
    return f"«{conflict.title}»: нет того, на что указывает {', '.join(names) or 'страница'}"
