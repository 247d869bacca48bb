"""A bar on standard error, when that is a terminal."""

from __future__ import annotations

import sys

from directory.imports.outcome import Stage

_WIDTH = 30
_WORDS = {Stage.READ: "Чтение", Stage.CHECK: "Проверка", Stage.APPLY: "Запись"}


class ProgressBar:
    """Shows how far an import is. Used as a context: the line is gone when it is left."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._last = ""
        self._stopped = False

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(self, *_error: object) -> None:
        # Work in another thread notices here that nobody waits for it any more.
        self._stopped = True
        if self._last:
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def __call__(self, stage: Stage, done: int, total: int) -> None:
        """Show the progress; it is an import's `Progress`."""
        if self._stopped:
            raise InterruptedError
        if not self._shown:
            return
        part = done / total if total else 1.0
        bar = "█" * round(part * _WIDTH)
        line = f"{_WORDS[stage]:<9}{bar:░<{_WIDTH}} {part:4.0%}"
        if line != self._last:
            self._last = line
            print(f"\r{line}", end="", file=sys.stderr, flush=True)
