"""An import by an owner whose Telegram is in English: all that is said of the file is, too."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

import openpyxl
import pytest

from directory.directory import Directory
from directory.editing.quarantine import REASONS, hide
from directory.imports.headers import OF_LINKS, OF_SECTIONS
from tests.bot.conftest import OWNER, People
from tests.bot.person import Reply, Talker

_RUSSIAN = re.compile("[а-яё]+", re.IGNORECASE)

HEADER = (
    "Код;Наименование;Район;Сфера;Уровень;ВК;Сайт;Телефон;Проверено;Широта;Долгота;Учредитель;Балл"
)
GOOD = [
    f"dom-{n};Дом на улице {n};Шадринск;Культура;муниципальный;vk.com/dom_91_{n};;"
    f"8 35253 5-00-0{n};0{n}.02.2026;56,08;63,6;;5"
    for n in range(1, 10)
]
LIST = "\n".join(
    [
        "Перечень учреждений на 01.11",
        HEADER,
        "1;2;3;4;5;6;7;8;9;10;11;12;13",
        *GOOD,
        "bad code!;Лесная школа;Шадринск;Образование;;vk.com/lesnaya_91;;;;;;;",
        ";Школа за рекой;Шадринск;Образование;пятый;vk.com/za_rekoy_91;newsite91.ru;7,35E+10;"
        "31.02.2020;95;300;Никто;5",
        ";Школа за рекой;Шадринск;Образование;;vk.com/za_rekoy_92;newsite92.ru;#ССЫЛКА!;"
        "01.01.2031;10;20;;5",
        ";;Шадринск;Образование;;vk.com/pusto_91;;;;;;;",
        ";12345;Шадринск;Образование;;;;;;;;;",
        ";Дом ремёсел;Шадринск;Ремёсла;;https://vk.com/za_rekoy_91;;;;;;;",
        ";Дом ремесел;Шадринск;Ремёсла;;https://vк.com/remesla;ok.ru/remesla91;;;;;;",
        ";Тихая библиотека;Шадринск и Курган;Культура;;библиотека;не знаем адреса@;;;;;;",
        ";Библиотека у моста;Шадринск;Культура;;https://vk.com/most_91?z=photo-1_2;;;;;;;;лишнее",
        "dom-1;Дом на улице 1;Шадринск;Театр;;;;;;;;;",
        "Итого;9;;;;;;;;;;;",
    ]
)


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Первый"
    sheet.append(["Учреждение", "Ссылка", "Телефон"])
    sheet.append(["Детские сады Шадринска", None, None])
    sheet.append(["Сад у реки", "https://vk.com/sad_u_reki_91", "#ССЫЛКА!"])
    sheet.append(["Сад у моста", "https://vk.com/sad_u_mosta_91", "=1/0"])
    sheet.append(["Сад у школы", "https://vk.com/sad_u_shkoly_91", "8 35253 5-00-01"])
    sheet.append(["Сад за рекой", '=HYPERLINK("https://vk.com/"&A1)', None])
    sheet.append(["Сад на горе", "https://vk.com/sad_na_gore_91", None])
    sheet["A7"].hyperlink = "https://ok.ru/sadnagore91"
    other = book.create_sheet("Второй")
    other.append(["Что-то", "иное"])
    other.append([1, 2])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


TERRITORIES = "\n".join(
    [
        "Название;Тип;Регион;Центр;ОКТМО",
        "Лесной округ;округ;Курганская область;Лесное;123",
        "Озёрная волость;округ;Тридевятое царство;Озеро;37600000",
        ";;;;",
        ";округ;Курганская область;;",
    ]
)

UNNUMBERED = "\n".join(f"Кружок № {n};https://vk.com/kruzhok_91_{n}" for n in range(1, 5))


@pytest.fixture
def owner(people: People) -> Talker:
    """An owner whose Telegram is in English."""
    return people(OWNER, language="en")


def _words(*texts: str) -> set[str]:
    return {word.lower() for text in texts for word in _RUSSIAN.findall(text)}


def _told(replies: Iterable[Reply]) -> list[str]:
    """The texts of messages, their buttons, and the names of files."""
    return [
        text
        for reply in replies
        for text in (
            reply.text,
            *reply.labels,
            (reply.message.document and reply.message.document.file_name) or "",
        )
    ]


def _foreign(owner: Talker, known: set[str]) -> set[str]:
    """The Russian words of the last turn, of its messages and files, that are in no data."""
    told = _told(owner.replies)
    for reply in owner.replies:
        document = reply.message.document
        if document is None:
            continue
        data = owner.session.files[document.file_id]
        if (document.file_name or "").endswith(".csv"):
            told.append(data.decode("utf-8-sig"))
        else:
            book = openpyxl.load_workbook(io.BytesIO(data))
            told += book.sheetnames
            told += [str(c.value) for sheet in book for row in sheet.rows for c in row if c.value]
    return _words(*told) - known


@pytest.fixture
def known(directory: Directory) -> set[str]:
    """The words of the directory's own data: the names of places, and one hidden page."""
    return _words(*(t.name for t in directory.territories)) | {"список"}


