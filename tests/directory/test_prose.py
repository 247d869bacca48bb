"""Letters and documents are no tables, whatever separators stand in their sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.imports.read import UnreadableError, read

LETTER = """\
Уважаемый Пётр Петрович!

Направляем сведения о страницах. У школы есть страница, https://vk.com/roscha9, и сайт.
Просим внести её в справочник; ответ ждём до пятницы.

С уважением,
директор школы
"""


@pytest.mark.parametrize("name", ["README.md", "README.ru.md", "CHANGELOG.md", "docs/search.md"])
def test_a_document_is_no_table(name: str) -> None:
    with pytest.raises(UnreadableError, match=r"^Это текст, а не таблица"):
        read(Path(name).read_bytes(), name)


def test_a_letter_is_no_table() -> None:
    with pytest.raises(UnreadableError, match=r"^Это текст, а не таблица"):
        read(LETTER.encode(), "письмо.txt")


@pytest.mark.parametrize(
    "text",
    [
        # Rows as long as sentences, and cells that end like them.
        "Название;ВК\nШкола имени героя труда Петрова П. П.;vk.com/a\nКлуб «Ура!»;vk.com/b\n",
        "название\nшкола номер пять имени петрова в роще\nклуб при школе в роще на горе\n",
        "- Школа № 5 в селе Роща Лесного округа — vk.com/a\n- Клуб «Ура!» — vk.com/b\n",
        "Учреждение;Примечание\nШкола № 5;Страница ведётся.\nКлуб № 6;Не ведётся, нет людей.\n",
    ],
)
def test_a_table_of_sentences_is_a_table(text: str) -> None:
    assert len(read(text.encode(), "список.csv").table.rows) == 2
