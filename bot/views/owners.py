"""What owners hear of the bot itself, unasked."""

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
    """How the bot did."""
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
    """What has gone wrong since the owners were told last, and how often."""
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


def _size(octets: int) -> str:
    return _("{n} GB").format(n=number(round(octets / 1e9, 1)))
