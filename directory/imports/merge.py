"""Merging a row into a page."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Any

from directory.file.columns import PAGES, PLACE
from directory.imports.draft import ERASE, RowDraft
from directory.imports.places import Places
from directory.links import label
from directory.model import NETWORKS, SLOTS, Link, Page, PageLink, Status, carried_over
from directory.translation import say
from directory.withdrawals import Withdrawals


class Mode(StrEnum):
    """How a file is meant.

    `UPDATE`: it adds and changes; what it leaves out, a row or a cell, stays as it is. `REPLACE`:
    it is the whole truth; an empty cell clears, and pages that it lacks are retired. `CONFIRM`: the
    pages of which it says what the directory says are right today; it changes nothing else.
    """

    UPDATE = "update"
    REPLACE = "replace"
    CONFIRM = "confirm"


_EMPTY: dict[str, Any] = {
    name: column.empty
    for name, column in PAGES.items()
    if column.form and name not in ("id", "title")
}
"""What an empty cell means where it means anything."""

_BLANK = Page("", "")
"""What a new page is before its row is taken."""


class Merger:
    """Makes pages of drafts. `withdrawn` are the hidden links of the directory."""

    def __init__(self, mode: Mode, places: Places, withdrawn: Withdrawals) -> None:
        self._clears = mode is Mode.REPLACE
        self._places = places
        self._withdrawn = withdrawn

    def merge(self, draft: RowDraft, before: Page | None) -> Page:
        """The page after the row is applied (None: a new one); warnings are added to the draft.

        Raises `PlaceError` when the row's place cannot be told.
        """
        known = before or _BLANK
        fields: dict[str, Any] = {}
        for name, value in draft.values.items():
            if (value is not None or self._clears) and name in _EMPTY:
                fields[name] = _EMPTY[name] if value in (None, ERASE) else value
        if title := draft.given("title"):
            fields["title"] = title
        self._keep_hidden(draft, known, fields)
        if known.status is Status.RETIRED:
            # A file that has the page again brings it back, as a warning if it was hidden.
            fields.setdefault("status", Status.HIDDEN if known.hidden else Status.ACTIVE)
        fields["territory"] = self._place(draft, known)
        placed = known
        if self._withdrawn:  # these reach by place and category
            category = fields.get("category", known.category)
            placed = replace(known, territory=fields["territory"], category=category)
        fields["links"] = self._links(draft, placed)
        if before is None:
            return Page(draft.given("id") or "", **fields)
        changed = {n: value for n, value in fields.items() if getattr(before, n) != value}
        return replace(before, **changed) if changed else before

    def _keep_hidden(self, draft: RowDraft, before: Page, fields: dict[str, Any]) -> None:
        """A hidden page returns by «Вернуть» alone, not by an older file."""
        if before.hidden and fields.get("status", Status.HIDDEN) is not Status.HIDDEN:
            del fields["status"]
            why = say(
                "страница скрыта ({reason}) и остаётся скрытой; вернуть её — на карточке",
                reason=say(before.hidden),
            )
            draft.warn("status", draft.given("status") or "", why)

    def _place(self, draft: RowDraft, before: Page) -> int | None:
        if not any(name in draft.values for name in PLACE):
            return before.territory
        old = self._places.names(before.territory)
        names = ["", "", ""]
        same_so_far = True
        for depth, column in enumerate(PLACE):
            given = draft.values.get(column)
            if given is None and (column not in draft.values or not self._clears):
                names[depth] = old[depth] if same_so_far else ""
            else:
                names[depth] = "" if given is ERASE else given or ""
                same_so_far = same_so_far and self._same(names, old, depth)
        if tuple(names) == old:
            return before.territory
        return self._places.take((names[0], names[1], names[2]))

    def _same(self, names: list[str], old: tuple[str, str, str], depth: int) -> bool:
        """Whether the place down to `depth` is the old one, or one where there was none."""
        if names[depth] == old[depth] or not old[depth]:
            return True
        above = [*old[: depth + 1], "", ""]
        given = [*names[: depth + 1], "", ""]
        return self._places.find((given[0], given[1], given[2])) == self._places.find(
            (above[0], above[1], above[2])
        )

    def _links(self, draft: RowDraft, before: Page) -> tuple[PageLink, ...]:
        links: list[PageLink] = []
        by_slot: dict[str, list[PageLink]] = {}
        for known in before.links:
            by_slot.setdefault(known.slot, []).append(known)
        for slot in SLOTS:
            old = by_slot.get(slot, [])
            if not old and not draft.values.get(slot):
                continue
            given = draft.given(slot)
            if given is None and draft.mixed and slot in NETWORKS:
                given = ()
            erased = draft.values.get(slot) is ERASE
            if erased:
                given = ()
            if not given and not erased and not (self._clears and given is not None):
                links += old
                continue
            shown = [x.link for x in old if not x.hidden]
            wanted = [
                link
                for link in given
                if link in shown or self._may_stand(draft, slot, link, before)
            ]
            if wanted == shown:
                links += old
                continue
            links += carried_over(old, ((slot, link) for link in wanted))
            links += [x for x in old if x.hidden]
        return tuple(links)

    def _may_stand(self, draft: RowDraft, slot: str, link: Link, page: Page) -> bool:
        """Whether a link may be added: a withdrawn one returns by «Вернуть» alone."""
        if not self._withdrawn:
            return True
        if reason := self._withdrawn.reason(link, page, self._places.territories):
            why = say(
                "ссылка скрыта ({reason}) и не внесена; вернуть её можно на карточке",
                reason=say(reason),
            )
            draft.warn(slot, label(link), why)
            return False
        if other := self._withdrawn.elsewhere(link):
            title, reason = other
            why = say(
                "эта же ссылка скрыта у страницы «{title}» ({reason}): проверьте её",
                title=title,
                reason=say(reason),
            )
            draft.warn(slot, label(link), why)
        return True
