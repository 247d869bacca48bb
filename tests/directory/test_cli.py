"""The commands: what they print, their JSON, and their exit statuses."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from directory.cli import main

ROOT = Path(__file__).parents[2]
FILE = "Код;Название;Уровень\na;Школа № 1;муниципальный\nb;Школа № 2;\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder without any settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


class Shell:
    """Runs commands in this process; `out` and `err` are what the last one printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self._capsys = capsys
        self.folder = folder
        self.out = self.err = ""

    def __call__(self, *arguments: str) -> int:
        """Run one; return its exit status."""
        try:
            status = main(arguments)
        except SystemExit as exit_:
            status = int(exit_.code or 0)
        self.out, self.err = self._capsys.readouterr()
        assert "Traceback" not in self.err
        return status

    def json(self, *arguments: str) -> Any:
        """Run one with `--json`; return what it printed."""
        assert self(*arguments, "--json") == 0
        return json.loads(self.out)

    def file(self, text: str, name: str = "список.csv") -> str:
        """Write a file; return its path."""
        path = self.folder / name
        path.write_bytes(text.encode("cp1251"))
        return str(path)


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], here: Path, migrated: Path) -> Shell:
    """A shell in a folder with an empty directory."""
    shutil.copytree(migrated.parent, here / "data")
    return Shell(capsys, here)


@pytest.fixture
def seeded_shell(capsys: pytest.CaptureFixture[str], here: Path, seeded: Path) -> Shell:
    """A shell in a folder with the seed's directory."""
    shutil.copytree(seeded.parent, here / "data")
    return Shell(capsys, here)


def test_import_prints_the_plan_and_applies_it(shell: Shell) -> None:
    file = shell.file(FILE)
    assert shell("import", file, "--dry-run") == 0
    assert "новых 2" in shell.out
    assert "ничего не изменено" in shell.out
    found = shell.json("import", file)
    expected = {"new": 2, "changed": 0, "unchanged": 0, "missing": 0, "retired": 0, "refused": []}
    assert expected.items() <= found.items()
    assert (found["encoding"], found["delimiter"], found["revision"]) == ("cp1251", ";", 1)
    again = shell.json("import", file)
    assert (again["unchanged"], again["revision"]) == (2, None)


def test_refused_rows_stop_an_import_unless_it_may_be_partial(shell: Shell) -> None:
    file = shell.file("Код;Название;ВКонтакте\na;Школа № 1;vк.com/a\nb;Школа № 2;vk.com/b\n")
    assert shell("import", file, "--json") == 1
    found = json.loads(shell.out)
    assert found["revision"] is None
    (refused,) = found["refused"]
    assert (refused["row"], refused["column"], refused["value"]) == (2, "vk", "vк.com/a")
    assert shell.json("stats")["pages"] == 0
    assert shell("import", file, "--partial") == 1
    assert "Строка 2, «ВКонтакте»" in shell.out
    assert shell.json("stats")["pages"] == 1


def test_what_became_of_each_row_is_told(shell: Shell) -> None:
    rows = "А;vk.com/made_up_a\nИтого;1\n\nФИО;Должность\nКротов Глеб;директор\n"
    found = shell.json("import", shell.file(f"Реестр;\nНазвание;ВКонтакте\n{rows}"), "--dry-run")
    assert found["new"] == 1
    assert [(one["row"], one["why"]) for one in found["skipped"]] == [
        (1, "над таблицей"),
        (2, "заголовок таблицы"),
        (4, "строка итогов"),
        (6, "заголовок таблицы"),
        (7, "другая таблица: не прочитана"),
    ]
    assert found["notes"][1].startswith("Другая таблица в строке 6 не прочитана (строк 1)")


def test_which_column_is_which_may_be_said(shell: Shell) -> None:
    file = shell.file("Песня;Куплет;ВК\nЖили-были;Припев;vk.com/zhili_byli\n")
    assert shell("import", file, "--dry-run", "--json") == 2
    said = ("--column", "песня=title", "--column", "ВК=-")
    found = shell.json("import", file, "--dry-run", *said)
    assert found["columns"] == {"Песня": "title", "Куплет": None, "ВК": None}
    assert (found["kind"], found["new"], found["with_links"]) == ("pages", 1, 0)
    assert shell.json("import", file, "--column", "Куплет=Название")["with_links"] == 1
    for wrong in ("Танец=title", "Песня=танец", "Песня"):
        assert shell("import", file, *said, "--column", wrong) == 2


