"""The catalogues: every text of the chat in both languages, and nothing besides."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import bot
from bot.appeals import complaints, danger, small_talk
from bot.i18n import LOCALES, Catalogues
from bot.views import words

_PLACE = re.compile(r"\{[^}]*\}")
_TAG = re.compile(r"</?[a-z]+")


def _looked_up() -> list[tuple[Path, list[ast.expr]]]:
    """Where the code looks texts up, with the texts: a single one, or a singular and a plural."""
    found = []
    for path in Path(bot.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                forms = {"_": 1, "ngettext": 2}.get(node.func.id, 0)
                found += [(path, node.args[:forms])] if forms else []
    return found


def _used() -> set[str]:
    """The first forms of all texts in the code."""
    topics = tomllib.loads(Path(words.__file__).with_name("topics.toml").read_text("utf-8"))
    return _written() | _of_danger() | _of_small_talk() | _of_complaints() | set(topics.values())


def _written() -> set[str]:
    return {str(text.value) for _, (text, *_) in _looked_up() if isinstance(text, ast.Constant)}


def _of_small_talk() -> set[str]:
    """The texts that the file of small talk has."""
    path = Path(small_talk.__file__).with_suffix(".toml")
    return {each["answer"] for each in tomllib.loads(path.read_text("utf-8"))["talk"]}


def _of_complaints() -> set[str]:
    """What is complained of, and who answers elsewhere, in the file of complaints."""
    data = tomllib.loads(Path(complaints.__file__).with_suffix(".toml").read_text("utf-8"))
    what = {each["what"] for each in data["responsible"]}
    return what | {each["says"] for each in data["elsewhere"]}


def _of_danger() -> set[str]:
    """The texts that the file of dangers has."""
    data = tomllib.loads((Path(danger.__file__).with_suffix(".toml")).read_text("utf-8"))
    names = {number["name"] for number in data["numbers"].values()}
    return names | {each["advice"] for each in data["dangers"] if "advice" in each}


_PATTERNS = {"appeals/phrases.py", "views/text.py"}
"""What has Russian letters in regular expressions, which nobody reads in the chat."""

_OPERATORS = {"__main__.py", "settings.py"}
"""What speaks to operators, in a terminal and in Russian only, as `process/` and `terminal/` do."""


def _not_in_the_catalogues(path: Path) -> list[str]:
    """The Russian texts of a file that are neither docstrings nor looked up."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    apart = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr)
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_")
        for part in ([node.value] if isinstance(node, ast.Expr) else node.args)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.search("[а-яё]", node.value, re.I)
        and id(node) not in apart
    ]


@pytest.mark.slow
def test_no_russian_text_of_the_chat_is_outside_the_catalogues() -> None:
    root = Path(bot.__file__).parent
    found = {
        name: texts
        for path in root.rglob("*.py")
        if (name := path.relative_to(root).as_posix()) not in _PATTERNS | _OPERATORS
        and not name.startswith(("process/", "terminal/"))
        and (texts := _not_in_the_catalogues(path))
    }
    assert found == {}


def _catalogue(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def _messages(language: str) -> list[Message]:
    return [message for message in _catalogue(language) if message.id]


def _forms(value: object) -> list[str]:
    return [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_text_is_translated_and_none_is_unused(language: str) -> None:
    known = {_forms(message.id)[0] for message in _messages(language)}
    assert _used() - known == set(), "not translated"
    assert known - _used() == set(), "in no code"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_translations_are_whole(language: str) -> None:
    for message in _messages(language):
        ids, translated = _forms(message.id), _forms(message.string)
        assert all(translated), message.id
        assert not message.fuzzy, message.id
        if len(ids) > 1:
            assert len(translated) == _catalogue(language).num_plurals, message.id
        for text in translated:
            assert sorted(_PLACE.findall(text)) == sorted(_PLACE.findall(ids[-1])), message.id
            assert sorted(_TAG.findall(text)) == sorted(_TAG.findall(ids[-1])), message.id


def test_russian_is_in_russian() -> None:
    names = {"Telegram", "MAX"}
    for message in _messages("ru"):
        for text in _forms(message.string):
            assert re.search("[а-яё]", text, re.I) or text in names or not _letters(text), text


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, _PLACE.sub("", text)))


_NOT_SAID = re.compile(
    r"(?i)\b(?:мы|нам|нас|нами|наш(?:[аеиу]|его|ей|ему|ими?|их)?|ваш\w* номер\w*"
    r"|номер\w* в telegram|экран\w*)\b"
)
"""The bot is «я», editors are «редакторы»; an id is no number; nobody counts screens."""

_CITIZENS = {"citizens", "views"}
"""The folders of what citizens read: there a sphere is a topic."""


def test_the_russian_keeps_to_its_words() -> None:
    said = [(m.id, text) for m in _messages("ru") for text in _forms(m.string)]
    assert [text for _id, text in said if _NOT_SAID.search(text)] == []
    theirs = {
        str(text.value)
        for path, texts in _looked_up()
        if path.parent.name in _CITIZENS
        for text in texts
        if isinstance(text, ast.Constant)
    }
    assert len(theirs) > 100
    assert [text for key, text in said if _forms(key)[0] in theirs and "сфер" in text] == []


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (1, "1 страница"),
        (2, "2 страницы"),
        (5, "5 страниц"),
        (11, "11 страниц"),
        (21, "21 страница"),
    ],
)
def test_russian_plurals(n: int, said: str) -> None:
    text = Catalogues().gettext("{n} page", "{n} pages", n, locale="ru")
    assert text.format(n=n) == said


@pytest.mark.slow
def test_every_text_can_be_extracted() -> None:
    """What is formatted before it is looked up is in no catalogue; `pybabel` sees no f-strings."""
    for path, texts in _looked_up():
        assert all(isinstance(text, ast.Constant) for text in texts), path
    found = extract_from_dir(Path(bot.__file__).parent, method_map=[("**.py", "python")])
    assert {text if isinstance(text, str) else text[0] for _, _, text, _, _ in found} == _written()
