"""A person's own territory and network, which they see first; when they are asked for one."""

from __future__ import annotations

from collections import Counter, OrderedDict

from bot.people.reader import Reader
from bot.views.citizens.home import asked_often
from bot.views.view import View
from directory.directory import Directory
from directory.model import Territory
from directory.store import homes

TIMES = 3
"""How often a person must ask about one place before they are asked whether it is theirs."""

MOST = 1_000
"""People whose questions are counted, in memory only."""

FEW = 8
"""Places of one person that are counted."""

_asked: OrderedDict[int, Counter[int]] = OrderedDict()


async def home_of(directory: Directory, person: int) -> Territory | None:
    """The territory that the person called theirs."""
    if not directory.at_hand.may_have_home(person):
        return None
    async with directory.db.read() as connection:
        return directory.territories.get(await homes.get(connection, person))


async def network_of(directory: Directory, person: int) -> str:
    """The network whose links the person wants first, "" for none."""
    if not directory.at_hand.may_have_home(person):
        return ""
    async with directory.db.read() as connection:
        return await homes.network_of(connection, person)


async def with_question(
    directory: Directory, reader: Reader, view: View, asked_about: int | None
) -> View:
    """The answer, with the question whether the place that it names is the person's: once, when
    they keep asking about it."""
    place = directory.territories.get(asked_about)
    person = reader.person
    if place is None or directory.db.fault is not None or await _was_asked(directory, person):
        return view
    counted = _asked.setdefault(person, Counter())
    if place.id not in counted and len(counted) >= FEW:
        del counted[next(iter(counted))]
    counted[place.id] += 1
    if len(_asked) > MOST:
        _asked.popitem(last=False)
    if counted[place.id] < TIMES:
        return view
    forget(person)
    async with directory.db.write() as connection:
        await homes.set_home(connection, person, None)
    await directory.refresh()
    return asked_often(view, place)


async def _was_asked(directory: Directory, person: int) -> bool:
    if not directory.at_hand.may_have_home(person):
        return False
    async with directory.db.read() as connection:
        return await homes.was_asked(connection, person)


def forget(person: int) -> None:
    """Forget what the person asked about."""
    _asked.pop(person, None)