def test_closing_many_needs_its_own_word(shell: Shell) -> None:
    rows = "".join(f"p{n};Страница {n};\n" for n in range(10))
    shell.json("import", shell.file(f"Код;Название;Уровень\n{rows}"))
    short = shell.file("Код;Название;Уровень\np0;Страница 0;\n")
    assert shell("import", short, "--mode", "replace") == 2
    assert "--yes-retire" in shell.err
    assert shell.json("stats")["by_status"]["closed"] == 0
    assert shell.json("import", short, "--mode", "replace", "--yes-retire")["retired"] == 9


def test_a_limited_import_asks_for_known_names(shell: Shell) -> None:
    shell.json(
        "import",
        shell.file("Код;Название;Регион;Сфера\na;А;Ближний край;Спорт\nb;Б;Дальний край;Спорт\n"),
    )
    one = shell.file("Код;Название;Регион\na;А;Ближний край\n")
    found = shell.json("import", one, "--mode", "replace", "--region", "Ближний край")
    assert (found["missing"], found["retired"]) == (0, 0)
    assert shell.json("import", one, "--mode", "replace", "--category", "спорт")["retired"] == 1
    assert shell("import", one, "--region", "Тьма") == 2
    assert shell("import", one, "--category", "Тьма") == 2


def test_history_and_undo(shell: Shell) -> None:
    file = shell.file(FILE)
    shell.json("import", file)
    shell.json("import", shell.file(FILE.replace("№ 2", "№ 3"), "второй.csv"))
    assert shell.json("undo", "2") == {"revision": 3, "conflicts": []}
    assert shell.json("undo", "2") == {"revision": None, "conflicts": []}
    newest, second, first = shell.json("history")
    assert (newest["action"], newest["undoes"], second["undone_by"]) == ("undo", 2, 3)
    assert (first["file"], first["new"], len(first["sha256"])) == ("список.csv", 2, 64)
    assert shell("history") == 0
    assert "откачено изменением 3" in shell.out
    assert shell("undo", "9") == 2


def test_undo_of_an_older_revision_tells_what_is_left(shell: Shell) -> None:
    shell.json("import", shell.file(FILE))
    shell.json("import", shell.file(FILE.replace("№ 2", "№ 3"), "второй.csv"))
    shell.json("import", shell.file(FILE.replace("№ 2", "№ 4"), "третий.csv"))
    assert shell("undo", "2") == 1
    assert "«Школа № 4» поле «Название» с тех пор изменено" in shell.err
    assert shell("undo", "1") == 1
    assert "Откачено 1 из 2 (изменение 4): «Школа № 4» с тех пор изменена." in shell.err
    assert shell("undo", "2", "--json") == 1
    found = json.loads(shell.out)
    (conflict,) = found["conflicts"]
    assert (found["revision"], conflict["key"], conflict["fields"]) == (None, "b", ["title"])


def test_the_history_of_a_page_tells_who_changed_which_field(shell: Shell) -> None:
    shell.json("import", shell.file(FILE))
    shell.json("import", shell.file(FILE.replace("№ 2", "№ 3"), "второй.csv"))
    changed, created = shell.json("history", "--page", "b")
    assert (changed["file"], changed["kind"], changed["revision"]) == ("второй.csv", "changed", 2)
    assert changed["fields"] == [
        {"field": "title", "name": "Название", "before": "Школа № 2", "after": "Школа № 3"}
    ]
    assert created["kind"] == "created"
    assert {"Название", "Статус"} <= {field["name"] for field in created["fields"]}
    assert shell("history", "--page", "b") == 0
    assert "Название: Школа № 2 → Школа № 3" in shell.out
    assert shell("history", "--page", "нет") == 2


