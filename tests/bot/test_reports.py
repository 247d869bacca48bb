"""Reports and suggestions: from a person to the editors, and the answer back."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from aiogram.methods import SendMessage
from sqlalchemy import text

from bot.buttons.trust import ReportPage
from bot.i18n import Catalogues
from bot.jobs import schedule as tasks
from bot.terminal.html import parse
from bot.terminal.loopback import Person
from directory.changes import page_change
from directory.directory import Directory
from directory.editing.quarantine import hide
from directory.model import Action, Origin, Page
from directory.reports import PER_DAY, Decision
from directory.rights import Scope
from directory.store import audit, reports, revisions, staff
from tests.bot.conftest import OWNER, People
from tests.bot.made_up import EDITOR, LIBRARY, SCHOOL, is_hidden, page_of
from tests.bot.person import Reply, Talker, Telegram, hidden_link

pytestmark = pytest.mark.both

CARD = f"/start page_{SCHOOL.id}"


@pytest.fixture
def begins_with(made_up: Path) -> Path:
    """A made-up directory."""
    return made_up


@pytest.fixture
def editor(people: People) -> Talker:
    """The editor of the school's okrug."""
    return people(EDITOR)


async def _report(person: Talker, kind: str, page: str = SCHOOL.id) -> Reply:
    await person.says(f"/start page_{page}")
    english = person.user.language_code == "en"
    await person.presses("A mistake on the card" if english else "Ошибка на карточке")
    return await person.presses(kind)


async def _suggest(person: Talker, words: str) -> Reply:
    await person.says("такого здесь точно нет")
    question = await person.presses("Предложить страницу")
    return await person.says(words, reply_to_message=question.message)


def _sent_to(telegram: Telegram, person: Person) -> list[str]:
    return [
        call.text
        for call in telegram.calls
        if isinstance(call, SendMessage) and call.chat_id == person.user.id
    ]


async def _senders(directory: Directory) -> int:
    async with directory.db.read() as connection:
        return await connection.scalar(text("SELECT count(*) FROM report_senders")) or 0


async def test_a_report_is_worked_off_and_its_sender_forgotten(
    citizen: Talker, editor: Talker, telegram: Telegram, directory: Directory
) -> None:
    assert "Спасибо" in (await _report(citizen, "Не открывается")).text
    queue = await editor.says("/reports")
    assert "Обращение 1 из 1: страница не открывается" in queue.text
    assert str(citizen.user.id) not in queue.text
    await editor.presses("Исправлено")
    assert "справочник исправлен" in _sent_to(telegram, citizen)[-1]
    assert await _senders(directory) == 0
    assert "нет" in (await editor.says("/reports")).text
    async with directory.db.read() as connection:
        newest = (await audit.entries(connection, limit=1))[0]
    noted = (newest.act, newest.actor, newest.subject, newest.detail)
    assert noted == ("report", EDITOR, SCHOOL.id, "accepted")


async def test_equal_reports_stand_once_and_all_senders_are_told(
    people: People, editor: Talker, telegram: Telegram
) -> None:
    senders = [people(2000), people(2001, language="en")]
    assert "Спасибо" in (await _report(senders[0], "Это не та страница")).text
    assert "Others have said" in (await _report(senders[1], "It is another's page")).text
    assert "уже сообщили" in (await _report(senders[0], "Это не та страница")).text
    queue = await editor.says("/reports")
    assert "1 из 1" in queue.text
    assert "Сообщили: 2" in queue.text
    await editor.presses("Отклонить")
    await editor.presses("Не смогли")
    assert "Не смогли в этом убедиться" in _sent_to(telegram, senders[0])[-1]
    assert "Could not make sure of it" in _sent_to(telegram, senders[1])[-1]


async def test_what_looks_hacked_reaches_those_who_may_hide_it_at_once(
    people: People, citizen: Talker, editor: Talker, telegram: Telegram, directory: Directory
) -> None:
    owner = people(OWNER)
    telegram.blocked.add(EDITOR)
    await _report(citizen, "Похоже, её взломали")
    await _report(people(2000), "Похоже, её взломали")
    (alarm,) = _sent_to(telegram, owner)
    assert "взломана" in alarm
    assert SCHOOL.title in alarm
    await owner.presses("К обращениям")
    await owner.presses("Скрыть ссылку: ВКонтакте")
    page = await page_of(directory, SCHOOL.id)
    assert [x.hidden for x in page.links] == ["похоже, страницу взломали", ""]
    assert "вы правы" in _sent_to(telegram, citizen)[-1]


