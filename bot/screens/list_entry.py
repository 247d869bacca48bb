"""What a list's entry opens, from the data of its button."""

from __future__ import annotations

from bot.buttons.citizens import Open, PlaceCard, SectionsOf
from bot.people.reader import Reader
from bot.screens.magistrates import sections
from bot.screens.page_card import page_card
from bot.screens.page_lists import place_card
from bot.views.view import View
from directory.directory import Directory


async def list_entry(directory: Directory, data: str, reader: Reader | None) -> View | None:
    """Show the card or the list behind the button, None for a button of another kind."""
    try:
        if data.startswith(f"{Open.__prefix__}:"):
            return await page_card(directory, Open.unpack(data).page, reader)
        if data.startswith(f"{SectionsOf.__prefix__}:"):
            return await sections(directory, SectionsOf.unpack(data).territory, 0)
        if data.startswith(f"{PlaceCard.__prefix__}:"):
            number = PlaceCard.unpack(data).territory
            return await place_card(directory, number, private=reader is not None)
    except ValueError:
        return None
    return None
