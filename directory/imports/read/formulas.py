"""What a formula of XLSX comes to, where that is certain: texts, numbers and cells put together.

Everything else has the value that Excel stored with it, or none; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

Lookup = Callable[[int, int], str | None]
"""The text of the cell at a row (from 1) and a position (from 0); None when it is not known."""

_TOKEN = re.compile(
    r"\s*(?:(?P<text>\"(?:[^\"]|\"\")*\")|(?P<cell>\$?[A-Z]{1,3}\$?\d{1,7})(?![\w(!.])"
    r"|(?P<number>\d+(?:\.\d+)?)|(?P<name>(?:_xlfn\.)?CONCAT(?:ENATE)?)(?=\s*\()|(?P<sign>[&(),]))"
)
_CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d{1,7})")
_HYPERLINK = re.compile(r"(?i)\s*(?:_xlfn\.)?HYPERLINK\s*\(")

_DEEPEST = 20
_LONGEST = 4_000


class _UncertainError(Exception):
    """The formula holds what is not computed here."""


class Formula(NamedTuple):
    """A formula as written, and how far from where it was written it stands (shared formulas)."""

    text: str
    down: int = 0
    right: int = 0

    @property
    def has_address(self) -> bool:
        """Whether the formula makes a hyperlink."""
        return "HYPERLINK" in self.text.upper()

    def address(self, lookup: Lookup) -> str | None:
        """The address of a HYPERLINK formula when it can be computed, else None."""
        found = _HYPERLINK.match(self.text)
        if not found:
            return None
        try:
            reader = _FormulaReader(self, lookup, found.end())
            address = reader.joined()
            if reader.sign(","):
                reader.skip()
            elif not reader.sign(")") or not reader.at_end:
                return None
        except _UncertainError:
            return None
        return address

    def value(self, lookup: Lookup) -> str | None:
        """The text that the formula comes to when it can be computed, else None."""
        try:
            reader = _FormulaReader(self, lookup, 0)
            value = reader.joined()
        except _UncertainError:
            return None
        return value if reader.at_end else None


@dataclass(slots=True)
class _FormulaReader:
    """Reads a formula from left to right; raises _UncertainError for what it does not know."""

    formula: Formula
    lookup: Lookup
    at: int
    depth: int = 0

    @property
    def at_end(self) -> bool:
        return not self.formula.text[self.at :].strip()

    def sign(self, wanted: str) -> bool:
        """Take the sign when it comes next."""
        found = _TOKEN.match(self.formula.text, self.at)
        if not found or found["sign"] != wanted:
            return False
        self.at = found.end()
        return True

    def skip(self) -> None:
        """Go over the second argument of HYPERLINK, which is only shown, to the closing sign."""
        rest = self.formula.text[self.at :].rstrip()
        outside = re.sub(r'"(?:[^"]|"")*"', "", rest)
        level = 1
        for place, sign in enumerate(outside):
            level += (sign == "(") - (sign == ")")
            if level == 0 and place < len(outside) - 1:
                raise _UncertainError
        if level:
            raise _UncertainError

    def joined(self) -> str:
        """Values joined by `&`."""
        parts = [self._value()]
        while self.sign("&"):
            parts.append(self._value())
        text = "".join(parts)
        if len(text) > _LONGEST:
            raise _UncertainError
        return text

    def _value(self) -> str:
        found = _TOKEN.match(self.formula.text, self.at)
        if not found or self.depth > _DEEPEST:
            raise _UncertainError
        self.at = found.end()
        if text := found["text"]:
            return text[1:-1].replace('""', '"')
        if found["number"]:
            return found["number"]
        if found["cell"]:
            return self._cell(found["cell"])
        self.depth += 1
        if found["name"] and self.sign("("):
            parts = [self.joined()]
            while self.sign(","):
                parts.append(self.joined())
            value = "".join(parts)
        elif found["sign"] == "(":
            value = self.joined()
        else:
            raise _UncertainError
        if not self.sign(")"):
            raise _UncertainError
        self.depth -= 1
        return value

    def _cell(self, reference: str) -> str:
        fixed_column, letters, fixed_row, digits = _CELL.fullmatch(reference).groups()  # type: ignore[union-attr]
        row = int(digits) + (0 if fixed_row else self.formula.down)
        column = column_number(letters) - 1 + (0 if fixed_column else self.formula.right)
        value = self.lookup(row, column)
        if value is None:
            raise _UncertainError
        return value


def column_number(letters: str) -> int:
    """A column's number from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """The letters of a column with this number from 1."""
    letters = ""
    while number > 0:
        number, last = divmod(number - 1, 26)
        letters = chr(65 + last) + letters
    return letters
