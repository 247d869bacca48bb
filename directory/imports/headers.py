"""The words of a header: which columns they propose, by `headers.toml` and the contract's names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

from directory.file import values
from directory.file.columns import LINKS, PAGE_COLUMNS, TERRITORY_COLUMNS
from directory.model import NETWORKS
from directory.translation import say

FileKind = Literal["pages", "territories"]

_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ADDRESS = re.compile(r"(?i)\s*(?:https?:|www\.)\S*")
_CUT_SHORT = re.compile(
    r"(?<![^\W\d_])([^\W\d_]{2,20}(?=\.)|[^\W\d_]{1,20}(?=-))(?:\.|-([^\W\d_]{1,4})\b)"
)
"""A word whose end, or middle, is left out."""
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_LOOK_ALIKE = str.maketrans("aceopxykmhtb", "асеорхукмнтв")


OF_SECTIONS = {
    "Регион (раздел)": "region",
    "Территория (раздел)": "territory",
    "Населённый пункт (раздел)": "settlement",
    "Сфера (раздел)": "category",
    "Статус (раздел)": "status",
}
"""The headers of the columns that are added for what headings between rows say, and the columns."""

NUMBERED = "Столбец {n}"
"""The headers of a table without any."""

OF_LINKS = "Ссылка из названия"
"""The header of the column that is added for the addresses behind names."""


@cache
def data() -> dict[str, Any]:
    """What `headers.toml` holds."""
    return tomllib.loads(files(__package__).joinpath("headers.toml").read_text("utf-8"))


def words(text: str) -> list[str]:
    """The words of a text in the form they are compared in."""
    plain = _CAMEL.sub(" ", text.translate(_INVISIBLE)).lower().replace("ё", "е")
    found = _WORD.findall(plain)
    return [w.translate(_LOOK_ALIKE) if re.search("[а-я]", w) else w for w in found]


def header_words(header: str) -> list[str]:
    """The words of a header, those cut short written out: «муниц. образ.», «рук-ль»."""
    return words(_CUT_SHORT.sub(_written_out, header))


def _written_out(cut: re.Match[str]) -> str:
    beginning, end = ("".join(words(part or "")) for part in cut.groups())
    for whole in data()["cut_short"] if beginning else ():
        if whole.startswith(beginning) and whole.endswith(end):
            return f"{whole} "
    return cut[0]


def numbered(at: int) -> str:
    """What the column at a position (from 0) of a table without a header is called."""
    return NUMBERED.format(n=at + 1)


def is_remarks(header: str) -> bool:
    """Whether the column is that of what to mend, in either language (`REMARKS`)."""
    return key(header) in {key(one) for one in data()["remarks"]}


def is_numbered(header: str) -> bool:
    """Whether the header only numbers its column (`numbered`)."""
    return _number(header) is not None


def _number(header: str) -> re.Match[str] | None:
    return re.fullmatch(NUMBERED.format(n=r"(\d+)"), header)


def title(header: str) -> str:
    """What people call the column of a file that has this header: those added are translated."""
    if number := _number(header):
        return say(NUMBERED, n=number[1])
    return say(header) if header in OF_SECTIONS or header == OF_LINKS else header


@lru_cache(8192)
def key(text: str) -> str:
    """A header without its spacing and case."""
    return "".join(words(text))


def has(found: Iterable[str], stems: Sequence[str]) -> bool:
    """Whether one of the words begins with one of the stems; stems of one to three letters are
    whole words."""
    return any(map(_beginning(tuple(stems)).match, found))


@cache
def _beginning(stems: tuple[str, ...]) -> re.Pattern[str]:
    expressions = (re.escape(stem) + (r"\Z" if len(stem) <= 3 else "") for stem in stems)
    return re.compile("|".join(expressions) or "(?!)")


@cache
def _contract_keys(kind: FileKind) -> dict[str, str]:
    columns = PAGE_COLUMNS if kind == "pages" else TERRITORY_COLUMNS
    return {key(text): name for name, russian in columns.items() for text in (name, russian)}


def contract_name(header: str, kind: FileKind = "pages") -> str:
    """The column that the contract calls so, "" when it calls none so."""
    return _contract_keys(kind).get(key(header), "")


@lru_cache(8192)
def rank(header: str, column: str, kind: FileKind = "pages") -> int | None:
    """How well the words of the header name the column, 0 best; None when they do not."""
    rules = data()[kind].get(column)
    if not rules:
        return None
    bare = header_words(_BRACKETS.sub(" ", header)) or header_words(header)
    if has(bare, rules.get("not", ())):
        return None
    named = list(rules["words"])
    if all(has([word], data()["plain"]) for word in bare):
        named += rules.get("alone", ())
    for number, rule in enumerate(named):
        if all(has(bare, (stem,)) for stem in rule.split()):
            return number
    return None


def is_of_networks(header: str) -> bool:
    """Whether a network calls a column of what it exports so."""
    return " ".join(words(header)) in data()["of_networks"]


@lru_cache(8192)
def is_barred(header: str, column: str) -> bool:
    """Whether the header has a word that the column's never has."""
    return has(header_words(_BRACKETS.sub(" ", header)), data()["pages"][column]["not"])


