"""From a table to the columns of the contract: by the words of its header and by what it holds.

A header proposes a column (`headers`), and the column is taken where most of its cells can be such
values (`content`). The names of pages are chosen among all columns that could have them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from directory.file.columns import LINK_COLUMNS, LINKS, PAGE_COLUMNS, TERRITORY_COLUMNS
from directory.imports import content, headers
from directory.imports.headers import FileKind

_OF_TERRITORIES_ONLY = {"kind", "centre", "oktmo", "former_names"}

NUMBERED = {"vk": "https://vk.com/club{}", "ok": "https://ok.ru/group/{}"}
"""What a community's number means, on the networks that number them."""

_NEARLY_ALL = 0.8
"""The share of a header that must be the contract's for a list of territories."""

_OWN_FORMAT = 20
"""Names of the contract in a header that was written by an export: all its cells are meant."""

_CLAIMS = [name for name in PAGE_COLUMNS if name not in ("id", "title", "full_name")]
"""The columns that a header may claim in any words; the names come last, of what is left."""

_READ = 300
"""Characters of a cell that are looked at: what it holds shows in them."""

_SURE_NAME = 1.2
"""The score of a column from which it is taken for the one with the names."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What stands where in a table.

    `names` maps a position (from 0) to a column of the contract for this `kind`, or to `LINKS`;
    only link columns can occur twice. `unknown` maps the positions that nothing is read from to
    their headers as written (empty for a column with texts but no header). `misfits` are those of
    them whose header names a column, which the cells are not like. Columns of links that are
    `numbered` hold the numbers of communities on the network that their header names.
    """

    kind: FileKind
    names: dict[int, str]
    unknown: dict[int, str]
    misfits: dict[int, str] = field(default_factory=dict)
    numbered: frozenset[int] = frozenset()

    def position(self, name: str) -> int | None:
        """The first position of the column `name`, None when the file lacks it."""
        return next((at for at, known in self.names.items() if known == name), None)

    @property
    def title(self) -> int | None:
        """The position of the names; None when it cannot be told and somebody must say."""
        return self.position("title" if self.kind == "pages" else "name")


def recognise(
    header: Sequence[str],
    rows: Sequence[Sequence[str]] = (),
    *,
    chosen: Mapping[int, str] | None = None,
) -> Columns:
    """What the columns under `header` are.

    `rows` is a sample of what stands below it, with the addresses behind the texts
    (`Table.sample`). `chosen` is what a person has said of columns by their positions: a column's
    name, or "" for one that is not to be read.
    """
    cells = [
        [row[at][:_READ] for row in rows if at < len(row) and row[at]] for at in range(len(header))
    ]
    work = _Recognition(header, cells, chosen or {})
    kind: FileKind = "territories" if work.lists_territories() else "pages"
    names = work.of_territories() if kind == "territories" else work.of_pages()
    unknown = {
        at: cell
        for at, cell in enumerate(header)
        if at not in names and not headers.is_remarks(cell)
    }
    misfits = {at: name for at, name in work.misfits.items() if at in unknown}
    numbered = frozenset(work.numbered & names.keys())
    return Columns(kind, dict(sorted(names.items())), unknown, misfits, numbered)


