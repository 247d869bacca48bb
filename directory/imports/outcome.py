"""What an import would do: the plan that people see, consent to, and have applied."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, Generic, Literal, TypeVar

from directory.changes import new_category, page_change, territory_change
from directory.imports.merge import Mode
from directory.imports.problems import Problem
from directory.imports.read.book import Skipped
from directory.imports.reading import Reading
from directory.model import Change, Page, Status, Territory, value_class
from directory.rights import Scope
from directory.territories import Territories

FEW_RETIRED = 5
RETIRED_SHARE = 0.1
"""A plan that retires more than both, the share being of the active pages that the file could
retire, needs a consent of its own: so does a half of a list sent by mistake look."""


READ_BY_PEOPLE = 5_000
"""Changes up to which their history is in the order of the file's rows."""


class Stage(StrEnum):
    """What takes its time in an import."""

    READ = "read"
    CHECK = "check"
    APPLY = "apply"


Progress = Callable[[Stage, int, int], None]
"""Is told the stage, how many rows are done and how many there are. It is called in whatever thread
the work is done in, and may raise to stop it."""


Listed = TypeVar("Listed", Page, Territory)


@value_class
class Edit(Generic[Listed]):
    """One page or territory before and after.

    `row` is the file's; None for what no row is about: a page that is retired because the file
    lacks it, a territory that is created because rows name it. `before` is None for a new one.
    `sheet` is the row's, where rows of several sheets were read.
    """

    row: int | None
    before: Listed | None
    after: Listed
    sheet: str = ""

    @property
    def change(self) -> Change:
        """The edit as a revision keeps it."""
        if isinstance(self.after, Page):
            assert not isinstance(self.before, Territory)
            return page_change(self.before, self.after)
        assert not isinstance(self.before, Page)
        return territory_change(self.before, self.after)


@dataclass(frozen=True, kw_only=True)
class FileFacts:
    """What is told of a file and of the directory at revision `base`, to which it is compared.

    `kind` is what the file lists. `sheet` is the one that was read, `sheets` all that fit;
    `readings` tell how each column was read. `unchanged` counts rows, `missing` the pages (or
    territories) of the scope that the file lacks, `retirable` the active pages of the scope.
    `extent` is the narrowest territory and the category that all pages of the file have in common.
    `with_links` counts the rows whose page has a link, `empty_cells` the cells that say nothing of
    what a known page has: they erase nothing when a file only adds and changes.
    """

    kind: Literal["pages", "territories"]
    file: str
    mode: Mode
    scope: Scope
    base: int
    sheet: str
    sheets: tuple[str, ...]
    encoding: str | None
    delimiter: str | None
    notes: tuple[str, ...]
    rows: int
    readings: tuple[Reading, ...]
    unchanged: int
    missing: int
    retirable: int = 0
    extent: Scope = field(default_factory=Scope)
    with_links: int = 0
    empty_cells: int = 0


@dataclass(frozen=True, kw_only=True)
class Plan(FileFacts):
    """What the import of one file would do to the directory.

    `pages` and `places` stand in the file's order, but retired pages last; `categories` are new.
    `territories` is the tree as it will be. Rows with a problem in `refused` are not among the
    edits. `sheets_read` are the sheets whose rows are here, `skipped` the filled rows that are no
    pages.
    """

    sha256: str
    sheets_read: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    categories: tuple[str, ...] = ()
    places: tuple[Edit[Territory], ...]
    pages: tuple[Edit[Page], ...] = ()
    territories: Territories
    refused: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    @property
    def edits(self) -> tuple[Edit[Page], ...] | tuple[Edit[Territory], ...]:
        """What the file is about: its pages, or its territories."""
        return self.pages if self.kind == "pages" else self.places

    @cached_property
    def new(self) -> tuple[Edit[Page] | Edit[Territory], ...]:
        """What rows of the file add."""
        return tuple(e for e in self.edits if e.row is not None and e.before is None)

    @cached_property
    def changed(self) -> tuple[Edit[Page] | Edit[Territory], ...]:
        """What rows of the file change."""
        return tuple(e for e in self.edits if e.row is not None and e.before is not None)

    @cached_property
    def retired(self) -> tuple[Edit[Page], ...]:
        """The pages that leave the directory because the file lacks them."""
        return tuple(edit for edit in self.pages if edit.row is None)

    @cached_property
    def created_places(self) -> tuple[Territory, ...]:
        """The territories that are created because rows name them."""
        return tuple(edit.after for edit in self.places if edit.row is None)

    @property
    def created_names(self) -> list[str]:
        """The `created_places` in words, from the region down."""
        return [self.territories.in_words(place.id) for place in self.created_places]

    @property
    def needs_consent(self) -> bool:
        """Whether so much is retired that somebody must say twice that it is meant."""
        count = len(self.retired)
        return count > FEW_RETIRED and count > RETIRED_SHARE * self.retirable

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to apply."""
        return self.size == 0

    @property
    def size(self) -> int:
        """How many changes there are."""
        return len(self.categories) + len(self.places) + len(self.pages)

    def changes(self) -> Iterator[Change]:
        """The changes in the order in which they can be made: the file's, as far as somebody reads
        it; more are made in the order of the ids, in which a database has them written sooner.

        They are made one by one: all those of a large file at once would fill the memory.
        """
        for name in self.categories:
            yield new_category(name)
        for place in self.places:
            yield place.change
        pages = self.pages if len(self.pages) <= READ_BY_PEOPLE else sorted(self.pages, key=_id)
        for page in pages:
            yield page.change

    def as_json(self, revision: int | None = None) -> dict[str, Any]:
        """The object that `python -m directory import --json` prints."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "missing": self.missing,
            "retired": len(self.retired),
            "refused": [_problem(problem) for problem in self.refused],
            "warnings": [_problem(problem) for problem in self.warnings],
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "revision": revision,
            "kind": self.kind,
            "columns": {one.header: one.column or None for one in self.readings},
            "with_links": self.with_links,
            "skipped": [_skipped(row) for row in self.skipped],
            "sheets": list(self.sheets_read),
            "notes": list(self.notes),
            "new_territories": self.created_names,
            "new_categories": list(self.categories),
            "needs_consent": self.needs_consent,
        }


def retire(page: Page) -> Edit[Page]:
    """The edit that takes a page out of the directory; it says nothing about the body."""
    return Edit(None, page, replace(page, status=Status.RETIRED))


def _id(edit: Edit[Page]) -> str:
    return edit.after.id


def _skipped(row: Skipped) -> dict[str, Any]:
    sheet = {"sheet": row.sheet} if row.sheet else {}
    return {"row": row.row, "why": row.why.value, **sheet}


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        **({"sheet": problem.sheet} if problem.sheet else {}),
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "why": problem.why,
    }