def says_full(header: str) -> bool:
    """Whether the header says in so many words that the names are the legal ones."""
    return has(header_words(header), ("полн", "full", "fullname", "юридическ", "уст", "legal"))


def says_names(header: str) -> bool:
    """Whether the header says «names» and nothing else: «Название», «Наименование»."""
    return contract_name(header) == "title" or key(header) == "наименование"


@lru_cache(8192)
def link_column(header: str) -> str:
    """Which column of links the header names, "" when it names none or somebody else's links.

    `LINKS` where it names no network, or several.
    """
    if _ADDRESS.fullmatch(header):
        return ""
    for slot, rules in data()["services"].items():
        if any(all(has(header_words(header), (s,)) for s in rule.split()) for rule in rules):
            return str(slot)
    bare = header_words(_BRACKETS.sub(" ", header))
    in_brackets = header_words(" ".join(_BRACKETS.findall(header)))
    known = data()["links"]
    if has(bare, known["parts"]):
        return ""
    if has(in_brackets, (*known["outdated"], *known["outdated_headers"])):
        return ""
    networks = [n for n in NETWORKS if has(bare, known[n])]
    if not networks and not _says_links(bare):
        return ""
    if not networks and has(bare, ("mail", "email", "почт")):
        return ""
    own = [
        *known["neutral"],
        *" ".join(known["links"]).split(),
        *(s for n in NETWORKS for s in known[n]),
    ]
    if any(not has([word], own) and not word.isdigit() for word in bare):
        return ""
    if not networks:
        networks = [n for n in NETWORKS if n != "site" and has(in_brackets, known[n])]
    named = [n for n in networks if n != "site"] or networks
    # «Сайт» beside a network is another thing («сайт, ВК»), unless it is called a link.
    if len(named) != 1 or ("site" in networks and named != ["site"] and not _says_links(bare)):
        return LINKS
    return named[0]


def says_number(header: str) -> bool:
    """Whether a header of links speaks of numbers: «ID группы ВК»."""
    return has(header_words(header), ("id", "ид", "идентификатор", "номер", "айди"))


_DAY = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d\d)(?!\d))?(?!\d)")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def ages(found: Mapping[int, str]) -> dict[int, int]:
    """How old columns are by the days, months and years in their headers, 0 latest; the position
    of a column whose header has none."""
    said = {at: moment for at, header in found.items() if (moment := _moment(header))}
    later: Sequence[int] = sorted(said)
    if all(year for year, _month, _day in said.values()):
        later = sorted(said, key=lambda at: (said[at], at))
    elif len(said) > 1 and _go_back([said[at][1] for at in later]):
        later = later[::-1]
    latest_first = {at: age for age, at in enumerate(reversed(later))}
    return {at: latest_first.get(at, at) for at in found}


def _go_back(months: Sequence[int]) -> bool:
    """Whether months without years go from the latest to the earliest, over a New Year or not."""
    different = list(dict.fromkeys(months))[:2]
    return len(different) == 2 and (different[0] - different[1]) % 12 < 6


def _moment(header: str) -> tuple[int, int, int] | None:
    """The year, month and day that a header names, 0 for what it lacks; None for none."""
    if found := _DAY.search(header):
        year = int(found[3] or 0)
        return year + 2000 * (0 < year < 100), int(found[2]), int(found[1])
    month = next(filter(None, map(values.month_named, words(header))), 0)
    year = int(found[0]) if (found := _YEAR.search(header)) else 0
    return (year, month, 0) if year or month else None


def _says_links(bare: Sequence[str]) -> bool:
    rules = data()["links"]["links"]
    return any(all(has(bare, (stem,)) for stem in rule.split()) for rule in rules)


@lru_cache(8192)
def speaks_of_others(header: str) -> bool:
    """Whether links under the header belong to somebody else, or are no accounts at all."""
    return has(header_words(header), data()["links"]["others"])
