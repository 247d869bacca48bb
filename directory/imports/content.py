"""What the cells of a column hold, whatever its header says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from directory.file import placeholders, values
from directory.file.columns import LINK_COLUMNS, LINKS, PAGES
from directory.imports.headers import data, has, link_column, words
from directory.imports.region_names import region_named
from directory.text import clean

MOST = 0.5
"""The share of a column's cells above which it holds what they hold."""

_FEW_LINKS = 0.2
"""The share of links that is enough under a header of links: what else is there is told cell by
cell."""

_OF_PHONE = 5
"""The fewest digits of a telephone number: «ДК-411» has none."""

_DISTINCT = 0.8
"""The share of different codes above which they can be those of pages: codes of regions repeat."""

# Both begin where a word does: a cell may be one word of 32 767 letters.
_LINK = re.compile(
    r"(?i)https?:|www\.|(?<![\w@.-])(?:[\w-]+\.)+(?:[a-z]{2,}|рф|рус|дети)(?![\w@])|[@\\]"
)
_MAIL = re.compile(r"(?i)(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+")
_NICK = re.compile(r"(?i)@?[a-z][a-z0-9_.]{2,63}")
_LABELLED_NICK = re.compile(r"(?i)([^\W\d_]+)\s*[:–—-]\s*[a-z][a-z0-9_.]{2,63}")
_PHONE = re.compile(r"(?:\d[\s()-]*){3,}")
_PERSON = re.compile(
    r"[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]\.\s*[А-ЯЁ]?\.?|[А-ЯЁ]\.\s*[А-ЯЁ]\.\s*[А-ЯЁ][а-яё-]+"
    r"|[А-ЯЁ][\w-]+(?:\s+\([\w-]+\))?\s+[А-ЯЁ][\w-]+(?:\s+[А-ЯЁ][\w-]+)?(?:\s+(?:оглы|кызы))?"
    r"|[А-ЯЁ]{2,}\s+[А-ЯЁ]{2,}(?:\s+[А-ЯЁ]{2,})?"
)
_SURNAME = re.compile(r"(?i)[а-яё-]+(?:ов|ев|ин|ын|ий|ой|ова|ева|ина|ына|ая|ко|ук|юк|ых|их|ян)")
_REGION = re.compile(
    r"(?i)[\w\s—-]{3,60}\b(?:область|обл\.?|край|респ(?:ублика|\.)?|автономный округ|ао)"
    r"|(?:республика|респ\.)\s+[\w\s—-]{2,40}"
)
_ABBREVIATION = re.compile(r"\b[А-ЯЁ]{3,8}\b")
_ACTING = re.compile(r"(?i)^(?:врио|вр\.?\s?и\.?\s?о\.?|и\.?\s?о\.?)\s+")
_ACTING_BEHIND = re.compile(r"(?i)\s*\((?:врио|вр\.?\s?и\.?\s?о\.?|и\.?\s?о\.?)\)\s*$")
_ADJECTIVE = re.compile(r"(?:ый|ий|ой|ая|яя|ое|ее|ого|его|ому|ые|ие|ых|их|ом)$(?<!ние)")
_WORD = re.compile(r"[^\W\d_]{3}|\b[А-ЯЁ]{2}\b|№")
_DISTRICT = re.compile(r"(?i)\b(?:район|округ|р-н|м\.?\s?[ор]|г\.?\s?о)\.?$")


def filled(cells: Sequence[str]) -> list[str]:
    """The cells that say something."""
    return [
        cell for cell in cells if not (placeholders.says_nothing(cell) or placeholders.erases(cell))
    ]


def share(test: Callable[[str], bool], cells: Sequence[str]) -> float:
    """The share of the cells that pass the test, 0 of none."""
    return sum(map(test, cells)) / len(cells) if cells else 0.0