async def test_the_alarm_reaches_those_who_may_hide_the_page_and_nobody_else(
    people: People, citizen: Talker, telegram: Telegram, directory: Directory
) -> None:
    elsewhere, everywhere, culture = (people(number) for number in (21, 22, 23))
    async with directory.db.write() as connection:
        for editor, scope in (
            (elsewhere, Scope(territory=LIBRARY.territory)),
            (everywhere, Scope()),
            (culture, Scope(category=LIBRARY.category)),
        ):
            await staff.appoint(
                *(connection, editor.user.id, scope),
                by=OWNER,
            )
    await _report(citizen, "Похоже, её взломали")
    assert len(_sent_to(telegram, everywhere)) == 1
    assert len(_sent_to(telegram, people(EDITOR))) == 1
    assert len(_sent_to(telegram, people(OWNER))) == 1
    assert _sent_to(telegram, elsewhere) == _sent_to(telegram, culture) == []


async def test_a_whole_page_is_hidden_from_the_queue(
    citizen: Talker, editor: Talker, directory: Directory
) -> None:
    await _report(citizen, "Это не та страница")
    await editor.says("/reports")
    await editor.presses("Скрыть страницу")
    assert await is_hidden(directory, SCHOOL.id)
    async with directory.db.read() as connection:
        (newest, *_) = await revisions.history(connection, limit=1)
    assert (newest.origin.action, newest.origin.actor) == (Action.HIDE, EDITOR)


async def test_a_page_found_right_is_confirmed_and_the_sender_told(
    citizen: Talker, editor: Talker, telegram: Telegram, directory: Directory
) -> None:
    await _report(citizen, "Не открывается")
    await editor.says("/reports")
    await editor.presses("Страница на месте")
    assert "Проверили: страница верная" in _sent_to(telegram, citizen)[-1]
    assert (await page_of(directory, SCHOOL.id)).checked_at != SCHOOL.checked_at


async def test_own_words_go_both_ways_as_plain_text(
    citizen: Talker, editor: Talker, telegram: Telegram
) -> None:
    await citizen.says(CARD)
    await citizen.presses("Ошибка на карточке")
    question = await citizen.presses("Другое")
    await citizen.says("директор <b>сменился</b>, см. evil.ru", reply_to_message=question.message)
    queue = await editor.says("/reports")
    assert "директор <b>сменился</b>" in queue.text
    assert all("evil" not in link for link in (*queue.links, *queue.urls))
    await editor.presses("Отклонить")
    asked = await editor.presses("Своими словами")
    await editor.says("приказа <i>ещё</i> нет", reply_to_message=asked.message)
    told, _entities = parse(_sent_to(telegram, citizen)[-1])
    assert "приказа <i>ещё</i> нет" in told


async def test_a_reply_to_an_old_question_works_and_other_words_are_a_search(
    citizen: Talker, people: People, directory: Directory
) -> None:
    await citizen.says(CARD)
    await citizen.presses("Ошибка на карточке")
    question = await citizen.presses("Другое")
    searched = await citizen.says("сказочная школа")
    assert SCHOOL.title in searched.text
    assert "Спасибо" in (await citizen.says("сменили", reply_to_message=question.message)).text
    async with directory.db.read() as connection:
        (found,) = await reports.queue(connection)
    assert (found.page, found.text) == (SCHOOL.id, "сменили")


async def test_a_suggestion_is_judged_before_editors_see_it(
    citizen: Talker, editor: Talker, directory: Directory
) -> None:
    for words, said in (
        ("Школа https://vk.com@evil.ru/", "принять нельзя"),
        ("Школа https://vk.com/away.php?to=evil.ru", "принять нельзя"),
        ("Школа vk.com/skazochnaya_shkola", "уже есть"),
        ("я", "название"),
    ):
        answer = await _suggest(citizen, words)
        assert said in answer.text, words
        assert all("evil" not in link for link in (*answer.links, *answer.urls))
    assert "Спасибо" in (await _suggest(citizen, "Лесная школа, vk.com/lesnaya_shkola")).text
    queue = await editor.says("/reports")
    assert "1 из 1: предлагают страницу" in queue.text
    assert "Лесная школа, vk.com/lesnaya_shkola" in queue.text
    assert (queue.links, queue.urls) == ([], [])
    await editor.presses("Отклонить")
    await editor.presses("Это не официальная")
    assert await _senders(directory) == 0


