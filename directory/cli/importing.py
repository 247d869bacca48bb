"""The command that changes the directory from a file: import."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from directory import environment
from directory.cli import OK, REFUSED, CommandError, emit
from directory.cli.progress import ProgressBar
from directory.file.columns import HEADERS
from directory.imports.apply import apply
from directory.imports.causes import causes
from directory.imports.merge import Mode
from directory.imports.outcome import Edit, Plan
from directory.imports.plan import TitleUnknownError, plan, seldom_collect
from directory.imports.problems import ProblemKind
from directory.imports.read.book import SkipReason
from directory.imports.reading import ChoiceError, check_choice, column_named
from directory.imports.region_names import region_named
from directory.model import Action, Origin, Page, Territory
from directory.rights import Scope
from directory.store import records, revisions
from directory.store.database import Database

_FIRST = 20
"""How many of each kind are listed; the rest is counted."""

_ATTEMPTS = 3
"""How often an import is planned anew when somebody else changes the directory meanwhile."""


async def import_file(arguments: argparse.Namespace, url: str) -> int:
    """`import FILE`."""
    seldom_collect()
    with arguments.file.open("rb") as file:
        async with await Database.open(url) as db:
            for _attempt in range(_ATTEMPTS):
                try:
                    return await _import(db, arguments, file)
                except revisions.ConflictError:
                    continue
                except TitleUnknownError as error:
                    raise CommandError(
                        f'{error} Или скажите: --column "ЗАГОЛОВОК=title".'
                    ) from None
            raise CommandError("Справочник всё время меняют; повторите позже.")


async def _import(db: Database, arguments: argparse.Namespace, file: BinaryIO) -> int:
    revision = None
    file.seek(0)
    with ProgressBar() as bar:
        found = await plan(
            db,
            file.read(),
            arguments.file.name,
            mode=Mode(arguments.mode),
            scope=await _scope(db, arguments),
            sheet=arguments.sheet,
            region=arguments.region or "",
            home=environment.region_name(),
            chosen=_chosen(arguments.column),
            new_regions=arguments.new_regions,
            progress=bar,
        )
        _check_choice(found, arguments.column)
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
        emit(found.as_json(revision))
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


def _chosen(said: Sequence[str]) -> dict[str, str]:
    """What each «ЗАГОЛОВОК=столбец» of the command line says of a column."""
    found = {}
    for one in said:
        header, sign, column = one.rpartition("=")
        if not sign or not header.strip():
            raise CommandError(f"«{one}»: нужно «ЗАГОЛОВОК=столбец» или «ЗАГОЛОВОК=-».")
        try:
            found[header.strip()] = column_named(column)
        except ChoiceError as error:
            raise CommandError(str(error)) from None
    return found


def _cures(found: Plan) -> Iterator[str]:
    """What else may be said on the command line of rows that were refused."""
    kinds = {problem.kind for problem in found.refused}
    if ProblemKind.FOREIGN_ID in kinds:
        ids = next(one.header for one in found.readings if one.column == "id")
        yield f'Коды файла — не коды справочника: --column "{ids}=-".'
    if ProblemKind.NEW_REGION in kinds:
        yield "Регионы верны: --new-regions."


def _check_choice(found: Plan, said: Sequence[str]) -> None:
    try:
        check_choice(found.readings, _chosen(said))
    except ChoiceError as error:
        raise CommandError(str(error)) from None


def _outcome(found: Plan, revision: int | None, *, dry_run: bool, stopped: bool) -> str:
    if revision is not None:
        return f"Применено: изменение {revision}. Откатить: python -m directory undo {revision}"
    if stopped:
        return " ".join(
            (
                "Ничего не изменено: исправьте строки, которые не приняты, или повторите с"
                " --partial, чтобы внести остальные.",
                *_cures(found),
            )
        )
    if found.is_empty:
        return "Изменять нечего."
    return "Это проба: ничего не изменено." if dry_run else ""


async def _scope(db: Database, arguments: argparse.Namespace) -> Scope:
    """What `--region`, `--territory` and `--category` limit the import to."""
    if not (arguments.region or arguments.territory or arguments.category):
        return Scope()
    async with db.read() as connection:
        territories = await records.read_tree(connection)
        categories = await records.read_categories(connection)
    place: int | None = None
    if arguments.region:
        found = territories.matches(arguments.region, None)
        if not found and region_named(arguments.region):
            return Scope()  # of which the directory has nothing yet
        place = _one(arguments.region, found)
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
    print(_taken_for(found))
    for note in found.notes:
        print(note)
    print("\nСтолбцы:")
    for one in found.readings:
        sample = f" (например, {one.sample})" if one.sample else ""
        print(f"  {one.header} → {HEADERS[one.column] if one.column else 'не читается'}{sample}")
    what = "Страницы" if found.kind == "pages" else "Территории"
    print(
        f"\n{what}: новых {len(found.new)}, изменённых {len(found.changed)}, без изменений"
        f" {found.unchanged}, убираемых {len(found.retired)}; нет в файле {found.missing}."
    )
    skipped = Counter(row.why.value for row in found.skipped if row.why is not SkipReason.HEADER)
    if skipped:
        listed = "; ".join(f"{why} — {count}" for why, count in skipped.items())
        print(f"Пропущено строк: {listed}.")
    if found.empty_cells and found.mode is Mode.UPDATE:
        print(f"Пустых ячеек у известных страниц: {found.empty_cells}, они ничего не стирают.")
    refused, warnings = causes(found.refused), causes(found.warnings)
    _list("Не приняты", [cause.text for cause in refused])
    _list("Проверьте", [cause.text for cause in warnings])
    _list("Новые территории", found.created_names)
    _list("Новые сферы", list(found.categories))
    _list("Новые", [_named(edit) for edit in found.new])
    _list(
        "Изменённые", [_changed(edit, found) for edit in found.changed[:_FIRST]], len(found.changed)
    )
    _list("Убираются из справочника", [_named(edit) for edit in found.retired])


def _taken_for(found: Plan) -> str:
    """What the file was taken for."""
    if found.kind == "territories":
        return f"Список территорий: {found.rows}."
    return f"Список страниц: {found.rows}, со ссылкой {found.with_links}."


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
