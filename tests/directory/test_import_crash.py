"""An import that is killed, finds the disk full or the database locked: nothing torn or lost."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from directory.seed import SEED
from tests.directory.test_history import dump

ROOT = Path(__file__).parents[2]
KILLS = 200

ROWS = 40


class Importer:
    """The process of `import_on_demand`."""

    def __init__(self, process: subprocess.Popen[str], database: Path) -> None:
        self._process = process
        self._database = database

    def run(self, file: Path, *, kill_after: float = -1) -> bool:
        """Import the file, or kill the import after that many seconds; whether it was killed."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"sqlite:///{self._database} {file} {kill_after}\n")
        self._process.stdin.flush()
        status = int(self._process.stdout.readline())
        assert status in (0, signal.SIGKILL)
        return status != 0


@contextmanager
def _importer(database: Path) -> Iterator[Importer]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.directory.import_on_demand"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        yield Importer(process, database)


def _file(folder: Path, person: str) -> Path:
    rows = "".join(
        f"p{n};Школа № {n};{person};vk.com/vydumka_{n}_{person};Край\n" for n in range(ROWS)
    )
    file = folder / f"{person}.csv"
    file.write_text(f"Код;Название;ФИО;ВКонтакте;Регион\n{rows}", "utf-8")
    return file


def _revisions(database: Path) -> tuple[int, int]:
    """How many revisions there are, and the changes of pages that they have in all."""
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        (count,) = connection.execute("SELECT count(*) FROM revisions").fetchone()
        (changed,) = connection.execute(
            "SELECT count(*) FROM changes WHERE entity = 'page'"
        ).fetchone()
        return count, changed


def test_a_killed_import_is_whole_or_never_was(tmp_path: Path) -> None:
    database = tmp_path / "directory.sqlite3"
    files = [_file(tmp_path, "anna"), _file(tmp_path, "boris")]
    done = [0, 0]
    with _importer(database) as importer:
        importer.run(files[0])
        begun = time.monotonic()
        importer.run(files[1])
        whole = time.monotonic() - begun
        states = {}
        for which in (0, 1):
            importer.run(files[which])
            states[which] = dump(database)
        now = 1
        revisions = _revisions(database)[0]
        chance = random.Random(2026)
        for _ in range(KILLS):
            importer.run(files[1 - now], kill_after=chance.uniform(0, 1.1 * whole))
            found = dump(database)
            assert found in (states[0], states[1])
            applied = found == states[1 - now]
            revisions += applied
            # Each revision is there with all its changes, or not at all.
            assert _revisions(database) == (revisions, revisions * ROWS)
            now = 1 - now if applied else now
            done[applied] += 1
        importer.run(files[1 - now])
        assert dump(database) == states[1 - now]
    assert min(done) > KILLS // 20


def _command(*arguments: str, database: Path, before: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, after some other Python."""
    code = f"import sys; {before}; from directory.cli import main; sys.exit(main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "DATABASE_URL": f"sqlite:///{database}"},
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )


def _seeded(folder: Path) -> Path:
    database = folder / "directory.sqlite3"
    with _importer(database) as importer:
        importer.run(SEED / "territories.csv")
    return database


def test_a_full_disk_stops_an_import_whole(tmp_path: Path) -> None:
    database = _seeded(tmp_path)
    before = dump(database)
    limit = database.stat().st_size + 50_000
    full = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))"
    result = _command("import", str(SEED / "pages.csv"), database=database, before=full)
    assert result.returncode == 2
    assert "место" in result.stderr
    assert result.stderr.count("\n") == 1
    assert dump(database) == before
    again = _command("import", str(SEED / "pages.csv"), database=database, before="pass")
    assert again.returncode == 0


def test_a_locked_database_is_said_so_and_can_still_be_read(tmp_path: Path) -> None:
    database = _seeded(tmp_path)
    before = dump(database)
    hold = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read(); c.close()"
    )
    impatient = (
        "from directory.store import sqlite;"
        "sqlite._PRAGMAS = (*sqlite._PRAGMAS, 'PRAGMA busy_timeout = 200')"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout
        holder.stdout.readline()
        pages = str(SEED / "pages.csv")
        result = _command("import", pages, database=database, before=impatient)
        reading = _command("stats", "--json", database=database, before=impatient)
        holder.communicate("")
    assert result.returncode == 2
    assert "занята" in result.stderr
    assert result.stderr.count("\n") == 1
    assert reading.returncode == 0
    assert dump(database) == before