async def test_a_suggestion_with_a_swapped_link_is_refused(
    citizen: Talker, directory: Directory
) -> None:
    await citizen.says("такого здесь точно нет")
    question = await citizen.presses("Предложить страницу")
    words = "Лесная школа vk.com/lesnaya_shkola"
    swapped = hidden_link(words, "vk.com/lesnaya_shkola", "https://evil.ru/login")
    answer = await citizen.says(words, entities=[swapped], reply_to_message=question.message)
    assert "написано vk.com/lesnaya_shkola, а откроется https://evil.ru/login" in answer.text
    assert answer.links == answer.urls == []
    async with directory.db.read() as connection:
        assert await reports.queue(connection) == []


async def test_a_withdrawn_link_is_not_suggested_anew(
    citizen: Talker, directory: Directory
) -> None:
    async with directory.db.write() as connection:
        await hide(connection, SCHOOL.id, "взломали", None)
    await directory.refresh()
    answer = await _suggest(citizen, "Сказочная школа vk.com/skazochnaya_shkola")
    assert "принять нельзя" in answer.text
    assert "взломали" in answer.text


async def test_editors_are_warned_of_a_double_that_is_suggested(
    citizen: Talker, editor: Talker
) -> None:
    assert "Спасибо" in (await _suggest(citizen, "Школа vk.com/skazochnaya_shkola_news")).text
    queue = await editor.says("/reports")
    assert "Осторожно: vk.com/skazochnaya_shkola_news" in queue.text
    assert "Похоже на «Сказочная школа № 5»" in queue.text
    assert (queue.links, queue.urls) == ([], [])


async def test_a_link_that_was_judged_is_suggested_with_its_name_alone(
    citizen: Talker, directory: Directory
) -> None:
    link = "https://vk.com/lesnaya_shkola"
    await citizen.says(f"а это чья? {link}")
    question = await citizen.presses("Предложить эту страницу")
    assert link in question.text
    answer = await citizen.says("Лесная школа", reply_to_message=question.message)
    assert "Спасибо" in answer.text
    async with directory.db.read() as connection:
        (found,) = await reports.queue(connection)
    assert found.text == f"Лесная школа, {link}"
    answer = await citizen.says("vk.com/skazochnaya_shkola", reply_to_message=question.message)
    assert "уже есть" in answer.text


async def test_nobody_floods_the_queue(citizen: Talker) -> None:
    for n in range(PER_DAY):
        assert "Спасибо" in (await _suggest(citizen, f"Лесная школа № {n}")).text
    assert "завтра" in (await _suggest(citizen, "Лесная школа № 100")).text
    assert "завтра" in (await _report(citizen, "Не открывается")).text


async def test_who_is_forgotten_alarms_nobody_without_end(
    people: People, citizen: Talker, telegram: Telegram, directory: Directory
) -> None:
    reported = [Page(f"p{n}", f"Страница {n}", territory=2) for n in range(PER_DAY + 1)]
    async with directory.db.write() as connection:
        changes = [page_change(None, page) for page in reported]
        await revisions.apply(connection, changes, Origin(Action.IMPORT))
    await directory.refresh()
    for page in reported:
        shown = (await citizen.says("/help")).message
        press = ReportPage(page=page.id, kind="hacked").pack()
        await citizen.sends_press(shown, press)
        assert ("завтра" in citizen.reply.text) is (page is reported[-1])
        await citizen.sends_press(shown, press)  # a second press is no second report
        if page is not reported[-1]:
            await citizen.says("/forget")
            await citizen.presses("Удалить")
    assert len(_sent_to(telegram, people(OWNER))) == PER_DAY
    async with directory.db.read() as connection:
        assert await reports.count_undecided(connection) == 0