class _Recognition:
    """One table on its way to its columns."""

    def __init__(
        self, header: Sequence[str], cells: list[list[str]], chosen: Mapping[int, str]
    ) -> None:
        self._header = header
        self._cells = cells
        self._chosen = chosen
        self._names = {at: name for at, name in chosen.items() if name}
        self.misfits: dict[int, str] = {}
        self.numbered: set[int] = set()

    def lists_territories(self) -> bool:
        """Whether nearly the whole header is that of a list of territories, and so its names."""
        if self._chosen:
            return set(self._names.values()) <= {*TERRITORY_COLUMNS} and bool(
                _OF_TERRITORIES_ONLY.intersection(self._names.values())
            )
        names = self.of_territories()
        said = [cell for cell in self._header if cell and not headers.is_remarks(cell)]
        at = next((at for at, name in names.items() if name == "name"), None)
        if at is None or len(names) < max(3, _NEARLY_ALL * len(said)):
            return False
        if _OF_TERRITORIES_ONLY.isdisjoint(names.values()):
            return False
        return content.share(content.is_institution, self._cells[at]) < 0.2

    def of_territories(self) -> dict[int, str]:
        """The columns of a list of territories."""
        names = dict(self._names)
        for exact in (True, False):
            for at, cell in self._free(names):
                for name in TERRITORY_COLUMNS:
                    if name not in names.values() and self._is_called(cell, name, exact=exact):
                        names[at] = name
                        break
        return names

    @staticmethod
    def _is_called(cell: str, name: str, *, exact: bool) -> bool:
        if exact:
            return headers.contract_name(cell, "territories") == name
        return headers.rank(cell, name, "territories") is not None

    def of_pages(self) -> dict[int, str]:
        """The columns of a list of pages."""
        own = [headers.contract_name(cell) for cell in self._header]
        if len(set(own) - {""}) >= _OWN_FORMAT and not self._chosen:
            for at, name in enumerate(own):
                if name and (name in LINK_COLUMNS or name not in self._names.values()):
                    self._names[at] = name
            return self._names
        self._take_exact()
        self._take_links()
        self._take_unnamed_links()
        self._take_claims()
        self._take_names()
        self._take_lone_links()
        return self._names

    def _free(self, names: Mapping[int, str]) -> Iterator[tuple[int, str]]:
        """The positions and headers of the columns that nothing is known of yet."""
        for at, cell in enumerate(self._header):
            if at not in names and at not in self._chosen:
                yield at, cell

    def _take(self, at: int, name: str, *, exact: bool = False) -> bool:
        """Take the column where its cells fit; else note that they do not."""
        if name not in LINK_COLUMNS and name in self._names.values():
            return False
        if not content.fits(name, self._cells[at], exact=exact):
            self.misfits.setdefault(at, name)
            return False
        self._names[at] = name
        return True

    def _take_exact(self) -> None:
        of_network = any(map(headers.is_of_networks, self._header))
        for at, cell in self._free(dict(self._names)):
            name = headers.contract_name(cell)
            if name == "id" and of_network:
                self.misfits[at] = name
            elif name and name not in ("title", "full_name"):
                self._take(at, name, exact=True)
            elif headers.rank(cell, "id") is not None:
                self._take(at, "id")

    def _take_links(self) -> None:
        for at, cell in self._free(dict(self._names)):
            if (name := headers.link_column(cell)) and not self._is_of_others(at):
                if headers.says_number(cell) and content.are_numbers(self._cells[at]):
                    if name in NUMBERED:
                        self._names[at] = name
                        self.numbered.add(at)
                    continue
                self._take(at, name)

    def _take_unnamed_links(self) -> None:
        """Take links under no header beside those of a column of links: «Страницы | | »."""
        for at, cell in self._free(dict(self._names)):
            goes_on = not cell and at and self._names.get(at - 1) in LINK_COLUMNS
            if goes_on and content.share(content.is_link, content.filled(self._cells[at])) > 0.5:
                self._names[at] = LINKS

    def _is_of_others(self, at: int) -> bool:
        """Whether the same links again stand beside others: «Школа, Ссылка, Учредитель, Ссылка»."""
        again = self._header[at] in self._header[:at]
        return again and headers.speaks_of_others(self._header[at - 1])

    def _take_claims(self) -> None:
        free = [(at, cell) for at, cell in self._free(self._names) if at not in self.misfits]
        age = headers.ages(dict(free))
        claims = sorted(
            # Of several counts of followers the latest one counts.
            (number, age[at] if name == "subscribers" else at, at, name)
            for at, cell in free
            for name in _CLAIMS
            if (number := headers.rank(cell, name)) is not None
        )
        for _number, _order, at, name in claims:
            if at not in self._names:
                self._take(at, name)

    def _take_names(self) -> None:
        """Choose the column of names, and the one of full names beside it."""
        if "title" not in self._names.values():
            scored = [(self._worth(at, cell), -at) for at, cell in self._free(self._names)]
            best, place = max(scored, default=(0.0, 0))
            if best >= _SURE_NAME:
                self._names[-place] = "title"
            elif (post := self._names_of_posts()) is not None:
                self._names[post] = "title"
        if "full_name" not in self._names.values():
            for at, cell in self._free(self._names):
                named = headers.contract_name(cell) == "full_name"
                if (named or headers.rank(cell, "full_name") is not None) and self._has_names(at):
                    self._names[at] = "full_name"
                    return

    def _names_of_posts(self) -> int | None:
        """The column of posts where each is one of its own: «Глава Лесного округа»."""
        at = next((at for at, name in self._names.items() if name == "post"), None)
        said = content.filled(self._cells[at]) if at is not None else []
        own = said and content.distinct(said) == 1 and all(len(text.split()) > 2 for text in said)
        return at if own else None

    def _has_names(self, at: int) -> bool:
        said = content.filled(self._cells[at])
        return not said or content.share(content.is_name, said) > content.MOST

    def _worth(self, at: int, cell: str) -> float:
        """How much speaks for it that the column has the names of the pages."""
        if not self._has_names(at):
            return 0.0
        said = content.filled(self._cells[at])
        worth = self._worth_of_header(cell)
        if not said:
            return worth
        bodies = content.share(content.is_institution, said)
        distinct = content.distinct(said)
        if worth == 0.0:
            # Nothing but the cells speaks for it: they must do so plainly.
            barred = headers.rank(cell, "title") is None and headers.is_barred(cell, "title")
            plain = bodies >= 0.6 and distinct >= 0.8 and not barred
            return _SURE_NAME if plain else 0.0
        if not headers.says_names(cell) and len(said) > 1 and len(set(said)) == 1:
            return 0.0
        places = content.share(content.is_stated_place, said)
        return worth + bodies + distinct / 2 - 0.7 * places

    def _worth_of_header(self, cell: str) -> float:
        name = headers.contract_name(cell)
        if name == "title":
            return 3.0
        number = headers.rank(cell, "title")
        full = headers.rank(cell, "full_name")
        if name == "full_name" or (full is not None and headers.says_full(cell)):
            return 1.6
        return 2.4 - 0.02 * number if number is not None else 0.0

    def _take_lone_links(self) -> None:
        """Where no header says where the links are, the one column that holds some has them.

        Where there is no header at all, each that holds some does: somebody is asked anyway.
        """
        if not LINK_COLUMNS.isdisjoint(self._names.values()):
            return
        found = [
            at
            for at, cell in self._free(self._names)
            if not headers.speaks_of_others(cell)
            and content.share(content.is_link, content.filled(self._cells[at])) > content.MOST
        ]
        if len(found) == 1 or all(map(headers.is_numbered, self._header)):
            self._names |= dict.fromkeys(found, LINKS)
