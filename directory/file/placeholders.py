"""What stands in a cell instead of a value: «-», «н/д», «очистить», the error of a formula."""

from __future__ import annotations

import re
from functools import cache

from directory.file.words import one_of, words
from directory.text import clean

_WORD = re.compile(r"[^\W_]+")

CLEAR = "очистить"
"""The word that empties a field, as people are told of it (`say`); see `clear` in `words.toml`."""

_ERROR = re.compile(
    r"(?i)#(?:N/A|Н/Д|REF!|ССЫЛКА!|VALUE!|ЗНАЧ!|NAME\?|ИМЯ\?|DIV/0!|ДЕЛ/0!|NULL!|ПУСТО!|NUM!"
    r"|ЧИСЛО!|SPILL!|ПЕРЕНОС!|CALC!|ВЫЧИСЛ!|GETTING_DATA)"
)


def is_value(text: str) -> bool:
    """Whether the text can only be a value: it begins as no word does of those that stand instead
    of one. Nearly all cells are told by that."""
    start = text[:3].lower()
    if len(start) < 3 or not start.isalnum():
        return False
    is_address = text.startswith("http") and len(text) > 12  # than «http://www.»
    return is_address or start.replace("ё", "е") not in _starts()


@cache
def _starts() -> frozenset[str]:
    """The first three letters of all words that stand instead of a value."""
    lists = [words()["clear"], *words()["nothing"].values()]
    return frozenset(word.lower()[:3] for known in lists for word in known)


def erases(text: str) -> bool:
    """Whether the cell says that what the page has is to be cleared."""
    return len(text) < 20 and not is_value(text) and clean(text).lower() in words()["clear"]


def is_formula_error(text: str) -> bool:
    """Whether the text is what a spreadsheet shows of a formula that failed.

    >>> is_formula_error("#N/A"), is_formula_error("#ССЫЛКА!"), is_formula_error("#школа")
    (True, True, False)
    """
    return text.startswith("#") and _ERROR.fullmatch(text) is not None


def says_nothing(text: str, *, of_links: bool = False) -> bool:
    """Whether the text is what people write where there is nothing: «-», «н/д», «не ведётся»; or,
    in a column of links, «0» and «закрыт»."""
    if not text or len(text) >= 100 or is_value(text):
        return False
    line = clean(text).lower().replace("ё", "е")
    if line in words()["nothing"]["whole"] or (of_links and line == "0"):
        return True
    found = _WORD.findall(line)
    if not found or "@" in line or "/" in line:
        return not any(map(str.isalnum, line))
    no, no_or_about = _nothing(of_links)
    return any(map(no.fullmatch, found)) and all(map(no_or_about.fullmatch, found))


@cache
def _nothing(of_links: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The words that deny, and these with the words that may stand beside them."""
    known = words()["nothing"]
    no = known["no"] + known["no_links"] if of_links else known["no"]
    return one_of(no), one_of(no + known["about"])
