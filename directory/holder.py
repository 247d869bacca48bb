"""Who holds a post: somebody, somebody who only acts, nobody, or somebody who held it before."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from directory.model import Page, Status

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


class Tenure(Enum):
    """How somebody holds a post."""

    HOLDS = auto()
    ACTING = auto()
    VACANT = auto()
    FORMER = auto()


class Holder(NamedTuple):
    """The person without the words about their tenure; "" when the post is vacant."""

    person: str
    tenure: Tenure


def _either(phrases: Iterable[str]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in longest_first)


_ACTING = rf"(?i:{_either(_DATA['acting'])})|{_either(_DATA['acting_as_written'])}"
_FORMER = rf"(?i:{_either(_DATA['former'])})"
_VACANT = re.compile(rf"[(\[]?(?i:{_either(_DATA['vacant'])})[)\].]*")
_NOTHING = frozenset({"нет", "-", "–", "—"})
"""What stands for an empty cell as often as for a vacant post."""

_EDGES = " ,;:-–—"


def holder(page: Page) -> Holder | None:
    """Who holds the page's post, None when the page names nobody and does not say it is vacant."""
    person = page.person.strip()
    if not person:
        return None
    if _VACANT.fullmatch(person):
        return Holder("", Tenure.VACANT)
    for words, tenure in ((_FORMER, Tenure.FORMER), (_ACTING, Tenure.ACTING)):
        name = _without(words, person)
        if name and name != person:
            return Holder(name, tenure)
    return Holder(person, Tenure.FORMER if page.status is Status.CLOSED else Tenure.HOLDS)


def is_vacancy(text: str) -> bool:
    """Whether a cell says that nobody holds the post: «вакансия», not just «нет» or a dash."""
    return text.strip().lower() not in _NOTHING and bool(_VACANT.fullmatch(text.strip()))


def _without(words: str, person: str) -> str:
    """The person without these words at either end or in brackets; as it was when it has none."""
    in_brackets, before, after = rf"[(\[]\s*(?:{words})\s*[)\]]", rf"^(?:{words})", rf"(?:{words})$"
    for pattern in (in_brackets, rf"{before}(?!\w)", rf"(?<!\w){after}"):
        name, found = re.subn(pattern, " ", person)
        if found:
            return " ".join(name.split()).strip(_EDGES)
    return person
