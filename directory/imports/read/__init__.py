"""Bytes to tables: what a spreadsheet file holds, whatever its encoding and make."""

from directory.imports.read.book import Book, Row, Table, UnreadableError
from directory.imports.read.reader import begin, read

__all__ = ["Book", "Row", "Table", "UnreadableError", "begin", "read"]
