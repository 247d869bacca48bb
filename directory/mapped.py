"""Large arrays and texts in a memory-mapped file, written atomically.

The file is a line of JSON (what its contents were built from, and the name, type and shape of each
array), a line break, and the arrays one after another. It holds numbers and text only: the worst
that a bad file can cause is a rebuild. Only a regular file of this process's user is opened, no
link, no pipe. Mapping halves the time of a start, and pages that are not accessed take no memory. A
file is never changed, only replaced.
"""

from __future__ import annotations

import json
import logging
import os
import stat
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from hashlib import blake2b
from mmap import ACCESS_COPY, mmap
from pathlib import Path
from typing import Any, BinaryIO, Generic, TypeVar, overload
from zlib import crc32

import numpy as np
import numpy.typing as npt

log = logging.getLogger(__name__)

Array = npt.NDArray[Any]
Arrays = Mapping[str, Array]
Value = TypeVar("Value")
Other = TypeVar("Other")

_ALIGNED = 64
_LONGEST_HEAD = 1 << 16
_CHUNK = 1 << 20
_TYPES = frozenset({"<i8", "<u8", "<u4", "<u2", "<i4", "<f4", "|u1", "|b1"})
_FLAGS = ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")
"""No links, no blocking on a pipe; not every system has each of these flags."""


