"""The documents tell of all that the contract promises, and nothing they point at is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from aiogram import Dispatcher
from dotenv import dotenv_values

from bot.__main__ import main as bot_main
from bot.app import build_dispatcher
from bot.i18n import LOCALES, Catalogues
from bot.menu import commands, description, owner_commands, short_description
from bot.settings import Settings
from bot.views.citizens import hello
from directory.cli import main as directory_main
from directory.directory import Directory
from directory.file.columns import PAGES
from directory.store.database import Database
from tests.telegram_limits import violations

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
EXAMPLE = dotenv_values(ROOT / ".env.example")

SETTINGS = {
    "BOT_TOKEN": "",
    "BOT_API_URL": "https://api.telegram.org",
    "BOT_PROXY": "",
    "ADMIN_IDS": "",
    "DATABASE_URL": "sqlite:///data/directory.sqlite3",
    "REGION": "Курганская область",
    "SEED": "country",
    "STATE_DIR": "",
    "TIMEZONE": "",
    "WEBHOOK_URL": "",
    "WEBHOOK_SECRET": "",
    "WEB_HOST": "127.0.0.1",
    "WEB_PORT": "8080",
    "PING_URL": "",
    "LOG_LEVEL": "INFO",
    "LOG_FORMAT": "console",
}
"""The settings of the contract with their defaults."""

SHELL = (
    *("bot", "bot chat"),
    *(f"directory {name}" for name in ("import", "export", "search", "search --batch", "verify")),
    *(f"directory {name}" for name in ("verify --batch", "history", "undo", "backup", "stats")),
)
"""What stands after `python -m`."""

CHAT = (
    *("start", "help", "find", "browse", "near", "saved", "check"),
    *("about", "privacy", "forget"),
)
OWNER = ("import", "admin", "export", "history", "stats", "reports")

DOCUMENTS = sorted(
    path.relative_to(ROOT)
    for pattern in ("*.md", "docs/**/*.md", "seed/*.md", "bench/*.md")
    for path in ROOT.glob(pattern)
)


INSTRUCTIONS = [
    *DOCUMENTS,
    *map(Path, ("compose.yaml", "Dockerfile", ".env.example", "deploy/official-pages-bot.service")),
]
"""What tells of commands and files; of those that are no Markdown, every line counts."""

FOLDERS = "bench|bot|deploy|directory|docs|seed|tests"


@pytest.fixture
async def dispatcher(db: Database) -> Dispatcher:
    """The conversation over an empty directory."""
    return build_dispatcher(Directory(db), Settings())


def test_the_table_of_columns_is_that_of_the_code() -> None:
    meanings = [(c.header, c.meaning.replace("|", "\\|")) for c in PAGES.values()]
    readme = (ROOT / "README.ru.md").read_text()
    table = readme.partition("| Заголовок | Что в ней |\n|---|---|\n")[2]
    rows = table.partition("\n\n")[0].splitlines()
    assert rows == [f"| {header} | {meaning} |" for header, meaning in meanings]


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_is_in_the_readme_and_in_the_example(name: str) -> None:
    assert f"`{name}`" in README
    assert name in EXAMPLE


def test_the_example_has_the_settings_with_their_defaults_and_nothing_else() -> None:
    assert EXAMPLE == SETTINGS


def test_the_defaults_are_those_of_the_code() -> None:
    fields = Settings.model_fields
    written = {name.upper(): field.default for name, field in fields.items()}
    assert {name: str(value or "") for name, value in written.items()}.items() <= SETTINGS.items()


def test_every_setting_of_the_example_is_explained_in_the_line_above() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    for above, line in pairwise(lines):
        if line and not line.startswith(("#", "WEB_PORT")):
            assert above.startswith("# "), f"{line} is not explained"


@pytest.mark.parametrize("command", SHELL)
def test_a_command_of_the_shell_is_in_the_readme(command: str) -> None:
    assert f"python -m {command}" in README


@pytest.mark.parametrize("command", [*CHAT, *OWNER])
async def test_a_command_of_the_chat_is_there_and_in_the_readme(
    dispatcher: Dispatcher, command: str
) -> None:
    assert command in set(_handled(dispatcher))
    assert f"/{command}" in README


@pytest.mark.parametrize("document", INSTRUCTIONS, ids=str)
def test_no_document_tells_of_a_command_or_an_option_that_is_not_there(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for program, words in _commands((ROOT / document).read_text()):
        if program == "make":
            assert f"\n{words[0]}:" in (ROOT / "Makefile").read_text(), words
            continue
        main = bot_main if program == "bot" else directory_main
        named = [words[0]] if words and re.fullmatch("[a-z][a-z-]*", words[0]) else []
        if program == "bot" and named:
            assert named[0] in ("chat", "doctor"), words
        with pytest.raises(SystemExit) as ended:
            main([*(named if program == "directory" else ()), "--help"])
        assert ended.value.code == 0, words
        options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
        assert {word for word in words if word.startswith("--")} <= options, words


@pytest.mark.parametrize("document", INSTRUCTIONS, ids=str)
def test_no_document_names_a_file_of_the_project_that_is_not_there(document: Path) -> None:
    for code in _code((ROOT / document).read_text()):
        for name in re.findall(rf"(?<![\w./:-])(?:\./)?((?:{FOLDERS})/[\w./-]*)", code):
            assert (ROOT / name.rstrip(".")).exists(), name
        for module in re.findall(r"python -m (bench\.\w+)", code):
            assert (ROOT / f"{module.replace('.', '/')}.py").exists(), module


async def test_every_command_that_is_handled_is_told_of(dispatcher: Dispatcher) -> None:
    with Catalogues().context():
        menu = {command.command for command in commands()}
        owners = {command.command for command in owner_commands()}
        help_ = set(re.findall(r"(?<!<)/([a-z_]+)", hello.help_([]).text))
    handled = set(_handled(dispatcher))
    assert menu == set(CHAT)
    assert menu - {"start", "help"} <= help_
    assert menu | owners | help_ <= handled
    untold = handled - menu - owners
    assert {name for name in untold if f"/{name}" not in README} == set()


def test_the_buttons_that_people_are_told_to_press_are_called_so() -> None:
    said = " ".join((LOCALES / "ru" / "LC_MESSAGES" / "messages.po").read_text().split())
    guide = " ".join((ROOT / "README.ru.md").read_text().split())
    chains = re.findall(r"(?:[Нн]ажмите|[Кк]ноп\w+|`/admin`,|карточку,) ((?:«[^»]+»,? ?)+)", guide)
    told = re.findall("«([^»]+)»", " ".join(chains))
    assert len(told) > 15
    for name in told:
        assert f'{name.removeprefix("1. ")}"' in said, name


@pytest.mark.parametrize("language", ["ru", "en"])
def test_telegram_takes_the_menu_and_the_description(language: str) -> None:
    catalogues = Catalogues()
    with catalogues.context(), catalogues.use_locale(language):
        menu = [command.model_dump() for command in [*commands(), *owner_commands()]]
        assert violations("setMyCommands", {"commands": menu}) == []
        assert violations("setMyDescription", {"description": description("")}) == []
        short = {"short_description": short_description()}
        assert violations("setMyShortDescription", short) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_no_link_to_a_file_or_a_heading_is_dead(document: Path) -> None:
    text = (ROOT / document).read_text()
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        path = (ROOT / document).parent / name if name else ROOT / document
        assert path.exists(), f"{target} does not exist"
        if anchor:
            assert anchor in set(_anchors(path.read_text())), f"{target}: no such heading"


def _handled(dispatcher: Dispatcher) -> Iterator[str]:
    """The commands that some handler answers."""
    for router in dispatcher.chain_tail:
        for handler in router.message.handlers:
            for command in handler.flags.get("commands", ()):
                yield from map(str, command.commands)


def _anchors(text: str) -> Iterator[str]:
    """What GitHub calls the headings of a document."""
    for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def _code(text: str) -> Iterator[str]:
    """The code of a document, and of a file that is no Markdown all of it, without what shows how a
    conversation goes."""
    if not re.search(r"^# .+\n\n", text):
        yield text
        return
    for kind, block in re.findall(r"^ *```(\w*)\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL):
        if kind != "text":
            yield block
    prose = re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL)
    for span in re.findall(r"`([^`]+)`", prose):
        yield " ".join(span.split())


def _commands(text: str) -> Iterator[tuple[str, list[str]]]:
    """The project's own commands that a document shows: the program, and what follows it."""
    programs = {"python -m bot": "bot", "python -m directory": "directory", "make": "make"}
    programs |= {"official-pages-bot": "bot", "official-pages": "directory"}
    called = (
        r"^(?:\S*/|.* -- \S+/)?(python -m bot|python -m directory|make|official-pages(?:-bot)?) "
    )
    for code in _code(text):
        for line in code.splitlines():
            if found := re.match(called + r"([a-z-].*)", line.strip("# ")):
                yield programs[found[1]], found[2].partition("#")[0].split()
