"""The founders and successors that rows name, by id or by name: which of them will be there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from directory.imports.match import name_key
from directory.imports.outcome import Edit
from directory.imports.problems import Problem, ProblemKind
from directory.model import Page
from directory.references import REFERENCES, Reference, around, circles
from directory.translation import say


@dataclass(slots=True)
class Settled:
    """The edits that remain, and what is to be said; `unchanged` counts those that came to
    nothing without their reference."""

    edits: list[Edit[Page]]
    unchanged: int = 0
    refused: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def settle(
    edits: Sequence[Edit[Page]], pages: Mapping[str, Page], renamed: Mapping[str, str]
) -> Settled:
    """The edits with references to pages that will be there.

    `pages` is the directory before, `renamed` maps ids that the file uses to the directory's own. A
    reference to no page is left out with a warning; rows by which references would go round are
    refused.
    """
    found = Settled(list(edits))
    while True:
        _resolve(found, pages, renamed)
        if not _refuse_circles(found, pages):
            return found


def _resolve(found: Settled, pages: Mapping[str, Page], renamed: Mapping[str, str]) -> None:
    ids: set[str] = set()
    by_name: dict[str, str] | None = None
    kept = []
    for given in found.edits:
        edit = given
        for column in REFERENCES:
            key = getattr(given.after, column)
            before = getattr(given.before, column, "")
            if not key or key == before:
                continue
            known = renamed.get(key, key)
            if not ids:  # most files refer to no page
                ids = {*pages, *(edit.after.id for edit in found.edits)}
            if known not in ids:
                if by_name is None:  # most name pages by their ids
                    by_name = _by_name(found.edits, pages)
                known = by_name.get(name_key(key), "")
            if not known or known == edit.after.id:
                known = before
                why = say("не записано: такой страницы нет ни в справочнике, ни в файле")
                kind = ProblemKind.NOT_TAKEN
                found.warnings.append(Problem.at(edit.row or 0, column, key, why, edit.sheet, kind))
            named: dict[str, Any] = {column: known}
            edit = replace(edit, after=replace(edit.after, **named))
        if edit.before == edit.after:
            found.unchanged += 1
        else:
            kept.append(edit)
    found.edits = kept


def _by_name(edits: Sequence[Edit[Page]], pages: Mapping[str, Page]) -> dict[str, str]:
    """The ids of the pages, known and new, by names that no other page has."""
    found: dict[str, str] = {}
    for page in (*pages.values(), *(edit.after for edit in edits)):
        for name in {name_key(page.title), name_key(page.full_name)} - {""}:
            found[name] = page.id if found.get(name, page.id) == page.id else ""
    return found


def _refuse_circles(found: Settled, pages: Mapping[str, Page]) -> bool:
    """Refuse the rows by which references would go round; return whether there were any."""
    gone: set[str] = set()
    for column in REFERENCES:
        altered = [edit for edit in found.edits if _refers_anew(edit, column)]
        if not altered:
            continue
        refers = {key: getattr(page, column) for key, page in pages.items()}
        refers.update((edit.after.id, getattr(edit.after, column)) for edit in found.edits)
        closed = circles(refers)
        for edit in altered:
            page = edit.after
            if circle := closed.get(page.id):
                gone.add(page.id)
                why = say(
                    "получается круг: {circle}; исправьте код или очистите",
                    circle=around(circle, page.id),
                )
                key = getattr(page, column)
                found.refused.append(Problem.at(edit.row or 0, column, key, why, edit.sheet))
    found.edits = [edit for edit in found.edits if edit.after.id not in gone]
    return bool(gone)


def _refers_anew(edit: Edit[Page], column: Reference) -> bool:
    """Whether the edit makes its page refer to another one than before."""
    key = getattr(edit.after, column)
    return bool(key) and (edit.before is None or getattr(edit.before, column) != key)