def fits(column: str, cells: Sequence[str], *, exact: bool) -> bool:
    """Whether most of the cells can be values of the column.

    `exact`: the header is the contract's own name, so that new words (a sphere that the directory
    does not know yet) may stand in it.
    """
    if column == "id":
        said = [cell for cell in cells if cell]
        return not said or (share(values.is_id, said) > MOST and _distinct(said) > _DISTINCT)
    if column in ("official_mark", "flagship"):
        said = [cell for cell in cells if cell]
        return not said or share(_reads(column), said) > MOST
    if column in LINK_COLUMNS:
        said = [
            c
            for c in cells
            if not (placeholders.says_nothing(c, of_links=True) or placeholders.erases(c))
        ]
        # Mail, telephones and «0» in a column of links say neither that it is one nor that not.
        told = [cell for cell in said if not _is_beside_links(cell)]
        nicks = column != "links"
        fit = share(lambda c: is_link(c) or (nicks and is_nick(c)) or _is_labelled_nick(c), told)
        if told and share(is_link, told) >= _FEW_LINKS:
            return True
        return fit >= MOST if told else not said
    said = filled(cells)
    if not said:
        return True
    if column == "category" and exact:
        return share(_is_words, said) > MOST
    if column == "address" and not exact and share(_is_district, said) > MOST:
        return False
    return share(_TESTS.get(column) or _reads(column), said) >= _LEAST.get(column, 0.51)


@lru_cache(16384)
def is_link(text: str) -> bool:
    """Whether the text has something like an address in it, sound or not."""
    return bool(_LINK.search(_MAIL.sub(" ", text)))


def is_bare_link(text: str) -> bool:
    """Whether the text is an address or a nick, and nothing else."""
    return bool(re.fullmatch(r"(?i)(?:https?:|www\.|@)\S+|[\w.-]+\.[a-z]{2,}/\S*", text))


def is_nick(text: str) -> bool:
    """Whether the text is a single Latin word, as nicks are."""
    return bool(_NICK.fullmatch(text))


def are_numbers(cells: Sequence[str]) -> bool:
    """Whether most of the cells are numbers as long as those of communities."""
    return share(lambda cell: bool(re.fullmatch(r"-?\d{5,20}", cell)), filled(cells)) > MOST


def is_mail(text: str) -> bool:
    """Whether the text has an address of mail in it."""
    return bool(_MAIL.search(text))


@lru_cache(16384)
def is_institution(text: str) -> bool:
    """Whether the text has a word that names an institution or a body."""
    nouns = [word for word in words(text) if not _ADJECTIVE.search(word)]
    if not text.isupper() and _ABBREVIATION.search(text):
        return True
    return has(nouns, data()["content"]["institutions"])


@lru_cache(16384)
def is_place(text: str) -> bool:
    """Whether the text may be the name of a place: few words, none of an institution."""
    found = words(text)
    return (
        0 < len(found) <= 6
        and text[:1].isalpha()
        and not is_link(text)
        and not re.search(r"\d{3}|№|,.*\d", text)
        and (not is_institution(text) or "администрац" in text.lower())
    )


@lru_cache(16384)
def is_stated_place(text: str) -> bool:
    """Whether the text names a place in so many words («Кетовский район»), or like a district."""
    found = words(text.replace(".", ". "))
    return is_place(text) and (
        any(word in data()["content"]["places"] for word in found)
        or found[-1] == "ао"  # «Западный АО» of Moscow; before a name it is a company's
        or (len(found) == 1 and bool(re.search(r"(?:ск|цк)(?:ий|ой|ого|ая|ое)$", found[0])))
        or bool(region_named(text))
    )


@lru_cache(16384)
def is_person(text: str) -> bool:
    """Whether the text is a person's name: «Иванова И.И.», «Иванов Иван Иванович»."""
    line = _ACTING.sub("", _ACTING_BEHIND.sub("", clean(text)).strip(" .,;"))
    if is_institution(line) and not re.search(r"(?i)(?:вич|вна|чна)\b|[А-Я]\.\s?[А-Я]\.", line):
        return False
    if _PERSON.fullmatch(line):
        return True
    return bool(_SURNAME.fullmatch(line)) and not names_post(line)


