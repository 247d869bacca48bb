"""From the text of a cell to its value, by the contract.

Every function raises `ValueError` with the reason and the cure in Russian.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from directory.model import Level, Status
from directory.text import LIMITS, clean

MAX_ALIASES = 50
MAX_NUMBER = 2**31 - 1
"""The largest whole number that the database keeps on PostgreSQL as on SQLite."""

_ID = re.compile(r"[a-z0-9_-]{1,32}")
_WHOLE = re.compile(r"(\d+)(?:[.,]0+)?")
_DEGREES = re.compile(r"([+-]?\d{1,3}(?:\.\d+)?(?:[eE]-\d{1,2})?)°?")
_SPACES = re.compile(r"[\s'’]+")
_EXPONENT = re.compile(r"(?i)[+-]?\d+(?:[.,]\d+)?e\+?\d+")
_AS_DATE = re.compile(
    r"(?i)\d{1,2}[.-](?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я]*\.?"
    r"|(?:янв|фев|мар|апр|май|июн|июл|авг|сен|окт|ноя|дек)[а-я]*[.-]\d{2}"
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_RUSSIAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?: г\.?| 00?:00(?::00)?)?")

_YES = frozenset({"да", "yes", "y", "1", "+", "true", "истина", "есть", "✓", "✔"})
_NO = frozenset({"нет", "no", "n", "0", "-", "–", "—", "−", "false", "ложь"})
_LEVELS = {
    "федеральн": Level.FEDERAL,
    "региональн": Level.REGIONAL,
    "муниципальн": Level.MUNICIPAL,
    "поселени": Level.SETTLEMENT,
    "поселенч": Level.SETTLEMENT,
    "сельск": Level.SETTLEMENT,
}
_STATUSES = {"действ": Status.ACTIVE, "закры": Status.CLOSED, "скры": Status.HIDDEN}


def plain(column: str) -> Callable[[str], str]:
    """The reader of one line of words, no longer than the column's limit."""
    limit = LIMITS[column]

    def read(text: str) -> str:
        line = clean(text)
        if len(line) > limit:
            raise ValueError(
                f"длиннее {limit} знаков ({len(line)}): сократите или перенесите лишнее"
                " в «Полное наименование»"
                if column == "title"
                else f"длиннее {limit} знаков ({len(line)}): сократите"
            )
        return line

    return read


def page_id(text: str) -> str:
    """A page's lasting key."""
    if _EXPONENT.fullmatch(text):
        raise ValueError(
            "Excel округлил код; задайте ячейке формат «Текстовый» и впишите его заново"
        )
    if not _ID.fullmatch(text):
        raise ValueError(
            "код — это до 32 знаков: строчные латинские буквы, цифры, «-» и «_»; исправьте или"
            " оставьте пустым, и код будет составлен из названия"
        )
    return text


def reference(text: str) -> str:
    """Another page's key."""
    if not _ID.fullmatch(text):
        raise ValueError("нужен код другой страницы (из столбца «Код»), а не её название")
    return text


def level(text: str) -> Level:
    """A level, by its English word or any form of the Russian one."""
    word = _word(text)
    for stem, known in _LEVELS.items():
        if word == known or word.startswith(stem):
            return known
    raise ValueError(
        "нет такого уровня; бывает: федеральный, региональный, муниципальный, поселение"
    )


def status(text: str) -> Status:
    """A status, by its English word or any form of the Russian one."""
    word = _word(text)
    for stem, known in _STATUSES.items():
        if word == known or word.startswith(stem):
            return known
    raise ValueError("нет такого статуса; бывает: действует, закрыта, скрыта")


def yes_or_no(text: str) -> bool:
    """A mark: да/нет, yes/no, 1/0, +."""
    word = _word(text)
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError("напишите «да» или «нет»")


def whole(text: str) -> int:
    """A whole number that is not negative; spaces of any kind between the digits."""
    if _EXPONENT.fullmatch(text):
        raise ValueError(
            "Excel округлил число; задайте ячейке формат «Числовой» и впишите его заново"
        )
    found = _WHOLE.fullmatch(_SPACES.sub("", text))
    if not found or int(found[1][:20]) > MAX_NUMBER:
        raise ValueError("нужно целое число от нуля, только цифрами, например 12 345")
    return int(found[1])


def latitude(text: str) -> float:
    """Decimal degrees, north positive."""
    return _degrees(text, 90, "широта")


def longitude(text: str) -> float:
    """Decimal degrees, east positive."""
    return _degrees(text, 180, "долгота")


def day(text: str) -> date:
    """A date, YYYY-MM-DD or DD.MM.YYYY."""
    if found := _ISO.fullmatch(text):
        parts = found.groups()
    elif found := _RUSSIAN.fullmatch(text):
        parts = found.groups()[::-1]
    else:
        raise ValueError("нужна дата вида 31.12.2025 или 2025-12-31")
    try:
        return date(*map(int, parts))
    except ValueError:
        raise ValueError("такого дня нет; нужна дата вида 31.12.2025 или 2025-12-31") from None


def names(text: str) -> tuple[str, ...]:
    """Names separated by `|`, each once."""
    read = plain("alias")
    found = tuple(dict.fromkeys(filter(None, map(read, text.split("|")))))
    if len(found) > MAX_ALIASES:
        raise ValueError(f"больше {MAX_ALIASES} названий через «|»: оставьте главные")
    return found


DOUBTED = frozenset({"title", "aliases", "person", "phone"})
"""The columns that `doubt` has something to say of."""


def doubt(column: str, text: str) -> str:
    """What is suspicious about a text that is not wrong by itself, with the cure; else empty."""
    if column != "phone" and _AS_DATE.fullmatch(text):
        return (
            "похоже, Excel сделал дату из «3-4»; задайте ячейке формат «Текстовый» и впишите заново"
        )
    if column == "phone" and _EXPONENT.fullmatch(text):
        return (
            "Excel округлил номер, и он не внесён; задайте ячейке формат «Текстовый» и впишите"
            " телефон заново"
        )
    return ""


def spoilt(column: str, text: str) -> bool:
    """Whether what is left of the value is worth nothing, so that it must not be kept."""
    return column == "phone" and bool(_EXPONENT.fullmatch(text))


def _degrees(text: str, most: int, name: str) -> float:
    found = _DEGREES.fullmatch(_SPACES.sub("", text).replace(",", ".").replace("−", "-"))
    if not found or abs(float(found[1])) > most:
        raise ValueError(f"{name} — это градусы с дробью от −{most} до {most}, например 55,441")
    return float(found[1])


def _word(text: str) -> str:
    return clean(text).lower().rstrip(".")


READERS: dict[str, Callable[[str], Any]] = {
    "id": page_id,
    "title": plain("title"),
    "full_name": plain("full_name"),
    "category": lru_cache(1024)(plain("category")),
    "level": lru_cache(1024)(level),
    "region": lru_cache(4096)(plain("territory")),
    "territory": lru_cache(4096)(plain("territory")),
    "settlement": lru_cache(4096)(plain("territory")),
    "person": plain("person"),
    "post": plain("post"),
    "address": plain("address"),
    "phone": plain("phone"),
    "lat": latitude,
    "lon": longitude,
    "official_mark": lru_cache(1024)(yes_or_no),
    "flagship": lru_cache(1024)(yes_or_no),
    "subscribers": whole,
    "aliases": names,
    "parent": reference,
    "successor": reference,
    "status": lru_cache(1024)(status),
    "source": plain("source"),
    "checked_at": day,
}
"""How each column of the directory file is read, its links apart."""
