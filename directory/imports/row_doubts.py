"""What a row says beside the values that are read of it, and values that stand in a wrong place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from directory.imports.columns import Columns
from directory.imports.content import is_bare_link, is_institution, is_link
from directory.imports.draft import RowDraft
from directory.imports.headers import title
from directory.imports.outdated import (
    is_short,
    networks_named,
    remarks,
    withdrawn_in_name,
    withdraws,
)
from directory.imports.problems import ProblemKind
from directory.model import NETWORKS, SLOTS
from directory.translation import say

_NO_LINKS = ("address", "person", "post", "phone", "hours")


class RowDoubts:
    """Looks at the rows of one table; `blank` is what a row of nothing gives."""

    def __init__(self, header: Sequence[str], columns: Columns, blank: Mapping[str, Any]) -> None:
        self._header = header
        self._names = columns.names
        self._title = columns.title
        self._remarks = remarks(header, columns.names)
        self._blank = blank

    def look(self, draft: RowDraft, cells: Sequence[str]) -> None:
        """Warn of what is odd in a row, or refuse it; leave out links that it withdraws itself."""
        for at, sort in self._remarks.items():
            if cells[at] and withdraws(cells[at], sort):
                self._withdraw(draft, title(self._header[at]), cells[at])
            elif at not in self._names and is_short(cells[at]) and is_link(cells[at]):
                header = title(self._header[at])
                why = say("в столбце «{header}» ссылка: не прочитана", header=header)
                draft.warn("", cells[at], why, ProblemKind.NOT_TAKEN)
        if not draft.given("id"):
            # The directory's own list is meant as it is.
            _doubt_names(draft)
        if self._title is not None and "\n" in cells[self._title]:
            _refuse_several(draft, cells[self._title])

    def _withdraw(self, draft: RowDraft, header: str, remark: str) -> None:
        """Leave out the links of a row whose remark says that its page is not to be used."""
        meant = networks_named(remark)
        given = [slot for slot in SLOTS if draft.given(slot) and (not meant or slot in meant)]
        for slot in given:
            draft.values.pop(slot)
            draft.values |= {slot: ()} if slot in self._blank else {}
        if given:
            why = say(
                "в столбце «{header}» сказано, что страница не действует: ссылки этой строки не"
                " записаны; если она действует, уберите эти слова",
                header=header,
            )
            draft.warn(given[0], remark, why, ProblemKind.NOT_TAKEN)


def _doubt_names(draft: RowDraft) -> None:
    """Doubt names, and texts, in whose place something else stands."""
    named = draft.given("title") or ""
    if is_bare_link(named):
        why = say("вместо названия ссылка: не сдвинуты ли в этой строке ячейки?")
        draft.refuse("title", named, why)
    if said := withdrawn_in_name(named):
        why = say(
            "в названии сказано «{said}»: если страница не действует, уберите строку", said=said
        )
        draft.warn("title", named, why)
    for column in _NO_LINKS:
        if (text := draft.given(column)) and is_bare_link(text):
            draft.values.pop(column)
            draft.warn(column, text, say("здесь ссылка: не сдвинуты ли в этой строке ячейки?"))


def _refuse_several(draft: RowDraft, names: str) -> None:
    """Refuse a row of several institutions with accounts of their own."""
    named = sum(map(is_institution, names.split("\n")))
    if named > 1 and any(len(draft.given(slot) or ()) > 1 for slot in NETWORKS):
        why = say("в ячейке несколько учреждений: каждому нужна своя строка")
        draft.refuse("title", names, why)
