"""The words that cells may hold (`words.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words() -> dict[str, Any]:
    """What `words.toml` holds."""
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))


def one_of(known: Sequence[str]) -> re.Pattern[str]:
    """What matches one of these words, or with a star one of its endings."""
    return _pattern("|".join(map(_expression, known)) or "(?!)")


def _expression(word: str) -> str:
    begins = word[-1] == "*" and word[1:]
    return f"{re.escape(word[:-1])}.*" if begins else re.escape(word)


@cache
def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.DOTALL)
