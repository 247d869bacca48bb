"""CSV and JSON: every way in which a Russian file is made reads right, or the reader asks."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from directory.imports.read import Book, UnreadableError, delimited, limits, read
from directory.imports.read.delimited import separate

HEADER = ["Код", "Название", "Территория", "Адрес", "ВКонтакте", "Сайт"]
ROWS = [
    ["a", 'МБОУ "Школа № 1"', "Кетовский район", "ул. Ленина, 5", "vk.com/example_1", ""],
    ["b", "«Радуга»; детский сад, ясли", "Город Курган", "дом 1\nкорпус 2", "", "example.ru"],
    ["c", "Ёлочка | кружок", "Шатровский округ", "", "@example_3", "пример.рф"],
    ["d", 'Библиотека им. "Щ. Э. Юфьева"', "Целинный округ", "а\tб", "vk.com/public3", ""],
]
# What the old encodings lack, as their files write it.
PLAIN = str.maketrans({"«": '"', "»": '"', "№": "N"})

ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16",
    "utf-16-be": "utf-16",
    "cp1251": "cp1251",
    "koi8-r": "koi8-r",
    "cp866": "cp866",
    "mac-cyrillic": "mac-cyrillic",
    "iso8859-5": "iso8859-5",
}
ENDS = {"crlf": "\r\n", "lf": "\n", "cr": "\r"}
# What stands above the header: whether a line `sep=`, which rows, how many empty columns beside.
TITLE = ["Реестр официальных страниц на 01.11"]
PREFACES: dict[str, tuple[bool, list[list[str]], int]] = {
    "none": (False, [], 0),
    "sep": (True, [], 3),
    "title": (False, [TITLE], 0),
    "title and blanks": (False, [[], ["Реестр страниц, на 01.11"], [], ["", "", ""]], 3),
    "blanks": (False, [[], []], 1),
    "sep and title": (True, [TITLE, []], 0),
}


def written(rows: list[list[str]], delimiter: str, end: str) -> str:
    def cell(text: str) -> str:
        quoted = any(sign in text for sign in (delimiter, '"', "\r", "\n"))
        return '"' + text.replace('"', '""') + '"' if quoted else text

    return "".join(delimiter.join(map(cell, row)) + end for row in rows)


def cells(book: Book) -> list[list[str]]:
    table = book.table
    return [row.cells for row in table.rows]


def read_or_refuse(data: bytes) -> Book | str:
    """The book, or why there is none."""
    try:
        return read(data, "a.csv")
    except UnreadableError as error:
        return str(error)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_make_of_csv_is_read_right(encoding: str) -> None:
    lacks = encoding in ("koi8-r", "cp866", "iso8859-5")
    expected = [[cell.translate(PLAIN) if lacks else cell for cell in row] for row in ROWS]
    for case in itertools.product(";\t,|", ENDS.values(), PREFACES):
        delimiter, end, preface = case
        stated, above, empty = PREFACES[preface]
        rows = [*above, *([*row, *[""] * empty] for row in [HEADER, *expected])]
        text = (f"sep={delimiter}{end}" if stated else "") + written(rows, delimiter, end)
        book = read(text.encode(encoding), "реестр.csv")
        assert (book.encoding, book.delimiter) == (ENCODINGS[encoding], delimiter), case
        assert book.table.header == HEADER, case
        first = len(above) + 1
        assert book.table.header_row == first, case
        assert [row.number for row in book.table.rows] == [first + n for n in (1, 2, 3, 4)]
        assert cells(book) == expected, case


@pytest.mark.parametrize("title", ["Школа", "ДЕТСКИЙ САД", "Мир", "СОШ 5", "Юность", "яя"])
@pytest.mark.parametrize("header", ["name;vk", "Название;Ссылка", "НАИМЕНОВАНИЕ;ССЫЛКА"])
def test_the_smallest_files_are_read_right_or_asked_about(title: str, header: str) -> None:
    text = f"{header}\r\n{title};vk.com/example\r\n"
    for encoding in ENCODINGS:
        book = read_or_refuse(text.encode(encoding))
        if isinstance(book, str):
            assert "понять кодировку" in book, encoding
        else:
            assert cells(book) == [[title, "vk.com/example"]], encoding
            assert book.table.header == header.split(";")


def test_what_was_recognised_is_said() -> None:
    text = written([HEADER, *ROWS[:1]], ";", "\r\n")
    assert read(text.encode("cp1251"), "a.csv").notes == [
        "Windows-1251, разделитель «;», 1 строка."
    ]
    book = read(text.encode(), "a.xlsx")
    assert book.notes == [
        "UTF-8, разделитель «;», 1 строка.",
        "Файл назван «.xlsx», но это текст, а не книга Excel.",
    ]


def test_a_lost_character_is_counted_and_the_rest_is_read() -> None:
    data = written([HEADER, *ROWS], ";", "\r\n").encode()
    book = read(data.replace("Ленина".encode(), "Лен".encode() + b"\xff" + "на".encode()), "a.csv")
    assert book.encoding == "utf-8"
    assert cells(book)[0][3] == "ул. Лен\ufffdна, 5"
    assert book.notes[1] == "Знаков, которые не удалось прочитать: 1; вместо них стоит «\ufffd»."


def test_stray_quotation_marks_spoil_no_other_row() -> None:
    text = (
        "Название;Ссылка\r\n"
        '"Радуга" детский сад;vk.com/example_1\r\n'
        '"Не закрыта;vk.com/example_2\r\n'
        '"Закрыта";vk.com/example_3\r\n'
        'Школа "Лицей";vk.com/example_4\r\n'
        '"в ""кавычках""";vk.com/example_5\r\n'
    )
    assert cells(read(text.encode(), "a.csv")) == [
        ['"Радуга" детский сад', "vk.com/example_1"],
        ["Не закрыта", "vk.com/example_2"],
        ["Закрыта", "vk.com/example_3"],
        ['Школа "Лицей"', "vk.com/example_4"],
        ['в "кавычках"', "vk.com/example_5"],
    ]


