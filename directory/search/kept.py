"""The index kept in a file between starts: written whole or not at all, and trusted only if intact.

The file is a line of JSON (what the index was built from, and the name, type and shape of each
array), a line break, and the arrays one after another. It holds numbers and text only, so that no
file can make the program do anything but rebuild the index. It is mapped rather than read: a start
takes half the time, and the pages of the file need not be kept twice. Nobody writes to a file that
is there; a new one takes its place.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from directory.search.segment import PageFacts, Postings, Segment, Texts
from directory.search.typos import Typos
from directory.search.vocabulary import Vocabulary

FORMAT = 7
"""To be raised whenever the arrays or their meaning change."""

Array = npt.NDArray[Any]
_ALIGNED = 64
_WORDS = ("keys", "spellings", "folded")
_TYPES = frozenset({"<i8", "<u8", "<u4", "<u2", "<i4", "<f4", "|u1", "|b1"})


def save(path: Path, segment: Segment, built_from: str) -> None:
    """Write the segment to `path`. Raises `OSError`; an old file then stays as it is."""
    # Those of wide numbers first, after a head of full length: so all are aligned, and numpy need
    # not copy them for each search.
    widest_first = sorted(_arrays(segment), key=lambda each: -each[1].itemsize)
    arrays = {name: np.ascontiguousarray(array) for name, array in widest_first}
    checksum = 0
    for array in arrays.values():
        checksum = crc32(array.data.cast("B") if array.size else b"", checksum)
    head = {
        "format": FORMAT,
        "built_from": built_from,
        "checksum": checksum,
        "arrays": {n: [array.dtype.str, list(array.shape)] for n, array in arrays.items()},
    }
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with partial.open("wb") as file:
            line = json.dumps(head).encode()
            file.write(line.ljust(-(-(len(line) + 1) // _ALIGNED) * _ALIGNED - 1) + b"\n")
            for array in arrays.values():
                file.write(array.tobytes())
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def built_from(path: Path) -> str | None:
    """What the index in the file was built from, None when there is no file of this format."""
    try:
        with path.open("rb") as file:
            head = json.loads(file.readline(1 << 16))
        return str(head["built_from"]) if head["format"] == FORMAT else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def load(path: Path) -> Segment | None:
    """The segment in the file, None when there is none or it is damaged or of another format."""
    try:
        with path.open("rb") as file:
            head = json.loads(line := file.readline())
            mapped = mmap(file.fileno(), 0, access=ACCESS_READ)
        rest = memoryview(mapped)[len(line) :]
        if head["format"] != FORMAT or crc32(rest) != head["checksum"]:
            return None
        return _segment(_read(head["arrays"], rest))
    except (OSError, ValueError, KeyError, TypeError, UnicodeDecodeError):
        return None


def _read(layout: dict[str, tuple[str, list[int]]], data: memoryview) -> dict[str, Array]:
    arrays: dict[str, Array] = {}
    start = 0
    for name, (kind, shape) in layout.items():
        if kind not in _TYPES:
            raise ValueError(kind)
        count = int(np.prod(shape))
        arrays[name] = np.frombuffer(data, kind, count, start).reshape(shape)
        start += arrays[name].nbytes
    return arrays


def _arrays(segment: Segment) -> Iterable[tuple[str, Array]]:
    vocabulary = segment.vocabulary
    for name in _WORDS:
        # Words have no line breaks, and to split one text is far quicker than to cut many.
        lines = "".join([f"{word}\n" for word in getattr(vocabulary, name)])
        yield name, np.frombuffer(lines.encode(), np.uint8)
    yield "shown.block", segment.shown.block
    yield "shown.starts", segment.shown.starts
    yield "key_of", vocabulary.key_of
    yield "typos.starts", segment.typos.starts
    yield "typos.words", segment.typos.words
    for part in (segment.postings, segment.facts):
        for name in part.__slots__:
            yield f"{type(part).__name__}.{name}", getattr(part, name)


def _segment(arrays: dict[str, Array]) -> Segment:
    def words(name: str) -> list[str]:
        return arrays[name].tobytes().decode().split("\n")[:-1]

    def part(kind: type[Any]) -> Any:
        return kind(*(arrays[f"{kind.__name__}.{name}"] for name in kind.__slots__))

    return Segment(
        Vocabulary(words("keys"), words("spellings"), arrays["key_of"], words("folded")),
        Typos(arrays["typos.starts"], arrays["typos.words"]),
        part(Postings),
        part(PageFacts),
        Texts(arrays["shown.block"], arrays["shown.starts"]),
    )
