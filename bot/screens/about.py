"""What the directory has, for everybody."""

from __future__ import annotations

from bot.pictures.apart import png
from bot.talk.own_name import own_username
from bot.views.citizens import about as views
from bot.views.view import View
from bot.views.words import today
from directory.directory import Directory


async def about(directory: Directory) -> View:
    """Tell what there is, in words."""
    found = await directory.at_hand.statistics(directory.db, today())
    return views.about(found, directory.region, await _at_home(directory))


async def about_in_short(directory: Directory) -> View:
    """Show the same for a group."""
    found = await directory.at_hand.statistics(directory.db, today())
    return views.short(found, directory.region, await _at_home(directory), own_username())


async def about_drawn(directory: Directory) -> bytes | None:
    """Return the same as a picture; None when it cannot be drawn, which the words make up for."""
    found = await directory.at_hand.statistics(directory.db, today())
    return await png(views.picture(found, directory.region, today()), directory.kept.state)


async def _at_home(directory: Directory) -> int:
    """Return how many of the pages are of the bot's region."""
    if directory.home is None:
        return 0
    within = directory.territories.subtree(directory.home.id)
    counts = await directory.at_hand.counts(directory.db)
    return sum(n for (territory, _category), n in counts.items() if territory in within)
