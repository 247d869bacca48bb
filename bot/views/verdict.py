"""The verdict on a link."""

from __future__ import annotations

from datetime import date

from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from bot.buttons import Open
from bot.views.card import summary, url_rows
from bot.views.entry import Entry
from bot.views.evidence import evidence_lines
from bot.views.reports import suggest_row
from bot.views.results import open_rows
from bot.views.text import bold, code, plain
from bot.views.view import View, button, keyboard, lines, paragraphs
from directory.links.verdict import LinkVerdict, Verdict
from directory.text import clean

_LINK = 100


def verdict(
    text: str, judged: LinkVerdict, entry: Entry | None, now: date, *, private: bool = True
) -> View:
    """The answer to a link as it was given; `entry` is the page that the verdict speaks of.

    The given link is shown as code only, whatever the verdict: nothing that was sent here goes back
    as something that can be pressed.
    """
    heading = _heading(judged).format(link=code(clean(text, _LINK)))
    if judged.verdict is Verdict.OFFICIAL and entry is not None:
        told = lines(bold(entry.page.title), plain(summary(entry), 200))
        text = paragraphs(heading, told, evidence_lines(entry.page, now))
        return View(text, keyboard(open_rows([entry], 0) if private else url_rows(entry.page)))
    # The reason is in Russian, like all that the directory itself says.
    text = paragraphs(heading, plain(judged.why, 500))
    if judged.verdict is Verdict.LOOKALIKE and entry is not None and not entry.hidden:
        real = _("The real one: {title}").format(title=entry.page.title)
        return View(text, keyboard([[button(real, Open(page=entry.page.id))]]))
    if judged.verdict is Verdict.UNKNOWN and private:
        return View(text, keyboard([suggest_row()]))
    return View(text)


def _heading(judged: LinkVerdict) -> str:
    return {
        Verdict.OFFICIAL: _("{link} is an <b>official page</b>."),
        Verdict.HIDDEN: _("<b>Do not trust</b> {link}: it was in the directory and was withdrawn."),
        Verdict.LOOKALIKE: _("<b>Careful</b>: {link} looks like an official page and is not it."),
        Verdict.UNKNOWN: _(
            "<b>Unknown</b>: {link} is not in the directory. That proves nothing yet."
        ),
        Verdict.NOT_A_LINK: _("{link} is <b>not a link</b> that I could check."),
    }[judged.verdict]


def too_many(rest: int) -> View:
    """The links of a message beyond those that were judged."""
    text = ngettext(
        "{n} more link is left: send it separately.",
        "{n} more links are left: send them separately.",
        rest,
    )
    return View(text.format(n=rest))
