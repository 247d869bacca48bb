"""Which kind of body answers for what a complaint is about; see `complaints.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from bot.appeals.phrases import Phrases, words_of

_TABLES = tomllib.loads(Path(__file__).with_name("complaints.toml").read_text("utf-8"))[
    "responsible"
]


@dataclass(frozen=True, slots=True)
class Responsible:
    """What is complained of, in English for the catalogues, and the kinds of bodies to search for
    in the place and in its region, the likeliest first."""

    what: str
    place: tuple[str, ...]
    region: tuple[str, ...]


_BY_WORDS = [
    (Phrases(each["about"]), Responsible(each["what"], tuple(each["place"]), tuple(each["region"])))
    for each in _TABLES
]


def all_responsible() -> list[Responsible]:
    """Return who answers for each topic of complaints."""
    return [each for _, each in _BY_WORDS]


def responsible_for(text: str) -> Responsible:
    """Return who answers for what the text complains of."""
    words = words_of(text)
    said = (found for phrases, found in _BY_WORDS if phrases.said_in(words))
    return next(said, _BY_WORDS[-1][1])
