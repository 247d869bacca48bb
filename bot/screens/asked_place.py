"""What was asked for before the place was named: «школа 5», a complaint; the place completes it.

A button of the bot's message carries it, as a short name of kinds of bodies or of a topic of
complaints from the data files: nothing that was typed but the number of an institution.
"""

from __future__ import annotations

from functools import cache

from bot.appeals.responsible import Responsible, all_responsible
from bot.buttons.citizens import InPlace
from bot.buttons.fields import category_key
from directory.directory import Directory
from directory.language.lexicon import lexicon
from directory.search.understood import understood


def asked_for(directory: Directory, query: str) -> InPlace | None:
    """Return what a query without a place asks for; None when it names a place or something else,
    too."""
    home = directory.home
    found = understood(query, directory.territories, home.id if home else None)
    numbers = [word for word in found.rest if word.isdigit()]
    if found.place or not found.kinds or len(numbers) > 1 or len(numbers) < len(found.rest):
        return None
    return InPlace(of=_of_kinds(found.kinds), n="".join(numbers)[:6])


def complained_of(about: Responsible) -> InPlace:
    """Return the topic of a complaint."""
    return InPlace(of=category_key(about.what))


def kinds_of(asked: InPlace) -> tuple[str, ...]:
    """Return the kinds of bodies that are asked for, the likeliest first; none for a complaint."""
    return _kinds().get(asked.of, ())


def responsible_of(asked: InPlace) -> Responsible | None:
    """Return who answers for what is complained of; None when it is no complaint."""
    return next((each for each in all_responsible() if complained_of(each) == asked), None)


def _of_kinds(kinds: tuple[str, ...]) -> str:
    return category_key("\n".join(kinds))


@cache
def _kinds() -> dict[str, tuple[str, ...]]:
    return {_of_kinds(kinds): kinds for kinds in lexicon().asked.phrases.values()}
