"""`python -m bench.imports`: what an import costs, beside sqlite3's own `.import` of the same file.

The two do not do the same: `.import` copies texts into one table, ours reads, checks and matches
each cell, and keeps what is needed to take it back. It is the floor to compare with.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SIZES = (1_700, 175_000)
"""Pages of a region and of the country."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: seconds by the clock and of the processor, and peak memory in MB."""

    wall: float
    cpu: float
    memory: float

    def __str__(self) -> str:
        return f"{self.wall:8.1f} s {self.cpu:8.1f} s {self.memory:8.0f} MB"


def print_imports(sizes: Sequence[int] = SIZES) -> None:
    """Print what importing made-up directories of so many pages costs.

    In a process of its own: Linux counts what the parent has in memory as its children's peak.
    """
    listed = ",".join(map(str, sizes))
    subprocess.run([sys.executable, "-m", "bench.imports", "--sizes", listed], check=True)


def _made_up(size: int, file: Path) -> None:
    """Write a directory file of so many pages."""
    # Here and not above, for the same reason: whoever measures stays small.
    from bench.corpus import corpus, with_links
    from directory.export import file_of

    made, territories = corpus(size)
    file.write_bytes(file_of(with_links(made), territories, "csv"))


def _print(files: Sequence[Path]) -> None:
    shell = shutil.which("sqlite3")
    if shell is None:
        print("!!! no sqlite3 shell on this machine: nothing to compare with (apt install sqlite3)")
    print(f"\n{'import':<28}{'clock':>10}{'processor':>11}{'peak':>11}")
    for file in files:
        with tempfile.TemporaryDirectory() as folder:
            ours = _cost(
                [sys.executable, "-m", "directory", "import", str(file), "--json"],
                {"DATABASE_URL": f"sqlite:///{folder}/ours.sqlite3"},
            )
            print(f"{f'{file.name}, {file.stat().st_size >> 20} MB':<28}{ours}", flush=True)
            if shell:
                command = ["-csv", "-separator", _separator(file), f"{folder}/theirs.sqlite3"]
                theirs = _cost([shell, *command, f'.import "{file}" pages'], {})
                print(f"{'  sqlite3 .import':<28}{theirs}", flush=True)


def _separator(file: Path) -> str:
    with file.open(encoding="utf-8-sig") as lines:
        header = next(lines)
    return max(";,\t|", key=header.count)


def _cost(command: Sequence[str], environment: dict[str, str]) -> Cost:
    """Run a command to its end. Raises CalledProcessError when it fails."""
    begun = time.perf_counter()
    child = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    # Linux counts in KB, macOS in bytes.
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Cost(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def main() -> None:
    """Print the costs of made-up directories, or of a given file."""
    parser = argparse.ArgumentParser(prog="python -m bench.imports", description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="pages, made up")
    parser.add_argument("--file", type=Path, help="a directory file (CSV) instead")
    chosen = parser.parse_args()
    if chosen.file:
        _print([chosen.file])
        return
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for size in map(int, chosen.sizes.split(",")):
            files.append(Path(folder) / f"{size}.csv")
            maker = multiprocessing.get_context("spawn").Process(
                target=_made_up, args=(size, files[-1])
            )
            maker.start()
            maker.join()
        _print(files)


if __name__ == "__main__":
    main()
