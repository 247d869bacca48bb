"""Hiding in the chat: who may, what everybody then sees, and the way back."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.buttons.fields import link_by, link_key
from bot.buttons.trust import Hide
from bot.i18n import Catalogues
from bot.views.citizens.results import listed
from bot.views.entry import Entry
from directory import links
from directory.changes import page_change, page_record
from directory.directory import Directory
from directory.editing.quarantine import REASONS
from directory.model import Action, Change, Origin, PageLink, Status
from directory.store import revisions, staff
from tests.bot.conftest import OWNER, People
from tests.bot.made_up import EDITOR, LIBRARY, OK, SCHOOL, VK, is_hidden, page_of
from tests.bot.person import Reply, Talker, article, titles

pytestmark = pytest.mark.both

CARD = f"/start page_{SCHOOL.id}"
VK_URL, OK_URL = links.url(VK), links.url(OK)


@pytest.fixture
def begins_with(made_up: Path) -> Path:
    """A made-up directory."""
    return made_up


@pytest.fixture
def editor(people: People) -> Talker:
    """The editor of the school's okrug."""
    return people(EDITOR)


async def _hide_school(editor: Talker, what: str = "Скрыть страницу целиком") -> None:
    await editor.says(CARD)
    await editor.presses("Скрыть…")
    await editor.presses(what)
    await editor.presses("Похоже, страницу взломали")


async def test_a_hidden_page_is_a_warning_for_everybody_at_once(
    editor: Talker, citizen: Talker, directory: Directory
) -> None:
    await citizen.says(CARD)
    await citizen.presses("Сохранить")
    listed = await citizen.says("/saved")
    await _hide_school(editor)
    assert "Скрыто" in editor.reply.text

    found = await citizen.says("сказочная школа")
    assert "Редакторы скрыли эту страницу" in found.text
    assert (found.urls, found.links) == ([], [])
    kept = await citizen.says("/saved")
    assert "Скрыта редакторами" in kept.text
    assert (kept.urls, kept.links) == ([], [])
    await citizen.sends_place(55.0, 65.0)
    assert SCHOOL.title not in citizen.reply.text
    await citizen.says("/browse")
    assert not any("Сказочн" in label for label in citizen.reply.labels)
    answer = await citizen.types("сказочная школа")
    assert SCHOOL.title not in titles(answer)
    result, sent = article(answer, f"Скрыта: {SCHOOL.title}")
    assert "не доверяйте" in (result.description or "")
    assert "похоже, страницу взломали" in sent.text
    assert (sent.urls, sent.links) == ([], [])
    assert (answer.cache_time or 0) <= 60

    for way in (CARD, None):
        card = await citizen.says(way) if way else await citizen.presses("1.", listed)
        assert "похоже, страницу взломали" in card.text
        assert (card.urls, card.links) == ([], [])
    verdict = await citizen.says(VK_URL)
    assert "Не доверяйте" in verdict.text
    assert (verdict.urls, verdict.links) == ([], [])


async def test_one_link_is_hidden_and_the_others_stay(editor: Talker, citizen: Talker) -> None:
    before = await citizen.says(CARD)
    assert before.urls == [VK_URL, OK_URL]
    await _hide_school(editor, "Скрыть ссылку: ВКонтакте")
    after = await citizen.says(CARD)
    assert after.urls == [OK_URL]
    assert VK_URL not in after.links
    _, inline = article(await citizen.types("сказочная школа"), SCHOOL.title)
    assert inline.urls[:-1] == [OK_URL]
    assert inline.labels[-1] == "Открыть в боте"
    assert "Не доверяйте" in (await citizen.says(VK_URL)).text


async def test_what_was_hidden_is_brought_back(
    editor: Talker, citizen: Talker, directory: Directory
) -> None:
    await _hide_school(editor, "Скрыть ссылку: Одноклассники")
    await editor.presses("Вернуть")
    await _hide_school(editor)
    await editor.says(CARD)
    await editor.presses("Вернуть страницу")
    assert "Возвращено" in editor.reply.text
    assert (await citizen.says(CARD)).urls == [VK_URL, OK_URL]
    assert await page_of(directory, SCHOOL.id) == SCHOOL
    async with directory.db.read() as connection:
        history = await revisions.history(connection, limit=9)
    actions = [(r.origin.action, r.origin.actor) for r in reversed(history)]
    assert actions[1:] == [
        *((Action.HIDE, EDITOR), (Action.RESTORE, EDITOR)),
        *((Action.HIDE, EDITOR), (Action.RESTORE, EDITOR)),
    ]


