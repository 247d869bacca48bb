"""What owners hear of the bot and its database, unasked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from aiogram.utils.i18n import gettext as _

from bot.views.text import bold, code, plain
from bot.views.view import View, lines, paragraphs
from bot.views.words import moment, number, share
from directory.search.answer import SearchVerdict
from directory.store.faults import Fault


class Trouble(Enum):
    """What is wrong with the bot."""

    FAILED = auto()
    UNSENT = auto()
    TASK = auto()
    DISK = auto()


@dataclass(frozen=True, slots=True)
class Week:
    """What is told once a week: questions by verdict, answers that failed or were not sent, the
    last copy, free bytes of the disk, waiting reports, links that are broken or lead elsewhere."""

    verdicts: Mapping[SearchVerdict, int]
    failed: int
    unsent: int
    copied: datetime | None
    free: int
    reports: int
    broken: int


def weekly_word(week: Week) -> View:
    """Tell how the bot did in a week."""
    asked = sum(week.verdicts.values())
    found = week.verdicts.get(SearchVerdict.FOUND, 0) + week.verdicts.get(SearchVerdict.CHOOSE, 0)
    none = week.verdicts.get(SearchVerdict.NONE, 0)
    copied = moment(week.copied) if week.copied else _("none yet")
    text = paragraphs(
        bold(_("The bot's week")),
        lines(
            _("Questions in messages: {n}").format(n=number(asked)),
            _("Found: {share}, nothing at all: {none}").format(
                share=share(found, asked), none=share(none, asked)
            )
            if asked
            else "",
            _("Answers that failed: {n}").format(n=number(week.failed)),
            _("Answers that Telegram did not take: {n}").format(n=number(week.unsent)),
        ),
        lines(
            _("Last copy of the database: {when}").format(when=copied),
            _("Free disk: {size}").format(size=_size(week.free)),
        ),
        lines(
            _("Reports that wait in /reports: {n}").format(n=number(week.reports)),
            _("Links that do not open or lead elsewhere: {n}").format(n=number(week.broken)),
        ),
    )
    return View(text)


def troubles(new: Mapping[tuple[Trouble, str], int]) -> View:
    """Tell what has gone wrong since the owners were told last, and how often."""
    said = []
    for (trouble, what), n in new.items():
        said.append(
            {
                Trouble.FAILED: _(
                    "People were told that something went wrong: {n} times, {error}. The "
                    "program's log says where."
                ),
                Trouble.UNSENT: _(
                    "Answers that Telegram did not take within a minute, so that nobody got them: "
                    "{n}."
                ),
                Trouble.TASK: _("A regular task failed: {error}. The program's log says why."),
                Trouble.DISK: _("The disk is almost full: make room on it."),
            }[trouble].format(n=number(n), error=code(plain(what)))
        )
    after = _("I shall tell you of the same again in an hour at the earliest.")
    return View(paragraphs(bold(_("The bot has trouble")), lines(*said), after))


def database_lost(*, is_file: bool) -> View:
    """Warn owners that the database's file is gone, or its server out of reach."""
    if not is_file:
        heading = bold(_("The database's server does not answer"))
        advice = _(
            "Search goes on with what I have in memory; of the rest people are told that the "
            "directory cannot be read. I try again by myself: see whether PostgreSQL runs and can "
            "be reached from here. The log names it."
        )
        return View(paragraphs(heading, advice))
    text = paragraphs(
        bold(_("The database's file was deleted or replaced")),
        _(
            "I answer nobody until it is back: put the file or a copy of it back in its place. The "
            "log says where it was. Nothing else needs to be done, not even a restart."
        ),
    )
    return View(text)


def database_fault(fault: Fault) -> View:
    """Warn owners that the database takes no changes, and tell why."""
    why = {
        Fault.FULL: _("The disk is full: make room on it."),
        Fault.READ_ONLY: _(
            "The database is read-only: allow the bot to write its file and its folder."
        ),
        Fault.LOCKED: _("Another program holds the database: end it if it is not a large import."),
        Fault.BROKEN: _("The disk or the file is damaged: run python -m bot doctor."),
    }
    after = _("Search works meanwhile. I go on by myself as soon as it is possible again.")
    return View(paragraphs(bold(_("The directory takes no changes")), f"{why[fault]} {after}"))


def not_backed_up() -> View:
    """Warn owners that there is no copy of today."""
    return View(
        _(
            "Today's copy of the directory could not be made: the disk is full, or the database is "
            "damaged. Run python -m bot doctor on the bot's machine."
        )
    )


def database_back(*, is_file: bool) -> View:
    """Tell owners that the database is there again."""
    if not is_file:
        return View(_("The database's server answers again, and so do I."))
    return View(_("The database's file is back in its place, and I answer again."))


def _size(octets: int) -> str:
    return _("{n} GB").format(n=number(round(octets / 1e9, 1)))
