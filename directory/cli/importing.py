"""The commands that change the directory: import and undo; and its history."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any, BinaryIO

from directory.cli import OK, REFUSED, CommandError
from directory.cli.progress import Bar
from directory.imports.apply import apply
from directory.imports.merge import Mode
from directory.imports.outcome import Edit, Plan, Stage
from directory.imports.plan import plan, seldom_collect
from directory.model import Action, Origin, Page, Revision, Territory
from directory.rights import Scope
from directory.store import records, revisions
from directory.store.database import Database
from directory.territories import Territories

_FIRST = 20
"""How many of each kind are listed; the rest is counted."""

_ATTEMPTS = 3
"""How often an import is planned anew when somebody else changes the directory meanwhile."""

_ACTIONS = {
    Action.SEED: "начальное наполнение",
    Action.IMPORT: "импорт",
    Action.EDIT: "правка",
    Action.HIDE: "скрытие",
    Action.RESTORE: "возвращение",
    Action.UNDO: "откат",
}


async def import_file(arguments: argparse.Namespace, url: str) -> int:
    """`import FILE`."""
    seldom_collect()
    with arguments.file.open("rb") as file:
        db = await Database.open(url)
        try:
            for _attempt in range(_ATTEMPTS):
                try:
                    return await _import(db, arguments, file)
                except revisions.ConflictError:
                    continue
            raise CommandError("Справочник всё время меняют; повторите позже.")
        finally:
            await db.close()


async def _import(db: Database, arguments: argparse.Namespace, file: BinaryIO) -> int:
    revision = None
    file.seek(0)
    with Bar() as bar:
        found = await plan(
            db,
            file.read(),
            arguments.file.name,
            mode=Mode(arguments.mode),
            scope=await _scope(db, arguments),
            sheet=arguments.sheet,
            progress=bar,
        )
        stopped = bool(found.refused) and not arguments.partial
        unwilling = found.needs_consent and not arguments.yes_retire
        if not (arguments.dry_run or stopped or unwilling):
            revision = await apply(
                db,
                found,
                Origin(Action.IMPORT),
                partial=arguments.partial,
                retire_many=arguments.yes_retire,
                progress=bar,
            )
    if arguments.json:
        print(json.dumps(found.as_json(revision), ensure_ascii=False))
    else:
        _print_plan(found)
    if unwilling and not stopped and not arguments.dry_run:
        raise CommandError(
            f"Ничего не изменено: файл убрал бы из справочника страниц — {len(found.retired)} из"
            f" {found.retirable}. Если так и нужно, повторите с --yes-retire."
        )
    if not arguments.json:
        print(_outcome(found, revision, dry_run=arguments.dry_run, stopped=stopped))
    return REFUSED if found.refused else OK


def _outcome(found: Plan, revision: int | None, *, dry_run: bool, stopped: bool) -> str:
    if revision is not None:
        return f"Применено: ревизия {revision}. Откатить: python -m directory undo {revision}"
    if stopped:
        return (
            "Ничего не изменено: исправьте строки, которые не приняты, или повторите с --partial,"
            " чтобы внести остальные."
        )
    if found.is_empty:
        return "Изменять нечего."
    return "Это проба: ничего не изменено." if dry_run else ""


async def _scope(db: Database, arguments: argparse.Namespace) -> Scope:
    """What `--region`, `--territory` and `--category` limit the import to."""
    if not (arguments.region or arguments.territory or arguments.category):
        return Scope()
    async with db.read() as connection:
        territories = Territories(await records.read_territories(connection))
        categories = await records.read_categories(connection)
    place: int | None = None
    if arguments.region:
        place = _one(arguments.region, territories.matches(arguments.region, None))
    if arguments.territory:
        regions = [place] if place else [t.id for t in territories.children(None)]
        found = [t for r in regions for t in territories.matches(arguments.territory, r)]
        place = _one(arguments.territory, found)
    category = ""
    if arguments.category:
        by_key = {name.lower(): name for name in categories}
        if arguments.category.lower() not in by_key:
            raise CommandError(f"Нет сферы «{arguments.category}»; есть: {', '.join(categories)}.")
        category = by_key[arguments.category.lower()]
    return Scope(place, category)


def _one(name: str, found: list[Territory]) -> int:
    if len(found) == 1:
        return found[0].id
    if found:
        raise CommandError(f"Территорий «{name}» несколько: добавьте --region.")
    raise CommandError(f"Нет территории «{name}»: проверьте название.")


def _print_plan(found: Plan) -> None:
    for note in found.notes:
        print(note)
    what = "Страницы" if found.kind == "pages" else "Территории"
    print(
        f"{what}: новых {len(found.new)}, изменённых {len(found.changed)}, без изменений"
        f" {found.unchanged}, убираемых {len(found.retired)}; нет в файле {found.missing}."
    )
    _list("Новые территории", [found.path(place.id) for place in found.created_places])
    _list("Новые сферы", list(found.categories))
    _list("Новые", [_named(edit) for edit in found.new])
    _list(
        "Изменённые", [_changed(edit, found) for edit in found.changed[:_FIRST]], len(found.changed)
    )
    _list("Убираются из справочника", [_named(edit) for edit in found.retired])
    _list("Не приняты", [problem.text for problem in found.refused])
    _list("Проверьте", [problem.text for problem in found.warnings])


def _list(title: str, lines: list[str], count: int | None = None) -> None:
    """Print the first lines; `count` is how many there are when `lines` are not all of them."""
    if not lines:
        return
    count = count or len(lines)
    print(f"\n{title} ({count}):")
    for line in lines[:_FIRST]:
        print(f"  {line}")
    if count > _FIRST:
        print(f"  … и ещё {count - _FIRST}")


def _named(edit: Edit[Page] | Edit[Territory]) -> str:
    if isinstance(edit.after, Page):
        return f"{edit.after.id} — {edit.after.title}"
    return edit.after.name


def _changed(edit: Edit[Page] | Edit[Territory], found: Plan) -> str:
    # Here and not above: it brings the export with all that a whole directory needs.
    from directory.imports.differences import differences

    altered = differences(edit, found.territories)
    fields = "; ".join(f"{header}: {old or '—'} → {new or '—'}" for header, old, new in altered)
    return f"{_named(edit)}: {fields}"


async def history(arguments: argparse.Namespace, url: str) -> int:
    """`history`."""
    db = await Database.open(url)
    try:
        async with db.read() as connection:
            found = await revisions.history(connection, limit=arguments.limit)
    finally:
        await db.close()
    if arguments.json:
        print(json.dumps([_as_json(revision) for revision in found], ensure_ascii=False))
        return OK
    if not found:
        print("История пуста: справочник ещё не наполняли.")
    for revision in found:
        print(_in_words(revision))
    return OK


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


def _in_words(revision: Revision) -> str:
    origin = revision.origin
    what = _ACTIONS[origin.action]
    if origin.undoes:
        what += f" ревизии {origin.undoes}"
    details = [
        f"+{revision.created} ~{revision.changed} −{revision.removed}",
        f"«{origin.file}»" if origin.file else "",
        f"({origin.note})" if origin.note else "",
        f"от {origin.actor}" if origin.actor else "",
        f"откачена ревизией {revision.undone_by}" if revision.undone_by else "",
    ]
    at = revision.at.astimezone().strftime("%d.%m.%Y %H:%M")
    return "  ".join(filter(None, [f"{revision.id:>5}  {at}  {what}", *details]))


async def undo(arguments: argparse.Namespace, url: str) -> int:
    """`undo REVISION`."""
    number = arguments.revision
    origin = Origin(Action.UNDO, undoes=number)
    db = await Database.open(url)
    try:
        with Bar() as bar:
            async with db.write() as connection:
                known = await revisions.get(connection, number)
                pages = known.created + known.changed + known.removed if known else 0
                made: int | None = await revisions.undo(
                    connection,
                    number,
                    origin,
                    skip_conflicts=arguments.skip_conflicts,
                    progress=lambda done: bar(Stage.APPLY, min(done, pages), pages),
                )
        text = f"Ревизия {number} откачена: ревизия {made}."
    except revisions.AlreadyUndoneError as error:
        made, text = None, f"Ревизия {number} уже откачена ревизией {error.by}: делать нечего."
    except KeyError:
        raise CommandError(
            f"Ревизии {number} нет; посмотрите python -m directory history."
        ) from None
    except revisions.ConflictError as error:
        keys = [key for _entity, key in error.keys]
        if arguments.json:
            print(json.dumps({"revision": None, "conflicts": keys}, ensure_ascii=False))
        listed = ", ".join(keys[:_FIRST]) + (" …" if len(keys) > _FIRST else "")
        print(
            f"Ревизия {number} не откачена: с тех пор изменено или используется ({len(keys)}):"
            f" {listed}. Откатить остальное: --skip-conflicts.",
            file=sys.stderr,
        )
        return REFUSED
    finally:
        await db.close()
    if arguments.json:
        print(json.dumps({"revision": made, "conflicts": []}))
    else:
        print(text)
    return OK
