"""The conversation in the terminal, from a script on standard input."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.terminal import chat
from directory.directory import Directory


class Terminal:
    """Runs a script through the terminal chat and gives what was printed for each line."""

    def __init__(
        self,
        directory: Directory,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        self.directory = directory
        self.monkeypatch = monkeypatch
        self.capsys = capsys

    async def run(self, *script: str) -> list[str]:
        """The answers to the lines of the script, the greeting before them."""
        self.monkeypatch.setattr("sys.stdin", io.StringIO("\n".join([*script, ""])))
        await chat.run(self.directory, Settings.model_construct(admin_ids=frozenset()))
        return re.split(r"^> ", self.capsys.readouterr().out, flags=re.MULTILINE)


@pytest.fixture
def terminal(
    directory: Directory, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    """A terminal."""
    return Terminal(directory, monkeypatch, capsys)


async def test_a_transcript_reads_well(terminal: Terminal) -> None:
    greeting, card, opened, saved, end = await terminal.run("Шумков", "#1", "#3")
    assert "#3" in greeting
    assert card.startswith("Шумков\n\nГубернатор Курганской области\n")
    assert "  #1 ВКонтакте → https://vk.com/shumkov_vadim\n" in card
    assert "Открывается https://vk.com/shumkov_vadim" in opened
    assert "(Сохранено: /saved)" in saved
    assert "Убрать из сохранённых" in saved
    assert end.strip() == ""


async def test_lists_are_numbered_and_opened(terminal: Terminal) -> None:
    _, first, second, card, _ = await terminal.run("судебный участок", "#9", "#1")
    assert "  #1 1. Судебный участок" in first
    assert "  #1 9. " in second
    title = re.search(r"#1 9\. (.*)", second)
    assert title is not None
    assert title[1].rstrip("…") in card


async def test_inline_is_tried_chosen_and_turned(terminal: Terminal) -> None:
    _, found, *_ = await terminal.run("@ суд")
    assert "Ответы на «суд» в любом чате" in found
    last = next(line.split() for line in found.splitlines() if line.endswith(" Дальше"))
    script = ("@ суд", last[0], "@ пицца", "@ Шумков", "#1")
    _, _found, more, nothing, _, chosen, _ = await terminal.run(*script)
    assert "  #1 " in more
    assert "Ответов нет" in nothing
    assert "Губернатор" in chosen


async def test_a_file_is_imported(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "мой список.csv"
    file.write_text("Название;ВКонтакте\nВыдуманный музей № 80;vk.com/made_up_80\n", "utf-8")
    answers = await terminal.run(
        f"/file {file}", "#1", "выдуманный музей 80", f"'{file}'", "/file нет такого", "/export csv"
    )
    assert "#1 Применить" in answers[1]
    assert "Применено" in answers[2]
    assert "https://vk.com/made_up_80" in answers[3]
    assert "ничего не меняет" in answers[4]
    assert "Файл не читается. «нет такого»: нет такого файла или папки." in answers[5]
    exported = re.search(r"Файл: (.*)", answers[6])
    assert exported is not None
    text = Path(exported[1]).read_text("utf-8-sig")  # noqa: ASYNC240
    assert "Выдуманный музей № 80" in text


async def test_odd_lines(terminal: Terminal) -> None:
    answers = await terminal.run("#5", "", "/place нигде", "/place 55.44 65.34", "/near")
    assert "Кнопки «#5» нет" in answers[1]
    assert "Нужны широта и долгота" in answers[3]
    assert "Ближе всего" in answers[4]
    assert "/place 55.44 65.34" in answers[5]
