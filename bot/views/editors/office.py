"""The office: its menu and commands, and what the directory has."""

from __future__ import annotations

from aiogram.utils.i18n import gettext as _

from bot.buttons.changes import History
from bot.buttons.citizens import Menu
from bot.buttons.editors import AddPage, AuditLog, Editors
from bot.buttons.monthly import MonthReportOf
from bot.buttons.territories import Lands
from bot.buttons.trust import BrokenLinks, DoubleList, GoneList, HiddenList, Queue, Unconfirmed
from bot.views.text import bold, plain
from bot.views.view import View, button, keyboard, lines, paragraphs
from bot.views.words import pages, share, slot_name
from directory.model import Status
from directory.rights import Rights, Role
from directory.store.statistics import Statistics
from directory.territories import Territories


def office(rights: Rights, territories: Territories) -> View:
    """Show what an administrator can do here."""
    what = _("everything") if rights.role is Role.OWNER else plain(rights.scope.words(territories))
    text = paragraphs(
        bold(_("The office")),
        _("You may change: {what}.").format(what=what),
        _("To load a list, just send me a CSV or XLSX file. To change a page, open its card."),
        office_commands(rights.role),
    )
    rows = [
        [button(_("Reports"), Queue()), button(_("Changes"), History(n=0))],
        [button(_("Add a page"), AddPage()), button(_("Long unconfirmed"), Unconfirmed())],
        [button(_("Report of the month"), MonthReportOf())],
        [button(_("Broken links"), BrokenLinks()), button(_("What stands twice"), DoubleList())],
        [button(_("What is hidden"), HiddenList()), button(_("What was taken out"), GoneList())],
        [button(_("Export"), Menu(where="export")), button(_("Statistics"), Menu(where="stats"))],
    ]
    if rights.role is Role.OWNER:
        rows.append(
            [button(_("Owners and editors"), Editors()), button(_("Audit log"), AuditLog())]
        )
        rows.append([button(_("Territories"), Lands())])
    return View(text, keyboard(rows))


def office_commands(role: Role) -> str:
    """Return the commands of those who look after the directory, one a line."""
    return lines(
        _("/import — load a file"),
        _("/export — get the directory as a file"),
        _("/history — changes, and taking them back"),
        _("/reports — what people reported"),
        _("/stats — what the directory has"),
        _("/add — add a page"),
        *(
            (
                _("/editor — appoint editors"),
                _("/audit — who did what"),
                _("/backup — a copy of the directory"),
            )
            if role is Role.OWNER
            else ()
        ),
    )


def office_help(role: Role) -> str:
    """Return what /help tells those who look after the directory, above what it tells everybody."""
    return paragraphs(
        bold(_("You look after this directory")),
        lines(
            _("/admin — all of it on buttons: reports, changes, doubles, what is hidden"),
            office_commands(role),
        ),
        lines(
            _("— To load a list, just send the file: nothing changes before “Apply”."),
            _("— A card has “Edit”, “History”, “Hide…” and “The page is right” for you."),
            _("— Under a list of all pages of a place or topic, “Change all of them…”."),
            _("— The code of a page, sent to me, opens it, even if it was taken out."),
            _("— Every change can be undone: the button is under it and in /history."),
        ),
        bold(_("What everybody can do")),
    )


def statistics(found: Statistics) -> View:
    """Tell what the directory has and what it lacks."""
    shown = found.pages
    rest = [
        _("closed: {n}").format(n=found.by_status.get(Status.CLOSED, 0)),
        _("withdrawn: {n}").format(n=found.by_status.get(Status.HIDDEN, 0)),
        _("no longer in the directory: {n}").format(n=found.by_status.get(Status.RETIRED, 0)),
    ]
    on = [f"— {slot_name(slot)}: {n} ({share(n, shown)})" for slot, n in found.by_slot.items() if n]
    text = paragraphs(
        bold(_("The directory")),
        lines(pages(shown), ", ".join(rest)),
        lines(_("With links:"), *on, _("without any link: {n}").format(n=found.without_links)),
        _("Checked within half a year: {n} ({share})").format(
            n=found.checked, share=share(found.checked, shown)
        ),
        _("Changes so far: {n}").format(n=found.revisions),
    )
    return View(text)


def too_large_to_send(path: str) -> View:
    """Tell that the copy is there, and that Telegram does not take it."""
    text = _("The copy is made, but it is too large for Telegram: {path} on the bot's machine.")
    return View(text.format(path=plain(path)))
