"""What the office does: how each act is attempted, and for whom it changes something."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from bot.buttons.bulk import BulkAsk, BulkMenu, BulkParts
from bot.buttons.changes import (
    ChangeFile,
    Export,
    ExportFrom,
    ExportPart,
    History,
    PageHistory,
    RevisionCard,
    RevisionScreen,
    Template,
)
from bot.buttons.citizens import Menu
from bot.buttons.editors import (
    AddPage,
    AuditFile,
    AuditLog,
    EditCancel,
    EditField,
    EditMore,
    EditorCard,
    EditorName,
    Editors,
    EditPage,
    EditSave,
    Entrust,
    FindPerson,
    WhoMay,
)
from bot.buttons.keepers import KeepersOf
from bot.buttons.monthly import (
    LackingMap,
    MonthCut,
    MonthPages,
    MonthReportOf,
    PastMonth,
    PastMonths,
    UnfoundList,
)
from bot.buttons.territories import ChangeLand, Land, Lands, MergeLand
from bot.buttons.trust import (
    BrokenLinks,
    BrokenLinksFile,
    Confirm,
    ConfirmAll,
    DoubleList,
    GoneList,
    HiddenList,
    Hide,
    Merge,
    OwnReason,
    Quarantine,
    Queue,
    QueuePart,
    Remove,
    SameAs,
    Unconfirmed,
)
from directory.figures import Cut
from tests.bot import attempts
from tests.bot.personas import (
    NORTH,
    SOUTH,
    Attempt,
    Scene,
    presses,
    says,
)


class Row(NamedTuple):
    """An act: an attempt at it, and by which of those who are let in it changes something.

    `repeats`: the same attempt, made again, changes something again.
    """

    attempt: Callable[[Scene, int], Awaitable[Attempt]]
    changes: frozenset[str] = frozenset()
    repeats: bool = False


def row(make: Callable[[Scene, int], Any], *changes: str, repeats: bool = False) -> Row:
    """A row whose attempt may be made with or without waiting."""

    async def attempt(scene: Scene, person: int) -> Attempt:
        made = make(scene, person)
        return made if isinstance(made, Attempt) else await made

    return Row(attempt, frozenset(changes), repeats)


def simply(attempt: Attempt, *changes: str, repeats: bool = False) -> Row:
    """A row whose attempt is the same for everybody."""
    return row(lambda _scene, _person: attempt, *changes, repeats=repeats)


THEIRS = ("owner", "appointed owner", "editor", "colleague")
"""Those whose the northern pages are."""
PERSONAL = ("owner", "appointed owner", "editor")
"""The same, where nobody may go on with what another has begun."""
ALL = (*THEIRS, "foreign editor")


ROWS: dict[str, Row] = {
    "office.menu, said": simply(says("/admin")),
    "office.menu": simply(presses(Menu(where="office"))),
    "office.stats, said": simply(says("/stats")),
    "office.stats": simply(presses(Menu(where="stats"))),
    "exporting.export_command, said": simply(says("/export csv"), *ALL, repeats=True),
    "exporting.choose_format": simply(presses(Menu(where="export"))),
    "exporting.export_chosen": simply(presses(Export(format="csv")), *ALL, repeats=True),
    "exporting.choose_territory": simply(presses(ExportFrom(by="territory"))),
    "exporting.choose_category": simply(presses(ExportFrom(by="category"))),
    "exporting.part_chosen": simply(
        presses(ExportPart(format="csv", mine=True)), *ALL, repeats=True
    ),
    "exporting.send_template": simply(presses(Template())),
    "imports.ask, said": simply(says("/import")),
    "imports.file_sent, said": row(attempts.file),
    "imports.reread": row(attempts.reread),
    "imports.read_as": row(attempts.read_as),
    "imports.decide": row(attempts.apply, *PERSONAL),
    "history.history, said": simply(says("/history")),
    "history.history": simply(presses(History(n=1))),
    "history.revision": simply(presses(RevisionCard(revision=1))),
    "history.turn_revision": simply(presses(RevisionScreen(revision=1, n=1))),
    "history.send_file": simply(presses(ChangeFile(revision=1))),
    "history.page_history": row(attempts.on_page(lambda page: PageHistory(page=page))),
    "history.undo": row(attempts.undo, *THEIRS),
    "queue.reports_list, said": simply(says("/reports")),
    "queue.reports_list": simply(presses(Queue(n=1))),
    "queue.choose_part": simply(presses(QueuePart(by="kind"))),
    "queue.take": row(attempts.take, *THEIRS, repeats=True),
    "queue.choose_word": row(lambda scene, _: attempts.decide(scene, "ask")),
    "queue.ask_word": row(lambda scene, _: attempts.decide(scene, "own")),
    "queue.own_word, said": row(attempts.word, *THEIRS),
    "queue.decide": row(lambda scene, _: attempts.decide(scene, "right"), *THEIRS),
    "quarantine.show_hidden": simply(presses(HiddenList())),
    "quarantine.choose_what": row(attempts.on_page(lambda page: Quarantine(page=page))),
    "quarantine.choose_reason": row(attempts.on_page(lambda page: Hide(page=page))),
    "quarantine.hide_for_reason": row(
        attempts.on_page(lambda page: Hide(page=page, why="hacked")), *THEIRS
    ),
    "page_keepers.show": row(attempts.on_page(lambda page: KeepersOf(page=page))),
    "page_keepers.withdraw": row(attempts.withdraw_keeper, *THEIRS),
    "removal.choose_reason": row(attempts.on_page(lambda page: Remove(page=page))),
    "removal.remove": row(attempts.on_page(lambda page: Remove(page=page, why="mistake")), *THEIRS),
    "quarantine.ask_reason": row(attempts.on_page(lambda page: OwnReason(page=page))),
    "quarantine.own_reason, said": row(attempts.reason, *THEIRS),
    "quarantine.restore": row(attempts.restore, *THEIRS),
    "removal.show_gone": simply(presses(GoneList())),
    "removal.bring_back": row(attempts.bring_back, *THEIRS),
    "bulk.menu": simply(presses(BulkMenu(territory=NORTH, category=""))),
    "bulk.choose_part": simply(presses(BulkParts(territory=NORTH, category=""))),
    "bulk.ask_value": simply(presses(BulkAsk(territory=NORTH, category="", what="hours"))),
    "bulk.take_value, said": row(attempts.bulk_value),
    "bulk.do": row(attempts.bulk_do, *THEIRS),
    "doubles.show": simply(presses(DoubleList())),
    "doubles.ask_same": row(attempts.on_page(lambda page: SameAs(page=page))),
    "doubles.take_same, said": row(attempts.same),
    "doubles.look": simply(presses(Merge(one="1", other="2"))),
    "doubles.tell_apart": row(attempts.apart, *THEIRS),
    "doubles.merge": row(attempts.merge_pages, *THEIRS),
    "confirm.show": simply(presses(Unconfirmed())),
    "confirm.confirm_all": simply(presses(ConfirmAll(n=0))),
    "confirm.confirm": row(attempts.on_page(lambda page: Confirm(page=page)), *THEIRS),
    "broken_links.show": simply(presses(BrokenLinks())),
    "broken_links.send_file": simply(presses(BrokenLinksFile())),
    "monthly.report": simply(presses(MonthReportOf())),
    "monthly.past": simply(presses(PastMonths())),
    "monthly.past_month": simply(presses(PastMonth(month=202001))),
    "monthly.cut": simply(presses(MonthCut(cut=Cut.LEVEL))),
    "monthly.pages": simply(presses(MonthPages(kind="no_link"))),
    "monthly.not_found": simply(presses(UnfoundList())),
    "monthly.lacking": simply(presses(LackingMap())),
    "editing.begin": row(attempts.on_page(lambda page: EditPage(page=page))),
    "editing.begin_for_report": row(attempts.edit_for_report, *THEIRS, repeats=True),
    "editing.add": simply(presses(AddPage())),
    "editing.add, said": simply(says("/add")),
    "editing.choose_field": row(attempts.on_draft(lambda draft: EditMore(draft=draft))),
    "editing.ask_field": row(
        attempts.on_draft(lambda draft: EditField(draft=draft, column="phone"))
    ),
    "editing.take_value, said": row(attempts.value),
    "editing.take_page": row(attempts.choose),
    "editing.save": row(attempts.on_draft(lambda draft: EditSave(draft=draft)), *PERSONAL),
    "editing.cancel": row(attempts.on_draft(lambda draft: EditCancel(draft=draft))),
    "staff.list_editors": simply(presses(Editors())),
    "staff.appoint_command, said": row(lambda scene, _: says(f"/editor {scene.newcomer()}"), *ALL),
    "staff.find_by_link": simply(presses(FindPerson(by="link")), *ALL, repeats=True),
    "staff.find_by_contacts": simply(presses(FindPerson(by="contacts"))),
    "staff.person_shared, said": row(attempts.shared, *ALL),
    "staff.contact_shared, said": row(attempts.contact, *ALL),
    "entrusting.withdraw": row(attempts.withdraw, *ALL),
    "entrusting.choose_until": row(attempts.until, *ALL, repeats=True),
    "staff.ask_name": simply(presses(EditorName(person=4_000_000))),
    "staff.take_name, said": row(attempts.name, *ALL),
    "staff.ask_who": simply(presses(WhoMay())),
    "staff.tell_who, said": row(attempts.who),
    "entrusting.offer": row(attempts.offer, *ALL, repeats=True),
    "entrusting.take_offer_back": row(attempts.offer_back, *ALL),
    "staff.show_editor": simply(presses(EditorCard(person=4_000_000))),
    "entrusting.choose_territory": simply(presses(Entrust(person=4_000_000, by="territory"))),
    "entrusting.choose_category": simply(presses(Entrust(person=4_000_000, by="category"))),
    "entrusting.appoint": row(attempts.appoint, *ALL),
    "staff.dismiss": row(attempts.dismiss, *ALL),
    "territories.ask_name": simply(presses(Lands())),
    "territories.name_given, said": row(attempts.land_named),
    "territories.show_land": simply(presses(Land(territory=NORTH))),
    "territories.show_moves": simply(presses(MergeLand(gone=NORTH, into=SOUTH))),
    "territories.merge": row(attempts.merge, *ALL),
    "territories.ask_new_name": simply(presses(ChangeLand(territory=NORTH, what="name"))),
    "territories.rename, said": row(attempts.rename, *ALL),
    "territories.take_out": row(attempts.take_out, *ALL),
    "audit.log, said": simply(says("/audit")),
    "backup.backup, said": simply(says("/backup"), *ALL, repeats=True),
    "audit.log": simply(presses(AuditLog(n=1))),
    "audit.send_file": simply(presses(AuditFile()), *ALL, repeats=True),
}
"""Every act of the office by its router and handler; one that a message begins is `said`."""
