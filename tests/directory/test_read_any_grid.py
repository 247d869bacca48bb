"""Any grid of the cells that office files have: no row is lost, whatever stands where."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.imports.read.blocks import blocks_of
from directory.imports.read.book import Row
from directory.imports.read.grid import Grid
from directory.imports.read.joining import join
from directory.imports.read.merged import Span

TEXTS = st.sampled_from(
    [
        *("", "", "", "Наименование", "ВКонтакте", "Сайт", "№", "Ссылка", "Соцсети", "ОК", "Код"),
        *("Район", "Адрес", "Телефон", "ФИО", "Должность", "г. Лесной", "Полевой район", "Школы"),
        *("Гимназия № 91", "Заря", "vk.com/gimn91", "https://ok.ru/zarya.91", "@zarya_91", "нет"),
        *("Итого", "Всего: 5", "1", "2", "3", "1.1", "12.03.2023", "-", "* сноска", "Раздел 2"),
        *("Исп. Кротова Н.П.", "Кротов Г.П.", "Начальник отдела", "Культура", "a@primer.ru"),
    ]
)
CELLS = st.lists(TEXTS, max_size=7)
AT = st.integers(0, 6)
SPANS = st.lists(st.tuples(st.tuples(AT, AT), st.tuples(AT, AT)), max_size=4)
ADDRESSES = st.dictionaries(AT, st.just("https://vk.com/behind_91"), max_size=2)


@pytest.mark.slow
@settings(max_examples=500, deadline=None)
@given(st.lists(st.tuples(CELLS, ADDRESSES), max_size=14), SPANS)
def test_every_row_of_any_grid_is_read_or_named(
    rows: Sequence[tuple[list[str], dict[int, str]]], spans: list[Span]
) -> None:
    filled = [
        Row(number, list(cells), {at: text for at, text in addresses.items() if at < len(cells)})
        for number, (cells, addresses) in enumerate(rows, 1)
        if any(cells)
    ]
    grid = Grid("", list(filled), spans)
    blocks = blocks_of(grid)
    if not blocks:
        return
    numbers = {row.number for row in filled}
    joined = join(blocks, blocks[0], {"": grid})
    told = {row.number for row in joined.table.rows} | {one.row for one in joined.skipped}
    assert told == numbers
    assert all(len(row.cells) >= len(joined.table.header) for row in joined.table.rows)