async def test_editors_see_and_decide_only_what_is_theirs(
    people: People, citizen: Talker, editor: Talker, directory: Directory
) -> None:
    await _report(citizen, "Не открывается", LIBRARY.id)
    assert "нет" in (await editor.says("/reports")).text
    owner = people(OWNER)
    queue = await owner.says("/reports")
    data = queue.button("Скрыть страницу").callback_data
    assert data is not None
    await editor.sends_press(editor.reply.message, data)
    assert "вне ваших прав" in editor.reply.text
    await citizen.sends_press(citizen.reply.message, data)
    assert "устарела" in citizen.notice
    assert not await is_hidden(directory, LIBRARY.id)
    assert await _senders(directory) == 1
    said = await citizen.says("/reports")
    assert LIBRARY.title not in said.text


async def test_of_two_editors_one_decides(people: People, citizen: Talker, editor: Talker) -> None:
    await _report(citizen, "Не открывается")
    first, second = await editor.says("/reports"), await people(OWNER).says("/reports")
    await editor.presses("Исправлено", first)
    owner = people(OWNER)
    late = await owner.presses("Скрыть страницу", second)
    assert "уже закрыто" in owner.notice
    assert late.text == second.text
    await editor.presses("Исправлено", first)
    assert "уже закрыто" in editor.notice
    now = editor.session.messages[first.message.message_id]
    assert "отправителя поблагодарят" in (now.text or "")


async def test_who_cannot_be_reached_is_forgotten_too(
    citizen: Talker, editor: Talker, telegram: Telegram, directory: Directory
) -> None:
    await _report(citizen, "Не открывается")
    telegram.blocked.add(citizen.user.id)
    await editor.says("/reports")
    await editor.presses("Исправлено")
    assert await _senders(directory) == 0


async def test_an_answer_waits_for_better_times(
    citizen: Talker, editor: Talker, telegram: Telegram, directory: Directory
) -> None:
    await _report(citizen, "Не открывается")
    async with directory.db.write() as connection:
        (found,) = await reports.queue(connection)
        await reports.decide(connection, found.id, Decision.ACCEPTED)
    with Catalogues().context():
        await tasks.answers(editor.bot, directory)
        await tasks.answers(editor.bot, directory)
    told = [words for words in _sent_to(telegram, citizen) if "справочник исправлен" in words]
    assert len(told) == 1
    assert await _senders(directory) == 0


async def test_two_deliveries_at_once_tell_each_person_once(
    people: People,
    citizen: Talker,
    directory: Directory,
    telegram: Telegram,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await _report(citizen, "Не открывается")
    async with directory.db.write() as connection:
        (found,) = await reports.queue(connection)
        await reports.decide(connection, found.id, Decision.ACCEPTED, "")
    send = telegram.make_request

    async def slowly(*arguments: Any, **more: Any) -> Any:
        await asyncio.sleep(0.05)
        return await send(*arguments, **more)

    monkeypatch.setattr(telegram, "make_request", slowly)
    before = len(_sent_to(telegram, citizen))
    with Catalogues().context():
        await asyncio.gather(*(tasks.answers(citizen.bot, directory) for _ in range(3)))
    assert len(_sent_to(telegram, citizen)) == before + 1


async def test_forget_takes_the_reports_along(citizen: Talker, directory: Directory) -> None:
    await _report(citizen, "Не открывается")
    await citizen.says("/forget")
    await citizen.presses("Удалить")
    assert await _senders(directory) == 0


async def test_the_weekly_list_is_worked_off_with_one_press_each(
    people: People, editor: Talker, telegram: Telegram, directory: Directory
) -> None:
    owner = people(OWNER)
    settings = owner.dispatcher["settings"]
    with Catalogues(settings.zone).context():
        await tasks.weekly(owner.bot, directory, settings)
    # The school was checked lately: the editor of its okrug has nothing to look at.
    assert _sent_to(telegram, editor) == []
    (weekly,) = _sent_to(telegram, owner)
    assert LIBRARY.title in weekly
    assert "https://vk.com/bylinnaya_biblioteka" in weekly
    done = await owner.presses("1. На месте")
    assert "подтверждены" in done.text
    page = await page_of(directory, LIBRARY.id)
    assert page.checked_at is not None
    assert page.checked_at >= date(2026, 11, 22)
    assert page.links[0].confirmed == page.checked_at
    with Catalogues(settings.zone).context():
        await tasks.weekly(owner.bot, directory, settings)
    assert len(_sent_to(telegram, owner)) == 1
