"""An import that is killed, finds the disk full or the database locked: nothing torn or lost."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from directory.cli import main
from directory.seed import SEED
from directory.store import sqlite

ROOT = Path(__file__).parents[2]
KILLS = 200

ROWS = 40
PAGES = str(SEED / "pages.csv")


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


def dump(path: Path) -> list[str]:
    """Every row of the directory itself, in the order in which the file keeps them."""
    with closing(sqlite3.connect(path)) as connection:
        return [
            str(row)
            for table in ("categories", "territories", "pages", "links")
            for row in connection.execute(f"SELECT * FROM {table}")
        ]


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


@pytest.mark.slow
def test_a_killed_import_is_whole_or_never_was(tmp_path: Path) -> None:
    database = tmp_path / "directory.sqlite3"
    files = [_file(tmp_path, "anna"), _file(tmp_path, "boris")]
    done = [0, 0]
    with _importer(database) as importer:
        importer.run(files[0])
        begun = time.monotonic()
        importer.run(files[1])
        within = time.monotonic() - begun
        states = {}
        for which in (0, 1):
            importer.run(files[which])
            states[which] = dump(database)
        now = 1
        revisions = _revisions(database)[0]
        chance = random.Random(2026)
        for _ in range(KILLS):
            importer.run(files[1 - now], kill_after=chance.uniform(0, within))
            found = dump(database)
            assert found in (states[0], states[1])
            applied = found == states[1 - now]
            revisions += applied
            # Each revision is there with all its changes, or not at all.
            assert _revisions(database) == (revisions, revisions * ROWS)
            now = 1 - now if applied else now
            done[applied] += 1
            # However busy the machine, about one in six comes to its end.
            within *= 0.9 if applied else 1.02
        importer.run(files[1 - now])
        assert dump(database) == states[1 - now]
    assert min(done) > KILLS // 20


@pytest.fixture
def database(migrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The database of the commands that a test runs: territories, and no page."""
    folder = shutil.copytree(migrated.parent, tmp_path / "data")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{folder / migrated.name}")
    assert main(["import", str(SEED / "territories.csv")]) == 0
    return folder / migrated.name


@pytest.mark.slow
def test_a_full_disk_stops_an_import_whole(database: Path) -> None:
    before = dump(database)
    limit = 65_536  # bytes of a file: the journal of the import needs more
    code = (
        f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}));"
        "import sys; from directory.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, "import", PAGES],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert result.returncode == 2
    assert "место" in result.stderr
    assert result.stderr.count("\n") == 1
    assert dump(database) == before
    assert main(["import", PAGES]) == 0


def test_a_locked_database_is_said_so_and_can_still_be_read(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = dump(database)
    capsys.readouterr()
    hold = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read(); c.close()"
    )
    impatient = (*sqlite._PRAGMAS, "PRAGMA busy_timeout = 200")
    monkeypatch.setattr(sqlite, "_PRAGMAS", impatient)
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout
        holder.stdout.readline()
        status, errors = main(["import", PAGES]), capsys.readouterr().err
        reading = main(["stats", "--json"])
        holder.communicate("")
    assert status == 2
    assert "занята" in errors
    assert errors.count("\n") == 1
    assert reading == 0
    assert dump(database) == before