def test_rows_are_counted_as_a_spreadsheet_counts() -> None:
    text = 'Реестр\n\nНазвание;Адрес;Сайт\n"А\nБ";"в\r\nг";\n\n;;\nД;;example.ru\n'
    table = read(text.encode(), "a.csv").table
    assert table.header_row == 3
    assert [(row.number, row.cells) for row in table.rows] == [
        (4, ["А\nБ", "в\nг", ""]),
        (7, ["Д", "", "example.ru"]),
    ]


def test_a_row_longer_than_the_header_keeps_its_surplus() -> None:
    text = "Название;Ссылка;;\nА;vk.com/a;;\nБ;vk.com/b\nВ;Г;vk.com/c;;;лишнее\nД;vk.com/d;;;;\n"
    table = read(text.encode(), "a.csv").table
    assert table.header == ["Название", "Ссылка", ""]
    assert [row.cells for row in table.rows] == [
        ["А", "vk.com/a", ""],
        ["Б", "vk.com/b", ""],
        ["В", "Г", "vk.com/c", "", "", "лишнее"],
        ["Д", "vk.com/d", ""],
    ]


def test_only_the_edges_of_a_cell_are_cleaned() -> None:
    text = "Название;Ссылка\n\u00a0А\u00adБ\u202f;\u200bhttps://v\u200bk.com/x \n"
    assert cells(read(text.encode(), "a.csv")) == [["А\u00adБ", "https://v\u200bk.com/x"]]


def test_one_column_is_enough() -> None:
    book = read("Название\nШкола № 1\nШкола, имени кого-то\n".encode(), "a.csv")
    assert book.delimiter is None
    assert cells(book) == [["Школа № 1"], ["Школа, имени кого-то"]]


def test_unknown_headers_above_links_are_a_table_without_a_known_title() -> None:
    book = read("Объект,Где\nШкола,https://vk.com/example\n".encode(), "a.csv")
    assert book.table.header == ["Объект", "Где"]


@pytest.mark.parametrize(
    "text",
    ["просто\nслова\n", "1,2\n"],
)
def test_a_table_without_a_header_is_refused_with_the_cure(text: str) -> None:
    with pytest.raises(UnreadableError, match=r"строка заголовков.*Название"):
        read(text.encode(), "a.csv")


