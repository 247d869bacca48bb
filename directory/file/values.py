"""From the text of a cell to its value and back, by the contract.

Every reader raises `CellError` with the reason and the cure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from directory.file.words import one_of, words
from directory.model import Level, Status
from directory.text import clean
from directory.translation import SaidError, say

MAX_ALIASES = 50
MAX_NUMBER = 2**31 - 1
"""The largest whole number that the database keeps on PostgreSQL as on SQLite."""

_ID = re.compile(r"[a-z0-9_-]{1,32}")
_WHOLE = re.compile(r"(\d+)(?:[.,]0+)?")
_ABOUT_A_NUMBER = re.compile(
    r"(?i)\((?:на|от|по состоянию)[^()]*\)|(?<=\d)\s*(?:чел|подп)[а-я]*\.?$"
)
_THOUSANDS = re.compile(r"(?i)(\d+(?:[.,]\d+)?)(?:тыс[а-я]*\.?|k|к)")
_DEGREES = re.compile(r"([+-]?\d{1,3}(?:\.\d+)?(?:[eE]-\d{1,2})?)°?")
_SPACES = re.compile(r"[\s'’]+")
_EXPONENT = re.compile(r"(?i)[+-]?\d+(?:[.,]\d+)?e\+?\d+")
_AS_DATE = re.compile(
    r"(?i)\d{1,2}[.-](?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я]*\.?"
    r"|(?:янв|фев|мар|апр|май|июн|июл|авг|сен|окт|ноя|дек)[а-я]*[.-]\d{2}"
)
_TIME = r"(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_ISO = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_TIME}")
_RUSSIAN = re.compile(
    rf"(\d{{1,2}})[./-](\d{{1,2}})[./-](\d{{4}}|\d{{2}}){_TIME}(?: ?г(?:\.|ода?)?)?"
)
_IN_WORDS = re.compile(r"(\d{1,2}) ([а-я]{3,8})\.? (\d{4})(?: ?г(?:\.|ода?)?)?")
_SERIAL = re.compile(r"([3-5]\d{4})(?:[.,]\d+)?")
_FIRST_DAY = date(1899, 12, 30)
"""The day from which spreadsheets count days, where a cell has lost the format of a date."""


class CellError(SaidError, ValueError):
    """Why a cell cannot be read, and the cure."""


def plain(column: str, limit: int) -> Callable[[str], str]:
    """The reader of one line of words of at most `limit` characters."""

    def read(text: str) -> str:
        line = clean(text)
        if len(line) > limit:
            if column == "title":
                raise CellError(
                    "длиннее {limit} знаков ({n}): сократите или перенесите лишнее"
                    " в «Полное наименование»",
                    limit=limit,
                    n=len(line),
                )
            raise CellError("длиннее {limit} знаков ({n}): сократите", limit=limit, n=len(line))
        return line

    return read


def page_id(text: str) -> str:
    """A page's lasting key."""
    if _EXPONENT.fullmatch(text):
        raise CellError(
            "Excel округлил код; задайте ячейке формат «Текстовый» и впишите его заново"
        )
    if not _ID.fullmatch(text):
        raise CellError(
            "код — это до 32 знаков: строчные латинские буквы, цифры, «-» и «_»; исправьте или"
            " оставьте пустым, и код будет составлен из названия"
        )
    return text


def is_id(text: str) -> bool:
    """Whether the text has the form of a page's key."""
    return _ID.fullmatch(text) is not None


def level(text: str) -> Level:
    """A level, by its English word or any form of the Russian one."""
    if found := _first("level", text):
        return Level(found)
    raise CellError(
        "нет такого уровня; бывает: федеральный, региональный, муниципальный, поселение"
    )


def status(text: str) -> Status:
    """A status, by its English word or any form of the Russian one."""
    if found := _first("status", text):
        return Status(found)
    raise CellError("нет такого статуса; бывает: действует, закрыта, скрыта")


def yes_or_no(text: str) -> bool:
    """A mark: да/нет, yes/no, 1/0, +, «имеется», «не получена»."""
    word = re.sub(r"[\s(]*\d{2}\.\d{2}\.\d{2,4}.*", "", clean(text))
    found = "" if _first("mark", word, only="unknown") else _first("mark", word)
    if found:
        return found == "yes"
    raise CellError("напишите «да» или «нет»")


def whole(text: str) -> int:
    """A whole number that is not negative: «10 345», «1,2 тыс.», «512 чел.»."""
    if _EXPONENT.fullmatch(text):
        raise CellError(
            "Excel округлил число; задайте ячейке формат «Числовой» и впишите его заново"
        )
    bare = _SPACES.sub("", _ABOUT_A_NUMBER.sub("", text.strip()))
    if thousands := _THOUSANDS.fullmatch(bare):
        return round(float(thousands[1].replace(",", ".")) * 1000)
    found = _WHOLE.fullmatch(bare)
    if not found or int(found[1][:20]) > MAX_NUMBER:
        raise CellError("нужно целое число от нуля, только цифрами, например 12 345")
    return int(found[1])


def latitude(text: str) -> float:
    """Decimal degrees, north positive."""
    return _degrees(text, 90, say("широта — это градусы с дробью от −90 до 90, например 55,441"))


def longitude(text: str) -> float:
    """Decimal degrees, east positive."""
    return _degrees(
        text, 180, say("долгота — это градусы с дробью от −180 до 180, например 55,441")
    )