def save(path: Path, arrays: Iterable[tuple[str, Array]], built_from: str) -> None:
    """Write named arrays to `path`. Raises `OSError`; an old file then stays as it is.

    `built_from` tells their source and version, by which a reader decides whether to use them.
    """
    # Widest numbers first, after a padded head: so all are aligned, and numpy need not copy them.
    widest_first = sorted(arrays, key=lambda each: -each[1].itemsize)
    contents = {name: np.ascontiguousarray(array) for name, array in widest_first}
    layout = {n: [array.dtype.str, list(array.shape)] for n, array in contents.items()}
    checksum = _checksum(layout, built_from)
    for array in contents.values():
        checksum = crc32(array.data.cast("B") if array.size else b"", checksum)
    head = {"built_from": built_from, "checksum": checksum, "arrays": layout}
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    partial.unlink(missing_ok=True)
    try:
        with partial.open("xb") as file:
            line = json.dumps(head).encode()
            file.write(line.ljust(-(-(len(line) + 1) // _ALIGNED) * _ALIGNED - 1) + b"\n")
            for array in contents.values():
                file.write(array.tobytes())
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def built_from(path: Path) -> str:
    """What the contents of the file were built from; empty when there is no such file."""
    try:
        with _opened(path) as file:
            return str(_head(file)["built_from"])
    except FileNotFoundError:
        return ""
    except Exception as error:  # the file may hold anything
        _warn(path, error)
        return ""


def load(path: Path, make: Callable[[Arrays], Value]) -> Value | None:
    """What `make` makes of the file's arrays; None when there is none or it is damaged.

    The arrays may be written to: that changes this process's memory and not the file.
    """
    try:
        with _opened(path) as file:
            head = _head(file)
            begin = file.tell()
            # Read, not mapped: pages of a mapping that were accessed count as memory.
            checksum = _checksum(head["arrays"], head["built_from"])
            while chunk := file.read(_CHUNK):
                checksum = crc32(chunk, checksum)
            if checksum != head["checksum"]:
                raise ValueError("its checksum is wrong")
            rest = memoryview(mmap(file.fileno(), 0, access=ACCESS_COPY))[begin:]
        return make(_read(head["arrays"], rest))
    except Exception as error:  # the file may hold anything
        _warn(path, error)
        return None


def _opened(path: Path) -> BinaryIO:
    handle = os.open(path, os.O_RDONLY | sum(getattr(os, flag, 0) for flag in _FLAGS))
    known = os.fstat(handle)
    user = os.geteuid() if sys.platform != "win32" else 0
    if not stat.S_ISREG(known.st_mode) or known.st_uid != user:
        os.close(handle)
        raise OSError("it is no regular file of this user")
    return os.fdopen(handle, "rb")


def _head(file: BinaryIO) -> dict[str, Any]:
    head: dict[str, Any] = json.loads(file.readline(_LONGEST_HEAD))
    return head


def _checksum(layout: dict[str, Any], built_from: str) -> int:
    return crc32(json.dumps([layout, built_from]).encode())


def _warn(path: Path, error: Exception) -> None:
    log.warning("the kept file %s is not used, it is built anew: %s", path, error)


def _read(layout: dict[str, tuple[str, list[int]]], data: memoryview) -> Arrays:
    arrays: dict[str, Array] = {}
    start = 0
    for name, (kind, shape) in layout.items():
        if kind not in _TYPES:
            raise ValueError(kind)
        count = int(np.prod(shape))
        arrays[name] = np.frombuffer(data, kind, count, start).reshape(shape)
        start += arrays[name].nbytes
    return arrays


def part(name: str, arrays: Arrays) -> Arrays:
    """Those of the arrays whose names begin with this one, under the rest of their names."""
    begin = f"{name}."
    return {n.removeprefix(begin): array for n, array in arrays.items() if n.startswith(begin)}


class Texts:
    """Strings by number, as UTF-8 in one block: a third of the memory of Python strings."""

    def __init__(self, block: npt.NDArray[np.uint8], starts: npt.NDArray[np.uint32]) -> None:
        self.block = block
        self.starts = starts
        # Access by memoryview is faster than by array.
        self._block, self._starts = block.data, starts.data

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        """The block of `texts`."""
        encoded = [text.encode() for text in texts]
        starts = np.zeros(len(encoded) + 1, np.uint32)
        np.cumsum([len(each) for each in encoded], out=starts[1:])
        return cls(np.frombuffer(b"".join(encoded), np.uint8), starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> str:
        return str(self._block[self._starts[number] : self._starts[number + 1]], "utf-8")


class TextTable:
    """An immutable mapping of texts to texts."""

    def __init__(self, hashes: npt.NDArray[np.uint64], keys: Texts, values: Texts) -> None:
        self._hashes, self._keys, self._values = hashes, keys, values
        self._sought = hashes.data

    @classmethod
    def of(cls, items: Iterable[tuple[str, str]]) -> TextTable:
        """The table of these items; no key may come twice."""
        found = sorted((number_of(key), key, value) for key, value in items)
        hashes = np.fromiter((each[0] for each in found), np.uint64, len(found))
        return cls(hashes, Texts.of(e[1] for e in found), Texts.of(e[2] for e in found))

    @classmethod
    def from_arrays(cls, name: str, arrays: Arrays) -> TextTable:
        """The table that was kept under this name."""
        keys, values = (
            Texts(arrays[f"{name}.{part}"], arrays[f"{name}.{part}.starts"])
            for part in ("keys", "values")
        )
        return cls(arrays[f"{name}.hashes"], keys, values)

    def arrays(self, name: str) -> Iterator[tuple[str, Array]]:
        """What is kept of the table, under names that begin with this one."""
        yield f"{name}.hashes", self._hashes
        for part, texts in (("keys", self._keys), ("values", self._values)):
            yield f"{name}.{part}", texts.block
            yield f"{name}.{part}.starts", texts.starts

    def get(self, key: str) -> str | None:
        """The value of a key, None when it is not there."""
        if not self._sought:
            return None
        wanted = number_of(key)
        place = bisect_left(self._sought, wanted)
        while place < len(self._sought) and self._sought[place] == wanted:
            if self._keys[place] == key:
                return self._values[place]
            place += 1
        return None

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[str]:
        return (self._keys[number] for number in range(len(self)))


class Layered(MutableMapping[str, Value], Generic[Value]):
    """A mapping with most items in a `TextTable` and the later changes in a dict.

    `write` and `read` convert values to text and back. To change a value in place, get it by
    `setdefault`.
    """

    def __init__(
        self,
        write: Callable[[Value], str],
        read: Callable[[str], Value],
        base: TextTable | None = None,
    ) -> None:
        self._write, self._parse = write, read
        self._base = base or TextTable.of(())
        self._changed: dict[str, Value] = {}
        self._gone: set[str] = set()
        """Keys of the base."""
        self._length = len(self._base)

    def kept(self) -> TextTable:
        """All of it as one table."""
        return TextTable.of((key, self._write(self[key])) for key in self)

    @overload
    def get(self, key: str, /) -> Value | None: ...

    @overload
    def get(self, key: str, /, default: Value | Other) -> Value | Other: ...

    def get(self, key: str, /, default: Any = None) -> Any:
        """The value of a key, or the default."""
        if key in self._changed:
            return self._changed[key]
        if key in self._gone or (text := self._base.get(key)) is None:
            return default
        return self._parse(text)

    def setdefault(self, key: str, default: Any = None) -> Any:
        """The value of a key, set to the default when there is none; it may be altered."""
        if key not in self._changed:
            self[key] = self.get(key, default)
        return self._changed[key]

    def __getitem__(self, key: str) -> Value:
        found = self.get(key, _MISSING)
        if found is _MISSING:
            raise KeyError(key)
        return found  # type: ignore[return-value]

    def __contains__(self, key: object) -> bool:
        if key in self._changed:
            return True
        return key not in self._gone and self._base.get(str(key)) is not None

    def __setitem__(self, key: str, value: Value) -> None:
        if key not in self:
            self._length += 1
        self._changed[key] = value

    def __delitem__(self, key: str) -> None:
        if key not in self:
            raise KeyError(key)
        self._length -= 1
        self._changed.pop(key, None)
        if self._base.get(key) is not None:
            self._gone.add(key)

    def __iter__(self) -> Iterator[str]:
        yield from self._changed
        for key in self._base:
            if key not in self._gone and key not in self._changed:
                yield key

    def __len__(self) -> int:
        return self._length


_MISSING = object()


def number_of(key: str) -> int:
    """A 64-bit hash of a text, the same in every process."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")
