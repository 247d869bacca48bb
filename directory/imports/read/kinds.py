"""What kind of file the bytes are, whatever its name says."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from directory.imports.read.book import UnreadableError
from directory.imports.read.looks import name_and_link
from directory.translation import say

SNIFFED = 4096
"""Characters from the beginning of a text that tell what it is."""

_BLANK = b"\0 \t\r\n"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_ARCHIVES = ((b"Rar!\x1a", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7-Zip"), (b"\x1f\x8b", "GZIP"))

FOREIGN = (
    (b"%PDF", "Это документ PDF, а не таблица."),
    (b"{\\rtf", "Это текстовый документ (RTF), а не таблица."),
    (b"\x89PNG", "Это картинка, а не таблица."),
    (b"\xff\xd8\xff", "Это картинка, а не таблица."),
    (b"GIF8", "Это картинка, а не таблица."),
    (b"SQLite format 3\0", "Это база данных SQLite, а не таблица."),
)

IN_ZIP = (
    ("xl/workbook.bin", "Это двоичная книга Excel (XLSB)."),
    ("word/document.xml", "Это документ Word, а не таблица."),
    ("ppt/presentation.xml", "Это презентация, а не таблица."),
    ("Index/Document.iwa", "Это таблица Numbers."),
    ("index.apxl", "Это презентация, а не таблица."),
)

MARKUP = {
    "html": "Это веб-страница (HTML), а не таблица, хотя Excel её и открывает.",
    "xls": "Это таблица XML (Excel 2003).",
    "mime": "Это веб-страница (MHTML), а не таблица.",
    "xml": "Это файл XML, а не таблица.",
}

# The beginnings of texts that are no table, looked for after the decoding.
_MARKUP = re.compile(
    r"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*|<\?mso[^>]*>\s*)*"
    r"(?:(?P<html><!doctype\s+html|<(?:html|head|body|table|meta|div|style)\b)"
    r"|(?P<xls><(?:\w+:)?Workbook\b)|(?P<mime>MIME-Version:)|(?P<xml><\?xml|<!DOCTYPE|<[A-Za-z]))",
    re.IGNORECASE | re.DOTALL,
)
_MOST_PROSE = 0.35
"""The share of sentences among the lines of a text from which it is no table."""
_MARKED = re.compile(r"#{1,6} \w|```|[-*] (?:\S+\s+){4}")
"""How lines begin in documents: headings, code, points of several words."""
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1e]")


def kind_of(data: bytes) -> Literal["xlsx", "xls", "ods", "text"]:
    """Which workbook the bytes are, or that they are a text (what kind, `refuse_markup` must tell).

    Raises UnreadableError for an empty file and for every other known kind.
    """
    if not data[:4096].strip(_BLANK) and not data.strip(_BLANK):
        raise UnreadableError("Файл пуст.")
    if data.startswith(_OLE):
        _refuse_ole(data)
        return "xls"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _kind_of_zip(data)
    for beginning, kind in _ARCHIVES:
        if data.startswith(beginning):
            raise _archive(kind)
    for beginning, what in FOREIGN:
        if data.startswith(beginning):
            raise _no_table(say(what))
    return "text"


def refuse_markup(text: str) -> None:
    """Raise UnreadableError when a decoded text is markup or no text at all."""
    beginning = text[:SNIFFED]
    if found := _MARKUP.match(beginning):
        raise _no_table(say(MARKUP[found.lastgroup or "xml"]))
    if len(_NOT_TEXT.findall(beginning)) > len(beginning) // 200:
        raise _no_table(say("Это не таблица и не текст."))


def refuse_prose(records: Sequence[Sequence[str]]) -> None:
    """Raise UnreadableError when the records of a text are the lines of a letter or a document.

    They are as wide as it happens, and most are sentences or parts of them.
    """
    texts = [", ".join(cells).rstrip(", ") for cells in records]
    widths = Counter(
        max((at for at, cell in enumerate(cells) if cell), default=0) for cells in records
    )
    last, count = widths.most_common(1)[0]
    if last and 2 * count > len(records):
        return
    if sum(map(_is_prose, texts)) > _MOST_PROSE * len(records):
        raise _no_table(say("Это текст, а не таблица."))


def _is_prose(line: str) -> bool:
    """Whether the line is a sentence, a part of one, or marked up as a document is."""
    if name_and_link(line):
        return False
    if _MARKED.match(line):
        return True
    words = len(line.split())
    return (words > 2 and line[-1] in ".!?:") or (words > 4 and line[0].islower())


def _refuse_ole(data: bytes) -> None:
    """Raise UnreadableError for a compound file that is no XLS; its streams have UTF-16 names."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableError("Файл защищён паролем: снимите пароль, сохраните и отправьте снова.")
    if "WordDocument".encode("utf-16-le") in data:
        raise _no_table(say("Это документ Word, а не таблица."))


def _kind_of_zip(data: bytes) -> Literal["xlsx", "ods"]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            mimetype = b""
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                mimetype = archive.read("mimetype")
    except Exception as error:  # a broken archive fails in many ways: BadZipFile, zlib.error …
        raise UnreadableError(
            "Файл повреждён или передан не целиком: откройте его в Excel, сохраните и отправьте"
            " снова."
        ) from error
    if "xl/workbook.xml" in names or any(n.startswith("xl/worksheets/") for n in names):
        return "xlsx"
    if b"opendocument.spreadsheet" in mimetype:
        return "ods"
    if b"opendocument" in mimetype:
        raise _no_table(say("Это документ OpenDocument, а не таблица."))
    for name, what in IN_ZIP:
        if name in names:
            raise _no_table(say(what))
    raise _archive("ZIP")


def _no_table(what: str) -> UnreadableError:
    """The error for a file of another kind; `what` says which."""
    save = say("Сохраните таблицу как «Книга Excel (.xlsx)» или CSV и отправьте снова.")
    return UnreadableError(f"{what} {save}")


def _archive(kind: str) -> UnreadableError:
    return UnreadableError("Это архив {kind}: распакуйте его и отправьте файл таблицы.", kind=kind)
