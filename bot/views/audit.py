"""The audit log in words. Russian only, like all of the office."""

from __future__ import annotations

from collections.abc import Sequence

from bot.buttons import AuditFile, AuditLog
from bot.views.text import code, plain
from bot.views.view import Screen, View, button, keyboard, pager, paragraphs
from bot.views.words import clock, moment
from directory.model import Action
from directory.store.audit import Act, Entry

_SAID = {
    Action.SEED: "начальное заполнение",
    Action.IMPORT: "загрузка файла",
    Action.EDIT: "правка",
    Action.HIDE: "страница или ссылка скрыта",
    Action.RESTORE: "страница или ссылка возвращена",
    Action.REMOVE: "страница убрана из справочника",
    Action.MERGE: "территории объединены",
    Action.UNDO: "откат",
    Act.APPOINT: "назначен редактор",
    Act.DISMISS: "снят редактор",
    Act.EXPORT: "выгрузка",
    Act.REPORT: "решено сообщение",
}

HEADER = ("Когда", "Кто", "Что сделано", "Предмет", "Подробности")
"""The columns of the log as a file; `row` fills them."""


def audit_log(entries: Sequence[Entry], at: Screen, total: int) -> View:
    """One screen of the log."""
    text = paragraphs(
        "<b>Журнал действий</b>",
        f"Записей: {total}.",
        "\n\n".join(map(_entry, entries)),
        at.title,
    )
    rows = [pager(at, lambda n: AuditLog(n=n)), [button("Получить файлом", AuditFile())]]
    return View(text, keyboard(rows))


def row(entry: Entry) -> tuple[str, str, str, str, str]:
    """An entry as the cells of a file."""
    who, what, subject, detail = _words(entry)
    return clock(entry.at), who, what, subject, detail


def _entry(entry: Entry) -> str:
    who, what, subject, detail = _words(entry)
    actor = code(who) if entry.actor is not None else who
    said = " ".join(part for part in (what, plain(subject, 60)) if part)
    about = f" — {plain(detail, 120)}" if detail else ""
    return f"{moment(entry.at)}, {actor}:\n{said}{about}"


def _words(entry: Entry) -> tuple[str, str, str, str]:
    who = "командная строка" if entry.actor is None else str(entry.actor)
    is_revision = isinstance(entry.act, Action)
    subject = f"изменение {entry.subject}" if is_revision else entry.subject
    undone = entry.act is Action.UNDO and entry.detail
    return who, _SAID[entry.act], subject, f"изменения {entry.detail}" if undone else entry.detail
