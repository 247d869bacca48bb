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
from typing import TextIO

from directory.cli.arguments import parser

OK, REFUSED, FAILED = 0, 1, 2
"""Done or nothing to do; rows were refused or the answer is no; it could not be done."""

Command = Callable[[argparse.Namespace, str], Awaitable[int]]


class CommandError(Exception):
    """What stops a command; the text says in Russian what is wrong and what to do."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command (None: that of `sys.argv`); return the exit status.

    Errors are one line on standard error.
    """
    arguments = parser().parse_args(argv)
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
        # The reader has closed the pipe; Python would report that again at exit.
        silence(sys.stdout)
        return OK
    except Exception as error:
        from directory.cli.failures import in_words

        return _fail(in_words(error))


async def _run(command: Command, arguments: argparse.Namespace) -> int:
    from directory.environment import database_url

    return await command(arguments, database_url())


def emit(value: object) -> None:
    """Print one JSON value on a line and flush: the caller may wait for each answer."""
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
    """Discard everything written to a stream from now on, also at exit."""
    stream.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _fail(text: str) -> int:
    refuse(text)
    return FAILED
