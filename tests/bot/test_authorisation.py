"""The authorisation matrix: every act of the office × everybody who may try it.

The acts are read from the routers: one that has no row here, or a router that lets in others than
its folder says, fails a test.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import pytest
from aiogram import Dispatcher, Router
from aiogram.types import (
    CallbackQuery,
    Contact,
    Message,
    MessageEntity,
    SharedUser,
    TelegramObject,
    UsersShared,
)

from bot.app import build_dispatcher
from bot.buttons.bulk import BulkAsk, BulkDo, BulkMenu
from bot.buttons.changes import (
    ChangeFile,
    DecideImport,
    Export,
    ExportFrom,
    ExportPart,
    History,
    PageHistory,
    ReadAs,
    Reread,
    RevisionCard,
    RevisionScreen,
    Template,
    Undo,
)
from bot.buttons.citizens import Menu
from bot.buttons.editors import (
    AddPage,
    Appoint,
    AuditFile,
    AuditLog,
    Dismiss,
    EditCancel,
    EditChoose,
    EditField,
    EditMore,
    EditorCard,
    EditorName,
    Editors,
    EditorUntil,
    EditPage,
    EditSave,
    Entrust,
    FindPerson,
    OfferBack,
    OfferOwner,
    WhoMay,
    Withdraw,
)
from bot.buttons.fields import page_key
from bot.buttons.keepers import DropKeeper, KeepersOf
from bot.buttons.monthly import LackingMap, MonthCut, MonthPages, MonthReportOf, UnfoundList
from bot.buttons.territories import ChangeLand, Land, Lands, MergeLand
from bot.buttons.trust import (
    BringBack,
    BrokenLinks,
    BrokenLinksFile,
    Confirm,
    ConfirmAll,
    Decide,
    Different,
    DoubleList,
    EditForReport,
    GoneList,
    HiddenList,
    Hide,
    Merge,
    OwnReason,
    Quarantine,
    Queue,
    QueuePart,
    Remove,
    Restore,
    SameAs,
    TakeReport,
    Unconfirmed,
)
from bot.i18n import Catalogues
from bot.people.admin_router import Needs
from bot.routers.citizens.search import any_text
from bot.settings import Settings
from bot.views.editors import bulk, doubles, editing, quarantine, queue
from bot.views.owners import entrusting, territories
from bot.views.owners import staff as editors
from directory.directory import Directory
from directory.figures import Cut
from directory.rights import Role
from directory.store import revisions, staff
from directory.store.database import Database
from tests.bot.person import Talker, Telegram
from tests.bot.personas import (
    BORROWING,
    FORGED,
    GENUINE,
    NORTH,
    OWNER,
    OWNERS,
    SOUTH,
    Attempt,
    Persona,
    Scene,
    presses,
    says,
)

ROOMS = {"citizens": None, "editors": Role.EDITOR, "owners": Role.OWNER}
"""Whom the routers of each folder let in; None: everybody."""

PUBLIC = {"others", "bot.routers.stale"}
"""The routers beside these folders."""


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


async def _value(scene: Scene, person: int) -> Attempt:
    about = f"{await scene.draft(person)} phone"
    asked = await scene.asked(person, _said(lambda: editing.question("phone")), about)
    return says("1-11-11", reply_to_message=asked)


def _said(question: Callable[[], str]) -> str:
    """A question as the bot asks it in Russian."""
    with Catalogues().context():
        return question()


async def _word(scene: Scene, person: int) -> Attempt:
    asked = await scene.asked(person, _said(queue.own_word), str(await scene.report()))
    return says("Спасибо", reply_to_message=asked)


async def _reason(scene: Scene, person: int) -> Attempt:
    asked = await scene.asked(person, _said(quarantine.own_reason), await scene.page())
    return says("проба", reply_to_message=asked)


async def _file(scene: Scene, _person: int) -> Attempt:
    return Attempt({"document": scene.telegram.keep(scene.csv(), "проба.csv")})


async def _decide(scene: Scene, what: Any) -> Attempt:
    return presses(Decide(report=await scene.report(), what=what))


async def _take(scene: Scene, _person: int) -> Attempt:
    return presses(TakeReport(report=await scene.report(), on=True))


async def _edit_for_report(scene: Scene, _person: int) -> Attempt:
    return presses(EditForReport(report=await scene.report()))


async def _undo(scene: Scene, _person: int) -> Attempt:
    return presses(Undo(revision=(await scene.made())[1]))


def _on_page(data: Callable[[str], Any]) -> Callable[[Scene, int], Awaitable[Attempt]]:
    async def attempt(scene: Scene, _person: int) -> Attempt:
        return presses(data(await scene.page()))

    return attempt


def _on_draft(data: Callable[[str], Any]) -> Callable[[Scene, int], Awaitable[Attempt]]:
    async def attempt(scene: Scene, person: int) -> Attempt:
        return presses(data(await scene.draft(person, phone="1-11-11")))

    return attempt


async def _restore(scene: Scene, _person: int) -> Attempt:
    return presses(Restore(page=await scene.hidden()))


async def _bring_back(scene: Scene, _person: int) -> Attempt:
    return presses(BringBack(page=await scene.gone()))


async def _merge_pages(scene: Scene, _person: int) -> Attempt:
    one, other = await scene.page(), await scene.page()
    async with scene.directory.db.read() as connection:
        now = await revisions.current(connection)
    return presses(Merge(one=page_key(one), other=page_key(other), revision=now))


async def _apart(scene: Scene, _person: int) -> Attempt:
    one, other = await scene.page(), await scene.page()
    return presses(Different(one=page_key(one), other=page_key(other)))


async def _same(scene: Scene, person: int) -> Attempt:
    asked = await scene.asked(person, _said(doubles.same_as), await scene.page())
    return says("Школа", reply_to_message=asked)


async def _bulk_value(scene: Scene, person: int) -> Attempt:
    await scene.page()
    await scene.directory.refresh()
    asked = await scene.asked(person, _said(lambda: bulk.asked("hours")), f"{NORTH} - hours")
    return says("9–18", reply_to_message=asked)


async def _bulk_do(scene: Scene, _person: int) -> Attempt:
    value = f"9–18, {await scene.page()}"
    await scene.directory.refresh()
    async with scene.directory.db.read() as connection:
        now = await revisions.current(connection)
    shown = {"text": value, "entities": [MessageEntity(type="code", offset=0, length=len(value))]}
    return Attempt(shown, BulkDo(territory=NORTH, category="", what="hours", revision=now))


async def _choose(scene: Scene, person: int) -> Attempt:
    draft, other = await scene.draft(person), await scene.page()
    return presses(EditChoose(draft=draft, column="parent", page=other))


async def _apply(scene: Scene, person: int) -> Attempt:
    return presses(DecideImport(id=await scene.file(person), apply=True))


async def _reread(scene: Scene, person: int) -> Attempt:
    return presses(Reread(id=await scene.file(person), what="update"))


async def _read_as(scene: Scene, person: int) -> Attempt:
    return presses(ReadAs(id=await scene.file(person), n=0, column="title"))


async def _dismiss(scene: Scene, _person: int) -> Attempt:
    return presses(Dismiss(person=await scene.someone()))


def _shared(scene: Scene, _person: int) -> Attempt:
    users = [SharedUser(user_id=scene.newcomer())]
    return Attempt({"users_shared": UsersShared(request_id=entrusting.REQUEST, users=users)})


def _contact(scene: Scene, _person: int) -> Attempt:
    number = scene.newcomer()
    return Attempt({"contact": Contact(phone_number="+7", first_name="Имя", user_id=number)})


async def _withdraw(scene: Scene, _person: int) -> Attempt:
    return presses(Withdraw(person=await scene.someone()))


async def _until(scene: Scene, _person: int) -> Attempt:
    return presses(EditorUntil(person=await scene.someone(), days=30))


async def _offer(scene: Scene, _person: int) -> Attempt:
    return presses(OfferOwner(person=await scene.someone()))


async def _offer_back(scene: Scene, _person: int) -> Attempt:
    person = await scene.someone()
    async with scene.directory.db.write() as connection:
        await staff.offer(connection, person, by=OWNER)
    return presses(OfferBack(person=person))


async def _name(scene: Scene, person: int) -> Attempt:
    about = str(await scene.someone())
    asked = await scene.asked(person, _said(editors.question_name), about)
    return says("Анна", reply_to_message=asked)


async def _who(scene: Scene, person: int) -> Attempt:
    asked = await scene.asked(person, _said(editors.question_who), "")
    return says("Шадринск", reply_to_message=asked)


async def _appoint(scene: Scene, _person: int) -> Attempt:
    return presses(Appoint(person=scene.newcomer()))


async def _withdraw_keeper(scene: Scene, _person: int) -> Attempt:
    page, person = await scene.kept()
    return presses(DropKeeper(page=page, person=person))


async def _merge(scene: Scene, _person: int) -> Attempt:
    return presses(MergeLand(gone=await scene.land(), into=await scene.land(), sure=True))


async def _take_out(scene: Scene, _person: int) -> Attempt:
    return presses(ChangeLand(territory=await scene.land(), what="out"))


async def _land_named(scene: Scene, person: int) -> Attempt:
    asked = await scene.asked(person, _said(territories.into_which), str(await scene.land()))
    return says("Нездешний округ", reply_to_message=asked)


async def _rename(scene: Scene, person: int) -> Attempt:
    number = await scene.land()
    asked = await scene.asked(person, _said(territories.new_name), str(number))
    return says(f"Иной-{number} округ", reply_to_message=asked)


ROWS: dict[str, Row] = {
    "office.office": simply(says("/admin")),
    "office.office_pressed": simply(presses(Menu(where="office"))),
    "office.stats": simply(says("/stats")),
    "office.stats_pressed": simply(presses(Menu(where="stats"))),
    "exporting.export_command": simply(says("/export csv"), *ALL, repeats=True),
    "exporting.export_pressed": simply(presses(Menu(where="export"))),
    "exporting.export_chosen": simply(presses(Export(format="csv")), *ALL, repeats=True),
    "exporting.choose_territory": simply(presses(ExportFrom(by="territory"))),
    "exporting.choose_category": simply(presses(ExportFrom(by="category"))),
    "exporting.part_chosen": simply(
        presses(ExportPart(format="csv", mine=True)), *ALL, repeats=True
    ),
    "exporting.send_template": simply(presses(Template())),
    "imports.ask": simply(says("/import")),
    "imports.file_sent": row(_file),
    "imports.reread": row(_reread),
    "imports.read_as": row(_read_as),
    "imports.decide": row(_apply, *PERSONAL),
    "history.history": simply(says("/history")),
    "history.turn": simply(presses(History(n=1))),
    "history.revision": simply(presses(RevisionCard(revision=1))),
    "history.turn_revision": simply(presses(RevisionScreen(revision=1, n=1))),
    "history.send_file": simply(presses(ChangeFile(revision=1))),
    "history.page_history": row(_on_page(lambda page: PageHistory(page=page))),
    "history.undo": row(_undo, *THEIRS),
    "queue.reports_command": simply(says("/reports")),
    "queue.turn": simply(presses(Queue(n=1))),
    "queue.choose_part": simply(presses(QueuePart(by="kind"))),
    "queue.take": row(_take, *THEIRS, repeats=True),
    "queue.choose_word": row(lambda scene, _: _decide(scene, "ask")),
    "queue.ask_word": row(lambda scene, _: _decide(scene, "own")),
    "queue.own_word": row(_word, *THEIRS),
    "queue.decide": row(lambda scene, _: _decide(scene, "right"), *THEIRS),
    "quarantine.show_hidden": simply(presses(HiddenList())),
    "quarantine.choose_what": row(_on_page(lambda page: Quarantine(page=page))),
    "quarantine.choose_reason": row(_on_page(lambda page: Hide(page=page))),
    "quarantine.hide_for_reason": row(
        _on_page(lambda page: Hide(page=page, why="hacked")), *THEIRS
    ),
    "page_keepers.show": row(_on_page(lambda page: KeepersOf(page=page))),
    "page_keepers.withdraw": row(_withdraw_keeper, *THEIRS),
    "removal.choose_reason": row(_on_page(lambda page: Remove(page=page))),
    "removal.remove": row(_on_page(lambda page: Remove(page=page, why="mistake")), *THEIRS),
    "quarantine.ask_reason": row(_on_page(lambda page: OwnReason(page=page))),
    "quarantine.own_reason": row(_reason, *THEIRS),
    "quarantine.restore": row(_restore, *THEIRS),
    "removal.show_gone": simply(presses(GoneList())),
    "removal.bring_back": row(_bring_back, *THEIRS),
    "bulk.menu": simply(presses(BulkMenu(territory=NORTH, category=""))),
    "bulk.ask_value": simply(presses(BulkAsk(territory=NORTH, category="", what="hours"))),
    "bulk.take_value": row(_bulk_value),
    "bulk.do": row(_bulk_do, *THEIRS),
    "doubles.show": simply(presses(DoubleList())),
    "doubles.ask_same": row(_on_page(lambda page: SameAs(page=page))),
    "doubles.take_same": row(_same),
    "doubles.look": simply(presses(Merge(one="1", other="2"))),
    "doubles.tell_apart": row(_apart, *THEIRS),
    "doubles.merge": row(_merge_pages, *THEIRS),
    "confirm.show": simply(presses(Unconfirmed())),
    "confirm.confirm_all": simply(presses(ConfirmAll(n=0))),
    "confirm.confirm": row(_on_page(lambda page: Confirm(page=page)), *THEIRS),
    "broken_links.show": simply(presses(BrokenLinks())),
    "broken_links.send_file": simply(presses(BrokenLinksFile())),
    "monthly.report": simply(presses(MonthReportOf())),
    "monthly.cut": simply(presses(MonthCut(cut=Cut.LEVEL))),
    "monthly.pages": simply(presses(MonthPages(kind="no_link"))),
    "monthly.not_found": simply(presses(UnfoundList())),
    "monthly.lacking": simply(presses(LackingMap())),
    "editing.begin": row(_on_page(lambda page: EditPage(page=page))),
    "editing.begin_for_report": row(_edit_for_report, *THEIRS, repeats=True),
    "editing.add": simply(presses(AddPage())),
    "editing.add_command": simply(says("/add")),
    "editing.choose_field": row(_on_draft(lambda draft: EditMore(draft=draft))),
    "editing.ask_field": row(_on_draft(lambda draft: EditField(draft=draft, column="phone"))),
    "editing.take_value": row(_value),
    "editing.take_page": row(_choose),
    "editing.save": row(_on_draft(lambda draft: EditSave(draft=draft)), *PERSONAL),
    "editing.cancel": row(_on_draft(lambda draft: EditCancel(draft=draft))),
    "staff.list_editors": simply(presses(Editors())),
    "staff.appoint_command": row(lambda scene, _: says(f"/editor {scene.newcomer()}"), *ALL),
    "staff.find_by_link": simply(presses(FindPerson(by="link")), *ALL, repeats=True),
    "staff.find_by_contacts": simply(presses(FindPerson(by="contacts"))),
    "staff.person_shared": row(_shared, *ALL),
    "staff.contact_shared": row(_contact, *ALL),
    "entrusting.withdraw": row(_withdraw, *ALL),
    "entrusting.choose_until": row(_until, *ALL, repeats=True),
    "staff.ask_name": simply(presses(EditorName(person=4_000_000))),
    "staff.take_name": row(_name, *ALL),
    "staff.ask_who": simply(presses(WhoMay())),
    "staff.tell_who": row(_who),
    "entrusting.offer": row(_offer, *ALL, repeats=True),
    "entrusting.take_offer_back": row(_offer_back, *ALL),
    "staff.show_editor": simply(presses(EditorCard(person=4_000_000))),
    "entrusting.choose_territory": simply(presses(Entrust(person=4_000_000, by="territory"))),
    "entrusting.choose_category": simply(presses(Entrust(person=4_000_000, by="category"))),
    "entrusting.appoint": row(_appoint, *ALL),
    "staff.dismiss": row(_dismiss, *ALL),
    "territories.ask_name": simply(presses(Lands())),
    "territories.name_given": row(_land_named),
    "territories.show_land": simply(presses(Land(territory=NORTH))),
    "territories.show_moves": simply(presses(MergeLand(gone=NORTH, into=SOUTH))),
    "territories.merge": row(_merge, *ALL),
    "territories.ask_new_name": simply(presses(ChangeLand(territory=NORTH, what="name"))),
    "territories.rename": row(_rename, *ALL),
    "territories.take_out": row(_take_out, *ALL),
    "audit.audit_command": simply(says("/audit")),
    "backup.backup": simply(says("/backup"), *ALL, repeats=True),
    "audit.turn": simply(presses(AuditLog(n=1))),
    "audit.send_file": simply(presses(AuditFile()), *ALL, repeats=True),
}
"""Every act of the office by its router and handler."""

LET_IN = {
    Role.EDITOR: {"owner", "appointed owner", "editor", "foreign editor", "colleague"},
    Role.OWNER: {"owner", "appointed owner", "colleague"},
}


def short(router: Router) -> str:
    """The router's name without its package."""
    return router.name.rpartition(".")[2]