async def test_a_second_tap_leaves_the_outcome_with_its_way_back(
    editor: Talker, directory: Directory
) -> None:
    await editor.says(CARD)
    await editor.presses("Скрыть…")
    screen = await editor.presses("Скрыть страницу целиком")
    done = await editor.presses("Похоже, страницу взломали", screen)
    await editor.presses("Похоже, страницу взломали", screen)
    assert "уже скрыто" in editor.notice
    now = Reply(editor.session.messages[done.message.message_id])
    assert "Причина" in now.text
    assert "Изменение №" in now.text
    back = await editor.presses("Вернуть", now)
    await editor.presses("Вернуть", now)
    assert "не скрыто" in editor.notice
    assert "Возвращено" in Reply(editor.session.messages[back.message.message_id]).text


async def test_a_reason_of_ones_own_is_what_people_read(editor: Talker, citizen: Talker) -> None:
    await editor.says(CARD)
    await editor.presses("Скрыть…")
    await editor.presses("Скрыть страницу целиком")
    question = await editor.presses("Своя причина")
    refused = await editor.says("\u200b", reply_to_message=question.message)
    assert "Нельзя" in refused.text
    reason = "полиция просит <b>не открывать</b> до утра"
    await editor.says(reason, reply_to_message=question.message)
    assert reason in (await citizen.says(CARD)).text


async def test_only_those_hide_who_may(
    people: People, editor: Talker, citizen: Talker, directory: Directory
) -> None:
    assert "Скрыть…" not in (await citizen.says(CARD)).labels
    foreign = await editor.says(f"/start page_{LIBRARY.id}")
    assert "Скрыть…" not in foreign.labels
    owner = people(OWNER)
    await owner.says(f"/start page_{LIBRARY.id}")
    await owner.presses("Скрыть…")
    screen = await owner.presses("Скрыть страницу целиком")
    data = screen.button("Похоже, страницу взломали").callback_data
    assert data is not None
    await editor.sends_press(foreign.message, data)
    assert "вне ваших прав" in editor.reply.text
    await citizen.sends_press(citizen.reply.message, data)
    assert "устарела" in citizen.notice
    group = people(OWNER, group=-5)
    await group.sends_press(screen.message.model_copy(update={"chat": group.chat}), data)
    assert not await is_hidden(directory, LIBRARY.id)


async def test_rights_that_were_taken_meanwhile_are_gone(
    editor: Talker, directory: Directory
) -> None:
    await editor.says(CARD)
    await editor.presses("Скрыть…")
    screen = await editor.presses("Скрыть страницу целиком")
    async with directory.db.write() as connection:
        await staff.dismiss(connection, EDITOR, by=OWNER)
    await editor.presses("Похоже, страницу взломали", screen)
    assert not await is_hidden(directory, SCHOOL.id)


async def test_a_button_never_hits_another_link_than_it_named(
    editor: Talker, directory: Directory
) -> None:
    await editor.says(CARD)
    await editor.presses("Скрыть…")
    screen = await editor.presses("Скрыть ссылку: ВКонтакте")
    swapped = replace(SCHOOL, links=(PageLink("vk", replace(VK, account="drugaya")),))
    change = Change("page", SCHOOL.id, *map(page_record, (SCHOOL, swapped)))
    async with directory.db.write() as connection:
        await revisions.apply(connection, [change], Origin(Action.EDIT))
    await editor.presses("Похоже, страницу взломали", screen)
    assert "Нельзя" in editor.reply.text
    assert await page_of(directory, SCHOOL.id) == swapped


def test_a_link_is_named_within_what_a_button_carries() -> None:
    assert link_by(SCHOOL, link_key(OK)) == OK
    assert link_by(SCHOOL, "00000000") is None
    longest = Hide(page="a" * 32, link=link_key(VK), why="elsewhere").pack()
    assert len(longest.encode()) <= 64


