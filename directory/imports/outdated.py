"""Words of offices which say that a page is no longer the page: beside its link, and in remarks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cache, lru_cache

from directory.file.columns import LINKS
from directory.file.values import day, yes_or_no
from directory.imports.headers import data, has, header_words, link_column, speaks_of_others, words
from directory.model import NETWORKS

_NO_LONGER = re.compile(
    r"(?i)\b(?:до|по)\s+\d{1,2}\.\d{1,2}\.\d{2,4}\b"
    r"|\bне\s+(?:действ|работ|актив|вед[её]т|веду|использу|обновля|открыва)\w*"
)
_LONGEST = 100
_QUOTED = re.compile(r"«[^«»]*»|\"[^\"]*\"")


def outdated(rest: Sequence[str], text: str) -> str:
    """The word of a cell of links which says that a page of it is no longer the page; "" when none
    does. `rest` are the words of the text that are no links."""
    stems = tuple(data()["links"]["outdated"])
    for token in rest:
        if any(word.startswith(stems) for word in words(token)):
            return token.strip(" ().,;:")
    said = _NO_LONGER.search(text)
    return said[0] if said else ""


def of_persons(rest: Sequence[str]) -> str:
    """The word of a cell of links which says that one is somebody's own; "" when none does."""
    return next((t.strip(" ().,;:") for t in rest if has(words(t), data()["links"]["persons"])), "")


def newer_links(header: Sequence[str], links: Sequence[tuple[int, str]]) -> dict[int, int]:
    """The columns of links beside which a newer one stands, and that one: «Ссылка, Новая ссылка».

    `links` are the positions of the columns of links, with their names.
    """
    stems = data()["links"]["newer"]
    new = {name: at for at, name in links if has(header_words(header[at]), stems)}
    return {at: new[name] for at, name in links if name in new and at != new[name]}


class Sort(Enum):
    """What the cells of a column of remarks mean."""

    WORDS = "say it in words"
    IN_USE = "«нет» says it"
    WITHDRAWN = "«да» or a day says it"


def remarks(header: Sequence[str], names: Mapping[int, str]) -> dict[int, Sort]:
    """The columns that may say so of the page of a row, by their headers.

    `names` are the columns that are read; «Ведение страницы» may be among those of links.
    """
    known = data()["links"]
    found = {}
    for at, text in enumerate(header):
        said = header_words(text)
        if names.get(at, LINKS) != LINKS:
            continue
        if has(said, known["not_in_use"]):
            found[at] = Sort.WITHDRAWN
        elif speaks_of_others(text):
            continue
        elif has(said, known["in_use"]):
            found[at] = Sort.IN_USE
        elif has(said, known["remarks"]) or (at not in names and link_column(text)):
            found[at] = Sort.WORDS
    return found


def withdraws(remark: str, sort: Sort) -> bool:
    """Whether the cell of such a column says that the page is not to be used."""
    if sort is Sort.WORDS or is_withdrawn(remark):
        return is_withdrawn(remark)
    if sort is Sort.WITHDRAWN and _is_day(remark):
        return True
    try:
        return yes_or_no(remark) is (sort is Sort.WITHDRAWN)
    except ValueError:
        return False


@lru_cache(4096)
def is_withdrawn(remark: str) -> bool:
    """Whether a remark says that the page is closed, taken over or another one's double.

    A long one tells a story, of which a word says nothing.
    """
    if not is_short(remark):
        return False
    return has(words(remark), data()["links"]["withdrawn"]) or bool(_NO_LONGER.search(remark))


def is_short(remark: str) -> bool:
    """Whether a remark says one thing, and is no story."""
    return len(remark) <= _LONGEST


def networks_named(remark: str) -> set[str]:
    """The networks that a remark speaks of: «сайт не работает»; none: of all."""
    said = words(remark)
    return {network for network in NETWORKS if has(said, data()["links"][network])}


def withdrawn_in_name(name: str) -> str:
    """The word of a name which says so of its page: «Сад № 9 (дубль)»; "" when none does.

    What stands in quotation marks is the name of something.
    """
    found = _withdrawn_names().search(_QUOTED.sub(" ", name))
    return found[0] if found else ""


def _is_day(text: str) -> bool:
    try:
        return bool(day(text))
    except ValueError:
        return False


@cache
def _withdrawn_names() -> re.Pattern[str]:
    rules = data()["links"]["withdrawn_names"]
    forms = (re.escape(r.rstrip("*")) + (r"\w*" if r.endswith("*") else "") for r in rules)
    return re.compile(rf"(?i)\b(?:{'|'.join(forms)})\b".replace("е", "[её]"))