def names_post(text: str) -> bool:
    """Whether the text begins with a post: «и.о. директора», «ЗАВЕДУЮЩИЙ»."""
    return has(words(text)[:3], data()["content"]["posts"])


@lru_cache(16384)
def is_region(text: str) -> bool:
    """Whether the text names a region: one of Russia, or by its word («Примерная область»)."""
    first = re.split(r"[,;(]", text)[0].strip()
    return bool(region_named(first) or _REGION.fullmatch(first))


def is_name(text: str) -> bool:
    """Whether the text can be the name of a page: words, not a number, a date, a code or a link."""
    return (
        any(map(str.isalpha, text))
        and not re.fullmatch(r"(?i)https?:\S+|www\.\S+|\S+@\S+", text)
        and not (is_link(text) and len(text.split()) == 1)
        and not _reads("checked_at")(text)
        and not (
            _is_long_number(text)
            and not re.search(r"[^\W\d_]{4}", text)
            and not is_institution(text)
        )
        and not (any(map(str.isdigit, text)) and not _WORD.search(text))
    )


def distinct(cells: Sequence[str]) -> float:
    """How different the cells are: 1 when no two are the same."""
    return _distinct(cells) if cells else 0.0


def _distinct(cells: Sequence[str]) -> float:
    return len(set(cells)) / len(cells)


def _is_beside_links(text: str) -> bool:
    if is_link(text):
        return False
    return is_mail(text) or bool(re.fullmatch(r"[\d\s()+.,-]+", text))


def _is_labelled_nick(text: str) -> bool:
    """Whether a network and a nick on it are all that the text has: «ВК: school5»."""
    found = _LABELLED_NICK.fullmatch(text)
    return found is not None and link_column(found[1]) not in ("", LINKS)


def _is_words(text: str) -> bool:
    return len(text) <= 100 and any(map(str.isalpha, text)) and not is_link(text)


def _is_sphere(text: str) -> bool:
    found = words(text)
    return len(found) <= 4 and has(found, data()["content"]["spheres"])


def _is_text(text: str) -> bool:
    return any(map(str.isalpha, text)) and not is_link(text) and not is_mail(text)


def _is_address(text: str) -> bool:
    return not is_link(text) and not is_mail(text) and any(map(str.isalpha, text))


def _is_district(text: str) -> bool:
    return bool(_DISTRICT.search(text)) and is_stated_place(text)


def _is_long_number(text: str) -> bool:
    """Whether the text has digits as a telephone number has them."""
    return bool(_PHONE.search(text)) and sum(map(str.isdigit, text)) >= _OF_PHONE


def _is_phone(text: str) -> bool:
    return bool(_PHONE.search(text)) and not is_link(text)


def _is_hours(text: str) -> bool:
    return (
        not is_link(text)
        and not is_mail(text)
        and bool(re.search(r"\d|круглосуточно", text.lower()))
    )


def _is_post(text: str) -> bool:
    return _is_text(text) and (names_post(text) or not is_person(text))


def _is_source(text: str) -> bool:
    return any(map(str.isalpha, text))


def _may_be_reference(text: str) -> bool:
    return values.is_id(text) or (is_institution(text) and not is_link(text)) or _is_words(text)


def _reads(column: str) -> Callable[[str], bool]:
    form = PAGES[column].form
    assert form is not None

    def test(text: str) -> bool:
        try:
            form.read(text)
        except ValueError:
            return False
        return True

    return test


_TESTS: dict[str, Callable[[str], bool]] = {
    "region": is_region,
    "territory": is_place,
    "settlement": is_place,
    "person": is_person,
    "post": _is_post,
    "address": _is_address,
    "phone": _is_phone,
    "hours": _is_hours,
    "category": _is_sphere,
    "source": _is_source,
    "aliases": _is_text,
    "parent": _may_be_reference,
    "successor": _may_be_reference,
}
"""How a cell of the column is known, where it is not that it can be read."""

_LEAST = {"region": 0.5, "territory": 0.5, "settlement": 0.5, "address": 0.5, "phone": 0.5}