def test_json_reads_as_a_table() -> None:
    text = '[{"id": "a", "title": "Школа", "lat": 55.5}, {"title": "Сад", "flagship": true}]'
    table = read(text.encode(), "a.json").table
    assert table.header == ["id", "title", "lat", "flagship"]
    assert [(r.number, r.cells) for r in table.rows] == [
        (2, ["a", "Школа", "55.5", ""]),
        (3, ["", "Сад", "", "да"]),
    ]


def test_json_within_json_is_labelled_lines() -> None:
    text = '[{"name": "Школа", "social": {"vk": "vk.com/a", "ok": "ok.ru/a"}, "more": ["б", 1]}]'
    assert cells(read(text.encode(), "a.json")) == [["Школа", "vk: vk.com/a\nok: ok.ru/a", "б\n1"]]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"x" * (limits.MAX_FILE + 1), "больше 128 МБ"),
        ("Название;Сайт\n".encode() + b"a" * 2_000_000, "слишком длинная строка"),
        ("Название;Сайт\n".encode() + b"a;" * 1000 + b"b", "столбцов 1001"),
        ("Название;Сайт\n".encode() + b"\n" * limits.MAX_ROWS + b"a;b", "больше 300000 строк"),
    ],
    ids=["file", "line", "columns", "rows"],
)
def test_beyond_a_limit_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        read(data, "a.csv")


def test_trailing_separators_are_no_columns() -> None:
    text = "Название;Сайт" + ";" * 16_382 + "\nШкола;example.ru" + ";" * 16_382
    assert cells(read(text.encode(), "a.csv")) == [["Школа", "example.ru"]]


STARTS = (b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"sep=;\r\n", b'[{"a":', b"<html>")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(STARTS), st.binary(max_size=2000))
@example(b"", b"")
@example(b"", b"\x00" * 10)
@example(b"[{", b'"a": ' + b"[" * 1000)
def test_arbitrary_bytes_are_read_or_refused(start: bytes, data: bytes) -> None:
    book = read_or_refuse(start + data)
    assert book if isinstance(book, str) else book.table


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(st.text(st.sampled_from("аБ1\";,\t|\r\n'="), max_size=6), max_size=5)),
    st.sampled_from(";\t,|"),
)
def test_arbitrary_tables_are_read_or_refused(rows: list[list[str]], delimiter: str) -> None:
    text = delimiter.join(["Название", "Сайт"]) + "\n" + "\n".join(map(delimiter.join, rows))
    try:
        table = read(text.encode(), "a.csv").table
    except UnreadableError:
        return
    assert all(len(row.cells) >= len(table.header) for row in table.rows)
    assert all(any(row.cells) for row in table.rows)


SLOW = {
    "stray quotes": '"Школа {n};vk.com/shkola_{n};ул. "Мира\n',
    "unclosed quotes": '"Школа {n};vk.com/shkola_{n};Мира\n',
    "escaped quotes": '"""Школа {n}"";vk.com/shkola_{n};""М""ира""\n',
}


@pytest.mark.parametrize("line", SLOW.values(), ids=SLOW.keys())
def test_quotation_marks_are_read_in_linear_time(line: str) -> None:
    def seconds(rows: int) -> float:
        text = "Название;Сайт;Адрес\n" + "".join(line.format(n=n) for n in range(rows))
        begun = time.process_time()
        assert sum(1 for _record in separate(text)[1]) == rows + 1
        return time.process_time() - begun

    few = seconds(5_000)
    # Quadratic, eight times the rows would take 64 times as long.
    assert seconds(40_000) < 24 * max(few, 0.02)


def test_millions_of_blank_lines_are_passed_over_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    data = "Название;Сайт\nШкола;vk.com/shkola_1\n".encode()
    for blank in (b"\n", b";\n", b" ; \n"):
        begun = time.process_time()
        assert len(read(data + blank * 2_000_000, "a.csv").table.rows) == 1
        assert time.process_time() - begun < 5
    monkeypatch.setattr(delimited, "_MOST_RECORDS", 10_000)
    with pytest.raises(UnreadableError, match="слишком много строк"):
        read(data + b'"";""\n' * 20_000, "a.csv")


