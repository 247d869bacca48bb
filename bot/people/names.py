"""What people are called, as Telegram tells at this moment: names are shown and never kept."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from aiogram import Bot
from aiogram.exceptions import AiogramError

from directory.rights import Rights, Role

SECONDS = 3.0
"""How long names are waited for: a list without them is of use, too."""


async def names_of(bot: Bot, rights: Rights, people: Iterable[int | None]) -> dict[int, str]:
    """Return the names of people by their numeric ids, for owners only; {} for others.

    Those are left out whom Telegram does not tell of: people who have never written to the bot.
    """
    if rights.role < Role.OWNER:
        return {}
    wanted = sorted({person for person in people if person is not None})
    found = await asyncio.gather(*(_name(bot, person) for person in wanted))
    return {person: name for person, name in zip(wanted, found, strict=True) if name}


async def _name(bot: Bot, person: int) -> str:
    try:
        async with asyncio.timeout(SECONDS):
            return (await bot.get_chat(person)).full_name
    except (AiogramError, TimeoutError):
        return ""
