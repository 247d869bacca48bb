"""The audit log in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from aiogram.utils.i18n import gettext as _

from bot.buttons.editors import AuditFile, AuditLog
from bot.views.text import bold, code, plain
from bot.views.view import Screen, View, button, keyboard, pager, paragraphs
from bot.views.words import action_name, clock, long_date, moment
from directory.file.writers import Sheet
from directory.model import Action
from directory.rights import Scope
from directory.store.audit import Act, Detail, LogEntry
from directory.territories import Territories
from directory.translation import say

_WIDTHS = (20, 16, 26, 20, 50)
"""Of the columns of the log as a file, in characters."""


def sheet(entries: Sequence[LogEntry], territories: Territories) -> Sheet:
    """Return the log as the sheet of a workbook."""
    header = (_("When"), _("Who"), _("What was done"), _("Subject"), _("Details"))
    widths = dict(zip(header, _WIDTHS, strict=True))
    return Sheet(_("Log"), header, [_row(entry, territories) for entry in entries], widths)


def audit_log(
    entries: Sequence[LogEntry], at: Screen, total: int, territories: Territories
) -> View:
    """Show one screen of the log."""
    text = paragraphs(
        bold(_("The audit log")),
        _("Entries: {n}.").format(n=total),
        "\n\n".join(_entry(entry, territories) for entry in entries),
        at.title,
    )
    rows = [pager(at, lambda n: AuditLog(n=n)), [button(_("Get it as a file"), AuditFile())]]
    return View(text, keyboard(rows))


def _row(entry: LogEntry, territories: Territories) -> tuple[str, str, str, str, str]:
    who, what, subject, detail = _words(entry, territories)
    return clock(entry.at), who, what, subject, detail


def _entry(entry: LogEntry, territories: Territories) -> str:
    who, what, subject, detail = _words(entry, territories)
    actor = code(who) if entry.actor is not None else who
    between = ", " if isinstance(entry.act, Action) else " "
    said = between.join(part for part in (what, plain(subject, 60)) if part)
    about = f" — {plain(detail, 120)}" if detail else ""
    return f"{moment(entry.at)}, {actor}:\n{said}{about}"


def _words(entry: LogEntry, territories: Territories) -> tuple[str, str, str, str]:
    who = _("the command line") if entry.actor is None else str(entry.actor)
    subject, detail = entry.subject, _detail(entry.detail, territories)
    if isinstance(entry.act, Action):
        subject = _("change {n}").format(n=subject)
    if entry.act is Action.UNDO and detail:
        detail = _("of change {n}").format(n=detail)
    return who, _act(entry.act), subject, detail


def _detail(detail: Detail | Scope | date | str, territories: Territories) -> str:
    if isinstance(detail, Scope):
        return detail.words(territories)
    if isinstance(detail, date):
        return long_date(detail)
    if not isinstance(detail, Detail):
        return say(detail)  # a file's name, or a reason, which may be a ready one
    return {
        Detail.CSV: "CSV",
        Detail.XLSX: "XLSX",
        Detail.JSON: "JSON",
        Detail.BACKUP: _("copy of the database"),
        Detail.AUDIT_LOG: _("the audit log"),
        Detail.ACCEPTED: _("the directory was mended"),
        Detail.HIDDEN: _("what was reported is hidden"),
        Detail.DECLINED: _("declined"),
    }[detail]


def _act(act: Action | Act) -> str:
    if isinstance(act, Action):
        return action_name(act)
    return {
        Act.APPOINT: _("entrusted to an editor"),
        Act.DISMISS: _("dismissed"),
        Act.INVITE: _("somebody invited by a link"),
        Act.LIMIT: _("last day of an editor's rights"),
        Act.OWNER: _("became an owner"),
        Act.WITHDRAW: _("no longer entrusted to an editor"),
        Act.EXPORT: _("export"),
        Act.REPORT: _("report decided"),
        Act.KEEPER: _("runs a page: confirmed"),
        Act.NO_KEEPER: _("runs a page: withdrawn"),
        Act.DIFFERENT: _("no doubles, but two pages"),
        Act.JOIN: _("joined the staff"),
        Act.RENAME: _("an editor's name changed"),
        Act.OFFER: _("offered to become an owner"),
        Act.NO_OFFER: _("an offer to become an owner withdrawn or refused"),
    }[act]
