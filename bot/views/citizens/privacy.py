"""What the bot keeps of people, and deleting it: /privacy and /forget."""

from __future__ import annotations

from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from bot.buttons.citizens import Forget
from bot.views.view import View, button, keyboard, lines, paragraphs
from directory.reports import KEPT_DAYS
from directory.store.keepers import CODE_KEPT
from directory.store.waiting_files import KEPT
from directory.unfound import PEOPLE


def privacy() -> View:
    """Tell what is kept and for how long, in plain words."""
    text = paragraphs(
        _("<b>What I keep</b>"),
        lines(
            _("— Pages that you saved, with your Telegram id: until you remove them."),
            _(
                "— Whether I may write to you of changes of the saved pages, and for which hidden "
                "page you wait: until you turn it off. It is off at first; if you block me, I stop."
            ),
            _(
                "— Which page you proved to run, and the code for it: until an editor, you or "
                "/forget takes it back, or the page is hidden; a code for {days} days. Its editors "
                "see your Telegram id until then."
            ).format(days=CODE_KEPT.days),
            _(
                "— Which place you called yours, or that I asked you about one, and which network "
                "you want first: until you choose another or press /forget."
            ),
            _(
                "— What you report or suggest, in your words, with your Telegram id: until you are "
                "answered, and {days} days at most."
            ).format(days=KEPT_DAYS),
            _(
                "— Of editors: who changed what and when, which stays in the history; the name "
                "that an owner gave them; a file that waits for their decision, {days} days; an "
                "edit that is not finished."
            ).format(days=KEPT.days),
        ),
        _(
            "I do not keep what you search for, your name, where you are or the links you check, "
            "and the log of the program has neither your words nor your Telegram id. A place "
            "that you send stands on the buttons of the answer in this chat, and nowhere else. I "
            "remember the last list that you were shown for ten minutes, with the kind and the "
            "number of the institution or the topic of the complaint, so that you can answer with "
            "a number from it or with a place, when you took files for an hour, how many reports "
            "you sent for a day, and which places you asked about until the next restart at most."
        ),
        _(
            "What I find no page for I count, so that editors see what is missing: of the words a "
            "fingerprint, of you which of sixteen marks is yours, which a sixteenth of all people "
            "share. From {people} different people in a month on I keep the words themselves, "
            "without who they were; the rest is erased with the month."
        ).format(people=PEOPLE),
        _(
            "/forget deletes the saved pages, your place and network and what you reported, with "
            "its words. If others wrote the same, it stays theirs, with no tie to you. Backups "
            "made before are kept for half a year, those that the owners took away until they "
            "delete them."
        ),
    )
    return View(text)


def forget(kept: int) -> View:
    """Ask before all is deleted."""
    text = ngettext(
        "Delete the {n} record that I keep of you? This cannot be taken back.",
        "Delete all {n} records that I keep of you? This cannot be taken back.",
        kept,
    ).format(n=kept)
    rows = [
        [button(_("Delete"), Forget(sure=True))],
        [button(_("Do not delete"), Forget(sure=False))],
    ]
    return View(text, keyboard(rows))


def nothing_kept(*, staff: bool) -> View:
    """Tell that there is nothing to delete; of editors and owners (`staff`) the history stays."""
    return View(paragraphs(_("I keep nothing of you."), _of_staff() if staff else ""))


def forgotten(sure: bool, *, staff: bool) -> View:
    """Tell what /forget came to."""
    if not sure:
        return View(_("Nothing was deleted."))
    deleted = _(
        "Deleted: your saved pages and the words of your reports. I keep nothing of you now."
    )
    return View(paragraphs(deleted, _of_staff() if staff else ""))


def _of_staff() -> str:
    return _("What you changed as an editor stays in the history, with your Telegram id.")
