"""What the text of a cell looks like: a link, a value of a row, or a word of a header.

These are quick looks that tell rows apart; what a link is, `directory.links` judges.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_NETWORKS = r"(?:www\.|m\.)?(?:vk\.com|vk\.ru|ok\.ru|t\.me|telegram\.me|max\.ru)"
_ACCOUNT = rf"(?:https?://)?{_NETWORKS}/[\w@.]"
_SITE = r"(?:https?://|www\.)[\w-]+(?:\.[\w-]+)*\.\w{2,}"
_BARE_SITE = r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:ru|рф|su|org|net|com|info|online)(?:/\S*)?"

_LINK_WITHIN = re.compile(rf"(?i){_ACCOUNT}|{_SITE}(?![^\s]*{_NETWORKS}/?\s*$)")
_BARE_NETWORK = re.compile(rf"(?i)(?:https?://)?{_NETWORKS}/?")
_ONLY_SITE = re.compile(rf"(?i){_BARE_SITE}|[\w-]+(?:\.[\w-]+)*\.рф(?:/\S*)?")
_NICK = re.compile(r"@[A-Za-z]\w{3,}")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?:тел\.?:?\s*)?[+(]?\d[\d\s()+.,;/–-]{8,}")
_NUMBER = re.compile(r"[+-]?\d[\d\s]*(?:[.,]\d+)?%?")
_DATE = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}(?:\s\S+)?|\d{4}-\d\d-\d\d.*")
_ORDINAL = re.compile(r"\d{1,5}[.)]?")
_ORDINAL_HEADER = re.compile(r"(?i)\W*(?:№|n|no|номер)?\W*(?:п\W*п|строки)?\W*")
_LONGEST_ORDINAL = 40
_COLUMN_NUMBER = re.compile(r"(?:гр(?:афа)?\.?\s*)?\d{1,3}(?:\.\d{1,2})?|[А-ДA-E]")

# A name of a body: a legal form in front, quotation marks, a number of its own.
_NAME = re.compile(r"[А-ЯЁ]{3,7}\s+\S|[«\"].+[»\"]|№\s*\d|\d$")
_BLANKS = frozenset({"-", "–", "—"})
_WORDS_IN_FRONT = 2
"""Words that a cell of a row may have before its link («Группа ВК: https://…»)."""


def is_link(text: str) -> bool:
    """Whether the cell holds a link, a nick or a site, and no more words than a label of it.

    A header that shows what its links look like holds none: «Страница (https://vk.com/…)».
    """
    if _NICK.fullmatch(text) or _ONLY_SITE.fullmatch(text):
        return not _BARE_NETWORK.fullmatch(text)
    found = _LINK_WITHIN.search(text)
    if not found:
        return False
    before = text[: found.start()]
    if _BARE_NETWORK.fullmatch(text[found.start() :].strip(" .,;)")):
        return False
    return "(" not in before and len(before.split()) <= _WORDS_IN_FRONT


def has_link(text: str) -> bool:
    """Whether there is a link anywhere in the text."""
    return bool(_LINK_WITHIN.search(text) or _NICK.search(text) or _ONLY_SITE.fullmatch(text))


_BETWEEN = " \t\n\xa0:;,(–—-"
_BEFORE_LINK = re.compile(rf"(?i)[{_BETWEEN}](?=(?:https?://|www\.|{_NETWORKS}/|@[a-z])\S)")


def name_and_link(text: str) -> tuple[str, str] | None:
    """A name and the link behind it in one cell: «Школа № 5 — https://…»; None when it is not so.

    >>> name_and_link("Школа № 5 - vk.com/school5")
    ('Школа № 5', 'vk.com/school5')
    """
    found = _BEFORE_LINK.search(text)
    name = text[: found.start()].strip(_BETWEEN) if found else ""
    return (name, text[found.end() :]) if found and name else None


def is_value(text: str) -> bool:
    """Whether only a row of a list can hold the text: a link, a mail address, a telephone."""
    return is_link(text) or bool(_MAIL.fullmatch(text) or _PHONE.fullmatch(text))


def is_number(text: str) -> bool:
    """Whether the text is a number or a date."""
    return bool(_NUMBER.fullmatch(text) or _DATE.fullmatch(text))


def is_ordinal(text: str) -> bool:
    """Whether the text is the number of a row: «7», «7.»."""
    return bool(_ORDINAL.fullmatch(text))


def is_name(text: str) -> bool:
    """Whether the text looks like the name of one body, not of a kind of things."""
    return bool(_NAME.search(text))


def is_like_a_row(text: str) -> bool:
    """Whether the text belongs to a row rather than to a header."""
    return is_number(text) or (len(text) < 100 and is_name(text)) or text in ("-", "–", "—", "нет")


def is_ordinal_header(text: str) -> bool:
    """Whether the header is that of a column which numbers the rows: «№ п/п», or none."""
    return len(text) < _LONGEST_ORDINAL and bool(_ORDINAL_HEADER.fullmatch(text))


def are_column_numbers(cells: Sequence[str]) -> bool:
    """Whether the cells number the columns: «1 | 2 | 3», «А | 1 | 2»."""
    filled = [cell for cell in cells if cell]
    if len(filled) < 2 or not all(map(_COLUMN_NUMBER.fullmatch, filled)):
        return False
    found = [re.search(r"\d+(?:\.\d+)?", cell) for cell in filled]
    numbers = [float(number[0]) for number in found if number]
    if (numbers[0] if found[0] else filled[0]) not in (0, 1, "А", "A"):
        return False
    return len(set(filled)) == len(filled) and numbers == sorted(numbers)


def is_count(text: str) -> bool:
    """Whether the text is a number, or a dash instead of one."""
    return is_number(text) or text in _BLANKS


def lone_text(cells: Sequence[str]) -> int | None:
    """The position of the only text of a row that is no number; None when there are more."""
    found = None
    for at, cell in enumerate(cells):
        if cell and not is_count(cell):
            if found is not None:
                return None
            found = at
    return found
