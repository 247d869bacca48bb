"""Cells that a spreadsheet would run as formulas, made harmless and back."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def guard(text: str) -> str:
    """The text in a form that no spreadsheet runs as a formula; `unguard` takes it back.

    >>> guard("@kurgan"), guard("'+7"), guard("'s")
    ("'@kurgan", "''+7", "'s")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """What `guard` was given; any other text as it is."""
    return text[1:] if text[:1] == "'" and _FORMULA.match(text) else text