async def test_a_broken_list_of_pages(owner: Talker, known: set[str], directory: Directory) -> None:
    known = known | _words(LIST)
    preview = await owner.sends_file(LIST.encode("cp1251"), "список.csv")
    assert "Rows with mistakes" in preview.text
    assert "Please check" in preview.text
    assert "formula error" in preview.text
    assert _foreign(owner, known) == set()

    for label in ("Columns", "Back to the file"):
        await owner.presses(label)
        assert _foreign(owner, known) == set()
    await owner.presses("Apply")
    assert "Applied" in owner.reply.text
    assert _foreign(owner, known) == set()


async def test_the_file_to_mend_comes_back_and_is_read(owner: Talker) -> None:
    await owner.sends_file(LIST.encode("cp1251"), "список.csv")
    documents = [r.message.document for r in owner.replies if r.message.document]
    assert [d.file_name for d in documents][:1] == ["Mend список.csv"]
    data = owner.session.files[documents[0].file_id]
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert any(row["What to mend"] for row in rows)
    again = await owner.sends_file(data, "список.csv")
    assert "Rows with mistakes" in again.text
    assert "“What to mend”" not in again.text.partition("Please check")[2]


async def test_a_broken_workbook(owner: Talker, known: set[str]) -> None:
    data = _workbook()
    texts = [str(c.value) for s in openpyxl.load_workbook(io.BytesIO(data)) for r in s for c in r]
    added = [
        OF_LINKS,
        *OF_SECTIONS,
        "Образование",
    ]  # columns of the file that goes back to be mended
    known = known | _words(*texts, *added, "Первый Второй", *"учреждение")
    await owner.sends_file(data, "список.csv")
    assert "formula error" in owner.reply.text
    assert _foreign(owner, known) == set()


async def test_lists_of_territories_and_without_headers(owner: Talker, known: set[str]) -> None:
    preview = await owner.sends_file(TERRITORIES.encode(), "список.csv")
    assert "confirm that it is new" in preview.text
    assert _foreign(owner, known | _words(TERRITORIES)) == set()
    asked = await owner.sends_file(UNNUMBERED.encode(), "список.csv")
    assert asked.labels[0].startswith("Column 1")
    assert _foreign(owner, known | _words(UNNUMBERED)) == set()
    await owner.presses("Column 1")
    assert _foreign(owner, known | _words(UNNUMBERED)) == set()


async def test_what_is_hidden_changed_and_to_leave(
    owner: Talker, known: set[str], directory: Directory
) -> None:
    first = "Код;Название;Регион;ВКонтакте;Статус\n" + "\n".join(
        f"k91-{n};Кружок № {n};Курганская область;vk.com/kruzhok_91_{n};" for n in range(9)
    )
    await owner.sends_file(first.encode(), "список.csv")
    await owner.presses("Apply")
    async with directory.db.write() as connection:
        await hide(connection, "k91-1", REASONS["hacked"], OWNER)
    second = "Код;Название;Регион;ВКонтакте;Уровень;Статус\n" + "\n".join(
        [
            "k91-0;Кружок № 0;Курганская область;vk.com/kruzhok_91_00;муниципальный;закрыта",
            "k91-1;Кружок № 1;Курганская область;vk.com/kruzhok_91_1;муниципальный;действует",
            "k91-8;Гараж;Курганская область;vk.com/garazh_91;;",
        ]
    )
    await owner.sends_file(second.encode(), "список.csv")
    assert "— the page is hidden (the page seems to be hacked) and stays" in owner.reply.text
    assert "   Level: — → municipal\n" in owner.reply.text
    assert "   Status: active → closed\n" in owner.reply.text
    assert _foreign(owner, known | _words(first, second)) == set()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7", "This is a PDF document"),
        (b"Rar!\x1a\x07", "archive (RAR)"),
        (b"PK\x03\x04broken", "damaged or incomplete"),
        ("просто слова".encode(), "No row of headers"),
        (b"<html><body>", "web page (HTML)"),
    ],
)
async def test_what_cannot_be_read(owner: Talker, data: bytes, said: str) -> None:
    told = await owner.sends_file(data, "список.csv")
    assert said in told.text
    assert _foreign(owner, {"список"}) == set()
