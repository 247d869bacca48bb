"""Headers of several rows: «Соцсети» over «ВК | ОК | Telegram» is «Соцсети: ВК», «Соцсети: ОК» …"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from directory.file.columns import LINK_COLUMNS
from directory.imports.columns import recognise
from directory.imports.read.book import Row
from directory.imports.read.headings import heading_of
from directory.imports.read.looks import are_column_numbers, is_like_a_row, is_value
from directory.imports.read.merged import Span


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged cells of a sheet, as headers need them.

    `across` has the first and last positions of cells merged across columns, by row number; `down`
    are the numbers of the rows into which two or more cells of the row above reach.
    """

    across: dict[int, list[tuple[int, int]]]
    down: frozenset[int]

    @classmethod
    def of(cls, spans: Iterable[Span]) -> Merged:
        """Those of these spans."""
        across: dict[int, list[tuple[int, int]]] = {}
        reached: Counter[int] = Counter()
        for (top, left), (bottom, right) in spans:
            if right > left:
                across.setdefault(top + 1, []).append((left, right))
            if bottom > top:
                reached[top + 2] += 1
        return cls(across, frozenset(row for row, count in reached.items() if count > 1))


def divided(texts: Sequence[str], above: Row, row: Row, merged: Merged) -> list[str] | None:
    """The header `texts`, which end in the row `above`, joined with the next row.

    None when that row does not divide the columns further, but belongs to the list.
    """
    filled = {at: cell for at, cell in enumerate(row.cells) if cell}
    if not filled or are_column_numbers(row.cells) or _is_heading(filled, texts):
        return None
    if any(is_like_a_row(cell) or is_value(cell) for cell in filled.values()):
        return None
    groups = _groups(texts, merged.across.get(above.number, []), len(row.cells))
    lone = {at: texts[at] for at in filled if at not in groups and at < len(texts) and texts[at]}
    if row.number not in merged.down and not _names_columns(filled, texts, groups, lone):
        return None
    return _joined(texts, row.cells, groups | lone)


def _is_heading(filled: dict[int, str], texts: Sequence[str]) -> bool:
    """Whether the row is a heading of the list: one text, which says where rows belong."""
    return len(filled) == 1 and heading_of(next(iter(filled.values()))) is not None


def _names_columns(
    filled: dict[int, str], texts: Sequence[str], groups: dict[int, str], lone: dict[int, str]
) -> bool:
    """Whether the cells name columns under groups, those under one column included (`lone`).

    A row of the list under a header has a name under that of the names, and stands under columns
    that say themselves what they hold.
    """
    if any(at not in groups and at not in lone for at in filled):
        return False
    title = recognise(list(texts)).title
    if title in lone or (title in filled and title not in groups):
        return False
    for text in lone.values():
        if not set(recognise([text]).names.values()) <= LINK_COLUMNS:
            return False
    known = recognise([filled.get(at, "") for at in range(max(filled) + 1)]).names
    return bool(known) or (len(filled) > 2 and not lone)


def _groups(texts: Sequence[str], merged: list[tuple[int, int]], width: int) -> dict[int, str]:
    """The texts of the cells that stand over several columns, by the positions of those.

    They are merged, repeated, or the cells after them are empty.
    """
    groups: dict[int, str] = {}
    text, begin = "", 0
    for at in range(max(width, len(texts))):
        own = texts[at] if at < len(texts) else ""
        if own and own != text:
            text, begin = own, at
        elif text:
            groups[begin] = groups[at] = text
    for first, last in merged:
        for at in range(first, last + 1):
            if first < len(texts) and texts[first]:
                groups[at] = texts[first]
    return groups


def _joined(texts: Sequence[str], cells: Sequence[str], groups: dict[int, str]) -> list[str]:
    joined = []
    for at in range(max(len(texts), len(cells))):
        own = cells[at] if at < len(cells) else ""
        above = texts[at] if at < len(texts) else ""
        joined.append(f"{groups[at]}: {own}" if own and at in groups else own or above)
    return joined
