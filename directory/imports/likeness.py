"""Pages that may be one: the same account, or nearly the same name in the same territory.

Only a doubt: it is a warning, and a person decides.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from directory.imports.match import ACCOUNTS, name_key
from directory.imports.outcome import Edit
from directory.imports.problems import Problem, ProblemKind
from directory.links import label
from directory.model import Link, Page, PageLink
from directory.translation import say

_NEIGHBOURS = 4
"""Neighbours on each side in alphabetical order that a name is compared with. Two names that differ
by one slip share a long beginning or a long end, so they are close either among the names or among
the names read backwards."""

_SHORTEST = 5
"""Letters of a word in which one letter more, less or other looks like a slip."""

_NUMBER = re.compile(r"\d+")

_SAME = 75
"""Per cent of likeness from which a new title may be an old one mended."""

_LISTED = """
ано бук моу мдоу мук мау мбу мку гау гбу гку фгбу фгку мбоу мкоу маоу мбдоу мкдоу мадоу мбук мкук
маук мбудо маудо мкудо мбуз гбуз гауз гкуз фгбуз гбоу гаоу гкоу гбпоу гапоу фгбоу гбук гаук гбусо
гаусо гкусо муп мкп гуп
"""
_FORMS = frozenset(_LISTED.split())
"""Legal forms, which are as often left out as written."""


def warnings(edits: Sequence[Edit[Page]], pages: Collection[Page]) -> Iterator[Problem]:
    """A warning for each edited page that is like another one.

    `pages` is the directory as it will be. A page gets at most one warning of each kind.
    """
    rows = {edit.after.id: edit.row for edit in edits if edit.row is not None}
    sheets = {edit.after.id: edit.sheet for edit in edits if edit.sheet}
    for page, problem in (*_same_account(edits, pages, rows), *_same_name(edits, pages, rows)):
        yield replace(problem, sheet=sheets.get(page, ""))


def _same_account(
    edits: Sequence[Edit[Page]], pages: Collection[Page], rows: dict[str, int]
) -> Iterator[tuple[str, Problem]]:
    """The pages of which a row gives the same account, by id, with the problem."""
    if not (seen := _seen_twice(pages)):
        return
    shared: defaultdict[Link, list[Page]] = defaultdict(list)
    for page in pages:
        if any(hash(x.link) in seen for x in page.links):
            for link in _accounts(page):
                shared[link].append(page)
    added = {
        link
        for edit in edits
        if not shared.keys().isdisjoint(x.link for x in edit.after.links)
        for link in _accounts(edit.after) - _accounts(edit.before)
    }
    for link, owners in shared.items():
        if len(owners) < 2 or link not in added:
            continue
        for page, other in _pairs(owners, rows):
            why = say(
                "та же ссылка, что у страницы {page}; это не одна и та же?",
                page=_named(other, rows),
            )
            slot = next(x.slot for x in page.links if x.link == link)
            kind = ProblemKind.SAME_LINK
            yield page.id, Problem.at(rows[page.id], slot, label(link), why, kind=kind)


def _seen_twice(pages: Collection[Page]) -> set[int]:
    """The hashes of the accounts that several pages have (collisions may add a few others): a table
    of all accounts of a country would take much memory."""
    hashes = array("q", (hash(x.link) for page in pages for x in page.links if _is_account(x)))
    return {one for one, other in pairwise(sorted(hashes)) if one == other}


def _same_name(
    edits: Sequence[Edit[Page]], pages: Collection[Page], rows: dict[str, int]
) -> Iterator[tuple[str, Problem]]:
    """The pages with nearly the same name nearby, by id, with the problem."""
    renamed = {
        edit.after.id
        for edit in edits
        if edit.row is not None and _placed_name(edit.before) != _placed_name(edit.after)
    }
    groups: defaultdict[int | None, list[Page]] = defaultdict(list)
    places = {page.territory for page in pages if page.id in renamed}
    for page in pages:
        if page.territory in places:
            groups[page.territory].append(page)
    for group in groups.values():
        warned: set[str] = set()
        for one, other in like_pairs([(bare(page.title), page) for page in group], renamed):
            for page, twin in _pairs([one, other], rows, renamed):
                if page.id in warned:
                    continue
                warned.add(page.id)
                why = say(
                    "почти так же называется страница {page} на той же территории; это не одна и"
                    " та же?",
                    page=_named(twin, rows),
                )
                yield page.id, Problem.at(rows[page.id], "title", page.title, why)


def like_pairs(
    group: Sequence[tuple[str, Page]], renamed: Collection[str]
) -> Iterator[tuple[Page, Page]]:
    """The pairs of pages, given with their bare names, that are like and of which at least one is
    `renamed`."""
    for step in (1, -1):  # as they are written, and backwards
        named = sorted(((key[::step], key, page) for key, page in group), key=lambda n: n[0])
        for at, (_, key, page) in enumerate(named):
            for _, other_key, other in named[at + 1 : at + 1 + _NEIGHBOURS]:
                if (page.id in renamed or other.id in renamed) and alike(key, other_key):
                    yield page, other


def alike(one: str, other: str) -> bool:
    """Whether two bare names differ by one slip at most, and not by a number or a short word.

    >>> alike("детский сад теремок", "детский сад теремк"), alike("школа 1", "школа 11")
    (True, False)
    """
    if one == other:
        return True
    if DamerauLevenshtein.distance(one, other, score_cutoff=1) > 1:
        return False
    ours, theirs = one.split(), other.split()
    if len(ours) != len(theirs):
        return one.replace(" ", "") == other.replace(" ", "")
    differing = [pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]]
    return all(
        min(map(len, pair)) >= _SHORTEST and not any(map(str.isdigit, "".join(pair)))
        for pair in differing
    )


def same_name(one: str, other: str) -> bool:
    """Whether two titles may be of one page: one is much like the other, or has all its words."""
    ours, theirs = bare(one), bare(other)
    if set(_NUMBER.findall(ours)) != set(_NUMBER.findall(theirs)):
        return False
    return ours == theirs or fuzz.token_set_ratio(ours, theirs) >= _SAME


def _pairs(
    pages: Sequence[Page], rows: dict[str, int], among: Collection[str] | None = None
) -> Iterator[tuple[Page, Page]]:
    """The pages that the file edits, each with another one; of two edited ones the later row."""
    if len(pages) < 2:
        return
    edited = [p for p in pages if p.id in rows and (among is None or p.id in among)]
    edited.sort(key=lambda page: rows[page.id])
    kept = [page for page in pages if page not in edited]
    for at, page in enumerate(edited):
        if kept or at:
            yield page, (kept[0] if kept else edited[0])


def _named(page: Page, rows: dict[str, int]) -> str:
    if page.id in rows:
        return say(
            "«{title}» (код {id}, строка {row})", title=page.title, id=page.id, row=rows[page.id]
        )
    return say("«{title}» (код {id})", title=page.title, id=page.id)


def _accounts(page: Page | None) -> set[Link]:
    if page is None:
        return set()
    return {link.link for link in page.links if _is_account(link)}


def _is_account(link: PageLink) -> bool:
    return link.slot in ACCOUNTS and not link.hidden


def _placed_name(page: Page | None) -> tuple[str, int | None] | None:
    return (page.title, page.territory) if page else None


def bare(title: str) -> str:
    """The name's words without the legal form, which is often left out."""
    key = name_key(title)
    return " ".join(word for word in key.split() if word not in _FORMS) or key
