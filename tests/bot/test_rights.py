"""Owners invite, appoint and dismiss editors and owners, and read the audit log, in the chat."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from aiogram import Dispatcher
from aiogram.methods import SendMessage
from aiogram.types import Contact, ReplyKeyboardMarkup, SharedUser, UsersShared
from sqlalchemy import select, update

from bot.i18n import Catalogues
from bot.jobs.schedule import weekly
from bot.settings import Settings
from bot.views.owners import entrusting
from directory.directory import Directory
from directory.editing.quarantine import REASONS, hide
from directory.rights import Rights, Role, Scope
from directory.store import audit, records, staff
from directory.store.audit import Act, Detail
from directory.store.invitations import hashed
from directory.store.staff import INVITED_FOR
from directory.store.tables import invitations
from directory.store.tables import staff as staff_table
from tests.bot.conftest import OWNER, People
from tests.bot.person import Talker, Telegram

pytestmark = pytest.mark.both

ANNA, BORIS = 31, 32
_TODAY = datetime.now(UTC).date()
SHARED = UsersShared(
    request_id=entrusting.REQUEST, users=[SharedUser(user_id=ANNA, first_name="Анна")]
)


async def scopes_of(directory: Directory, person: int) -> list[Scope] | None:
    """What is entrusted to the person, None to nobody of the staff."""
    async with directory.db.read() as connection:
        member = await staff.get(connection, person)
    return list(member.scope.each) if member else None


async def rights_of(directory: Directory, person: int) -> Rights:
    async with directory.db.read() as connection:
        member = await staff.get(connection, person)
    return member.rights(_TODAY) if member else Rights()


async def test_until_there_is_an_owner_admin_tells_the_id_that_makes_one(
    people: People, conversation: Dispatcher, directory: Directory
) -> None:
    stranger, told = people(ANNA), f"id в Telegram, {ANNA}, в настройку ADMIN_IDS"
    assert told not in (await stranger.says("/admin")).text
    conversation.workflow_data["settings"] = Settings.model_construct()
    assert told in (await stranger.says("/admin")).text
    async with directory.db.write() as connection:
        await staff.join(connection, BORIS, "", by=OWNER)
        await staff.offer(connection, BORIS, by=OWNER)
        member = await staff.get(connection, BORIS)
        assert member is not None
        await staff.answer_offer(connection, member, _TODAY, accepted=True)
    await directory.refresh()
    assert told not in (await stranger.says("/admin")).text


async def test_a_person_is_chosen_and_given_territories_and_a_sphere_within_one(
    owner: Talker, people: People, directory: Directory, telegram: Telegram
) -> None:
    await owner.says("/admin")
    await owner.presses("Владельцы и редакторы")
    await owner.presses("Выбрать из контактов")
    asked = telegram.calls[-2]
    assert isinstance(asked, SendMessage)
    assert isinstance(asked.reply_markup, ReplyKeyboardMarkup)
    request = asked.reply_markup.keyboard[0][0].request_users
    assert request is not None
    assert request.request_id == SHARED.request_id
    await owner.send(users_shared=SHARED)
    assert "Анна" in owner.reply.text
    assert (await rights_of(directory, ANNA)).role is Role.CITIZEN
    await owner.presses("Поручить: территорию")
    await owner.presses("Курганская область")
    below = await owner.presses("Дальше")
    below = await owner.presses("Кетовский", on=below)
    done = await owner.presses("Поручить: Кетовский муниципальный округ", on=below)
    ketovo = "территория «Кетовский муниципальный округ, Курганская область»"
    assert f"Анна (31): поручено — {ketovo}." in done.text
    await owner.presses("Карточка человека")
    await owner.presses("Поручить ещё: территорию")
    await owner.presses("Курганская область")
    await owner.presses("Альменевский")
    await owner.presses("Только одну сферу")
    done = await owner.presses("Образование")
    almenevo = (
        "сфера «Образование», территория «Альменевский муниципальный округ, Курганская область»"
    )
    assert f"{ketovo}; {almenevo}" in done.text
    office = await people(ANNA).says("/admin")
    assert f"{ketovo}; {almenevo}" in office.text
    assert "Владельцы и редакторы" not in office.labels
    await owner.presses("Карточка человека")
    left = await owner.presses(f"Больше не поручать: {ketovo}"[:30])
    assert ketovo not in left.text
    assert almenevo in left.text


async def test_a_contact_or_a_number_will_do_and_the_new_editor_is_told(
    owner: Talker, telegram: Telegram, directory: Directory
) -> None:
    await owner.send(contact=Contact(phone_number="+70000000000", first_name="Анна", user_id=ANNA))
    assert "Анна" in owner.reply.text
    await owner.says(f"/editor {ANNA}")
    await owner.presses("Поручить: сферу")
    done = await owner.presses("Образование")
    assert "Я написал ему об этом." in done.text
    assert await scopes_of(directory, ANNA) == [Scope(category="Образование")]
    (told,) = [m for m in telegram.shown if m.chat.id == ANNA]
    assert told.text == (
        "Вы редактор. Вам поручено: сфера «Образование».\n\nЧто можно делать — в /admin."
    )


async def _invite(owner: Talker) -> str:
    await owner.says("/editor")
    invited = await owner.presses("Пригласить по ссылке")
    found = re.search(r"https://t\.me/official_pages_bot\?start=(join_[\w-]+)", invited.text)
    assert found is not None
    (pass_on,) = invited.urls
    assert pass_on.endswith(f"%3Fstart%3D{found.group(1)}")
    return found.group(1)


async def test_an_invitation_works_once_and_gives_nothing_by_itself(
    owner: Talker, people: People, directory: Directory
) -> None:
    token = await _invite(owner)
    async with directory.db.read() as connection:
        (kept,) = (await connection.execute(select(invitations))).all()
    assert token.removeprefix("join_") not in str(kept)
    anna, boris = people(ANNA), people(BORIS)
    assert "Приглашение принято" in (await anna.says(f"/start {token}")).text
    assert "уже использовано" in (await boris.says(f"/start {token}")).text
    assert await scopes_of(directory, BORIS) is None
    assert (await rights_of(directory, ANNA)).role is Role.CITIZEN
    assert "/admin" not in (await anna.says("/admin")).text
    card = await owner.presses("Что поручить?")
    assert "пока ничего" in card.text
    await owner.presses("Поручить: весь справочник")
    assert "Управление справочником" in (await anna.says("/admin")).text
    again = await _invite(owner)
    assert "Вы уже среди" in (await anna.says(f"/start {again}")).text
    assert "Приглашение принято" in (await boris.says(f"/start {again}")).text


async def test_an_invitation_expires_and_goes_with_its_maker(
    owner: Talker, people: People, directory: Directory
) -> None:
    late, orphan = await _invite(owner), await _invite(owner)
    async with directory.db.write() as connection:
        at = (await connection.execute(select(invitations.c.at))).scalars().first()
        assert at is not None
        long_ago = update(invitations).where(
            invitations.c.hash == hashed(late.removeprefix("join_"))
        )
        await connection.execute(long_ago.values(at=at - INVITED_FOR - timedelta(minutes=1)))
        mine = update(invitations).where(invitations.c.hash == hashed(orphan.removeprefix("join_")))
        await connection.execute(mine.values(made_by=12345))
    for token in (late, orphan, "join_", "join_made-up"):
        assert "уже использовано" in (await people(ANNA).says(f"/start {token}")).text
    assert await scopes_of(directory, ANNA) is None


async def test_a_forwarded_invitation_is_not_the_forwarders_word(
    owner: Talker, people: People, directory: Directory
) -> None:
    token = await _invite(owner)
    await people(ANNA).forwards(f"/start {token}")
    assert await scopes_of(directory, ANNA) is None


async def _make_owner(owner: Talker, anna: Talker) -> None:
    await owner.says(f"/editor {ANNA}")
    await owner.presses("Предложить стать владельцем")
    await anna.presses("Согласен")


async def test_an_owner_is_made_by_an_owner_and_their_own_word_together(
    owner: Talker, people: People, directory: Directory, telegram: Telegram
) -> None:
    anna = people(ANNA)
    await owner.says(f"/editor {ANNA}")
    await owner.presses("Поручить: весь справочник")
    await owner.presses("Карточка человека")
    await owner.presses("Предложить стать владельцем")
    assert (await rights_of(directory, ANNA)).role is Role.EDITOR
    agreed = await anna.presses("Согласен")
    assert "Вы владелец" in agreed.text
    assert (await rights_of(directory, ANNA)).role is Role.OWNER
    told = [m.text for m in telegram.shown if m.chat.id == OWNER]
    assert any("теперь среди владельцев" in (text or "") for text in told)
    assert "владелец" in (await anna.says("/editor")).text
    assert "назначен" not in (await anna.says(f"/editor {BORIS}")).text
    await anna.presses("Поручить: весь справочник")
    assert await scopes_of(directory, BORIS) == [Scope()]


async def test_what_a_dismissed_owner_offered_does_not_come_back_with_them(
    owner: Talker, people: People, directory: Directory
) -> None:
    anna, boris = people(ANNA), people(BORIS)
    await _make_owner(owner, anna)
    token = await _invite(anna)
    await anna.says(f"/editor {BORIS}")
    await anna.presses("Поручить: весь справочник")
    await anna.presses("Карточка человека")
    await anna.presses("Предложить стать владельцем")
    async with directory.db.write() as connection:
        await staff.dismiss(connection, ANNA, by=OWNER)
    await directory.refresh()
    await _make_owner(owner, anna)
    await boris.presses("Согласен")
    assert (await rights_of(directory, BORIS)).role is Role.EDITOR
    assert "уже использовано" in (await people(53).says(f"/start {token}")).text


async def test_nobody_becomes_an_owner_without_an_offer_that_stands(
    owner: Talker, people: People, directory: Directory
) -> None:
    anna = people(ANNA)
    greeting = await anna.says("/start")
    await anna.sends_press(greeting.message, "ev:1")
    assert "больше не предлагают" in anna.notice
    await owner.says(f"/editor {ANNA}")
    await owner.presses("Предложить стать владельцем")
    await people(BORIS).sends_press(greeting.message, "ev:1")
    async with directory.db.write() as connection:
        member = await staff.get(connection, ANNA)
        assert member is not None
        assert member.offered_at is not None
        old = member.offered_at - INVITED_FOR - timedelta(minutes=1)
        await connection.execute(update(staff_table).values(offered_at=old))
    await anna.sends_press(greeting.message, "ev:1")
    assert "больше не предлагают" in anna.notice
    await owner.says(f"/editor {ANNA}")
    await owner.presses("Предложить стать владельцем")
    async with directory.db.write() as connection:  # by one who is an owner no longer
        await connection.execute(update(staff_table).values(offered_by=12345))
    await anna.sends_press(greeting.message, "ev:1")
    assert "больше не предлагают" in anna.notice
    for person in (ANNA, BORIS):
        assert (await rights_of(directory, person)).role is Role.CITIZEN


async def test_an_offer_is_refused_and_the_owner_told(
    owner: Talker, people: People, directory: Directory, telegram: Telegram
) -> None:
    await owner.says(f"/editor {ANNA}")
    await owner.presses("Предложить стать владельцем")
    anna = people(ANNA)
    offer = [m for m in telegram.shown if m.chat.id == ANNA][-1]
    assert "Ничего не изменилось" in (await anna.presses("Отказаться")).text
    assert "отказ" in ([m.text for m in telegram.shown if m.chat.id == OWNER][-1] or "")
    await anna.sends_press(offer, "ev:1")
    assert (await rights_of(directory, ANNA)).role is Role.CITIZEN


async def test_an_offer_goes_with_the_rights_and_can_be_taken_back(
    owner: Talker, people: People, directory: Directory, telegram: Telegram
) -> None:
    anna = people(ANNA)

    async def offered_again() -> None:
        await owner.says(f"/editor {ANNA}")
        await owner.presses("Поручить: весь справочник")
        await owner.presses("Карточка человека")
        await owner.presses("Предложить стать владельцем")

    async def is_refused() -> None:
        offer = [
            m for m in telegram.shown if m.chat.id == ANNA and "стать владельцем" in (m.text or "")
        ][-1]
        await anna.sends_press(offer, "ev:1")
        assert "больше не предлагают" in anna.notice
        assert (await rights_of(directory, ANNA)).role is not Role.OWNER

    await offered_again()
    card = await owner.says(f"/editor {ANNA}")
    await owner.presses("Отозвать предложение")
    await is_refused()
    await owner.sends_press(card.message, f"ei:{ANNA}")
    assert "ничего не предложено" in owner.notice
    await owner.presses("Предложить стать владельцем")
    await owner.says(f"/editor {ANNA}")
    await owner.presses("Срок…")
    await owner.presses("Через 30 дней")
    await is_refused()
    await owner.says(f"/editor {ANNA}")
    await owner.presses("Предложить стать владельцем")
    async with directory.db.write() as connection:
        ended = update(staff_table).where(staff_table.c.person == ANNA)
        await connection.execute(ended.values(until=_TODAY - timedelta(days=2)))
    await is_refused()
    await owner.says(f"/editor {ANNA}")
    await owner.presses("Предложить стать владельцем")
    await owner.says(f"/editor {ANNA}")
    await owner.presses("Больше не поручать")
    await is_refused()
    async with directory.db.read() as connection:
        noted = [entry.act for entry in await audit.entries(connection)]
    assert (noted.count(Act.JOIN), noted.count(Act.OFFER), noted.count(Act.NO_OFFER)) == (1, 4, 2)


async def test_owners_of_the_settings_stay_and_others_are_dismissed_at_once(
    owner: Talker, people: People, directory: Directory
) -> None:
    anna = people(ANNA)
    await _make_owner(owner, anna)
    data = (await anna.says("/editor")).message
    await anna.sends_press(data, f"ex:{OWNER}")
    assert "по настройкам" in anna.reply.text
    assert "Управление" in (await owner.says("/admin")).text
    menu = await anna.says("/admin")
    await owner.says(f"/editor {ANNA}")
    await owner.presses("Снять владельца")
    await anna.sends_press(menu.message, "es:0")
    assert "устарела" in anna.notice
    assert (await rights_of(directory, ANNA)).role is Role.CITIZEN


async def test_rights_end_after_their_last_day(
    owner: Talker, people: People, directory: Directory
) -> None:
    anna = people(ANNA)
    await owner.says(f"/editor {ANNA}")
    await owner.presses("Поручить: весь справочник")
    await owner.presses("Карточка человека")
    await owner.presses("Срок")
    card = await owner.presses("Через 30 дней")
    assert "Права действуют по" in card.text
    async with directory.db.read() as connection:
        member = await staff.get(connection, ANNA)
    assert member is not None
    assert member.until is not None
    assert member.rights(member.until).role is Role.EDITOR
    menu = await anna.says("/admin")
    yesterday = _TODAY - timedelta(days=1)
    async with directory.db.write() as connection:
        await staff.limit(connection, ANNA, yesterday, by=OWNER)
    await anna.sends_press(menu.message, "rw:0::0:0")
    assert "устарела" in anna.notice
    assert "Права закончились" in (await owner.says(f"/editor {ANNA}")).text


async def test_an_owner_gives_a_name_and_finds_out_who_may_change_a_place(
    owner: Talker, directory: Directory
) -> None:
    for person, name, place in ((ANNA, "Анна", "Кетовский"), (BORIS, "Борис", "Альменевский")):
        await owner.says(f"/editor {person}")
        asked = await owner.presses("Имя")
        await owner.says(name, reply_to_message=asked.message)
        await owner.presses("Поручить: территорию")
        below = await owner.presses("Курганская область")
        if place not in " ".join(below.labels):
            await owner.presses("Дальше")
        await owner.presses(place)
        await owner.presses(f"Поручить: {place}")
    listed = await owner.says("/admin")
    listed = await owner.presses("Владельцы и редакторы")
    assert "Анна (31) — территория «Кетовский" in listed.text
    asked = await owner.presses("Кто может менять")
    for query, names in (
        ("Кетовский округ", {"Анна"}),
        ("Курганская область", {"Анна", "Борис"}),
        ("культура", {"Анна", "Борис"}),
        ("Шадринск", set()),
    ):
        told = await owner.says(query, reply_to_message=asked.message)
        assert {name for name in ("Анна", "Борис") if name in told.text} == names, query
        assert "И 1 владелец" in told.text
    unknown = await owner.says("ыфвапролд", reply_to_message=asked.message)
    assert "Не знаю" in unknown.text


async def test_who_cannot_be_written_to_is_appointed_all_the_same(
    owner: Talker, telegram: Telegram, directory: Directory
) -> None:
    telegram.blocked.add(ANNA)
    card = await owner.says(f"/editor {ANNA}")
    assert "⚠" in card.text
    done = await owner.presses("Поручить: весь справочник")
    assert "Написать ему я не могу" in done.text
    assert await scopes_of(directory, ANNA) == [Scope()]


async def test_an_owner_whom_no_alarm_reaches_is_warned_about(
    owner: Talker, people: People, directory: Directory, telegram: Telegram
) -> None:
    settings = owner.dispatcher["settings"].model_copy(
        update={"admin_ids": frozenset({OWNER, BORIS})}
    )
    owner.dispatcher.workflow_data.update(settings=settings)
    telegram.blocked.add(BORIS)
    listed = await owner.says("/editor")
    assert f"{BORIS} — владелец, по настройкам\n⚠ До этого владельца" in listed.text
    assert listed.text.count("⚠") == 1
    with Catalogues().context():
        await weekly(owner.bot, directory, settings)
    warned = [m.text or "" for m in telegram.shown if m.chat.id == OWNER]
    assert any("не получат" in text and str(BORIS) in text for text in warned)


@pytest.mark.parametrize("given", ["Анна", "-5", "0", "12 34", "９", "9" * 30])
async def test_what_is_no_number_is_said_to_be_none(owner: Talker, given: str) -> None:
    assert "Нужен числовой id" in (await owner.says(f"/editor {given}")).text


async def test_an_owner_needs_no_appointment(owner: Talker, directory: Directory) -> None:
    assert "владелец" in (await owner.says(f"/editor {OWNER}")).text
    assert await scopes_of(directory, OWNER) is None


async def test_an_act_is_done_and_noted_once_however_often_it_is_pressed(
    owner: Talker, directory: Directory
) -> None:
    choice = await owner.says(f"/editor {ANNA}")
    await owner.sends_press(choice.message, f"ea:{ANNA}:0:")
    await owner.sends_press(choice.message, f"ea:{ANNA}:0:")
    assert owner.notice == "Это ему уже поручено."
    await owner.sends_press(choice.message, f"ex:{ANNA}")
    await owner.sends_press(choice.message, f"ex:{ANNA}")
    async with directory.db.read() as connection:
        acts = [entry.act for entry in await audit.entries(connection)]
    assert acts.count(Act.APPOINT) == acts.count(Act.DISMISS) == 1


async def test_what_was_to_be_entrusted_may_be_gone(owner: Talker, directory: Directory) -> None:
    choice = await owner.says(f"/editor {ANNA}")
    for data in (f"ea:{ANNA}:9999:", f"ea:{ANNA}:0:deadbeef"):
        await owner.sends_press(choice.message, data)
        assert owner.notice == "Такой территории или сферы больше нет."
    assert await scopes_of(directory, ANNA) == []


async def test_the_log_is_read_and_taken_away(owner: Talker, directory: Directory) -> None:
    await owner.says(f"/editor {ANNA}")
    await owner.presses("Поручить: весь справочник")
    log = await owner.says("/audit")
    assert f"{OWNER}:\nпоручено редактору {ANNA} — весь справочник" in log.text
    assert "командная строка:\nначальное заполнение, изменение 1" in log.text
    await owner.presses("Получить файлом")
    book = openpyxl.load_workbook(io.BytesIO(owner.file))
    rows = [[cell.value or "" for cell in row] for row in book.worksheets[0].iter_rows()]
    book.close()
    assert rows[0] == ["Когда", "Кто", "Что сделано", "Предмет", "Подробности"]
    assert [row[1:4] for row in (rows[1], rows[2], rows[-1])] == [
        [str(OWNER), "выгрузка", ""],
        [str(OWNER), "поручено редактору", str(ANNA)],
        ["командная строка", "начальное заполнение", "изменение 1"],
    ]


async def test_the_log_is_turned_to_its_beginning(owner: Talker, directory: Directory) -> None:
    async with directory.db.write() as connection:
        for _n in range(20):
            await audit.record(connection, OWNER, Act.EXPORT, detail=Detail.CSV)
    await owner.says("/audit")
    await owner.presses("Дальше")
    last = await owner.presses("Дальше")
    assert "начальное заполнение" in last.text
    which, total = last.text.rsplit("\n\n", 1)[1].split(" из ")
    assert which.rpartition("–")[2] == total


async def test_the_log_is_in_the_language_of_who_reads_it(
    people: People, directory: Directory
) -> None:
    async with directory.db.write() as connection:
        page = (await records.read_pages(connection))[0]
        await hide(connection, page.id, REASONS["hacked"], OWNER)
        for detail in Detail:
            await audit.record(connection, OWNER, Act.EXPORT, detail=detail)
    log = await people(OWNER, language="en").says("/audit")
    told = log.text
    while "Next →" in log.labels:
        log = await people(OWNER, language="en").presses("Next →", on=log)
        told += log.text
    assert "page or link hidden, change 3 — the page seems to be hacked" in told
    assert "export — copy of the database" in told
    assert not re.search("[а-яё]", told, re.IGNORECASE)