def test_thinned_history_keeps_who_and_when(shell: Shell) -> None:
    shell.json("import", shell.file(FILE))
    shell.json("import", shell.file(FILE.replace("№ 2", "№ 3"), "второй.csv"))
    assert shell.json("history", "--thin", "1") == {"thinned": 0}
    with closing(sqlite3.connect("data/directory.sqlite3")) as connection, connection:
        connection.execute("UPDATE revisions SET at = '2020-01-01 00:00:00'")
    before = shell.json("history")
    assert shell.json("history", "--thin", "1")["thinned"] > 0
    assert shell.json("history") == before
    changed, created = shell.json("history", "--page", "b")
    assert (changed["thinned"], changed["kind"], changed["fields"]) == (True, "changed", [])
    assert (created["kind"], created["file"]) == ("created", "список.csv")
    assert shell("undo", "2") == 2
    assert "прорежены" in shell.err
    assert shell.json("stats")["pages"] == 2


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "json"])
def test_an_export_imports_without_a_change(seeded_shell: Shell, suffix: str) -> None:
    assert seeded_shell.json("export", f"x.{suffix}")["pages"] == 118
    found = seeded_shell.json("import", f"x.{suffix}", "--mode", "replace")
    assert (found["unchanged"], found["warnings"], found["revision"]) == (118, [], None)


def test_an_export_is_written_down(shell: Shell) -> None:
    shell.json("import", shell.file(FILE))
    shell.json("export", "x.json")
    shell.json("backup", "copy.sqlite3")
    with closing(sqlite3.connect("copy.sqlite3")) as copy:
        assert copy.execute("SELECT actor, act, detail FROM acts").fetchall() == [
            (None, "export", "json")
        ]


def test_a_backup_is_a_database_of_its_own(shell: Shell) -> None:
    shell.json("import", shell.file(FILE))
    assert shell.json("backup", "copy.sqlite3")["bytes"] > 0
    with closing(sqlite3.connect("copy.sqlite3")) as copy:
        assert copy.execute("SELECT count(*) FROM pages").fetchone() == (2,)
    assert shell("backup", "copy.sqlite3") == 2


def test_an_empty_directory_is_said_to_be_empty_and_stays_so(shell: Shell) -> None:
    assert shell("stats") == 0
    assert "пуст" in shell.out
    assert shell("search", "школа") == 0
    assert "пуст" in shell.err
    assert shell.json("stats")["pages"] == 0


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["import", "нет.csv"], "нет такого файла"),
        (["import", "."], "папка"),
        (["import", "странное.pdf"], "PDF"),
        (["export", "x.txt"], ".xlsx"),
        (["export", "нет/x.csv"], "Нет папки"),
        (["search"], "--batch"),
        (["verify"], "--batch"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    shell: Shell, arguments: list[str], word: str
) -> None:
    (shell.folder / "странное.pdf").write_bytes(b"%PDF-1.7\n...")
    assert shell(*arguments) == 2
    assert word in shell.err
    assert shell.err.count("\n") == 1


def test_wrong_usage_is_status_2(shell: Shell) -> None:
    assert shell("import") == 2
    assert shell("search", "школа", "--limit", "0") == 2
    assert shell("полети") == 2


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("postgresql://user:secret@host/db", "DATABASE_URL"),
        ("sqlite:///folder", "База данных"),
        ("sqlite:///text.db", "не база"),
    ],
)
def test_a_wrong_database_is_said_in_one_line(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, url: str, word: str
) -> None:
    (shell.folder / "folder").mkdir()
    (shell.folder / "text.db").write_text("это письмо, а не база данных\n" * 100)
    monkeypatch.setenv("DATABASE_URL", url)
    assert shell("stats") == 2
    assert word in shell.err
    assert "secret" not in shell.err
    assert shell.err.count("\n") == 1


def test_the_address_of_the_database_may_stand_in_a_file(shell: Shell) -> None:
    (shell.folder / ".env").write_text("DATABASE_URL=sqlite:///мой.sqlite3\n", "utf-8")
    shell.json("import", shell.file(FILE))
    assert (shell.folder / "мой.sqlite3").exists()


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("ievrjd", ["Вердикт: found", "В другой раскладке", "шумков", "написание"]),
        ("админестрация 5 далматово", ["Число: 5", "Вид: администрация", "(набрано «админ"]),
        ("главный врач Шадринске", ["Вид: главный врач", "Может быть местом: шадринск"]),
    ],
)
def test_a_search_explains_how_it_read_the_query(
    seeded_shell: Shell, query: str, told: list[str]
) -> None:
    assert seeded_shell("search", query, "--explain") == 0
    assert [each for each in told if each not in seeded_shell.out] == [], seeded_shell.out


