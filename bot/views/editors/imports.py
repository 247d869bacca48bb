"""What is said of a file that was sent, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.i18n import gettext as _

from bot.buttons.changes import Template
from bot.views.editors.import_preview import counts, preview
from bot.views.editors.undo import undo_button
from bot.views.text import bold, plain
from bot.views.view import View, button, keyboard, lines, paragraphs
from directory.imports.summary import Summary
from directory.store.waiting_files import MOST
from directory.territories import Territories


def ask_file() -> View:
    """Tell what to send, after /import."""
    text = paragraphs(
        _("Send me a CSV or XLSX file: one row a page, the headers as in the export (/export)."),
        _("I shall show what it would change. Nothing changes before you press “Apply”."),
    )
    return View(text, keyboard([[button(_("Empty table with examples"), Template())]]))


def refused(summary: Summary, number: str, sheets: Sequence[str], territories: Territories) -> View:
    """«Применить» for a file with mistakes: nothing is done without a word on its good rows."""
    told = _("Nothing is changed: the file has rows with mistakes.")
    how = _("Mend them and send the file again, or apply it without them.")
    view = preview(summary, number, sheets, territories)
    return View(paragraphs(lines(f"<b>{told}</b>", how), view.text), view.keyboard)


def changed_meanwhile(view: View) -> View:
    """Show a new preview, since the directory has changed since the last one."""
    told = _("The directory has changed since, so nothing is applied yet. Please look again.")
    return View(paragraphs(f"<b>{told}</b>", view.text), view.keyboard)


def applied(summary: Summary, revision: int) -> View:
    """Tell that the file is applied."""
    text = paragraphs(
        _is_applied(summary.file, revision),
        counts(summary),
        _("The pages can be found in a few seconds."),
    )
    return View(text, keyboard([[undo_button(revision)]]))


def applied_before(file: str, revision: int) -> View:
    """Tell that the file was applied before a restart, of which nothing more is known here."""
    return View(_is_applied(file, revision), keyboard([[undo_button(revision)]]))


def _is_applied(file: str, revision: int) -> str:
    told = _("Applied: {file}. This is change {n}.")
    return told.format(file=bold(file, 100), n=revision)


def cancelled() -> View:
    """Tell that the file is dropped."""
    return View(_("Cancelled: the directory is as it was."))


def dropped(file: str) -> View:
    """Tell that an older file waits no longer, since there are too many."""
    text = _(
        "At most {n} of your files wait for a decision: “{file}”, the oldest, waits no longer."
    )
    return View(text.format(n=MOST, file=plain(file, 100)))


def decided_before() -> str:
    """Return the notice that the file was decided on, or waited too long."""
    return _("This file was decided on already, or is kept no longer. Send it again if need be.")


def unreadable(file: str, why: str) -> View:
    """Tell that the file cannot be read, and why."""
    text = _("The file {file} cannot be read.").format(file=bold(file, 100))
    return View(paragraphs(text, plain(why, 1000)))


def too_big() -> View:
    """Tell that Telegram does not give so large a file to bots."""
    return View(
        _("The file is larger than 20 MB, which Telegram does not pass to bots. Send it in parts.")
    )
