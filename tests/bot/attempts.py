"""How each act of the office is attempted that needs something to be tried on.

An attempt is made on things of its own: what another has changed tells nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.types import (
    Contact,
    MessageEntity,
    SharedUser,
    UsersShared,
)

from bot.buttons.bulk import BulkDo
from bot.buttons.changes import (
    DecideImport,
    ReadAs,
    Reread,
    Undo,
)
from bot.buttons.editors import (
    Appoint,
    Dismiss,
    EditChoose,
    EditorUntil,
    OfferBack,
    OfferOwner,
    Withdraw,
)
from bot.buttons.fields import page_key
from bot.buttons.keepers import DropKeeper
from bot.buttons.territories import ChangeLand, MergeLand
from bot.buttons.trust import (
    BringBack,
    Decide,
    Different,
    EditForReport,
    Merge,
    Restore,
    TakeReport,
)
from bot.i18n import Catalogues
from bot.views.editors import bulk, doubles, editing, quarantine, queue
from bot.views.owners import entrusting, territories
from bot.views.owners import staff as editors
from directory.store import revisions, staff
from tests.bot.personas import (
    NORTH,
    OWNER,
    Attempt,
    Scene,
    presses,
    says,
)


async def value(scene: Scene, person: int) -> Attempt:
    about = f"{await scene.draft(person)} phone"
    asked = await scene.asked(person, _said(lambda: editing.question("phone")), about)
    return says("1-11-11", reply_to_message=asked)


def _said(question: Callable[[], str]) -> str:
    """A question as the bot asks it in Russian."""
    with Catalogues().context():
        return question()


async def word(scene: Scene, person: int) -> Attempt:
    asked = await scene.asked(person, _said(queue.own_word), str(await scene.report()))
    return says("Спасибо", reply_to_message=asked)


async def reason(scene: Scene, person: int) -> Attempt:
    asked = await scene.asked(person, _said(quarantine.own_reason), await scene.page())
    return says("проба", reply_to_message=asked)


async def file(scene: Scene, _person: int) -> Attempt:
    return Attempt({"document": scene.telegram.keep(scene.csv(), "проба.csv")})


async def decide(scene: Scene, what: Any) -> Attempt:
    return presses(Decide(report=await scene.report(), what=what))


async def take(scene: Scene, _person: int) -> Attempt:
    return presses(TakeReport(report=await scene.report(), on=True))


async def edit_for_report(scene: Scene, _person: int) -> Attempt:
    return presses(EditForReport(report=await scene.report()))


async def undo(scene: Scene, _person: int) -> Attempt:
    return presses(Undo(revision=(await scene.made())[1]))


def on_page(data: Callable[[str], Any]) -> Callable[[Scene, int], Awaitable[Attempt]]:
    async def attempt(scene: Scene, _person: int) -> Attempt:
        return presses(data(await scene.page()))

    return attempt


def on_draft(data: Callable[[str], Any]) -> Callable[[Scene, int], Awaitable[Attempt]]:
    async def attempt(scene: Scene, person: int) -> Attempt:
        return presses(data(await scene.draft(person, phone="1-11-11")))

    return attempt


async def restore(scene: Scene, _person: int) -> Attempt:
    return presses(Restore(page=await scene.hidden()))


async def bring_back(scene: Scene, _person: int) -> Attempt:
    return presses(BringBack(page=await scene.gone()))


async def merge_pages(scene: Scene, _person: int) -> Attempt:
    one, other = await scene.page(), await scene.page()
    async with scene.directory.db.read() as connection:
        now = await revisions.current(connection)
    return presses(Merge(one=page_key(one), other=page_key(other), revision=now))


async def apart(scene: Scene, _person: int) -> Attempt:
    one, other = await scene.page(), await scene.page()
    return presses(Different(one=page_key(one), other=page_key(other)))


async def same(scene: Scene, person: int) -> Attempt:
    asked = await scene.asked(person, _said(doubles.same_as), await scene.page())
    return says("Школа", reply_to_message=asked)


async def bulk_value(scene: Scene, person: int) -> Attempt:
    await scene.page()
    await scene.directory.refresh()
    asked = await scene.asked(person, _said(lambda: bulk.asked("hours")), f"{NORTH} - hours -")
    return says("9–18", reply_to_message=asked)


async def bulk_do(scene: Scene, _person: int) -> Attempt:
    value = f"9–18, {await scene.page()}"
    await scene.directory.refresh()
    async with scene.directory.db.read() as connection:
        now = await revisions.current(connection)
    shown = {"text": value, "entities": [MessageEntity(type="code", offset=0, length=len(value))]}
    return Attempt(shown, BulkDo(territory=NORTH, category="", what="hours", revision=now))


async def choose(scene: Scene, person: int) -> Attempt:
    draft, other = await scene.draft(person), await scene.page()
    return presses(EditChoose(draft=draft, column="parent", page=other))


async def apply(scene: Scene, person: int) -> Attempt:
    return presses(DecideImport(id=await scene.file(person), apply=True))


async def reread(scene: Scene, person: int) -> Attempt:
    return presses(Reread(id=await scene.file(person), what="update"))


async def read_as(scene: Scene, person: int) -> Attempt:
    return presses(ReadAs(id=await scene.file(person), n=0, column="title"))


async def dismiss(scene: Scene, _person: int) -> Attempt:
    return presses(Dismiss(person=await scene.someone()))


def shared(scene: Scene, _person: int) -> Attempt:
    users = [SharedUser(user_id=scene.newcomer())]
    return Attempt({"users_shared": UsersShared(request_id=entrusting.REQUEST, users=users)})


def contact(scene: Scene, _person: int) -> Attempt:
    number = scene.newcomer()
    return Attempt({"contact": Contact(phone_number="+7", first_name="Имя", user_id=number)})


async def withdraw(scene: Scene, _person: int) -> Attempt:
    return presses(Withdraw(person=await scene.someone()))


async def until(scene: Scene, _person: int) -> Attempt:
    return presses(EditorUntil(person=await scene.someone(), days=30))


async def offer(scene: Scene, _person: int) -> Attempt:
    return presses(OfferOwner(person=await scene.someone()))


async def offer_back(scene: Scene, _person: int) -> Attempt:
    person = await scene.someone()
    async with scene.directory.db.write() as connection:
        await staff.offer(connection, person, by=OWNER)
    return presses(OfferBack(person=person))


async def name(scene: Scene, person: int) -> Attempt:
    about = str(await scene.someone())
    asked = await scene.asked(person, _said(editors.question_name), about)
    return says("Анна", reply_to_message=asked)


async def who(scene: Scene, person: int) -> Attempt:
    asked = await scene.asked(person, _said(editors.question_who), "")
    return says("Шадринск", reply_to_message=asked)


async def appoint(scene: Scene, _person: int) -> Attempt:
    return presses(Appoint(person=scene.newcomer()))


async def withdraw_keeper(scene: Scene, _person: int) -> Attempt:
    page, person = await scene.kept()
    return presses(DropKeeper(page=page, person=person))


async def merge(scene: Scene, _person: int) -> Attempt:
    return presses(MergeLand(gone=await scene.land(), into=await scene.land(), sure=True))


async def take_out(scene: Scene, _person: int) -> Attempt:
    return presses(ChangeLand(territory=await scene.land(), what="out"))


async def land_named(scene: Scene, person: int) -> Attempt:
    asked = await scene.asked(person, _said(territories.into_which), str(await scene.land()))
    return says("Нездешний округ", reply_to_message=asked)


async def rename(scene: Scene, person: int) -> Attempt:
    number = await scene.land()
    asked = await scene.asked(person, _said(territories.new_name), str(number))
    return says(f"Иной-{number} округ", reply_to_message=asked)
