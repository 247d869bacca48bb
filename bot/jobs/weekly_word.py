"""Once a week the owners hear how the bot did: numbers, which are kept from restart to restart."""

from __future__ import annotations

import shutil

from aiogram import Bot

from bot.metrics import ANSWERS, FAILURES, UNSENT, totals
from bot.people.staff import tell_owners
from bot.settings import Settings
from bot.views.owners.alarms import Week, weekly_word
from directory.directory import Directory
from directory.search.answer import SearchVerdict
from directory.store import backups, checks, reports, tallies

_FAILED, _UNSENT = "failed", "unsent"


class Tally:
    """What this process has counted, kept in the database now and then."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._kept = _counted()

    async def keep(self) -> None:
        """Add what was counted since the last time."""
        now = _counted()
        new = {name: n - self._kept.get(name, 0) for name, n in now.items()}
        if not any(new.values()):
            return
        async with self._directory.db.write() as connection:
            await tallies.add(connection, {name: n for name, n in new.items() if n})
        self._kept = now


async def send_weekly_word(bot: Bot, directory: Directory, settings: Settings) -> None:
    """Tell the owners, and count from nought again."""
    async with directory.db.read() as connection:
        counted = await tallies.read(connection)
        week = Week(
            verdicts={verdict: counted.get(verdict.value, 0) for verdict in SearchVerdict},
            failed=counted.get(_FAILED, 0),
            unsent=counted.get(_UNSENT, 0),
            copied=backups.latest(directory.backups_of),
            free=shutil.disk_usage(directory.backups_of.absolute().parent).free,
            reports=await reports.count_undecided(connection),
            broken=len({trouble.link for trouble in await checks.troubles(connection)}),
        )
    await tell_owners(bot, directory, settings, weekly_word(week))
    async with directory.db.write() as connection:
        await tallies.clear(connection)


def _counted() -> dict[str, int]:
    """Return what this process has counted since its start, by the name under which it is kept."""
    asked = totals(ANSWERS, "verdict", "surface").items()
    return {
        **{verdict: n for (verdict, surface), n in asked if surface == "message"},
        _FAILED: sum(totals(FAILURES).values()),
        _UNSENT: sum(totals(UNSENT).values()),
    }
