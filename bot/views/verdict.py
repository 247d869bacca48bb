"""The verdict on a link."""

from __future__ import annotations

from datetime import date

from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from bot.callbacks import Open
from bot.entries import Entry
from bot.views.card import summary, url_rows
from bot.views.reports import suggest_row
from bot.views.results import open_rows
from bot.views.text import bold, code, plain
from bot.views.view import View, button, keyboard, lines, paragraphs
from bot.views.words import checked
from directory.evidence import evidence
from directory.links import LinkVerdict, Verdict
from directory.text import clean

_LINK = 100


def verdict(
    text: str, judged: LinkVerdict, entry: Entry | None, now: date, *, private: bool = True
) -> View:
    """The answer to a link as it was given; `entry` is the page that the verdict speaks of.

    The given link is shown as code only, whatever the verdict: nothing that was sent here goes back
    as something that can be pressed.
    """
    given = code(clean(text, _LINK))
    why = plain(judged.why, 500)
    if judged.verdict is Verdict.OFFICIAL and entry is not None:
        told = lines(bold(entry.page.title), plain(summary(entry), 200))
        text = paragraphs(
            _("{link} is an <b>official page</b>.").format(link=given),
            told,
            lines(why, checked(evidence(entry.page, now))),
        )
        rows = open_rows([entry], 0) if private else url_rows(entry.page)
        return View(text, keyboard(rows))
    if judged.verdict is Verdict.HIDDEN:
        text = paragraphs(
            _("<b>Do not trust</b> {link}: it was in the directory and was withdrawn.").format(
                link=given
            ),
            why,
        )
        return View(text)
    if judged.verdict is Verdict.LOOKALIKE:
        text = paragraphs(
            _("<b>Careful</b>: {link} looks like an official page and is not it.").format(
                link=given
            ),
            why,
        )
        if entry is None or entry.hidden:
            return View(text)
        real = _("The real one: {title}").format(title=entry.page.title)
        return View(text, keyboard([[button(real, Open(page=entry.page.id))]]))
    if judged.verdict is Verdict.UNKNOWN:
        text = paragraphs(
            _("{link} is not in the directory. That proves nothing yet.").format(link=given),
            why,
            _(
                "How to check yourself: on VK an official page has the mark “Госорганизация” "
                "beside its name; a body's own site links to its pages."
            ),
        )
        return View(text, keyboard([suggest_row()]) if private else None)
    return View(
        paragraphs(_("{link} is not a link to a page that I could check.").format(link=given), why)
    )


def too_many(rest: int) -> View:
    """The links of a message beyond those that were judged."""
    text = ngettext(
        "{n} more link is left: send it separately.",
        "{n} more links are left: send them separately.",
        rest,
    )
    return View(text.format(n=rest))
