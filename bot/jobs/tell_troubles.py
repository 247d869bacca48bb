"""The owners are told at once of what breaks: grouped, and of one kind once an hour."""

from __future__ import annotations

import shutil
from time import monotonic

from aiogram import Bot

from bot.metrics import FAILURES, TASK_FAILURES, UNSENT, totals
from bot.people.staff import tell_owners
from bot.settings import Settings
from bot.views.owners.alarms import Trouble, troubles
from directory.directory import Directory

SELDOM_SECONDS = 3600

LEAST_FREE = 500 * 2**20
"""Free bytes of the disk below which there is little time left."""

_Kind = tuple[Trouble, str]
_TOLD_ELSEWHERE = (Trouble.TASK, "backup")
"""By the job itself, once a day."""


class Troubles:
    """What has gone wrong in this process, and what of it the owners know."""

    def __init__(self, bot: Bot, directory: Directory, settings: Settings) -> None:
        self._bot, self._directory, self._settings = bot, directory, settings
        self._told: dict[_Kind, tuple[float, int]] = {}

    async def tell(self) -> None:
        """Tell the owners what has come up since they were told last."""
        now, new, counted = monotonic(), dict[_Kind, int](), _counted(self._directory)
        for kind, n in counted.items():
            at, before = self._told.get(kind, (-SELDOM_SECONDS, 0))
            if n < before:
                self._told[kind] = at, n  # there is room on the disk again
            elif n > before and now - at >= SELDOM_SECONDS:
                new[kind] = n - before
        if new and await tell_owners(
            self._bot, self._directory, self._settings, troubles(new)
        ):  # else the next time, when Telegram can be reached again
            self._told |= {kind: (now, counted[kind]) for kind in new}


def _counted(directory: Directory) -> dict[_Kind, int]:
    """Return how often each kind of trouble has come up since the start."""
    free = shutil.disk_usage(directory.backups_of.absolute().parent).free
    return {
        **{(Trouble.FAILED, error): n for (error,), n in totals(FAILURES, "error").items()},
        **{(Trouble.TASK, task): n for (task,), n in totals(TASK_FAILURES, "task").items()},
        (Trouble.UNSENT, ""): sum(totals(UNSENT).values()),
        (Trouble.DISK, ""): int(free < LEAST_FREE),
        _TOLD_ELSEWHERE: 0,
    }
