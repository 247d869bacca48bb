"""The arguments of the commands: `python -m directory COMMAND --help` shows them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

_Add = Callable[[str, str, str], argparse.ArgumentParser]
"""Adds a command: its name, the function that does it (`module:name` in this package), its help."""


def parser() -> argparse.ArgumentParser:
    """The parser of all commands; `command` names the function that does the one given."""
    made = argparse.ArgumentParser(
        prog="python -m directory",
        description="Справочник официальных страниц: импорт, выгрузка, поиск, проверка ссылок.",
        epilog="База данных задаётся переменной DATABASE_URL или строкой в файле .env.",
    )
    commands = made.add_subparsers(required=True, metavar="команда")

    def add(name: str, command: str, text: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=text, description=text)
        one.set_defaults(command=command)
        one.add_argument("--json", action="store_true", help="ответить объектом JSON")
        return one

    _add_import(add)
    one = add("export", "asking:export_file", "выгрузить справочник в файл .csv, .xlsx или .json")
    one.add_argument("file", type=Path, metavar="FILE")

    _add_questions(add)
    one = add("seed", "seeding:seed", "добавить из seed/ то, чего в справочнике нет")
    one.add_argument(
        "--region", metavar="НАЗВАНИЕ", help="только федеральные страницы и страницы этого региона"
    )

    one = add(
        "merge-territory",
        "seeding:merge_territory",
        "объединить территории: страницы и населённые пункты переходят, прежнее имя остаётся",
    )
    one.add_argument("gone", metavar="FROM", help="какая территория упразднена")
    one.add_argument("into", metavar="INTO", help="в состав какой она вошла")

    add("check-links", "checking:check_links", "проверить, открываются ли ссылки справочника")

    _add_history(add)
    _add_copies(add)
    add("stats", "asking:stats", "показать, что есть в справочнике")
    return made


def _add_import(add: _Add) -> None:
    one = add("import", "importing:import_file", "внести файл: показать план и применить его")
    one.add_argument("file", type=Path, metavar="FILE", help="CSV, XLSX или JSON")
    one.add_argument("--dry-run", action="store_true", help="только показать план")
    one.add_argument(
        "--mode",
        choices=["update", "replace"],
        default="update",
        help="update добавляет и меняет; replace ещё и убирает страницы, которых в файле нет,"
        " и очищает то, что в файле пусто",
    )
    one.add_argument("--partial", action="store_true", help="применить годные строки без остальных")
    one.add_argument(
        "--yes-retire",
        action="store_true",
        help="согласие убрать больше 10 %% страниц, если их больше пяти",
    )
    one.add_argument(
        "--region",
        metavar="НАЗВАНИЕ",
        help="регион, о котором файл: строки без региона — его, других файл не меняет",
    )
    one.add_argument("--territory", metavar="НАЗВАНИЕ", help="ограничить импорт территорией")
    one.add_argument("--category", metavar="НАЗВАНИЕ", help="ограничить импорт сферой")
    one.add_argument("--sheet", metavar="ЛИСТ", help="лист книги Excel")
    one.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="ЗАГОЛОВОК=СТОЛБЕЦ",
        help="что стоит в столбце, например «Объект=title»; «-» — не читать его; можно повторить",
    )
    one.add_argument(
        "--new-regions",
        action="store_true",
        help="согласие создать или переименовать регионы, которых нет среди регионов России",
    )


def _add_questions(add: _Add) -> None:
    one = add("search", "asking:search", "найти страницу")
    one.add_argument("query", nargs="*", metavar="QUERY")
    one.add_argument("--limit", type=_positive, default=10, metavar="N", help="не больше N ответов")
    one.add_argument("--explain", action="store_true", help="показать, как прочитан запрос")
    one.add_argument(
        "--territory",
        metavar="НАЗВАНИЕ",
        help="территория спрашивающего: её страницы первые среди равных (по умолчанию REGION)",
    )
    one.add_argument(
        "--batch", action="store_true", help="по запросу в строке ввода, ответы в JSON"
    )

    one = add("verify", "asking:verify", "проверить, официальна ли ссылка")
    one.add_argument("link", nargs="?", metavar="LINK")
    one.add_argument("--batch", action="store_true", help="по ссылке в строке ввода, ответы в JSON")


def _add_history(add: _Add) -> None:
    one = add("history", "changes:history", "показать изменения или историю страницы")
    one.add_argument("--page", metavar="ID", help="кто, когда и что менял на странице")
    one.add_argument("--limit", type=_positive, default=20, metavar="N", help="не больше стольких")
    one.add_argument(
        "--thin",
        type=_positive,
        metavar="DAYS",
        help="забыть прежние значения старше DAYS дней; кто и когда менял, остаётся",
    )

    one = add("undo", "changes:undo", "откатить изменение, но не то, что менялось после него")
    one.add_argument("revision", type=_positive, metavar="REVISION")


def _add_copies(add: _Add) -> None:
    one = add("backup", "copies:backup", "сохранить проверенную копию базы, не останавливая бота")
    one.add_argument("file", type=Path, metavar="FILE")

    one = add("restore", "copies:restore", "вернуть базу из копии; бот должен быть остановлен")
    one.add_argument("file", type=Path, metavar="FILE")

    one = add("copy", "copies:copy", "перенести справочник в другую базу, пустую, и сверить")
    one.add_argument("source", metavar="FROM_URL", help="sqlite:///путь или postgresql://…")
    one.add_argument("target", metavar="TO_URL", help="куда: новый файл или пустая база")


def _positive(text: str) -> int:
    number = int(text)
    if not 0 < number < 2**31:  # what a database takes for a number
        raise ValueError
    return number