def role_of(router: Router, event: str) -> Role | None:
    """Whom the router lets in with a `message` or a `callback_query`; None: everybody."""
    filters = router.observers[event]._handler.filters or []
    needs = [f.callback for f in filters if isinstance(f.callback, Needs)]
    return needs[0].role if needs else None


def conversations(router: Router) -> list[Router]:
    """All routers with handlers, wherever they are included."""
    found = [each for below in router.sub_routers for each in conversations(below)]
    has_handlers = any(o.handlers for name, o in router.observers.items() if name != "update")
    return [router, *found] if has_handlers else found


def acts(dispatcher: Dispatcher) -> dict[str, Role]:
    """Every handler of the office, with the role that it needs."""
    return {
        f"{short(router)}.{handler.callback.__name__}": role
        for router in conversations(dispatcher)
        for event in ("message", "callback_query")
        if (role := role_of(router, event)) is not None
        for handler in router.observers[event].handlers
    }


@pytest.fixture
async def scene(db: Database, telegram: Telegram) -> Any:
    """A made-up directory with an owner, a colleague and two editors."""
    directory = Directory(db)
    made = Scene(directory, Talker(Dispatcher(), telegram).bot, telegram)
    await made.set_up()
    yield made
    made.close()


def test_every_router_lets_in_whom_its_folder_says(conversation: Dispatcher) -> None:
    root, *routers = conversations(conversation)
    assert root is conversation
    assert [each.callback for each in root.message.handlers] == [any_text]
    assert not root.callback_query.handlers
    for router in routers:
        roles = {role_of(router, event) for event in ("message", "callback_query")}
        role = None if router.name in PUBLIC else ROOMS[router.name.split(".")[-2]]
        assert roles == {role}, f"{router.name} lets in {roles}"
        if role is None:
            continue
        elsewhere = [
            name
            for name, observer in router.observers.items()
            if observer.handlers and name not in ("message", "callback_query")
        ]
        assert elsewhere == [], f"{short(router)} takes {elsewhere}, which nobody's rights guard"
        assert router.sub_routers == []
        assert router.parent_router is not None
        assert short(router.parent_router) == "office"


