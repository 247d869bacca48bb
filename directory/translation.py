"""What the directory tells people, in the language of who reads it.

The templates are Russian, as are the commands. `english.po` beside has the English of each, which
the chat asks for with `speaking`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

RUSSIAN, ENGLISH = "ru", "en"

CATALOGUE = Path(__file__).with_name("english.po")

_language: ContextVar[str] = ContextVar("language", default=RUSSIAN)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Make `say` answer in this language: English for `ENGLISH`, Russian for any other."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def language() -> str:
    """The language in which `say` answers now: `RUSSIAN` or `ENGLISH`."""
    return _language.get()


def say(template: str, /, **values: object) -> str:
    """The Russian template, or its translation, with the values in the places of their names.

    What has no translation is said in Russian: so are texts that editors have written.
    """
    if _language.get() == ENGLISH:
        template = english().get(template, template)
    return template.format(**values) if values else template


class SaidError(Exception):
    """An error whose text people read: made of a template for `say`, and its values."""

    def __init__(self, template: str, /, **values: object) -> None:
        super().__init__(say(template, **values))


def quoted(names: Iterable[str]) -> str:
    """The names in quotation marks, separated by commas."""
    return ", ".join(say("«{given}»", given=name) for name in names)


@cache
def english() -> Mapping[str, str]:
    """The English templates by the Russian ones."""
    from babel.messages.pofile import read_po  # commands, which speak Russian, do without it

    with CATALOGUE.open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file, locale=ENGLISH) if m.id}
