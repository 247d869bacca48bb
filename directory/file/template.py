"""The empty table that an office fills in, with a sheet that explains its columns."""

from __future__ import annotations

from directory.file.columns import PAGES
from directory.file.sheet import WIDTHS
from directory.file.writers import Sheet, xlsx_bytes

EXPLANATION_SHEET = "Как заполнять"
"""The sheet that explains the columns: it is never read as a table."""


def template() -> bytes:
    """An XLSX file with the contract's Russian headers and no rows, and the explanation."""
    explained = [(one.header, one.meaning, one.example) for one in PAGES.values()]
    return xlsx_bytes(
        Sheet("Страницы", list(WIDTHS), [], WIDTHS),
        Sheet(
            EXPLANATION_SHEET,
            ["Столбец", "Что писать", "Пример (выдуманный)"],
            explained,
            {"Столбец": 24, "Что писать": 70, "Пример (выдуманный)": 70},
        ),
    )
