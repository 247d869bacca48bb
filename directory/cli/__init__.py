"""The commands of `python -m directory`: their arguments, exit statuses and errors.

Heavy modules are imported by the commands that need them: `--help` and a wrong argument answer at
once.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TextIO

OK, REFUSED, FAILED = 0, 1, 2
"""Done or nothing to do; rows were refused or the answer is no; it could not be done."""

Command = Callable[[argparse.Namespace, str], Awaitable[int]]


class CommandError(Exception):
    """What stops a command; the text says in Russian what is wrong and what to do."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command (None: that of `sys.argv`); return the exit status.

    Errors are one line on standard error.
    """
    arguments = _parser().parse_args(argv)
    module, _, name = arguments.command.partition(":")
    try:
        # Looked up by name: each command brings its own imports.
        command: Command = getattr(import_module(f"directory.cli.{module}"), name)
        status = asyncio.run(_run(command, arguments))
        sys.stdout.flush()
        return status
    except CommandError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        last = os.dup(sys.stderr.fileno())
        silence(sys.stderr)  # connections that were cut off complain, beside us and at exit
        os.write(last, "Прервано. Наполовину не применяется ничего: см. history.\n".encode())
        return 130
    except BrokenPipeError:
        # Whoever read the output has seen enough; Python would complain at exit once more.
        silence(sys.stdout)
        return OK
    except Exception as error:
        from directory.cli.failures import in_words

        return _fail(in_words(error))


async def _run(command: Command, arguments: argparse.Namespace) -> int:
    from directory.environment import database_url

    return await command(arguments, database_url())


def emit(value: object) -> None:
    """One JSON value a line, at once: whoever feeds us may wait for each answer."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def answer(arguments: argparse.Namespace, value: object, *lines: str) -> int:
    """Print what `--json` asks for, or the lines for people; return the exit status for that."""
    if arguments.json:
        emit(value)
    else:
        for line in lines:
            print(line)
    return OK


def refuse(text: str) -> int:
    """Say on one line of standard error why the answer is no; return the exit status for that."""
    print(" ".join(text.split()), file=sys.stderr)
    return REFUSED


def silence(stream: TextIO) -> None:
    """Write to a stream no more, at exit neither: nobody reads it."""
    stream.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _fail(text: str) -> int:
    refuse(text)
    return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m directory",
        description="Справочник официальных страниц: импорт, выгрузка, поиск, проверка ссылок.",
        epilog="База данных задаётся переменной DATABASE_URL или строкой в файле .env.",
    )
    commands = parser.add_subparsers(required=True, metavar="команда")

    def add(name: str, command: str, text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text)
        made.set_defaults(command=command)
        made.add_argument("--json", action="store_true", help="ответить объектом JSON")
        return made

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

    one = add("export", "asking:export_file", "выгрузить справочник в файл .csv, .xlsx или .json")
    one.add_argument("file", type=Path, metavar="FILE")

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

    one = add("backup", "copies:backup", "сохранить проверенную копию базы, не останавливая бота")
    one.add_argument("file", type=Path, metavar="FILE")

    one = add("restore", "copies:restore", "вернуть базу из копии; бот должен быть остановлен")
    one.add_argument("file", type=Path, metavar="FILE")

    one = add("copy", "copies:copy", "перенести справочник в другую базу, пустую, и сверить")
    one.add_argument("source", metavar="FROM_URL", help="sqlite:///путь или postgresql://…")
    one.add_argument("target", metavar="TO_URL", help="куда: новый файл или пустая база")

    add("stats", "asking:stats", "показать, что есть в справочнике")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if not 0 < number < 2**31:  # what a database takes for a number
        raise ValueError
    return number
