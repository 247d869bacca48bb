"""What a file may cost, and why so much: the reader refuses the rest before it costs more."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

MAX_FILE = 128 << 20
"""Bytes of a file. A national directory, 175 000 pages, is 87 MB of CSV."""

MAX_UNPACKED = 512 << 20
"""Bytes of a workbook unpacked: twice an export of 175 000 pages (20 000 of them are 26 MB)."""

MAX_RATIO = 100
"""Unpacked to packed bytes of a workbook. An export has 16, a bomb hundreds."""

FREE_UNPACKED = 20 << 20
"""Bytes unpacked up to which the ratio does not matter: small sheets of blanks pack very well."""

MAX_ROWS = 300_000
"""Rows of a sheet: all official pages of Russia, and as many again to come."""

MAX_COLUMNS = 256
"""Columns of a sheet: the contract has 31, and XLS had room for as many as this."""

MAX_CELLS = 8_000_000
"""Cells of a sheet from its first to its last, blank ones too: the workbook parser holds each."""

MAX_LINKS = 500_000
"""Hyperlinks of a sheet, which are kept in memory while it is read: three a page of the country."""

MAX_CELL = 32_767
"""Characters of a cell: Excel's own limit."""

MAX_LINE = 1_000_000
"""Characters of a line of CSV: 31 of the longest cells."""

MAX_TEXT = 150_000_000
"""Characters of all cells of a sheet. The national directory has 50 million; a workbook of a few
kilobytes may have billions, one long text shared by many cells."""

MEMORY = 1024 << 20
"""Bytes of address space of a process that reads a stranger's file, the interpreter included."""

SECONDS = 60
"""How long that process may read, and how long it may be silent."""


@contextmanager
def bounded() -> Iterator[None]:
    """Bound this process's memory and processor time within the block; its end may be either's.

    For a process that does nothing else meanwhile: what it has used before does not count. It will
    leave no core file of strangers' data.
    """
    if sys.platform == "win32":
        yield
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Whole seconds, and the limit is of all that the process has ever used.
    bounds = {resource.RLIMIT_CPU: math.ceil(time.process_time()) + SECONDS}
    if sys.platform == "linux":  # macOS refuses it
        bounds[resource.RLIMIT_AS] = MEMORY
    before = {what: resource.getrlimit(what) for what in bounds}
    for what, most in bounds.items():
        resource.setrlimit(what, (most, before[what][1]))
    try:
        yield
    finally:
        for what, limits in before.items():
            # Whoever lowered the hard limit meanwhile wants it to stay.
            with suppress(ValueError):
                resource.setrlimit(what, limits)
