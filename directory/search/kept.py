"""The index kept in a file between starts: written whole or not at all, and trusted only if intact.

The file is a line of JSON (what the index was built from, and the name, type and shape of each
array), a line break, and the arrays one after another. It holds numbers and text only, so that no
file can make the program do anything but rebuild the index. Only a regular file of this process's
own user is opened, no link, no pipe. It is mapped rather than read: a start
takes half the time, and the pages of the file need not be kept twice. Nobody writes to a file that
is there; a new one takes its place.
"""

from __future__ import annotations

import json
import logging
import os
import stat
import sys
from collections.abc import Iterable
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, BinaryIO
from zlib import crc32

import numpy as np
import numpy.typing as npt

from directory.search.segment import PageFacts, Postings, Segment, Texts
from directory.search.typos import Typos
from directory.search.vocabulary import Vocabulary

FORMAT = 10
"""To be raised whenever the arrays or their meaning change."""

log = logging.getLogger(__name__)

Array = npt.NDArray[Any]
_ALIGNED = 64
_LONGEST_HEAD = 1 << 16
_WORDS = ("keys", "spellings", "folded")
_TYPES = frozenset({"<i8", "<u8", "<u4", "<u2", "<i4", "<f4", "|u1", "|b1"})


def save(path: Path, segment: Segment, built_from: str) -> None:
    """Write the segment to `path`. Raises `OSError`; an old file then stays as it is."""
    # Those of wide numbers first, after a head of full length: so all are aligned, and numpy need
    # not copy them for each search.
    widest_first = sorted(_arrays(segment), key=lambda each: -each[1].itemsize)
    arrays = {name: np.ascontiguousarray(array) for name, array in widest_first}
    layout = {n: [array.dtype.str, list(array.shape)] for n, array in arrays.items()}
    checksum = _checksum(layout, built_from)
    for array in arrays.values():
        checksum = crc32(array.data.cast("B") if array.size else b"", checksum)
    head = {"format": FORMAT, "built_from": built_from, "checksum": checksum, "arrays": layout}
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    partial.unlink(missing_ok=True)
    try:
        with partial.open("xb") as file:
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
        with _opened(path) as file:
            return str(_head(file)["built_from"])
    except FileNotFoundError:
        return None
    except Exception as error:  # the file may hold anything
        _warn(path, error)
        return None


def load(path: Path) -> Segment | None:
    """The segment in the file, None when there is none or it is damaged or of another format."""
    try:
        with _opened(path) as file:
            head = _head(file)
            rest = memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))[file.tell() :]
        layout = head["arrays"]
        if crc32(rest, _checksum(layout, head["built_from"])) != head["checksum"]:
            raise ValueError("its checksum is wrong")
        return _segment(_read(layout, rest))
    except Exception as error:  # the file may hold anything
        _warn(path, error)
        return None


_FLAGS = ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")
"""No link, no waiting for whoever writes to a pipe; not every system has each of these."""


def _opened(path: Path) -> BinaryIO:
    handle = os.open(path, os.O_RDONLY | sum(getattr(os, flag, 0) for flag in _FLAGS))
    known = os.fstat(handle)
    if not stat.S_ISREG(known.st_mode) or known.st_uid != _user():
        os.close(handle)
        raise OSError("it is no regular file of this user")
    return os.fdopen(handle, "rb")


def _user() -> int:
    return os.geteuid() if sys.platform != "win32" else 0


def _head(file: BinaryIO) -> dict[str, Any]:
    head: dict[str, Any] = json.loads(file.readline(_LONGEST_HEAD))
    if head["format"] != FORMAT:
        raise ValueError("it is of another version")
    return head


def _checksum(layout: dict[str, Any], built_from: str) -> int:
    return crc32(json.dumps([layout, built_from]).encode())


def _warn(path: Path, error: Exception) -> None:
    log.warning("the kept search index %s is not used, it is built anew: %s", path, error)


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