def day(text: str) -> date:
    """A date: 2025-12-31, 31.12.2025, 31.12.25, 31/12/2025, «31 декабря 2025 г.», 46022 as Excel
    counts days; hours are left out."""
    line = clean(text).lower()
    if found := _ISO.fullmatch(line.upper()):
        year, month, number = map(int, found.groups())
    elif found := _RUSSIAN.fullmatch(line):
        number, month, year = map(int, found.groups())
        year += 2000 if year < 100 else 0
    elif (found := _IN_WORDS.fullmatch(line)) and (month := month_named(found[2])):
        number, year = int(found[1]), int(found[3])
    elif (found := _SERIAL.fullmatch(line)) and line > "36525":
        return _FIRST_DAY + timedelta(days=int(found[1]))
    else:
        raise CellError("нужна дата вида 31.12.2025 или 2025-12-31")
    try:
        return date(year, month, number)
    except ValueError:
        raise CellError("такого дня нет; нужна дата вида 31.12.2025 или 2025-12-31") from None


def names(limit: int) -> Callable[[str], tuple[str, ...]]:
    """The reader of names separated by `|`, each once and of at most `limit` characters."""
    line_of = plain("aliases", limit)

    def read(text: str) -> tuple[str, ...]:
        found = tuple(dict.fromkeys(filter(None, map(line_of, text.split("|")))))
        if len(found) > MAX_ALIASES:
            raise CellError("больше {n} названий через «|»: оставьте главные", n=MAX_ALIASES)
        return found

    return read


DOUBTED = frozenset({"title", "aliases", "person", "phone"})
"""The columns that `doubt` has something to say of."""


def doubt(column: str, text: str) -> str:
    """What is suspicious about a text that is not wrong by itself, with the cure; else empty."""
    if column != "phone" and _AS_DATE.fullmatch(text):
        return say(
            "похоже, Excel сделал дату из «3-4»; задайте ячейке формат «Текстовый» и впишите заново"
        )
    if column == "phone" and _EXPONENT.fullmatch(text):
        return say(
            "Excel округлил номер, и он не внесён; задайте ячейке формат «Текстовый» и впишите"
            " телефон заново"
        )
    return ""


def spoilt(column: str, text: str) -> bool:
    """Whether what is left of the value is worth nothing, so that it must not be kept."""
    return column == "phone" and bool(_EXPONENT.fullmatch(text))


def _degrees(text: str, most: int, wanted: str) -> float:
    found = _DEGREES.fullmatch(_SPACES.sub("", text).replace(",", ".").replace("−", "-"))
    if not found or abs(float(found[1])) > most:
        raise CellError(wanted)
    return float(found[1])


def month_named(word: str) -> int:
    """The number of the month that the word names in any case, 0 when it is none."""
    months = words()["months"]["names"]
    endings = ("", "а", "ь", "я", "й", "е")
    fits = (at for at, stem in enumerate(months, 1) if word in [stem + end for end in endings])
    return next(fits, 0)


@lru_cache(8192)
def _first(kind: str, text: str, only: str = "") -> str:
    """The first meaning of this kind that the text has a word of, "" when it has none."""
    line = clean(text).lower().replace("ё", "е").rstrip(".!")
    for meaning, known in words()[kind].items():
        if only in ("", meaning) and one_of(known).fullmatch(line):
            return "" if meaning == "unknown" and not only else meaning
    return ""


@dataclass(frozen=True, slots=True)
class Form:
    """How a column's cells are read and written.

    `empty` is the value of an empty cell. `english` writes a value in the contract's English words,
    `russian` in the words of an office.
    """

    read: Callable[[str], Any]
    empty: Any = None
    english: Callable[[Any], str] = str
    russian: Callable[[Any], str] = str

    def write(self, value: Any, *, russian: bool) -> str:
        """The text of a value; of an empty one, an empty text."""
        if value is None:
            return ""
        return self.russian(value) if russian else self.english(value)


_LEVELS = {
    Level.FEDERAL: "федеральный",
    Level.REGIONAL: "региональный",
    Level.MUNICIPAL: "муниципальный",
    Level.SETTLEMENT: "поселение",
}
_STATUSES = {
    Status.ACTIVE: "действует",
    Status.CLOSED: "закрыта",
    Status.HIDDEN: "скрыта",
    Status.RETIRED: "нет в справочнике",  # seen in comparisons only: no file has it
}


def form(holds: str, column: str, limit: int) -> Form | None:
    """The form of a column that `holds` values of that sort (see `columns.toml`).

    None for links and for places of pages, which are read with what surrounds the cell.
    """
    match holds:
        case "text" | "category":
            return Form(plain(column, limit), "")
        case "names":
            return Form(names(limit), (), " | ".join, " | ".join)
        case "id":
            return Form(page_id, "")
        case "reference":
            return Form(plain(column, 300), "")
        case "level":
            return Form(level, None, str, _LEVELS.__getitem__)
        case "status":
            return Form(status, Status.ACTIVE, str, _STATUSES.__getitem__)
        case "mark":
            return Form(yes_or_no, None, ("no", "yes").__getitem__, ("нет", "да").__getitem__)
        case "number":
            return Form(whole)
        case "degrees":
            read = latitude if column == "lat" else longitude
            return Form(read, None, repr, lambda value: repr(value).replace(".", ","))
        case "day":
            return Form(day, None, date.isoformat, lambda value: f"{value:%d.%m.%Y}")
    assert holds in ("link", "place"), holds
    return None


PLACE_NAME = plain("territory", 200)
"""Reads the name of a territory."""
