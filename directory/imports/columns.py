"""From the header of a file to the columns of the contract.

A header cell is known by a name of the contract in either language, by a word that offices use
(`columns.toml`), or, for a column of links, by what stands in it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from directory.file.columns import (
    LINK_COLUMNS,
    LINKS,
    PAGE_COLUMNS,
    REMARKS,
    TERRITORY_COLUMNS,
)

_OF_TERRITORIES_ONLY = {"kind", "centre", "oktmo", "former_names"}
_NUMBERS = {"subscribers", "checked_at", "phone"}

Kind = Literal["pages", "territories"]

_WORD = re.compile(r"[^\W_]+")
_LINK = re.compile(r"(?i)(https?:|www\.|([\w-]+\.)+([a-z]{2,}|рф)(/|$))\S*")
_NICK = re.compile(r"(?i)@?[a-z0-9_.]{3,}|нет|-")


@dataclass(frozen=True, slots=True)
class Columns:
    """What stands where in a table.

    `names` maps a position (from 0) to a column of the contract for this `kind`, or to `LINKS`;
    only link columns can occur twice. `unknown` maps the positions that nothing is read from to
    their headers as written (empty for a column with texts but no header).
    """

    kind: Kind
    names: dict[int, str]
    unknown: dict[int, str]

    def position(self, name: str) -> int | None:
        """The first position of the column `name`, None when the file lacks it."""
        return next((at for at, known in self.names.items() if known == name), None)

    @property
    def title(self) -> int | None:
        """The position of the names; None when it cannot be told and somebody must say."""
        return self.position("title" if self.kind == "pages" else "name")


def recognise(
    header: Sequence[str], rows: Sequence[Sequence[str]] = (), *, title: int | None = None
) -> Columns:
    """What the columns under `header` are.

    `rows` is a sample of what stands below it (addresses instead of the texts before them, see
    `Table.sample`): a header that is merely like that of a link column counts only above links.
    `title` is the position of the names when a person has said it.
    """
    keys = list(map(_key, header))
    samples = [[row[at] for row in rows if at < len(row) and row[at]] for at in range(len(header))]
    kind: Kind = "territories" if _is_of_territories(keys) else "pages"
    names = _contract_names(keys, kind)
    if title is not None:
        name = "title" if kind == "pages" else "name"
        names = {at: known for at, known in names.items() if known != name} | {title: name}
    _apply_rules(header, samples, kind, names)
    if kind == "pages" and LINK_COLUMNS.isdisjoint(names.values()):
        for at, texts in enumerate(samples):
            if at not in names and _share(_is_link, texts) > 0.5:
                names[at] = LINKS
    unknown = {
        at: cell for at, cell in enumerate(header) if at not in names and keys[at] != _key(REMARKS)
    }
    return Columns(kind, dict(sorted(names.items())), unknown)


def _is_of_territories(keys: list[str]) -> bool:
    """Whether the header is that of a list of territories: it has columns that only such have."""
    territories = _OF_TERRITORIES_ONLY.intersection(_contract_names(keys, "territories").values())
    pages = set(_contract_names(keys, "pages").values()) - set(TERRITORY_COLUMNS) - {"title"}
    return len(territories) > 1 or bool(territories and not pages)


def _contract_names(keys: list[str], kind: Kind) -> dict[int, str]:
    """The positions whose header is a name of the contract, to that column."""
    columns = _contract_keys(kind)
    names: dict[int, str] = {}
    for at, key in enumerate(keys):
        name = columns.get(key)
        if name and (name in LINK_COLUMNS or name not in names.values()):
            names[at] = name
    return names


@cache
def _contract_keys(kind: Kind) -> dict[str, str]:
    columns = PAGE_COLUMNS if kind == "pages" else TERRITORY_COLUMNS
    return {_key(text): name for name, russian in columns.items() for text in (name, russian)}


def _apply_rules(
    header: Sequence[str],
    samples: list[list[str]],
    kind: Kind,
    names: dict[int, str],
) -> None:
    """Add to `names` the positions whose header an office's rule knows."""
    hits = sorted(
        (number, at, name)
        for at, cell in enumerate(header)
        if at not in names
        for number, name in _matching_rules(cell, kind)
    )
    for _number, at, name in hits:
        if at in names or (name not in LINK_COLUMNS and name in names.values()):
            continue
        if name in LINK_COLUMNS and samples[at] and _share(_may_be_link, samples[at]) < 0.5:
            continue
        names[at] = name


@lru_cache(8192)
def _matching_rules(cell: str, kind: Kind) -> list[tuple[int, str]]:
    """The numbers and columns of the rules that this header fits, the narrowest first."""
    rules, barred = _rules()
    words = _words(cell)
    bars = any(_begins(word, stem) for word in words for stem in barred)
    return [
        (number, name)
        for number, (name, *stems) in enumerate(rules[kind])
        if (name in _NUMBERS or not bars)
        and all(any(_begins(word, stem) for word in words) for stem in stems)
    ]


@cache
def _rules() -> tuple[dict[str, list[list[str]]], list[str]]:
    data = tomllib.loads(files(__package__).joinpath("columns.toml").read_text("utf-8"))
    return {"pages": data["pages"], "territories": data["territories"]}, data["barred"]


def _begins(word: str, stem: str) -> bool:
    """Whether `word` begins with `stem`; stems of one to three letters are whole words."""
    return word == stem if len(stem) <= 3 else word.startswith(stem)


_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_LOOK_ALIKE = str.maketrans("aceopxykmhtb", "асеорхукмнтв")


def _words(text: str) -> list[str]:
    """The words of a header in the form they are compared in."""
    words = _WORD.findall(text.translate(_INVISIBLE).lower().replace("ё", "е"))
    return [w.translate(_LOOK_ALIKE) if re.search("[а-я]", w) else w for w in words]


@lru_cache(8192)
def _key(text: str) -> str:
    """A header without its spacing and case."""
    return "".join(_words(text))


def _share(test: Callable[[str], bool], texts: list[str]) -> float:
    return sum(map(test, texts)) / len(texts) if texts else 0.0


def _is_link(text: str) -> bool:
    return bool(_LINK.match(text))


def _may_be_link(text: str) -> bool:
    """A link, a nick, or a word for having none."""
    return _is_link(text) or bool(_NICK.fullmatch(text))