def test_a_search_tells_in_json_how_it_was_understood(seeded_shell: Shell) -> None:
    place = seeded_shell.json("search", "Шадринск")
    assert (place["verdict"], place["place"]) == ("found", "Город Шадринск")
    need = seeded_shell.json("search", "прописка Курган")
    assert (need["verdict"], need["need"]) == ("guess", "прописка")
    assert need["served_by"][0] == "многофункциональный центр"
    said = seeded_shell.json("search", "губернатор бултых в телеграме")
    assert (said["unknown"], said["network"]) == (["бултых"], "telegram")
    plain = seeded_shell.json("search", "губернатор")
    assert not {"place", "need", "served_by", "unknown", "network"} & plain.keys()


def test_a_search_is_asked_from_a_territory(shell: Shell) -> None:
    rows = "Код;Название;Регион;Территория\n" + "".join(
        f"{n};Музыкальная школа;Курганская область;{name}\n"
        for n, name in enumerate(("Город Далматово", "Город Катайск", "Город Шумиха"))
    )
    shell.json("import", shell.file(rows))
    assert shell.json("search", "музыкальная школа")["verdict"] == "choose"
    for number, name in enumerate(("Далматово", "Город Катайск", "шумиха")):
        answer = shell.json("search", "музыкальная школа", "--territory", name)
        assert (answer["verdict"], answer["hits"][0]["id"]) == ("found", str(number))
    assert shell("search", "школа", "--territory", "Кракозябово") == 2
    assert "«Кракозябово»: такой территории в справочнике нет" in shell.err


def test_a_bare_nick_finds_the_page_whose_account_has_it(seeded_shell: Shell) -> None:
    for nick, page in [("kurgan45mchs", "45-mchs"), ("kurgan_region", "45-pravitelstvo")]:
        answer = seeded_shell.json("search", nick)
        assert (answer["verdict"], [hit["id"] for hit in answer["hits"]]) == ("found", [page])
    assert seeded_shell.json("search", "kurgan45mchz")["verdict"] != "found"


def test_batches_answer_line_by_line(seeded_shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def answers(given: bytes, *arguments: str) -> list[Any]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
        assert seeded_shell(*arguments) == 0
        return [json.loads(line) for line in seeded_shell.out.splitlines()]

    given = "\ufeffпицца\n\n".encode() + b"\xff\n" + "губернатор\n".encode()
    lines = answers(given, "search", "--batch", "--limit", "1")
    assert len(lines) == given.count(b"\n")
    last = lines[-1]
    assert (last["query"], last["verdict"]) == ("губернатор", "found")
    assert set(last) == {"query", "verdict", "hits", "ms"}
    (hit,) = last["hits"]
    assert set(hit) == {"id", "title", "score"}
    assert hit["id"] == "45-gubernator"
    official, nothing = answers(b"https://vk.com/kurgan_region\n\n", "verify", "--batch")
    assert set(official) == {"verdict", "page", "of", "why"}
    assert (official["verdict"], official["page"]) == ("official", "45-pravitelstvo")
    assert nothing["verdict"] == "not_a_link"


@pytest.mark.slow
def test_whoever_stops_reading_makes_no_noise(here: Path) -> None:
    command = f"{sys.executable} -m directory search --batch | head -n 1"
    result = subprocess.run(
        ["sh", "-c", command],
        input="школа\n" * 20_000,
        capture_output=True,
        text=True,
        cwd=here,
        env={**os.environ, "PYTHONPATH": str(ROOT), "DATABASE_URL": "sqlite:///x.sqlite3"},
        check=False,
    )
    assert json.loads(result.stdout)["verdict"] == "none"
    assert "Error" not in result.stderr


@pytest.mark.slow
def test_an_interrupted_batch_ends_in_one_line(here: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "directory", "search", "--batch"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=here,
        env={**os.environ, "PYTHONPATH": str(ROOT), "DATABASE_URL": "sqlite:///x.sqlite3"},
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write("школа\n")
        process.stdin.flush()
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _out, err = process.communicate()
    assert process.returncode == 130
    assert err.splitlines()[-1].startswith("Прервано")
    assert "Traceback" not in err
