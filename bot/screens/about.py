"""What the directory has, for everybody."""

from __future__ import annotations

from bot.pictures.apart import png
from bot.talk.own_name import own_username
from bot.views.citizens import about as views
from bot.views.view import View
from bot.views.words import today
from directory.directory import Directory
from directory.store.statistics import Statistics


async def about(directory: Directory) -> View:
    """Tell what there is, in words."""
    return views.about(*await _counted(directory))


async def about_in_short(directory: Directory) -> View:
    """Show the same for a group."""
    return views.short(*await _counted(directory), own_username())


async def about_drawn(directory: Directory) -> bytes | None:
    """Return the same as a picture; None when it cannot be drawn, which the words make up for."""
    found, region, _whole = await _counted(directory)
    return await png(views.picture(found, region, today()), directory.kept.state)


async def _counted(directory: Directory) -> tuple[Statistics, str, int]:
    """Count the region's pages, or all where the bot has no region or no page of it; the region of
    which they are ("": all), and how many there are in all."""
    whole = await directory.at_hand.statistics(directory.db, today())
    if home := directory.home:
        within = directory.territories.subtree(home.id)
        own = await directory.at_hand.statistics(directory.db, today(), sorted(within))
        if own.pages:
            return own, directory.region, whole.pages
    return whole, "", whole.pages
