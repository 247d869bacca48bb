"""What the directory tells people, in English: every template has its translation."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import directory
from directory.change_history import DAYS, NAMES, OF_TERRITORIES
from directory.editing.quarantine import CONFIRMED, REASONS, REASONS_TO_REMOVE
from directory.file.columns import HEADERS, PAGES, REMARKS
from directory.file.placeholders import CLEAR
from directory.imports import headers
from directory.imports.read import kinds, notes, reader
from directory.imports.read.book import SkipReason, Unread
from directory.imports.read.decode import NAMES as ENCODINGS
from directory.imports.read.delimited import DELIMITERS
from directory.links import letters, reasons
from directory.links.data import PLATFORMS, SERVICES_OF_PLATFORMS, SERVICES_OF_STATE
from directory.links.parse import parse
from directory.links.refusal import Refusal
from directory.links.verifier import Verifier
from directory.model import SLOTS
from directory.translation import CATALOGUE, ENGLISH, english, say, speaking
from tests.hostile_links import PAGE, hostile_forms
from tests.true_links import true_links

SAYING = {
    *("say", "CellError", "PlaceError", "RefusedError", "UnmergeableError", "UnreadableError")
}
"""What is called with a template, its last argument without a name."""

_PLACE = re.compile(r"\{[^}]*\}")
_RUSSIAN = re.compile("[а-яё]+", re.I)

UNTRANSLATED = {"Госорганизация", "Решаем", "вместе"}
"""What is called so in English, too."""


def _in_code() -> set[str]:
    """The templates that the code says."""
    return {
        str(given.value)
        for path in Path(directory.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id in SAYING and isinstance(given := node.args[-1], ast.Constant)
    }


def _in_data() -> set[str]:
    """The templates that stand in tables and in files of data."""
    return {
        *(platform.name for platform in PLATFORMS.values() if _RUSSIAN.search(platform.name)),
        *(why for platform in PLATFORMS.values() for _pattern, why in platform.refused),
        *SERVICES_OF_STATE.values(),
        *SERVICES_OF_PLATFORMS.values(),
        *reasons.CHECKS.values(),
        reasons.ANY_CHECK,
        *letters.SCRIPTS.values(),
        letters.ANY_SCRIPT,
        *REASONS.values(),
        CONFIRMED,
        *filter(_RUSSIAN.search, (*NAMES.values(), *DAYS.values(), *OF_TERRITORIES.values())),
        *(column.meaning for column in PAGES.values()),
        *filter(_RUSSIAN.search, HEADERS.values()),
        *(headers.OF_SECTIONS),
        *(headers.OF_LINKS, headers.NUMBERED, REMARKS, CLEAR),
        *(*SkipReason, *Unread),
        *(what for _sign, what in (*kinds.FOREIGN, *kinds.IN_ZIP)),
        *kinds.MARKUP.values(),
        *(*notes.MAKES.values(), reader.NO_HEADER, reader.EMPTY),
        *filter(_RUSSIAN.search, (*ENCODINGS.values(), *DELIMITERS.values())),
        *REASONS_TO_REMOVE.values(),
    }


def test_every_template_is_translated_and_none_is_unused() -> None:
    used = _in_code() | _in_data()
    assert used - english().keys() == set(), "not translated"
    assert english().keys() - used == set(), "said nowhere"


def test_translations_are_whole() -> None:
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file, locale=ENGLISH) if message.id]
    assert [message.id for message in messages] == sorted(str(m.id) for m in messages)
    assert not any(message.fuzzy for message in messages)
    for template, translated in english().items():
        assert translated, template
        assert sorted(_PLACE.findall(translated)) == sorted(_PLACE.findall(template)), template
        assert set(_RUSSIAN.findall(_PLACE.sub("", translated))) <= UNTRANSLATED, template


def test_each_task_speaks_its_language() -> None:
    with speaking(ENGLISH):
        assert say("буквы «{a}» и «{b}» переставлены", a="о", b="p") == (
            "the letters “о” and “p” are swapped"
        )
        assert say("сайт") == "website"
        assert say("Своими словами: {5} причин") == "Своими словами: {5} причин"
    assert say("сайт") == "сайт"


@pytest.fixture(scope="module")
def links() -> list[str]:
    """Links of all kinds: hostile, honest, and none."""
    given = [form.text for form in hostile_forms()]
    given += [text for text, _honest in true_links()]
    given += [f"https://{host}/" for host in (*SERVICES_OF_STATE, *SERVICES_OF_PLATFORMS)]
    return [*given, "", "@", "x" * 3000, "a@b.ru", "123", "vk.com", "vk.com/away.php"]


def test_no_reason_of_a_verdict_is_in_russian_for_english_readers(links: list[str]) -> None:
    verifier = Verifier([PAGE])
    with speaking(ENGLISH):
        said = {verifier.verify(text).why for text in links}
    assert len(said) > 500
    assert {why for why in said if _is_russian(why)} == set()


def test_no_refusal_of_a_link_is_in_russian_for_english_readers(links: list[str]) -> None:
    with speaking(ENGLISH):
        found = [parse(text, slot=slot) for text in links for slot in ("vk", "site", SLOTS[-1])]
    said = {refused.why for refused in found if isinstance(refused, Refusal)}
    assert len(said) > 300
    assert {why for why in said if _is_russian(why)} == set()


def _is_russian(why: str) -> bool:
    """Whether there are Russian words outside what is quoted, in inverted commas or brackets."""
    told = re.sub(r"“[^”]*”|\([^)]*\)", "", why.replace(PAGE.title, ""))
    return _RUSSIAN.search(told) is not None
