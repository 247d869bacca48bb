"""What people are shown of a plan: its counts and the first few of each kind, as JSON too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, NamedTuple

from directory.imports.causes import causes
from directory.imports.differences import Difference, differences
from directory.imports.merge import Mode
from directory.imports.outcome import Edit, FileFacts, Plan
from directory.imports.problems import Problem, ProblemKind
from directory.imports.read.book import SkipReason
from directory.imports.reading import Reading
from directory.model import Page, Territory
from directory.rights import Scope
from directory.translation import say

FEW = 5
"""Pages of each kind that are named."""

FIELDS = 4
"""Altered fields of a page that are named."""

PROBLEMS = 20
"""Causes of problems that are named."""


class Some(NamedTuple):
    """The first of `all` things, in words."""

    all: int
    first: list[str]


@dataclass(frozen=True, kw_only=True)
class Summary(FileFacts):
    """A plan in short; see `Plan` for the fields that bear the same names.

    `altered` has the first differences of each page named in `changed`, and how many there are.
    `places` and `categories` are new, `bad_rows` counts the rows that are refused. `refused` and
    `warnings` are told by their causes, `skipped` has the reasons with the numbers of rows;
    `needs_region` tells that a list of territories would make or rename a region, `foreign_ids`
    that ids are those of pages that the rows have nothing in common with.
    """

    skipped: list[tuple[str, int]]
    needs_region: bool
    foreign_ids: bool
    new: Some
    changed: Some
    altered: list[tuple[int, list[Difference]]]
    retired: Some
    places: Some
    categories: Some
    refused: Some
    bad_rows: int
    warnings: Some
    is_empty: bool

    @classmethod
    def of(cls, plan: Plan) -> Summary:
        """The summary of a plan."""
        kinds = {problem.kind for problem in plan.refused}
        skipped = Counter(
            say(row.why.value) for row in plan.skipped if row.why is not SkipReason.HEADER
        )
        altered = [differences(edit, plan.territories) for edit in plan.changed[:FEW]]
        created = plan.created_names
        return cls(
            **{field.name: getattr(plan, field.name) for field in fields(FileFacts)},
            skipped=list(skipped.items()),
            needs_region=ProblemKind.NEW_REGION in kinds,
            foreign_ids=ProblemKind.FOREIGN_ID in kinds,
            new=_named(plan.new),
            changed=_named(plan.changed),
            altered=[(len(found), found[:FIELDS]) for found in altered],
            retired=_named(plan.retired),
            places=Some(len(created), created[:FEW]),
            categories=Some(len(plan.categories), list(plan.categories[:FEW])),
            refused=_told(plan.refused),
            bad_rows=len({(problem.sheet, problem.row) for problem in plan.refused}),
            warnings=_told(plan.warnings),
            is_empty=plan.is_empty,
        )

    @property
    def knows_pages(self) -> bool:
        """Whether the file lists pages that the directory has."""
        return self.kind == "pages" and bool(self.changed.all or self.unchanged)

    @property
    def is_partial(self) -> bool:
        """Whether the plan holds more than is named here."""
        named = (self.new, self.changed, self.retired, self.places, self.categories)
        return (
            any(some.all > len(some.first) for some in named)
            or any(count > len(shown) for count, shown in self.altered)
            or self.refused.all + self.warnings.all > PROBLEMS
        )

    def as_json(self) -> dict[str, Any]:
        """Plain values, from which `from_json` makes the same."""
        return asdict(self)

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> Summary:
        """What `as_json` gave."""
        some = ("new", "changed", "retired", "places", "categories", "refused", "warnings")
        return cls(
            **{
                **found,
                **{name: Some(*found[name]) for name in some},
                "mode": Mode(found["mode"]),
                **{name: tuple(found[name]) for name in ("sheets", "notes")},
                "readings": tuple(Reading(**one) for one in found["readings"]),
                "skipped": [(why, count) for why, count in found["skipped"]],
                "scope": Scope(**found["scope"]),
                "extent": Scope(**found["extent"]),
                "altered": [(n, [tuple(each) for each in shown]) for n, shown in found["altered"]],
            }
        )


def _told(problems: Sequence[Problem]) -> Some:
    found = causes(problems)
    return Some(len(found), [cause.text for cause in found[:PROBLEMS]])


def _named(edits: Sequence[Edit[Page] | Edit[Territory]]) -> Some:
    afters = (edit.after for edit in edits[:FEW])
    names = [after.title if isinstance(after, Page) else after.name for after in afters]
    return Some(len(edits), names)
