"""What the bot does regularly and unasked.

When a task was last begun is kept in the database: a restart does not do it twice, and of several
replicas one does it. A new installation does each for the first time after its period: nobody is
sent a list in the minute in which the bot is first started.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from aiogram import Bot
from aiogram.utils.i18n import gettext as _

from bot.i18n import Catalogues
from bot.jobs.back_up import back_up
from bot.jobs.check_links import check_links
from bot.jobs.page_news import tell_hijacks, tell_page_news
from bot.jobs.queue_news import tell_news
from bot.jobs.tell_troubles import Troubles
from bot.jobs.weekly_word import Tally, send_weekly_word
from bot.metrics import TASK_FAILURES
from bot.people.staff import owners_of, staff, tell_owners, try_to_tell, unreached
from bot.screens.broken_links import broken_screen
from bot.screens.monthly import keep_figures
from bot.screens.unconfirmed import unconfirmed_screen
from bot.settings import Settings
from bot.talk import unfound
from bot.talk.report_answers import deliver
from bot.views.owners.staff import silent_owners
from bot.views.words import today
from directory.directory import Directory
from directory.store import reports, waiting_files
from directory.store.faults import DatabaseLostError
from directory.store.tasks import claim

log = logging.getLogger(__name__)

_LOOK_SECONDS = 60
"""How often it is looked whether a task is due."""

Job = Callable[[], Awaitable[None]]


async def run(bot: Bot, directory: Directory, settings: Settings) -> None:
    """Do all regular tasks, each in its own time, until cancelled."""
    with Catalogues(settings.zone).context():
        async with asyncio.TaskGroup() as group:
            for name, period, job in (
                ("answers", timedelta(minutes=10), partial(answers, bot, directory)),
                ("unfound", timedelta(minutes=10), partial(unfound.keep, directory)),
                ("queue", timedelta(minutes=10), partial(tell_news, bot, directory, settings)),
                ("news", timedelta(minutes=10), partial(tell_page_news, bot, directory, settings)),
                ("unconfirmed", timedelta(days=7), partial(weekly, bot, directory, settings)),
                ("word", timedelta(days=7), partial(send_weekly_word, bot, directory, settings)),
                ("figures", timedelta(days=1), partial(keep_figures, directory)),
                ("backup", timedelta(days=1), partial(back_up, bot, directory, settings)),
                ("links", timedelta(days=1), partial(check_links, bot, directory, settings)),
            ):
                group.create_task(_repeat(name, partial(_when_due, directory, name, period, job)))
            group.create_task(_repeat("hijacks", partial(tell_hijacks, bot, directory)))
            group.create_task(_repeat("tally", Tally(directory).keep))
            group.create_task(_repeat("alarms", Troubles(bot, directory, settings).tell))


async def answers(bot: Bot, directory: Directory) -> None:
    """Tell those of decisions who could not be told at once, forget what has waited too long."""
    await deliver(bot, directory)
    now = datetime.now(UTC)
    async with directory.db.write() as connection:
        await reports.expire(connection, now)
        await waiting_files.expire(connection, now)


async def weekly(bot: Bot, directory: Directory, settings: Settings) -> None:
    """Send each owner and editor their pages that nobody has confirmed for long, and their links
    that do not open or lead elsewhere."""
    owners = owners_of(directory, settings)
    if silent := await unreached(bot, owners):
        await tell_owners(bot, directory, settings, silent_owners(silent), besides=silent)
    heading = _("Once a week: please check that these pages are right")
    for person, rights in await staff(directory, settings):
        views = (
            await unconfirmed_screen(directory, rights, today(), heading=heading),
            await broken_screen(directory, rights),
        )
        for view in views:
            if view.keyboard is not None and not await try_to_tell(bot, person, view):
                break


async def _when_due(directory: Directory, name: str, period: timedelta, job: Job) -> None:
    async with directory.db.write() as connection:
        due = await claim(connection, name, datetime.now(UTC), period)
    if due:
        await job()


async def _repeat(name: str, job: Job) -> None:
    TASK_FAILURES.labels(name)
    while True:
        try:
            await job()
        except DatabaseLostError:
            pass  # told once, by the directory and by `guard_database`
        except Exception:
            # One failed run must not end all the later ones; what it was stands in the log.
            TASK_FAILURES.labels(name).inc()
            log.exception("the regular task %s failed", name)
        await asyncio.sleep(_LOOK_SECONDS)