@pytest.mark.parametrize("delimiter", list(";\t,"))
def test_quoted_cells_keep_their_line_breaks(delimiter: str) -> None:
    rows = [
        ["Школа\nв центре села", "Мира, 1", "https://vk.com/shkola_1\nhttps://ok.ru/shkola_1"],
        ["Сад", "Пески, ул. Мира, 5\nПески, ул. Труда, 6\nКетово, ул. Гоголя, 7", "vk.com/sad_2"],
        ["Музей", "Труда 3", "vk.com/muzey_3"],
        ["Архив", "Труда 4", "vk.com/arhiv_4"],
        ["Клуб\n«Мир»", "", "ВК: vk.com/klub_5\nОК: ok.ru/klub_5\nТГ: t.me/klub_5"],
    ]
    book = read(
        written([["Название", "Адрес", "Ссылки"], *rows], delimiter, "\n").encode(), "a.csv"
    )
    assert cells(book) == rows
    assert not any("кавычки" in note for note in book.notes)


def test_a_stray_quote_swallows_no_row_when_the_next_row_is_short() -> None:
    text = (
        "№;Название;Ссылка;№;Название;Ссылка\n"
        "1;Школа № 1;vk.com/shkola_1;1;Сад № 1;vk.com/sad_1\n"
        '"2;Школа № 2;vk.com/shkola_2;2;Сад № 2;vk.com/sad_2\n'
        '3";Школа № 3;vk.com/shkola_3\n'
    )
    book = read(text.encode(), "a.csv")
    assert {"Школа № 2", "Сад № 2", "Школа № 3"} <= {cell for row in cells(book) for cell in row}
    assert any("кавычки" in note for note in book.notes)


def test_two_stray_quotes_swallow_no_rows() -> None:
    rows = [f"Школа № {n};ул. Мира, {n};vk.com/shkola_{n}" for n in range(1, 31)]
    for first, last in ((3, 4), (3, 20), (9, 29)):
        lines = list(rows)
        lines[first] = f'"{lines[first]}'
        name, _, rest = lines[last].partition(";")
        lines[last] = f'{name}";{rest}'
        book = read("\n".join(["Название;Адрес;Ссылка", *lines]).encode(), "a.csv")
        assert [";".join(found) for found in cells(book)] == rows
        assert any(f"таких строк {last - first + 1}" in note for note in book.notes)
    # The second one stands in a narrower line: below the list.
    text = "\n".join(["Название;Адрес;Ссылка", f'"{rows[0]}', *rows[1:3], 'Всего";3'])
    assert [";".join(found) for found in cells(read(text.encode(), "a.csv"))] == rows[:3]


def test_a_text_that_is_let_go_of_piece_by_piece_reads_as_a_whole_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = [
        f'"Школа {n},\nвторая строка";vk.com/shkola_{n}\n\n"Клуб ""{n}""";\n' for n in range(50)
    ]
    stray = '"Радуга" школа;vk.com/raduga\n'
    data = ("Название;ВКонтакте\n" + "".join([*lines, stray, *lines])).encode()
    whole = read(data, "список.csv")
    for size in (1, 70, 1_000):
        monkeypatch.setattr(delimited, "_LET_GO", size)
        assert read(data, "список.csv") == whole


@pytest.mark.parametrize(
    ("cell", "read_as"),
    [
        ('"МБОУ "Радуга""', 'МБОУ "Радуга"'),
        ('"МБОУ "Радуга" филиал', 'МБОУ "Радуга" филиал'),
        ('"Радуга" и "Мир"', '"Радуга" и "Мир"'),
        ('"Радуга" школа № 5', '"Радуга" школа № 5'),
    ],
)
def test_quotation_marks_put_round_others_are_taken_off(cell: str, read_as: str) -> None:
    book = read(f"Название;ВК\n{cell};vk.com/raduga9\n".encode(), "a.csv")
    assert book.table.rows[0].cells[0] == read_as