async def test_editors_see_what_is_hidden_by_whom_and_bring_it_back(
    people: People, editor: Talker, citizen: Talker, directory: Directory
) -> None:
    owner = people(OWNER)
    assert "Скрытых страниц и ссылок нет" in (await _hidden_list(editor)).text
    await owner.says(f"/start page_{LIBRARY.id}")
    await owner.presses("Скрыть…")
    await owner.presses("Скрыть ссылку: ВКонтакте")
    await owner.presses("Страница не открывается")
    await _hide_school(editor)

    own = await _hidden_list(editor)
    assert SCHOOL.title in own.text
    assert LIBRARY.title not in own.text
    everything = await _hidden_list(owner)
    first, second = everything.text.split("\n2. ")
    assert SCHOOL.title in first
    assert f"скрыл: Имя ({EDITOR}), " in first
    assert "похоже, страницу взломали" in first
    assert "vk.com/bylinnaya_biblioteka" in second
    assert f"скрыл: Имя ({OWNER}), " in second
    assert (everything.urls, everything.links) == ([], [])

    card = await editor.says("сказочная школа")
    assert f"скрыл: {EDITOR}, " in card.text
    assert "скрыл:" not in (await citizen.says("сказочная школа")).text
    await owner.presses("Вернуть 1", everything)
    assert not await is_hidden(directory, SCHOOL.id)
    await owner.presses("Вернуть 2", everything)
    assert (await page_of(directory, LIBRARY.id)).shown_links == LIBRARY.links


async def test_of_a_page_hidden_by_a_file_it_is_told_who_loaded_which(
    owner: Talker, directory: Directory
) -> None:
    hidden = replace(SCHOOL, status=Status.HIDDEN)
    change = Change("page", SCHOOL.id, *map(page_record, (SCHOOL, hidden)))
    async with directory.db.write() as connection:
        await revisions.apply(connection, [change], Origin(Action.IMPORT, EDITOR, "май.csv"))
    await directory.refresh()
    listed = (await _hidden_list(owner)).text
    assert f"скрыл: {EDITOR}, " in listed
    assert "Файл: май.csv" in listed


async def _hidden_list(person: Talker) -> Reply:
    await person.says("/admin")
    return await person.presses("Что скрыто")


async def test_the_office_speaks_english_too(people: People) -> None:
    owner = people(OWNER, language="en")
    seen = [await owner.says("/start page_skazka-school")]
    for label in ("Hide…", "Hide the link: VK", "The link leads elsewhere"):
        seen.append(await owner.presses(label))
    seen += [await owner.says("/admin"), await owner.presses("What is hidden")]
    seen.append(await owner.presses("Bring back 1"))
    named = {SCHOOL.title, *REASONS.values(), "Былинная", "Выдуманная", "Сказочный", "Образование"}
    named.add("Имя")
    for reply in seen[1:]:
        text = "\n".join([reply.text, *reply.labels])
        for name in named:
            text = text.replace(name, "")
        assert not re.search("[а-яё]", text), text


def test_a_list_names_no_account_of_a_hidden_page() -> None:
    hidden = Entry(replace(SCHOOL, status=Status.HIDDEN, hidden="взломана"))
    with Catalogues().context():
        matched = {SCHOOL.id: "vk.com/skazochnaya_shkola"}
        assert "skazochnaya" not in listed([hidden], 0, matched)
        assert "skazochnaya" in listed([Entry(SCHOOL)], 0, matched)


async def test_a_link_taken_over_is_warned_of_on_the_cards_of_other_pages(
    editor: Talker, citizen: Talker, directory: Directory
) -> None:
    shared = replace(LIBRARY, links=(PageLink("vk", VK),))
    async with directory.db.write() as connection:
        changes = [page_change(LIBRARY, shared)]
        await revisions.apply(connection, changes, Origin(Action.EDIT, OWNER))
    await directory.refresh()
    before = await citizen.says(f"/start page_{LIBRARY.id}")
    assert "Официальная страница" in before.text
    await _hide_school(editor)
    card = await citizen.says(f"/start page_{LIBRARY.id}")
    said = f"Осторожно, ВКонтакте: На странице «{SCHOOL.title}» эту ссылку убрали: похоже, страницу"
    assert said in card.text
    assert "Официальная страница" not in card.text
    judged = await citizen.says(VK_URL)
    assert judged.text.startswith("Не доверяйте")
    assert judged.urls == []
    own = await citizen.says(OK_URL)
    assert own.text.endswith(f"\n\n«{SCHOOL.title}»: {REASONS['hacked']}."), "said once"
    await editor.presses("Вернуть")
    assert "официальная страница" in (await citizen.says(VK_URL)).text