def test_every_act_of_the_office_has_its_row(conversation: Dispatcher) -> None:
    assert set(acts(conversation)) == set(ROWS)


async def test_there_is_no_unexpected_yes(scene: Scene) -> None:
    dispatcher = build_dispatcher(scene.directory, Settings.model_construct(admin_ids=OWNERS))
    entered: list[str] = []

    async def note(
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        callback = data["handler"].callback
        entered.append(f"{callback.__module__.rpartition('.')[2]}.{callback.__name__}")
        return await handler(event, data)

    for observer in (dispatcher.message, dispatcher.callback_query):
        observer.middleware(note)
    feeder = Talker(dispatcher, scene.telegram, OWNER)

    async def tries(persona: Persona, attempt: Attempt) -> tuple[set[str], bool]:
        """Which acts of the office were done, and whether anything changed."""
        event = persona.update(attempt)
        (update,) = event.values()
        if isinstance(update, CallbackQuery) and isinstance(update.message, Message):
            scene.telegram.messages[update.message.message_id] = update.message
        entered.clear()
        before = scene.state(update.from_user.id)
        await feeder.update(**event)
        return set(office) & set(entered), scene.state(update.from_user.id) != before

    office, wrong = acts(dispatcher), []
    for name, role in office.items():
        # What nobody could do anything with is still there for the next to try.
        owners = await ROWS[name].attempt(scene, OWNER)
        for persona in (*FORGED, *GENUINE, BORROWING):
            forged = persona in FORGED
            attempt = owners if forged else await ROWS[name].attempt(scene, persona.of)
            if not persona.can(attempt):
                continue
            got = await tries(persona, attempt)
            let_in = persona.name in LET_IN[role]
            wanted = ({name} if let_in else set(), let_in and persona.name in ROWS[name].changes)
            if got != wanted:
                wrong.append(f"{name} × {persona.name}: (done, changed) is {got}, not {wanted}")
            if wanted[1]:
                again = await tries(persona, attempt)
                if again[1] != ROWS[name].repeats:
                    wrong.append(f"{name} × {persona.name}, repeated: changed is {again[1]}")
    assert wrong == [], "\n".join(wrong)
